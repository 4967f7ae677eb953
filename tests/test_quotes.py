"""A catalogue of how English news quotes: who is found to speak, and where nobody must be."""

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.english.quotes import find as quotes
from newsledger.records import Article, Mention, Quote, sha256
from newsledger.text import Text, clean


class Case(msgspec.Struct):
    """One line of the catalogue: a text, and its quotations as (kind, words, speaker, mention)."""

    shows: str
    text: str
    quotes: list[tuple[str, str, str | None, str | None]]


CASES = msgspec.json.decode((Path(__file__).parent / "data" / "quotes.json").read_bytes(), type=list[Case])


def article(body: str) -> Article:
    return Article(article_id="a", body_sha256=sha256(body.encode("utf-8", "replace")), language="en", body=body)


def read(body: str, *mentions: Mention) -> tuple[Quote, ...]:
    return quotes.find(Text(body), article(body), mentions)


def direct(body: str, *mentions: Mention) -> list[Quote]:
    return [quote for quote in read(body, *mentions) if quote.kind != "indirect"]


def mention(body: str, exact: str, name: str, role: str | None = None, of: str | None = None) -> Mention:
    start = body.index(exact)
    end = start + len(exact)
    return Mention(start=start, end=end, exact=exact, type="person", name=name, role=role, affiliation=of)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.shows)
def test_the_catalogue_of_quotations(case: Case) -> None:
    found = [(quote.kind, quote.exact, quote.speaker, quote.speaker_text) for quote in read(clean(case.text))]
    assert found == case.quotes


@pytest.mark.parametrize(
    ("body", "medium"),
    [
        ("“We will rebuild the whole town,” Ana Duarte told the Lisbon Herald on Monday.", "the Lisbon Herald"),
        ("“We will rebuild the whole town,” Ana Duarte said in a statement.", "a statement"),
        ("“We will rebuild the whole town,” Ana Duarte wrote in a post on Facebook.", "a post on Facebook"),
        ("In a post on social media, Ana Duarte said: “We will rebuild the whole town.”", "a post on social media"),
        ("“We will rebuild the whole town,” Ana Duarte said on Telegram.", "Telegram"),
        ("“We will rebuild the whole town,” Ana Duarte told reporters.", None),
        ("“We will rebuild the whole town,” Ana Duarte said.", None),
    ],
)
def test_a_medium_is_what_the_text_says(body: str, medium: str | None) -> None:
    assert direct(body)[0].medium == medium


def test_the_cue_is_the_verb_as_it_stands() -> None:
    assert direct("“The water is rising fast now,” warned Ana Duarte.")[0].cue == "warned"


def test_a_quotation_that_goes_on_has_no_cue_of_its_own() -> None:
    first, second = direct("“The water is rising fast now,” warned Ana Duarte. “Nobody should cross the bridge.”")
    assert (first.cue, second.cue) == ("warned", None)
    assert second.speaker == "Ana Duarte"


def test_role_and_affiliation_come_from_the_mention() -> None:
    body = "Ana Duarte runs the port. “The water is rising fast now,” Duarte said."
    told = mention(body, "Ana Duarte", "Ana Duarte", role="harbour master", of="Port of Sines")
    quote = direct(body, told, mention(body, "Duarte said", "Ana Duarte"))[0]
    assert (quote.speaker, quote.role, quote.affiliation) == ("Ana Duarte", "harbour master", "Port of Sines")


def test_a_mention_gives_the_canonical_name_of_another_spelling() -> None:
    body = "“The water is rising fast now,” Oleksiy said."
    assert direct(body, mention(body, "Oleksiy", "Oleksii Marchenko"))[0].speaker == "Oleksii Marchenko"


def test_an_indirect_quotation_never_overlaps_quoted_words() -> None:
    found = read("Ana Duarte said the bridge was “not safe” and would be closed.")
    assert [quote.kind for quote in found] == ["fragment"]


def test_four_words_are_a_fragment_and_five_are_direct() -> None:
    kinds = [quote.kind for quote in direct("“It will not hold,” Duarte said. “It will not hold long,” she added.")]
    assert kinds == ["fragment", "direct"]


PIECES = st.sampled_from(
    [
        *"“”\"'’‘«»„.,:;()—?!\n é😀\u202e",
        "é",
        " said ",
        "Ana Duarte ",
        "he ",
        "who ",
        "and ",
        "that ",
        "to ",
        "according to ",
        "Mr. ",
        "told ",
        "saying ",
        "the mayor ",
        "’s ",
        "in a statement ",
        "by ",
        "claim ",
        "was ",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_every_span_is_exact_and_in_order_on_any_text(raw: str) -> None:
    body = clean(raw)
    found = read(body)
    for quote in found:
        assert quote.exact == body[quote.start : quote.end] != ""
        if quote.speaker_start is not None:
            assert quote.speaker_text == body[quote.speaker_start : quote.speaker_end] != ""
    spoken = [quote for quote in found if quote.kind != "indirect"]
    assert all(first.end <= second.start for first, second in pairwise(spoken))
    assert list(found) == sorted(found, key=lambda quote: (quote.start, quote.end))


@pytest.mark.parametrize(
    "unit",
    [
        "“a” ",
        '" ',
        "“",
        "Name said ",
        "Xx note ",
        "“Yes,” said Mr. Roe. ",
        "called “a” ",
        "Roe: “a” ",
        "she said that ",
    ],
)
def test_time_grows_in_line_with_the_text(unit: str) -> None:
    read(clean(unit * 4000))  # quadratic rules took minutes here


def test_the_same_text_gives_the_same_quotations_twice() -> None:
    body = "“The water is rising fast now,” warned Ana Duarte. She said the bridge was closed."
    assert read(body) == read(body)
