"""What one reading of a feed gives, and how its fields are taken: what every kind of feed is read to."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from newsledger.envelope import Entry
from newsledger.records import MAX_CHARS, Record

ENTRIES = 20_000
"""Entries read from one feed at the most; a news sitemap holds 1,000, and the largest feed seen 10,000."""


class Feed(Record, frozen=True, kw_only=True):
    """What one reading of a feed gave."""

    kind: str
    """``rss20``, ``atom10``, ``json1``, ``sitemap``, ``sitemapindex``, ... (feedparser's names, and ours)."""
    title: str | None = None
    language: str | None = None
    ttl_minutes: int | None = None
    entries: tuple[Entry, ...] = ()
    maps: tuple[str, ...] = ()
    """Of a sitemap index: the sitemaps it names, the most recently changed first."""
    cut: bool = False
    """Whether it breaks off; its last entry, which may be half, is left out."""
    problems: tuple[str, ...] = ()
    """What had to be passed over or mended."""


def each(items: Iterable[Any], read_one: Callable[[Any], Entry], problems: list[str]) -> Iterator[Entry]:
    """Every item that can be read and names anything; the others are told of in ``problems``."""
    for number, item in enumerate(items, start=1):
        if number > ENTRIES:
            problems.append(f"has more than {ENTRIES:,} entries: the rest was passed over")
            return
        try:
            entry = read_one(item)
        except (AttributeError, KeyError, TypeError, ValueError, LookupError, msgspec.ValidationError) as error:
            problems.append(f"entry {number} cannot be read ({type(error).__name__}: {error})")
            continue
        if entry.guid or entry.link or entry.title or entry.content or entry.summary:
            yield entry
        else:
            problems.append(f"entry {number} is empty")


def text(value: object) -> str | None:
    """A string with something in it, free of what cannot be stored; else null."""
    if not isinstance(value, str):
        return None
    return value[:MAX_CHARS].replace("\x00", "").encode("utf-8", "replace").decode().strip() or None


def link(base: str, value: object) -> str | None:
    """An absolute http or https address; else null."""
    stated = text(value)
    if not stated or len(stated) > 4096:
        return None
    try:
        address = urljoin(base, "".join(stated.split()))
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None


def links(base: str, values: Iterable[object]) -> tuple[str, ...]:
    """The addresses among the values, each once."""
    return tuple(dict.fromkeys(found for value in values if (found := link(base, value))))


def whole(value: object) -> int | None:
    """A whole number of at most six digits; else null."""
    stated = text(value)
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 7 else None
