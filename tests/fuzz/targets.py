"""What is fuzzed: every reader of untrusted bytes, with inputs that it understands as beginnings."""

import contextlib
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from newsledger.collect import discovery, feeds, json_feed, opml, robots, sitemap, unpacking
from newsledger.envelope import Entry, Envelope, Page
from newsledger.errors import NewsledgerError, SettingsError, UnreadableError
from newsledger.extract import document, entry
from tests.fragments import FILES, LEAD
from tests.test_exactness import hold

URL = "https://a.example/x"
STORY = (
    f"😀 {LEAD}\nKYIV (AP) — “We are open again, and we will stay,” said Mayor Ann Hale, 54, on May 3, 2024.\n"
    "More than 5,000 people, or 12% of them, came from e\u0301 Paris and walked 1,234.5 km; it cost $5 million.\n"
)

_DRAWN = (
    b"BT /F 12 Tf 72 720 Td (The council met in the town and said that the library) Tj 0 -14 Td "
    b"(would be open for all who read. Ann Hale said that 5,000 people came.) Tj ET"
)
_PARTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length %d>>\nstream\n%s\nendstream" % (len(_DRAWN), _DRAWN),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def _pdf() -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(_PARTS, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    tail = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(made))
    return made + head + table + tail


RSS = (
    f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>{URL}</link><item><title>A &amp; b</title>'
    f"<link>{URL}/1</link><guid>g</guid><pubDate>Fri, 03 May 2024 10:00:00 EST</pubDate>"
    f"<description><![CDATA[<p>{LEAD}</p>]]></description></item></channel></rss>"
).encode()
ATOM = (
    f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><entry><id>i</id><title>A</title>'
    f'<link href="{URL}"/><updated>2024-05-03T10:00:00Z</updated><content type="html">&lt;p>{LEAD}</content>'
    "</entry></feed>"
).encode()
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    b"<url><loc>https://a.example/1</loc><news:news><news:publication><news:name>A</news:name></news:publication>"
    b"<news:publication_date>2024-05-03</news:publication_date><news:title>T</news:title></news:news></url></urlset>"
)
ROBOTS = b"User-agent: *\nDisallow: /a*b$\nAllow: /a/\nCrawl-delay: 2.5\nUser-agent: newsledger\nDisallow: /%7Ex\n"
OPML = b'<opml version="2.0"><body><outline text="T" xmlUrl="https://a.example/f" type="rss"/></body></opml>'
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [{"id": "1", "url": URL, "content_html": LEAD}],
    }
).encode()
PAGE = b'<html><head><base href="/b/"><link rel="alternate" type="application/rss+xml" href="f.xml"></head></html>'
ENVELOPE = msgspec.json.encode(
    Envelope(feed="f", entry=Entry(guid="g", link=URL, title="T", published="2024-05-03", content=f"<p>{STORY}</p>"))
)
PAGED = msgspec.json.encode(
    Envelope(
        feed="f",
        entry=Entry(link=URL, title="T", summary="S"),
        page=Page(url=URL, status=200, content_type="text/html"),
    )
)


class Target(NamedTuple):
    """A reader; it raises on a fault, and only then. It returns how many articles or entries it found."""

    read: Callable[[bytes], int]
    beginnings: Sequence[bytes]


def _extracts(name: str) -> Callable[[bytes], int]:
    def read(data: bytes) -> int:
        count = 0
        with contextlib.suppress(UnreadableError):
            for found in document.read(data, name):
                hold(found)
                count += 1
        return count

    return read


def _paged(data: bytes) -> int:
    count = 0
    with contextlib.suppress(UnreadableError):
        for found in entry.read(PAGED, "a.entry.json", data, "2024-05-03T10:00:00Z"):
            hold(found)
            count += 1
    return count


def _told(read: Callable[[bytes], object]) -> Callable[[bytes], int]:
    def tried(data: bytes) -> int:
        with contextlib.suppress(UnreadableError, SettingsError):
            read(data)
            return 1
        return 0

    return tried


def _unpacks(data: bytes) -> int:
    with contextlib.suppress(unpacking.PackedWronglyError):
        return sum(map(len, unpacking.unpacked(iter([data[:7], data[7:]]), "gzip")))
    return 0


def _checks(data: bytes) -> int:
    """Names come from outside as well."""
    with contextlib.suppress(NewsledgerError):
        document.check(data, data.decode("utf-8", "replace")[:80] + ".json")
        return 1
    return 0


def _files() -> Iterator[tuple[str, Target]]:
    for name, made in FILES.items():
        yield f"extract {name}", Target(_extracts(name), [made(STORY), made(LEAD)])


TARGETS: dict[str, Target] = {
    **dict(_files()),
    "extract a.pdf": Target(_extracts("a.pdf"), [_pdf()]),
    "extract a.warc.gz": Target(_extracts("a.warc.gz"), [gzip.compress(FILES["a.warc"](STORY))]),
    "extract a.entry.json": Target(_extracts("a.entry.json"), [ENVELOPE, PAGED]),
    "extract the page of an entry": Target(_paged, [FILES["a.html"](STORY)]),
    "check": Target(_checks, [FILES["a.json"](STORY)]),
    "feed": Target(_told(lambda data: feeds.read(data, URL)), [RSS, ATOM, gzip.compress(RSS)]),
    "json feed": Target(_told(lambda data: json_feed.read(data, URL)), [JSON_FEED]),
    "sitemap": Target(_told(lambda data: sitemap.read(data, URL)), [SITEMAP]),
    "robots": Target(_told(robots.read), [ROBOTS]),
    "opml": Target(_told(lambda data: opml.parse(data, "a.opml")), [OPML]),
    "discovery": Target(_told(lambda data: discovery.stated(data, URL)), [PAGE]),
    "unpacking": Target(_unpacks, [gzip.compress(RSS), gzip.compress(b"a") + gzip.compress(b"b")]),
}
"""By name. Every kind of file that is dropped, and all that is polled."""

TOKENS = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"<", b">", b"&", b"&#1114112;", b"&#x0;", b"<![CDATA[", b"]]>", b"<!--",
    b"-->", b"<script>", b"<div>" * 50, b"</p>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;",
    b"<?xml version='1.0' encoding='utf-7'?>", b'"', b"'", b"{", b"}", b"[" * 50, b"\\ud800", b"\\u0000", b"1e999",
    b"-1", b"9" * 30, b"\r\n", b"\n\n", b"\t", b"=?utf-8?q?=ff?=", b"--b\n", b"\x1b[2J", b"\x1f\x8b", b"PK\x03\x04",
    b"%PDF-", b"endobj", b"stream\n", b"WARC/1.0\r\n", b"0 0 R", b"\xc3\xa9", b"\xf0\x9f\x98\x80", "“".encode(),
    "”".encode(), "’".encode(), "\u2028".encode(), "\u202e".encode(), "e\u0301".encode(), b" said ", b" km ",
    b"May 3, 2024", b"$5 million", b"Mr. ", b"2024-13-45T99:99:99+99:99", b"%s%n", b"../../", b"$(id)",
    b"javascript:",
)  # fmt: skip
"""What parsers stumble over."""
