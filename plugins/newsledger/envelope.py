"""The entries of a feed as they are kept under ``raw/``: JSON Lines, a line an entry, an object for each poll.

A line says what the feed stated and how the page behind the entry was met; pages are objects of their own. Nothing in a
line depends on the clock, so that the same entry, met again, is the same bytes.

An entry is named inside its object by the SHA-256 of its line (``raw_member`` of the records), not by its place. So a
line can be taken out (``without``, for an erasure) and the rest written back *under the same key*: what was read from
the lines that are left still finds them, and each still proves itself by its own hash, though the object as a whole
does not any more. Under a new key, the records that were read from the rest would point at nothing.
"""

from collections.abc import Collection, Iterable, Iterator

from newsledger.records import Record, sha256

ENDING = ".entry.json"
"""How the name of a file ends that holds one entry."""
LINES = ".entries.jsonl"
"""How the name of a file ends that holds such an object."""


def packed(lines: Iterable[bytes]) -> bytes:
    """Entries as one object; each is an ``Envelope`` as JSON."""
    return b"".join(line + b"\n" for line in lines)


def unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each entry of an object: what names it, which is the SHA-256 of its line, and the line."""
    return ((sha256(line), line) for line in data.split(b"\n") if line)


def without(data: bytes, members: Collection[str]) -> bytes:
    """An object's bytes without some of its entries; empty when none is left."""
    return packed(line for member, line in unpacked(data) if member not in members)


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


class Page(Record, frozen=True, kw_only=True):
    """How the page behind an entry was met."""

    url: str
    """Where it came from in the end."""
    status: int | None = None
    content_type: str = ""
    sha256: str | None = None
    """Of its bytes, which are kept under ``raw/`` too."""
    error: str | None = None
    """Why there is none, in words."""


class Envelope(Record, frozen=True, kw_only=True):
    """An entry with what is known of its feed."""

    feed: str
    """Its name in the configuration."""
    publisher: str | None = None
    """As configured, else the feed's title."""
    language: str | None = None
    entry: Entry
    shared_link: bool = False
    """Several entries of the feed have this link, so it names none of them."""
    page: Page | None = None
