"""Entries of polled feeds (.entry.json): the feed's own words, and the page behind them where it is better."""

from collections.abc import Iterator
from email.message import Message
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from newsledger.envelope import Entry, Envelope
from newsledger.errors import UnreadableError
from newsledger.extract import address, byline, consent, document, feeddate, html, markup
from newsledger.extract import article as articles
from newsledger.extract.draft import Draft
from newsledger.records import Extraction, sha256
from newsledger.text import clean

AS_GOOD = 0.9
"""The feed's own text is taken where it has this share of the page's: it is free of what stands around an article."""
_SHOWN = 20_000
SUMMARY = "only the feed's summary"


def drafts(data: bytes, page: bytes | None = None, retrieved_at: str | None = None) -> Iterator[Draft]:
    """The article of an entry. ``page``: the bytes of its page, where it was fetched; ``retrieved_at``: when it was.

    Raises:
        UnreadableError: it is no such entry, or holds no text, and neither does its page.
    """
    try:
        envelope = msgspec.json.decode(data, type=Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableError(f"It is no entry of a feed: {error}.") from None
    own = _of_feed(envelope, retrieved_at)
    there, fault = _of_page(envelope, page)
    if there is None:
        own = replace(own, notes=(*own.notes, *([f"{fault}: the feed's own text is taken"] if fault else ())))
        yield own if own.body else replace(own, body=own.headline or "", notes=(*own.notes, "only the feed's headline"))
    else:
        yield _joined(own, there)


def _of_feed(envelope: Envelope, retrieved_at: str | None) -> Draft:
    """The entry as its feed states it."""
    entry = envelope.entry
    body = markup.unmarked(entry.content or entry.summary or "").strip()
    published, problem = feeddate.parse(entry.published, retrieved_at)
    modified, _ = feeddate.parse(entry.updated, retrieved_at)
    summary = (SUMMARY,) if body and not entry.content else ()
    return Draft(
        body=body,
        url=_address(envelope),
        identity=_identity(envelope),
        headline=markup.unmarked(entry.title) if entry.title else None,
        authors=tuple(dict.fromkeys(name for author in entry.authors for name in byline.names(author))),
        publisher=entry.publisher or envelope.publisher,
        published=published,
        published_basis="feed" if published else None,
        modified=modified,
        language=entry.language or envelope.language,
        notes=(*summary, *((problem,) if problem else ())),
    )


def _address(envelope: Envelope) -> str | None:
    """The entry's own address; a link that others share, or that leads to a front page, is nobody's."""
    found = address.clean(envelope.entry.link)
    if found is None or envelope.shared_link:
        return None
    place = urlsplit(found)
    return None if place.path in consent.FRONT and not place.query else found


def _identity(envelope: Envelope) -> str | None:
    """Feed and guid, for an entry without an address; null leaves it to the bytes."""
    entry: Entry = envelope.entry
    named = entry.guid or (entry.link if envelope.shared_link and entry.title is None else None)
    return f"{envelope.feed}#{named}"[:4000] if named else None


def _of_page(envelope: Envelope, data: bytes | None) -> tuple[Draft | None, str | None]:
    """What the page gives, or why it gives nothing; neither where none was asked for."""
    met = envelope.page
    if met is None:
        return None, None
    if fault := consent.refused(met.status) or (
        f"the page was not had ({met.error.rstrip('.')})" if met.error else None
    ):
        return None, fault
    try:
        there = next(html.drafts(data or b"", _charset(met.content_type)))
    except (UnreadableError, StopIteration) as error:
        return None, f"the page cannot be read ({str(error).rstrip('.')})"
    body = clean(there.body)
    shown = body or markup.unmarked((data or b"")[:_SHOWN].decode("utf-8", "replace"))
    if fault := consent.wall(shown, there.headline, met.url, envelope.entry.link):
        return None, fault
    return (replace(there, url=_canonical(there.url, met.url)), None) if body else (None, "the page holds no text")


def _charset(content_type: str) -> str | None:
    header = Message()
    header["content-type"] = content_type
    found = header.get_param("charset")
    return found if isinstance(found, str) else None


def _canonical(stated: str | None, fetched: str) -> str | None:
    """The address that the page says is its own, where that is on its own site and no front page; else where it is.

    A page has no say about the articles of other sites.
    """
    own = address.clean(stated, fetched)
    if own and urlsplit(own).path not in consent.FRONT and _site(own) == _site(fetched):
        return own
    return address.clean(fetched)


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return next((host.removeprefix(name) for name in ("www.", "m.", "amp.", "mobile.") if host.startswith(name)), host)


def _joined(own: Draft, there: Draft) -> Draft:
    """Page and feed together: each thing from where it is said best."""
    as_good = len(clean(own.body)) >= AS_GOOD * len(clean(there.body))
    exact = own.published if own.published and len(own.published) > 10 else None
    stated = there.published if there.published and len(there.published) > 10 else None
    published = exact or stated or own.published or there.published
    notes = [note for note in own.notes if as_good or note != SUMMARY]
    return replace(
        own,
        body=own.body if as_good else there.body,
        url=there.url if own.url else None,
        headline=there.headline or own.headline,
        authors=there.authors or own.authors,
        publisher=own.publisher or there.publisher,
        published=published,
        published_basis=None if published is None else "feed" if published == own.published else "html",
        modified=own.modified or there.modified,
        language=own.language or there.language,
        notes=(*notes, *(() if as_good else there.notes)),
    )


def read(data: bytes, name: str, page: bytes | None, retrieved_at: str) -> Iterator[Extraction]:
    """The article of an entry with its facts; arguments as for `drafts`.

    Raises:
        UnreadableError: there is no text in it.
    """
    for draft in drafts(data, page, retrieved_at):
        if not clean(draft.body):
            raise UnreadableError("There is no text in it.")
        yield document.extraction(articles.compose(draft, sha256(data)), name)
