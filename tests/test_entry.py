"""A kept entry, with or without its page, to an article."""

from typing import Any

import msgspec
import pytest

from newsledger.envelope import Entry, Envelope, Page
from newsledger.errors import UnreadableError
from newsledger.extract import entry as entries
from newsledger.extract import feeddate
from newsledger.records import Article

AT = "2025-02-03T12:00:00+00:00"
SHORT = "The council of Aberllan voted to keep the weir."
LONG = "\n".join(
    f"Councillor {name} said on Tuesday that the weir had held for {n} years, and that it would hold for many more if "
    f"the town paid for the work that engineers had asked for in the spring of last year."
    for n, name in enumerate(["Nia Pryce", "Tom Hale", "Anna Berg", "Io Marsh", "Ed Quill"], start=11)
)


def html(body: str, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    article = f"<article><h1>Weir holds</h1>{paragraphs}</article>"
    return f"<html><head><title>Weir holds</title>{head}</head><body>{article}</body></html>".encode()


def read(page: bytes | None = None, met: Page | None = None, shared_link: bool = False, **fields: Any) -> Article:
    stated = {"guid": "g1", "link": "https://news.example/weir", "title": "Weir holds", "summary": f"<p>{SHORT}</p>"}
    there = Page(url="https://news.example/weir", status=200, content_type="text/html; charset=utf-8")
    kept = Envelope(
        feed="example",
        publisher="Example News",
        language="en",
        entry=Entry(**(stated | fields)),
        shared_link=shared_link,
        page=met or (there if page else None),
    )
    (found,) = entries.read(msgspec.json.encode(kept), "example/1.entry.json", page, AT)
    return found.article


def test_an_entry_without_page_is_the_feeds_own_words() -> None:
    article = read(published="Mon, 03 Feb 2025 10:00:00 EEST", authors=("By Anna Berg and Tom Hale",))
    assert (article.article_id, article.url, article.body) == ("https://news.example/weir",) * 2 + (SHORT,)
    assert article.authors == ("Anna Berg", "Tom Hale")
    assert (article.date_published, article.date_published_basis) == ("2025-02-03T10:00:00+03:00", "feed")
    assert article.notes == (entries.SUMMARY,)
    assert article.publisher == "Example News"


def test_the_true_origin_of_an_entry_is_its_publisher() -> None:
    assert read(publisher="Example Agency").publisher == "Example Agency"


def test_the_page_is_taken_where_the_feed_is_only_a_summary() -> None:
    article = read(html(LONG))
    assert article.body == LONG
    assert entries.SUMMARY not in article.notes


def test_the_feeds_own_text_is_taken_where_it_is_as_good() -> None:
    content = "".join(f"<p>{line}</p>" for line in LONG.split("\n"))
    article = read(html(LONG + "\nSign up to our letter, which comes on every day but Sunday."), content=content)
    assert article.body == LONG


@pytest.mark.parametrize(
    ("url", "status", "page", "note"),
    [
        ("https://news.example/weir", 403, "Forbidden", "refuses us"),
        ("https://news.example/weir", 451, "Not here", "legal reasons"),
        ("https://news.example/weir", 500, "Oops", "status 500"),
        ("https://consent.example/collect?to=x", 200, LONG, "consent wall"),
        ("https://news.example/", 200, LONG, "front page"),
        ("https://news.example/weir", 200, "Before you continue\nWe use cookies. Accept all", "consent wall"),
        ("https://news.example/weir", 200, "Wir benötigen Ihre Zustimmung\nMit Werbung lesen", "consent wall"),
        ("https://news.example/weir", 200, "Just a moment...\nPlease enable cookies to continue.", "robots"),
        ("https://news.example/weir", 200, "Subscribe to continue reading this story today.", "paywall"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article_is_told_of_and_the_feed_speaks(url: str, status: int, page: str, note: str) -> None:
    met = Page(url=url, status=status, content_type="text/html")
    article = read(html(page, '<link rel="canonical" href="https://news.example/consent">'), met)
    assert article.body == SHORT
    assert article.article_id == "https://news.example/weir"
    assert any(note in said and "the feed's own text is taken" in said for said in article.notes)


def test_a_page_that_was_not_had_is_told_of() -> None:
    met = Page(url="https://news.example/weir", error="Its site's robots.txt does not allow it.")
    assert "robots.txt does not allow it" in read(met=met).notes[-1]


def test_an_article_about_cookies_is_no_wall() -> None:
    text = LONG + "\nThe council's own site says that we use cookies, and asks readers to accept all of them.\n" + LONG
    assert read(html(text)).body == text


def test_the_canonical_address_of_its_own_site_is_its_identity() -> None:
    canonical = '<link rel="canonical" href="https://www.news.example/weir-holds?utm_source=x">'
    assert read(html(LONG, canonical)).article_id == "https://www.news.example/weir-holds"


@pytest.mark.parametrize("href", ["https://other.example/article", "https://news.example/", "javascript:x"])
def test_a_page_cannot_take_the_identity_of_another(href: str) -> None:
    assert read(html(LONG, f'<link rel="canonical" href="{href}">')).article_id == "https://news.example/weir"


@pytest.mark.parametrize(
    "fields",
    [{"link": None}, {"link": "https://news.example/"}, {"shared_link": True}, {"link": "https://news.example"}],
)
def test_without_an_address_of_its_own_it_is_known_by_feed_and_guid(fields: dict[str, Any]) -> None:
    article = read(**fields)
    assert (article.article_id, article.url) == ("example#g1", None)


def test_without_guid_too_it_is_known_by_its_bytes() -> None:
    assert len(read(link=None, guid=None).article_id) == 64


def test_html_in_an_entry_is_data() -> None:
    article = read(
        content=f"<script>alert('x')</script><p onclick='x()'>{SHORT}</p><style>p {{}}</style>", title="A <b>b</b>"
    )
    assert article.body == SHORT
    assert article.headline == "A b"


def test_an_entry_with_nothing_but_a_title_says_so() -> None:
    article = read(summary=None)
    assert article.body == "Weir holds"
    assert article.notes == ("only the feed's headline",)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"feed": 1}', b'{"feed": "x", "entry": {}}'])
def test_what_is_no_entry_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        list(entries.read(data, "x.entry.json", None, AT))


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        ("Mon, 03 Feb 2025 10:00:00 EEST", "2025-02-03T10:00:00+03:00"),  # feedparser reads it as UTC
        ("Mon, 03 Feb 2025 10:00:00 EET", "2025-02-03T10:00:00+02:00"),
        ("Mon, 03 Feb 2025 10:00:00 MSK", "2025-02-03T10:00:00+03:00"),
        ("Mon, 03 Feb 2025 10:00:00 AEDT", "2025-02-03T10:00:00+11:00"),
        ("Mon, 03 Feb 2025 06:00:00 EST", "2025-02-03T06:00:00-05:00"),
        ("Mon, 03 Feb 25 10:00:00 GMT", "2025-02-03T10:00:00+00:00"),
        ("03 Feb 99 10:00 +0200", "1999-02-03T10:00:00+02:00"),
        ("2025-02-03T10:00:00", "2025-02-03"),  # no zone: the day stands
        ("Mon, 03 Feb 2025 10:00:00", "2025-02-03"),
        ("lun., 03 févr. 2025 10:00:00 +0100", "2025-02-03T10:00:00+01:00"),
        ("Mo, 02 Dez 2024 10:00:00 +0100", "2024-12-02T10:00:00+01:00"),
        ("3 de enero de 2025 10:00 GMT", "2025-01-03T10:00:00+00:00"),
        ("понедельник, 03 февраля 2025 10:00:00 +0300", "2025-02-03T10:00:00+03:00"),
        ("Пн, 13 січ. 2025 10:00:00 +0200", "2025-01-13T10:00:00+02:00"),
        ("Çar, 15 Oca 2025 10:00:00 +0300", "2025-01-15T10:00:00+03:00"),
        ("Tue, 03 lipca 2024 10:00:00 +0200", "2024-07-03T10:00:00+02:00"),
        ("03 července 2024 10:00:00 +0200", "2024-07-03T10:00:00+02:00"),
        ("Mon, 03 listopada 2024 10:00:00 +0200", None),  # another month in Croatia than in Poland
        ("2025-02-03T12:09:00Z", "2025-02-03T12:09:00+00:00"),  # a clock that is ahead
        ("2025-02-03T18:00:00Z", "2025-02-03"),  # ahead of the fetch: its day stands
        ("2025-02-04", "2025-02-04"),  # it is the 4th in Kiribati
        ("2025-02-05", None),
        ("Mon, 03 Feb 2031 10:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates_of_feeds(stated: str | None, read_as: str | None) -> None:
    assert feeddate.parse(stated, AT)[0] == read_as


def test_a_date_ahead_of_the_fetch_is_told_of() -> None:
    article = read(published="Mon, 03 Feb 2031 10:00:00 GMT")
    assert article.date_published is None
    assert any("ahead of its fetch" in note for note in article.notes)


def test_the_pages_time_stands_in_where_the_feed_has_none() -> None:
    article = read(html(LONG, '<meta property="article:published_time" content="2025-02-03T09:30:00+02:00">'))
    assert (article.date_published, article.date_published_basis) == ("2025-02-03T09:30:00+02:00", "html")
