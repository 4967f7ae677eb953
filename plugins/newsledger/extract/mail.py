"""Mail messages (.eml): newsletters and press releases."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from msgspec.structs import replace

from newsledger.errors import UnreadableError
from newsledger.extract import encoding, html, plain, timestamp
from newsledger.extract.draft import Draft

_MOST_PARTS = 200


def drafts(data: bytes) -> Iterator[Draft]:
    """The one article of a message: its plain text where that is whole, else its HTML; subject, sender, date.

    Raises:
        UnreadableError: it is no mail message, or there is no text in it.
    """
    try:
        message = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
        subject, sender, date = (_header(message, name) for name in ("Subject", "From", "Date"))
        draft = _text(message)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # the standard library's parser breaks on some broken headers
        raise UnreadableError(f"It is a broken mail message: {error}.") from None
    if not (subject or sender or date):
        raise UnreadableError("It is no mail message: it has neither subject, sender nor date.")
    published = timestamp.parse(date)
    name, address = parseaddr(sender or "")
    yield replace(
        draft,
        headline=subject or draft.headline,
        authors=draft.authors,
        publisher=name or address.rpartition("@")[2] or None,
        published=published or draft.published,
        published_basis="stated" if published or draft.published else None,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _text(message: EmailMessage) -> Draft:
    """The richest part that reads as text; HTML only where the plain part is missing or a stub."""
    parts = [part for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False) if not part.is_attachment()]
    texts = [part for part in parts if part.get_content_type() == "text/plain"]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    written = [plain.draft(*_decoded(part)) for part in texts]
    shown = [draft for part in pages for draft in html.drafts(_bytes(part), part.get_content_charset())]
    best = max([*written, *shown], key=lambda draft: len(draft.body), default=None)
    if best is None or not best.body:
        raise UnreadableError("There is no text in the message.")
    return next((draft for draft in written if len(draft.body) >= 0.8 * len(best.body)), best)


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: EmailMessage) -> encoding.Decoded:
    return encoding.decode(_bytes(part), part.get_content_charset())
