"""RSS 0.9x to 2.0, RDF and Atom by feedparser, of which only this module knows."""

import re
from collections.abc import Mapping
from typing import Any

from newsledger.collect.entry import Feed, each, link, links, text, whole
from newsledger.envelope import Entry
from newsledger.errors import UnreadableError

_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_CLOSED = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_TAIL = 2048
_MOST_DIGITS = 40


def read(body: bytes, url: str, content_type: str) -> Feed:
    """The entries of a feed, their HTML as it is: nobody renders it, and reading it is extraction's work.

    Raises:
        UnreadableError: the bytes are no feed; the message says what they look like.
    """
    import feedparser

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        found = feedparser.parse(
            _possible(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        raise UnreadableError(f"The feed cannot be parsed ({type(error).__name__}: {error}).") from error
    if not found.version:
        raise UnreadableError(f"{url} is no feed: {_looks_like(body)}.")
    problems = [f"not well-formed: {found.bozo_exception}"] if found.bozo else []
    cut = bool(found.bozo) and _CLOSED.search(body[-_TAIL:]) is None
    if cut:
        problems.append("breaks off: its last entry was passed over")
    entries = tuple(each(found.entries[:-1] if cut else found.entries, lambda entry: _entry(entry, url), problems))
    return Feed(
        kind=found.version,
        title=text(found.feed.get("title")),
        language=text(found.feed.get("language")),
        ttl_minutes=whole(found.feed.get("ttl")),
        entries=entries,
        cut=cut,
        problems=tuple(problems),
    )


def _possible(body: bytes) -> bytes:
    """The bytes without references to what is no character (beyond Unicode, surrogates), on which feedparser raises."""
    return _REFERENCE.sub(lambda match: match[0] if _is_character(match) else b"&#xFFFD;", body)


def _is_character(reference: re.Match[bytes]) -> bool:
    digits = reference[1] or reference[2]
    code = int(digits, 16 if reference[1] else 10) if len(digits) <= _MOST_DIGITS else -1
    return 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF


def _looks_like(body: bytes) -> str:
    head = body[:2048].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return "it is an HTML page, perhaps a block or consent page"
    return "it is neither RSS, Atom, RDF, JSON Feed nor a sitemap"


def _entry(found: dict[str, Any], url: str) -> Entry:
    content = max((text(part.get("value")) or "" for part in found.get("content", ())), key=len, default="")
    source = found.get("source") or {}
    updated = text(dict.get(found, "updated"))  # its own `get` gives `published` where there is none
    return Entry(
        guid=text(found.get("id")),
        # What FeedBurner's own addresses lead to; else the entry's link.
        link=link(url, found.get("feedburner_origlink")) or link(url, found.get("link")),
        title=text(found.get("title")),
        authors=_names(found),
        # feedparser keeps `dc:date`, which is when an item of RSS 1.0 was published, as `updated`.
        published=text(found.get("published") or found.get("issued") or found.get("created")) or updated,
        updated=updated,
        summary=text(found.get("summary")),
        content=content or None,
        language=text(found.get("language")) or text((found.get("title_detail") or {}).get("language")),
        publisher=text(source.get("title")) if isinstance(source, Mapping) else None,
        enclosures=links(url, (one.get("href") for one in found.get("enclosures", ()))),
    )


def _names(found: Mapping[str, Any]) -> tuple[str, ...]:
    stated = [author for author in found.get("authors", ()) if isinstance(author, Mapping)]
    names = tuple(dict.fromkeys(filter(None, (text(author.get("name")) for author in stated))))
    return names or tuple(filter(None, (text(found.get("author")),)))
