"""Every kind of feed is read; whatever is wrong with one is told, and sinks nothing else."""

import gzip
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from newsledger.collect import feeds
from newsledger.collect.entry import Feed
from newsledger.collect.reader import Readers
from newsledger.errors import UnreadableError
from newsledger.worker import Bounds
from tests.feedworld import item, rss

URL = "https://news.example/feed"

RSS091 = b"""<?xml version="1.0"?><rss version="0.91"><channel><title>Old News</title><language>en</language>
<item><title>Ferry late</title><link>/ferry</link><description>It was late.</description></item></channel></rss>"""
RSS20 = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Daily</title><ttl>15</ttl><language>en-gb</language>
<item><title>Ferry &amp; tide</title><link>https://news.example/ferry</link><guid isPermaLink="false">f-1</guid>
<dc:creator>Anna Berg</dc:creator><pubDate>Mon, 03 Feb 2025 10:00:00 EEST</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The whole <a href="/x">text</a>.</p>]]></content:encoded>
<source url="https://agency.example/feed">Example Agency</source>
<enclosure url="https://cdn.example/a.mp3" length="1" type="audio/mpeg"/></item></channel></rss>"""
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>RDF News</title></channel>
<item rdf:about="https://news.example/r"><title>Ferry</title><link>https://news.example/r</link>
<dc:date>2025-02-03T10:00:00Z</dc:date></item></rdf:RDF>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Atom News</title>
<entry><id>tag:news.example,2025:1</id><title type="html">Ferry</title><link rel="alternate" href="/a/1"/>
<author><name>Anna Berg</name></author><author><name>Tom Hale</name></author><published>2025-02-03T10:00:00Z</published>
<updated>2025-02-04T10:00:00Z</updated><summary>Short.</summary><content type="html">&lt;p&gt;Whole.&lt;/p&gt;</content>
<source><title>Example Agency</title></source></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON News",
        "language": "en",
        "items": [
            {"id": 7, "url": "/j/7", "title": "Ferry", "content_html": "<p>Whole.</p>",
             "date_published": "2025-02-03T10:00:00Z", "authors": [{"name": "Anna Berg"}], "attachments": [{"url": "https://cdn.example/a.mp3"}]},
            "not an item",
            {"id": "8", "content_text": "Second.", "author": {"name": "Tom Hale"}},
        ],
    }
).encode()  # fmt: skip
NEWS_SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/s/1</loc><lastmod>2025-02-04</lastmod>
<news:news><news:publication><news:name>Example News</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2025-02-03T10:00:00Z</news:publication_date><news:title>Ferry</news:title></news:news></url></urlset>"""
SITEMAP_INDEX = b"""<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/old.xml</loc><lastmod>2024-01-01</lastmod></sitemap>
<sitemap><loc>/new.xml</loc><lastmod>2025-02-01</lastmod></sitemap></sitemapindex>"""
KINDS = {
    "rss091u": RSS091,
    "rss20": RSS20,
    "rss10": RDF,
    "atom10": ATOM,
    "json11": JSON,
    "sitemap": NEWS_SITEMAP,
    "sitemapindex": SITEMAP_INDEX,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read(kind: str) -> None:
    found = feeds.read(KINDS[kind], URL)
    assert found.kind == kind
    if kind == "sitemapindex":
        assert found.maps == ("https://news.example/new.xml", "https://news.example/old.xml")
        return
    first = found.entries[0]
    assert (first.title or "").startswith("Ferry")
    assert (first.link or "").startswith("https://news.example/")
    if kind != "rss091u":
        assert first.published in {"Mon, 03 Feb 2025 10:00:00 EEST", "2025-02-03T10:00:00Z"}


def test_rss_gives_content_author_source_and_enclosure_as_stated() -> None:
    found = feeds.read(RSS20, URL)
    (entry,) = found.entries
    assert (found.ttl_minutes, found.language) == (15, "en-gb")
    assert entry.title == "Ferry & tide"
    assert entry.content == '<p>The whole <a href="/x">text</a>.</p>'
    assert (entry.guid, entry.authors, entry.publisher) == ("f-1", ("Anna Berg",), "Example Agency")
    assert entry.enclosures == ("https://cdn.example/a.mp3",)


def test_atom_gives_all_authors_both_times_and_its_source() -> None:
    (entry,) = feeds.read(ATOM, URL).entries
    assert entry.authors == ("Anna Berg", "Tom Hale")
    assert (entry.updated, entry.content, entry.publisher) == (
        "2025-02-04T10:00:00Z",
        "<p>Whole.</p>",
        "Example Agency",
    )
    assert entry.link == "https://news.example/a/1"


def test_a_bad_entry_is_told_and_the_others_are_read() -> None:
    found = feeds.read(JSON, URL)
    assert [entry.guid for entry in found.entries] == ["7", "8"]
    assert found.problems[0].startswith("entry 2 cannot be read")


def test_a_sitemap_that_is_a_gzip_file_is_read() -> None:
    assert feeds.read(gzip.compress(NEWS_SITEMAP), URL).kind == "sitemap"


def test_a_gzip_bomb_is_refused() -> None:
    with pytest.raises(UnreadableError, match="more than"):
        feeds.read(gzip.compress(bytes(feeds.UNPACKED + 1)), URL)


def test_a_feed_that_breaks_off_loses_only_its_last_entry() -> None:
    whole = rss(item(1), item(2), item(3))
    found = feeds.read(whole[: whole.index(b"Part 3")], URL)
    assert found.cut
    assert [entry.title for entry in found.entries] == ["Story 1 of the day", "Story 2 of the day"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body>Just a moment...</body></html>", "HTML page"),
        (b'{"error": "denied"}', "no JSON Feed"),
        (b"{broken", "cannot be parsed"),
        (b"\x89PNG\r\n\x1a\n", "neither"),
        (b"\x1f\x8bxxxx", "unpacked"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(body: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        feeds.read(body, URL)


def test_no_entity_is_expanded_and_no_file_is_read() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/hostname">{laughs}]>'
    bodies = [
        f'{head}<rss version="2.0"><channel><item><title>A &l9; &f;</title></item></channel></rss>',
        f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://n.example/&l9;&f;</loc></url></urlset>',
    ]
    for body in bodies:
        for entry in _refused_or_read(body.encode()).entries:
            assert len(f"{entry.title}{entry.link}") < 200
            assert "root" not in f"{entry.title}{entry.link}"


@pytest.mark.parametrize("reference", ["&#1114112;", "&#x110000;", "&#99999999999999999999;", "&#0;", "&#xD800;"])
def test_references_to_no_character_do_not_sink_a_feed(reference: str) -> None:
    inside = f"<item><title>A {reference} b</title><link>https://n.example/1</link></item>"
    feed = f'<rss version="2.0"><channel>{inside}</channel></rss>'
    (entry,) = feeds.read(feed.encode(), URL).entries
    assert (entry.title or "").startswith("A")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "koi8-r"])
def test_encodings_are_read_as_declared(encoding: str) -> None:
    word = "Привіт".replace("і", "и") if encoding == "koi8-r" else "Zürich"
    inside = f"<channel><item><title>{word}</title></item></channel>"
    feed = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0">{inside}</rss>'
    (entry,) = feeds.read(feed.encode(encoding), URL).entries
    assert entry.title == word


def test_links_that_are_no_web_addresses_are_none() -> None:
    for link in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[", "ftp://n.example/x"):
        (entry,) = feeds.read(rss(item(1, link=link, guid="")), URL).entries
        assert entry.link is None


def _refused_or_read(body: bytes) -> Feed:
    try:
        return feeds.read(body, URL)
    except UnreadableError:
        return Feed(kind="")


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_cut_anywhere_is_read_or_refused(kind: str) -> None:
    for cut in range(0, len(KINDS[kind]), 7):
        _refused_or_read(KINDS[kind][:cut])


@bounds(max_examples=60)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_a_feed_with_bytes_flipped_is_read_or_refused(kind: str, flips: list[tuple[float, int]]) -> None:
    body = bytearray(KINDS[kind])
    for where, value in flips:
        body[int(where * len(body))] = value
    _refused_or_read(bytes(body))


# --- in processes of their own ----------------------------------------------------------------------------------------


@pytest.fixture
def readers() -> Iterator[Readers]:
    with Readers(count=1, bounds=Bounds(seconds=2)) as made:
        yield made


def test_what_keeps_the_parser_busy_is_ended_and_the_next_feed_is_read(readers: Readers) -> None:
    with pytest.raises(UnreadableError, match="more than 2 s"):
        readers.read(b'<rss version="2.0">' + b"<a>" * 2_000_000, URL)
    assert readers.read(RSS20, URL).kind == "rss20"


def test_a_reader_says_why_it_refuses(readers: Readers) -> None:
    with pytest.raises(UnreadableError, match="HTML page"):
        readers.read(b"<html><body>no</body></html>", URL)


def test_a_large_feed_goes_through_the_pipes(readers: Readers) -> None:
    body = b'<rss version="2.0"><channel><item><title>A</title><description>' + b"word " * 400_000
    found = readers.read(body + b"</description></item></channel></rss>", URL)
    assert len(found.entries[0].summary or "") > 1_900_000
