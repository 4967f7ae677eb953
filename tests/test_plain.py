"""Plain text and Markdown: tests/data/texts holds each text beside what must be read from it."""

import json
from pathlib import Path

import pytest

from newsledger.extract import markdown, plain
from newsledger.extract.draft import Draft

TEXTS = sorted((Path(__file__).parent / "data" / "texts").glob("*.txt"))
LONG = "The council decided on Friday to open the library on Sundays, by nine votes to four."


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_a_text_gives_the_article_beside_it(text: Path) -> None:
    found = next(plain.drafts(text.read_bytes()))
    for field, expected in json.loads(text.with_suffix(".json").read_text()).items():
        value = getattr(found, field)
        got = value.split("\n") if field == "body" else list(value) if isinstance(value, tuple) else value
        assert got == expected, field


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        ("Library to open on Sundays", "Library to open on Sundays"),
        ("Will the library open on Sundays?", "Will the library open on Sundays?"),
        ("# Library to open", "Library to open"),
        ("The library opens on Sundays.", None),  # a sentence
        ("Library", None),  # one word says too little
        ("opens on Sundays from now", None),  # the rest of something
        ("HOLT, Norland (QP) — The library:", None),
    ],
)
def test_a_first_line_is_the_headline_only_when_it_clearly_is_one(first: str, headline: str | None) -> None:
    found = plain.draft(f"{first}\n\n{LONG}")
    assert found.headline == headline
    assert found.body == (LONG if headline else f"{first}\n{LONG}")


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("Published: 4 March 2025", "2025-03-04"),
        ("MONDAY, MARCH 3, 2025, 10:53 PM", "2025-03-03"),
        ("Sunday 23 Dec 2012", "2012-12-23"),
        ("2025-03-04T10:30:00+02:00", "2025-03-04T10:30:00+02:00"),
        ("On 4 March 2025 the council met", None),
        ("05 / 03 / 2025", None),  # the fifth of March or the third of May
        ("12 angry men", None),
    ],
)
def test_a_line_of_nothing_but_a_time_states_it(line: str, time: str | None) -> None:
    assert plain.time_of(line) == time
    assert plain.draft(f"{line}\n{LONG}\n{LONG}").published == time


def test_updated_is_not_published() -> None:
    found = plain.draft(f"Library to open\nUpdated: 5 March 2025\n{LONG}")
    assert (found.published, found.modified) == (None, "2025-03-05")


def test_a_byline_at_the_end_moves_to_the_authors() -> None:
    found = plain.draft(f"{LONG}\n{LONG}\nBy Anna Berg")
    assert (found.authors, found.body) == (("Anna Berg",), f"{LONG}\n{LONG}")


def mark(text: str) -> Draft:
    return next(markdown.drafts(text.encode()))


def test_markdown_front_matter_goes_before_what_the_text_shows() -> None:
    found = mark(
        f'---\ntitle: "Library to open"\nauthor: Anna Berg\ndate: 2025-03-04\n---\n# Another title\n\n{LONG}\n'
    )
    assert (found.headline, found.authors, found.published) == ("Library to open", ("Anna Berg",), "2025-03-04")
    assert found.body == LONG


def test_markdown_marks_come_off_and_words_stay() -> None:
    found = mark(
        "# Title of it\n\nThe **new** [library](https://x.example/a) is *open*, says `Eva_Roos`, 2 * 3 * 4.\n\n"
        "![quay](a.png)\n\n## A question\n\n> It is *ours*.\n\n- one\n- two\n\n---\n"
    )
    assert found.headline == "Title of it"
    assert found.body.split("\n") == [
        "The new library is open, says Eva_Roos, 2 * 3 * 4.", "A question", "It is ours.", "one", "two",
    ]  # fmt: skip


def test_a_block_of_labels_at_the_top_is_read() -> None:
    found = plain.draft(
        f"Title: Library opens\nAuthor: Anna Berg\nDate: 2025-03-04\nURL: https://x.example/a#b\n\n{LONG}"
    )
    assert (found.headline, found.authors, found.published) == ("Library opens", ("Anna Berg",), "2025-03-04")
    assert (found.url, found.body) == ("https://x.example/a", LONG)


def test_one_label_alone_is_text() -> None:
    assert plain.draft(f"Title: the word on the door was new.\n{LONG}").body.startswith("Title: the")
