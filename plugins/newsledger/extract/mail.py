"""Mail messages (.eml): newsletters and press releases."""

import email
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from msgspec.structs import replace

from newsledger.errors import UnreadableError
from newsledger.extract import encoding, html, plain, timestamp
from newsledger.extract.draft import Draft

_MOST_PARTS = 200
_LONGEST_HEADER = 2_000  # characters; the standard library's time to decode grows with the square of the length


def drafts(data: bytes) -> Iterator[Draft]:
    """The one article of a message: its plain text where that is whole, else its HTML; subject, sender, date.

    Raises:
        UnreadableError: it is no mail message, or there is no text in it.
    """
    try:
        message = email.message_from_bytes(data)
        subject, sender, date = (_header(message, name) for name in ("Subject", "From", "Date"))
        name, address = parseaddr(sender or "")
        draft = _text(message)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # the standard library's parser breaks on some broken messages
        raise UnreadableError(f"It is a broken mail message: {error}.") from None
    if not (subject or sender or date):
        raise UnreadableError("It is no mail message: it has neither subject, sender nor date.")
    published = timestamp.parse(date)
    yield replace(
        draft,
        headline=subject or draft.headline,
        publisher=name or address.rpartition("@")[2] or None,
        published=published or draft.published,
        published_basis="stated" if published or draft.published else None,
    )


def _header(message: Message, name: str) -> str | None:
    """A header's text, its encoded words decoded ("=?utf-8?q?Caf=C3=A9?=")."""
    raw = str(message.get(name) or "")[:_LONGEST_HEADER]
    try:
        text = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        text = raw
    return " ".join(text.split()) or None


def _text(message: Message) -> Draft:
    """The richest part that reads as text; HTML only where the plain part is missing or a stub."""
    walked = [part for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    parts = [part for part in walked if part.get_content_disposition() != "attachment"]
    written = [plain.draft(*_decoded(part)) for part in parts if part.get_content_type() == "text/plain"]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    shown = [draft for part in pages for draft in html.drafts(_bytes(part), part.get_content_charset())]
    best = max([*written, *shown], key=lambda draft: len(draft.body), default=None)
    if best is None or not best.body:
        raise UnreadableError("There is no text in the message.")
    return next((draft for draft in written if len(draft.body) >= 0.8 * len(best.body)), best)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: Message) -> encoding.Decoded:
    return encoding.decode(_bytes(part), part.get_content_charset())
