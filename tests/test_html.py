"""Pages: tests/data/pages holds each page beside what must be read from it."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from newsledger.errors import UnreadableError
from newsledger.extract import article, html, pageprune
from newsledger.records import Article

PAGES = sorted((Path(__file__).parent / "data" / "pages").glob("*.html"))
PARAGRAPH = "<p>The council of Holt met on Friday and talked for three hours about the library and its cake.</p>"


def read(page: str | bytes) -> Article:
    data = page if isinstance(page, bytes) else page.encode()
    return article.compose(next(html.drafts(data)), "0" * 64)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_gives_the_article_beside_it(page: Path) -> None:
    found = read(page.read_bytes())
    for field, expected in json.loads(page.with_suffix(".json").read_text()).items():
        value = getattr(found, field)
        got = value.split("\n") if field == "body" else list(value) if isinstance(value, tuple) else value
        assert got == expected, field


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        (
            "<title>Bridge reopens - The Gazette</title><meta property='og:site_name' content='The Gazette'>",
            "Bridge reopens",
        ),
        ("<title>Bridge reopens - a year early</title>", "Bridge reopens - a year early"),
        ("<meta property='og:title' content='Bridge &amp; tunnel'>", "Bridge & tunnel"),
        ("", None),
    ],
)
def test_the_headline_is_the_title_without_the_site(head: str, headline: str | None) -> None:
    assert read(f"<html><head>{head}</head><body><article>{PARAGRAPH * 2}</article></body></html>").headline == headline


@pytest.mark.parametrize(
    ("name", "content", "authors"),
    [
        ("author", "Anna Berg", ("Anna Berg",)),
        ("author", "https://courier.example/people/anna-berg", ()),
        ("article:author", "Anna Berg and Tom Hale", ("Anna Berg", "Tom Hale")),
        ("dc.creator", "Berg, Anna", ("Anna Berg",)),
    ],
)
def test_authors_of_meta_elements(name: str, content: str, authors: tuple[str, ...]) -> None:
    page = f"<html><head><meta name='{name}' content='{content}'></head><body>{PARAGRAPH * 3}</body></html>"
    assert read(page).authors == authors


def test_a_table_keeps_its_rows_as_lines() -> None:
    rows = "<tr><td>Holt</td><td>12</td></tr><tr><td>Lynhaven</td><td>9</td></tr>"
    assert "Holt | 12\nLynhaven | 9" in read(f"<article>{PARAGRAPH * 3}<table>{rows}</table>{PARAGRAPH}</article>").body


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8", "iso-8859-5"])
def test_the_encoding_is_the_one_that_the_page_declares(charset: str) -> None:
    text = "Совет города решил открыть библиотеку по воскресеньям, сообщила мэр Ида Крог. " * 4
    page = f"<html><head><meta charset='{charset}'></head><body><article><p>{text}</p></article></body></html>"
    found = read(page.encode(charset))
    assert found.body == text.strip()
    assert (found.language, found.notes) == ("ru", ())


@pytest.mark.parametrize(
    "page",
    ["<div>" * 50_000 + PARAGRAPH, "<p>" + "<b>" * 50_000 + "x", "<ul><li>" * 20_000, "<" * 500_000, "&amp;" * 100_000,
     "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + PARAGRAPH],
    ids=["div", "inline", "lists", "brackets", "entities", "json"],
)  # fmt: skip
def test_deep_and_broken_pages_are_read_or_refused(page: str) -> None:
    with contextlib.suppress(UnreadableError):
        assert read(page).body is not None


def test_a_page_of_very_many_elements_is_read_whole() -> None:
    page = "".join(
        f"<p>Entry {number} of the log says that all is well on the harbour.</p>" for number in range(31_000)
    )
    assert len(read(f"<article>{page}</article>").body.split("\n")) == 31_000


PARTS = [
    *("<p>", "</p>", "<div class='photo'>", "</div>", "<img>", "<a href=/x>", "</a>", "<span>", "<ul><li>", "</ul>"),
    *("<header>", "<table><td>", "<script type=application/ld+json>", "{", "[1]", "\x00", "\ud800é", "Some words. "),
    *("<meta name=author content=x>", "<!--", "]]>", "<h1>", "<time itemprop=datePublished>", "2025-03-04"),
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PARTS), max_size=60))
def test_any_markup_is_read_or_refused(parts: list[str]) -> None:
    data = "".join(parts).encode("utf-8", "surrogatepass")
    try:
        first, second = (article.compose(next(html.drafts(data)), "0") for _ in range(2))
    except UnreadableError:
        return
    assert first == second


@pytest.mark.parametrize(
    ("part", "stays"),
    [
        ("<h3><a href='/other'>Another article of ours</a></h3>", False),
        ("<h3><a href='https://shop.example/lamp'>A lamp for the quay</a></h3>", True),
        ("<h3><a href='#later'>What happens later</a></h3>", True),
        ("<p><a href='https://sport.courier.example/b'>Another article of ours</a></p>", False),
        ("<p><a href='/b'>He told the Courier everything he knew.</a></p>", True),
        ("<div class='card'><h3><a href='/other'>Another article</a></h3><p>It says something.</p></div>", False),
        ("<div class='newsletter-box'><p>The week by mail, on Fridays</p></div>", False),
        ("<div class='story-promo'><p>Buy two, read three</p></div>", False),
        ("<p>The <span class='sr-only'>hidden words</span>", False),
        ("<div class='promoter-talk'><p>The promoter spoke for an hour about the concert in Holt.</p></div>", True),
    ],
)
def test_what_stands_among_the_text_is_pruned_by_name_size_and_links(part: str, *, stays: bool) -> None:
    text = "<p>The council of Holt met and talked about the library for hours.</p>" * 12
    tree = document_fromstring(f"<article>{text}{part}{text}</article>")
    words = document_fromstring(f"<div>{part}</div>").text_content()
    pageprune.prune(tree, "https://www.courier.example/a")
    assert (words in tree.text_content()) is stays
