"""A feed's entry as it is kept under ``raw/`` (JSON): what the feed states, and how its page was met.

Nothing in it depends on the clock, so that the same entry, met again, is the same bytes.
"""

from newsledger.records import Record

ENDING = ".entry.json"
"""How the name of such a file ends."""


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
