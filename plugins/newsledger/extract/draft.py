"""What a reader of a format found in a file: an article before it gets an identity."""

from newsledger.records import DateBasis, Record


class Draft(Record, frozen=True, kw_only=True):
    """One article as its file states it. Text fields may still be raw; `article.compose` cleans them."""

    body: str
    member: str | None = None
    """Which article of the file this is, where the file holds several."""
    url: str | None = None
    """Absolute address, canonical where the file says which one is."""
    identity: str | None = None
    """What identifies it where it has no address, such as its feed and guid."""
    headline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date, or date-time with offset."""
    published_basis: DateBasis | None = None
    modified: str | None = None
    language: str | None = None
    """BCP 47, as declared; used only where the text itself is too short to tell."""
    notes: tuple[str, ...] = ()
