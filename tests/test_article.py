"""The small parts of an article: address, language, dateline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import address, article, dateline, language
from newsledger.extract.draft import Draft


@pytest.mark.parametrize(
    ("stated", "clean"),
    [
        ("https://Courier.Example/News/A?utm_source=x&id=7&fbclid=y#top", "https://courier.example/News/A?id=7"),
        ("http://courier.example:80", "http://courier.example/"),
        ("https://courier.example:8443/a", "https://courier.example:8443/a"),
        ("https://user:secret@courier.example/a", "https://courier.example/a"),
        (" https://courier.example/a\n", "https://courier.example/a"),
        ("https://courier.example/a?b=2&a=1", "https://courier.example/a?b=2&a=1"),
        ("ftp://courier.example/a", None),
        ("/a", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("http://courier.example:x/", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_cleaned_of_what_does_not_identify(stated: str | None, clean: str | None) -> None:
    assert address.clean(stated) == clean
    assert address.clean(clean) == clean


def test_a_relative_address_is_resolved() -> None:
    assert address.clean("../b", "https://courier.example/a/c") == "https://courier.example/b"


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=30)))
def test_any_address_is_clean_or_none(stated: str, base: str | None) -> None:
    found = address.clean(f"http://{stated}", base)
    assert found is None or address.clean(found) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The council decided on Friday that the library will be open for all who want to read on Sundays.", "en"),
        ("Der Rat der Stadt hat am Freitag beschlossen, die Bibliothek auch sonntags zu öffnen.", "de"),
        ("Совет города решил в пятницу открыть библиотеку по воскресеньям.", "ru"),
        ("Le conseil a décidé vendredi d'ouvrir la bibliothèque le dimanche.", "fr"),
        ("市议会周五决定从六月起每周日开放图书馆。", "zh"),
        ("12 345 – 67 %", "und"),
        ("Holt", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_told_where_the_text_tells(text: str, code: str) -> None:
    assert language.identify(text) == code


def test_the_declared_language_counts_only_where_the_text_does_not_tell() -> None:
    assert language.identify("Holt", "en-GB") == "en"
    assert language.identify("Holt", "???") == "und"
    assert language.identify("Der Rat hat am Freitag beschlossen, die Bibliothek zu öffnen.", "en") == "de"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("HOLT, Norland (QP) — The council met on Friday, and it was late.", "HOLT, Norland"),
        ("LYNHAVEN — The council met on Friday, and it was late.", "LYNHAVEN"),
        ("NEW HOLT (Reuters) - The council met on Friday, and it was late.", "NEW HOLT"),
        ("TALLBY, March 3 (QP) – The council met on Friday, and it was late.", "TALLBY, March 3"),
        ("Holt, Norland (AFP) – The council met on Friday, and it was late.", "Holt, Norland"),
        ("Library open on Sundays\nHOLT — The council met on Friday, and it was late.", "HOLT"),
        ("Holt – the town by the sea – has a new library and a cake.", None),
        ("NATO-led troops — about 400 of them — left Holt on Friday.", None),
        ("The council met in HOLT — late.", None),
        ("EXCLUSIVE — The council met on Friday, and it was late.", None),
        ("AROUND this time last year I was in Holt, and it was late.", None),
    ],
)
def test_a_dateline_is_read_and_stays_in_the_body(body: str, found: str | None) -> None:
    assert dateline.find(body) == found
    assert article.compose(Draft(body=body), "0").body == body


@given(st.text(max_size=300))
def test_composing_is_idempotent_over_any_text(body: str) -> None:
    once = article.compose(Draft(body=body), "0")
    assert article.compose(Draft(body=once.body), "0").body == once.body


@pytest.mark.parametrize(
    ("modified", "kept"), [("2025-03-05", True), ("2025-03-04T08:00:00+00:00", True), ("2025-03-03", False)]
)
def test_a_change_before_publishing_is_none(modified: str, *, kept: bool) -> None:
    found = article.compose(Draft(body="x", published="2025-03-04", published_basis="html", modified=modified), "0")
    assert found.date_modified == (modified if kept else None)
