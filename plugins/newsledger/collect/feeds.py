"""A feed's bytes to entries: RSS 0.9x to 2.0, RDF and Atom by feedparser, JSON Feed and news sitemaps by our own hand.

Entries are kept as the feed states them, dates and HTML included: reading them is extraction's work. Nothing that a
feed holds can make this raise anything but ``UnreadableError``, and a bad entry never sinks its feed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from newsledger.errors import UnreadableError
from newsledger.records import Record

ENTRIES = 20_000
"""Entries read from one feed at the most; a news sitemap holds 1,000, and the largest feed seen 10,000."""

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_LONG_REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]{6,40})|0*([0-9]{7,40}));")
_TOP_CODE_POINT = 0x10FFFF


class Entry(Record, frozen=True, kw_only=True):
    """One entry as its feed states it."""

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """As written in the feed."""
    updated: str | None = None
    summary: str | None = None
    """HTML, untrusted."""
    content: str | None = None
    """HTML, untrusted: the full text where the feed carries it."""
    language: str | None = None
    publisher: str | None = None
    """The true origin, where the feed is made of others' entries."""
    enclosures: tuple[str, ...] = ()


class Feed(Record, frozen=True, kw_only=True):
    """What one poll of a feed gave."""

    kind: str
    """``rss20``, ``atom10``, ``json1``, ``sitemap``, ``sitemapindex``, ... (feedparser's names, and ours)."""
    title: str | None = None
    language: str | None = None
    ttl_minutes: int | None = None
    entries: tuple[Entry, ...] = ()
    maps: tuple[str, ...] = ()
    """Of a sitemap index: the sitemaps it names."""
    problems: tuple[str, ...] = ()
    """What had to be passed over or mended."""


def read(body: bytes, url: str, content_type: str = "") -> Feed:
    """The entries of a feed.

    Raises:
        UnreadableError: the bytes are no feed; the message says what they look like.
    """
    start = body[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if not start:
        raise UnreadableError("The answer is empty.")
    if start[:1] == b"{":
        return _json_feed(body, url)
    if b"<urlset" in body[:4096] or b"<sitemapindex" in body[:4096]:
        return _sitemap(body, url)
    return _parsed(body, url, content_type)


# --- feedparser -------------------------------------------------------------------------------------------------------


def _parsed(body: bytes, url: str, content_type: str) -> Feed:
    import feedparser

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        found = feedparser.parse(_possible(body), response_headers=headers)
    except Exception as error:
        raise UnreadableError(f"The feed cannot be parsed ({type(error).__name__}: {error}).") from error
    if not found.version:
        raise UnreadableError(f"{url} is no feed: {_looks_like(body)}.")
    problems = [f"not well-formed: {found.bozo_exception}"] if found.bozo else []
    entries = list(_each(found.entries, lambda entry: _entry(entry, url), problems))
    feed = found.feed
    return Feed(
        kind=found.version,
        title=_text(feed.get("title")),
        language=_text(feed.get("language")),
        ttl_minutes=_whole(feed.get("ttl")),
        entries=tuple(entries),
        problems=tuple(problems),
    )


def _possible(body: bytes) -> bytes:
    """The bytes without character references beyond Unicode, on which feedparser raises."""
    return _LONG_REFERENCE.sub(lambda m: m[0] if _code_point(m) <= _TOP_CODE_POINT else b"&#xFFFD;", body)


def _code_point(reference: re.Match[bytes]) -> int:
    return int(reference[1], 16) if reference[1] else int(reference[2])


def _looks_like(body: bytes) -> str:
    head = body[:2048].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return "it is an HTML page, perhaps a block or consent page"
    return "it is neither RSS, Atom, RDF, JSON Feed nor a sitemap"


def _entry(found: Mapping[str, Any], url: str) -> Entry:
    content = max((_text(part.get("value")) or "" for part in found.get("content", ())), key=len, default="")
    source = found.get("source") or {}
    return Entry(
        guid=_text(found.get("id")),
        link=_link(url, found.get("link")),
        title=_text(found.get("title")),
        authors=_names(found),
        published=_text(found.get("published") or found.get("issued") or found.get("created")),
        updated=_text(found.get("updated")),
        summary=_text(found.get("summary")),
        content=content or None,
        language=_text(found.get("language") or (found.get("title_detail") or {}).get("language")),
        publisher=_text(source.get("title")) if isinstance(source, Mapping) else None,
        enclosures=tuple(_links(url, (one.get("href") for one in found.get("enclosures", ())))),
    )


def _names(found: Mapping[str, Any]) -> tuple[str, ...]:
    names = (_text(author.get("name")) for author in found.get("authors", ()) if isinstance(author, Mapping))
    return tuple(dict.fromkeys(filter(None, names))) or tuple(filter(None, (_text(found.get("author")),)))


# --- JSON Feed (https://www.jsonfeed.org/version/1.1/) ----------------------------------------------------------------


def _json_feed(body: bytes, url: str) -> Feed:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{url} looks like JSON but cannot be parsed ({error}).") from error
    version = str(found.get("version", ""))
    if "jsonfeed.org/version/" not in version or not isinstance(found.get("items"), list):
        raise UnreadableError(f"{url} is JSON, but no JSON Feed: it has no version and items of one.")
    problems: list[str] = []
    entries = tuple(_each(found["items"], lambda item: _json_entry(item, url), problems))
    return Feed(
        kind="json" + version.rpartition("/")[2].replace(".", ""),
        title=_text(found.get("title")),
        language=_text(found.get("language")),
        entries=entries,
        problems=tuple(problems),
    )


def _json_entry(item: Mapping[str, Any], url: str) -> Entry:
    authors = item.get("authors") or ([item["author"]] if item.get("author") else [])
    identity = item.get("id")
    return Entry(
        guid=str(identity) if isinstance(identity, int | float) else _text(identity),
        link=_link(url, item.get("url") or item.get("external_url")),
        title=_text(item.get("title")),
        authors=tuple(filter(None, (_text(author.get("name")) for author in authors))),
        published=_text(item.get("date_published")),
        updated=_text(item.get("date_modified")),
        summary=_text(item.get("summary")),
        content=_text(item.get("content_html")) or _text(item.get("content_text")),
        language=_text(item.get("language")),
        enclosures=tuple(_links(url, (one.get("url") for one in item.get("attachments") or ()))),
    )


# --- news sitemaps (https://www.sitemaps.org/protocol.html, Google News sitemaps) -------------------------------------


def _sitemap(body: bytes, url: str) -> Feed:
    from lxml import etree

    # No entity is expanded, no DTD loaded, nothing fetched, and no tree deeper or larger than libxml2's own bounds.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"{url} looks like a sitemap but cannot be parsed ({error}).") from error
    if root is None:
        raise UnreadableError(f"{url} looks like a sitemap but cannot be parsed.")
    problems = [f"not well-formed: {parser.error_log[0].message}"] if len(parser.error_log) else []
    if root.tag == f"{_SITEMAP}sitemapindex":
        return Feed(kind="sitemapindex", maps=tuple(_links(url, root.iterfind(f"{_SITEMAP}sitemap/{_SITEMAP}loc"))))
    entries = tuple(_each(root.iterfind(f"{_SITEMAP}url"), lambda node: _sitemap_entry(node, url), problems))
    return Feed(kind="sitemap", entries=entries, problems=tuple(problems))


def _sitemap_entry(node: Any, url: str) -> Entry:
    news = node.find(f"{_NEWS}news")
    link = _link(url, node.findtext(f"{_SITEMAP}loc"))
    if news is None:
        return Entry(guid=link, link=link, updated=_text(node.findtext(f"{_SITEMAP}lastmod")))
    return Entry(
        guid=link,
        link=link,
        title=_text(news.findtext(f"{_NEWS}title")),
        published=_text(news.findtext(f"{_NEWS}publication_date")),
        updated=_text(node.findtext(f"{_SITEMAP}lastmod")),
        language=_text(news.findtext(f"{_NEWS}publication/{_NEWS}language")),
        publisher=_text(news.findtext(f"{_NEWS}publication/{_NEWS}name")),
    )


# --- shared -----------------------------------------------------------------------------------------------------------


def _each(items: Iterable[Any], read_one: Any, problems: list[str]) -> Iterator[Entry]:
    """Every item that can be read and names anything; the others are told of."""
    for number, item in enumerate(items):
        if number == ENTRIES:
            problems.append(f"has more than {ENTRIES:,} entries: the rest was passed over")
            return
        try:
            entry = read_one(item)
        except (AttributeError, KeyError, TypeError, ValueError, msgspec.ValidationError) as error:
            problems.append(f"entry {number + 1} cannot be read ({type(error).__name__}: {error})")
            continue
        if entry.guid or entry.link or entry.title or entry.content or entry.summary:
            yield entry
        else:
            problems.append(f"entry {number + 1} is empty")


def _text(value: object) -> str | None:
    """A string with something in it, free of what cannot be stored; else null."""
    if not isinstance(value, str):
        return None
    return value.replace("\x00", "").encode("utf-8", "replace").decode().strip() or None


def _link(base: str, value: object) -> str | None:
    """An absolute http or https address; else null."""
    text = _text(value)
    if not text:
        return None
    try:
        address = urljoin(base, text)
        return address if urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _links(base: str, values: Iterable[object]) -> Iterator[str]:
    for value in values:
        link = _link(base, getattr(value, "text", value))
        if link:
            yield link


def _whole(value: object) -> int | None:
    text = _text(value)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None
