"""One poll of one feed: what is fresh in it comes to lie under ``raw/``, and what is to be remembered is told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from newsledger.collect import pages, polling
from newsledger.collect.entries import Fresh
from newsledger.collect.feed_list import FeedSource
from newsledger.collect.pages import Got
from newsledger.collect.polling import FeedState
from newsledger.collect.reader import Readers
from newsledger.collect.visit import Visit, bounded, visit
from newsledger.collect.visitor import Visitor
from newsledger.collect.web import host_of
from newsledger.envelope import ENDING, Envelope, packed
from newsledger.extract import address
from newsledger.pipeline.bites import bites
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import batches
from newsledger.store.batches import Item
from newsledger.store.feed_health import FeedHealth
from newsledger.store.feed_states import Held, Place, place_of
from newsledger.store.objects import Objects, each

PAGES = 40
"""Pages fetched for one feed in one poll; what is left comes a minute later."""
ENTRIES = 2_000
"""Entries of one feed that one poll takes on; what is left comes a minute later."""


class Polled(NamedTuple):
    """What one feed gave, once its entries lie in the object store: all that is left to write, and no text."""

    source: FeedSource
    record: FeedHealth
    state: FeedState
    seen: bytes | None
    """The state before, as it was written."""
    items: tuple[Item, ...]


class _Line(NamedTuple):
    """An entry as it is kept."""

    data: bytes
    fresh: Fresh
    got: Got | None
    place: int

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


def place(source: FeedSource) -> Place:
    """Where the state of a feed lies."""
    return place_of(host_of(source.url), source.name)


class Poller:
    """What polling a feed takes; ``one`` is called from several threads."""

    def __init__(
        self,
        settings: Settings,
        objects: Objects,
        held: Mapping[Place, Held[FeedState]],
        web: Visitor,
        readers: Readers,
    ) -> None:
        """``held``: the states of the feeds that are to be polled."""
        self._settings = settings
        self._objects = objects
        self._held = held
        self._web = web
        self._readers = readers

    def one(self, source: FeedSource) -> Polled | None:
        """Poll a feed and store what is fresh; null when another poll has just done so."""
        now = datetime.now(UTC)
        held = self._held.get(place(source), Held())
        state = polling.anew(held.state, source.name, source.url)
        if not polling.is_due(state.health, state.next_due, now):
            return None
        met = taken(visit(source, state, self._web, self._readers, address.clean, now))
        after = met.after
        items = tuple(self._store(met, now.isoformat(timespec="milliseconds")))
        return Polled(source, health(met, after, len(items) - met.poll.new), after, held.seen, items)

    def _store(self, met: Visit, at: str) -> Iterator[Item]:
        """Keep the entries together, and their pages where those are wanted."""
        got: Sequence[Got | None] = [None] * len(met.fresh)
        if met.source.full_text:
            got = each(self._page, met.fresh)
        lines = [
            _Line(msgspec.json.encode(_envelope(met, fresh, page)), fresh, page, len(met.fresh) - number)
            for number, (fresh, page) in enumerate(zip(met.fresh, got, strict=True))
        ]
        for bite in bites(self._settings, lines):  # so that reading a batch never takes reading much more than it holds
            data = packed(line.data for line in bite)
            digest = sha256(data)
            self._objects.create(batches.raw_key(digest), data)
            yield from (_item(met, line, digest, at) for line in bite)

    def _page(self, fresh: Fresh) -> Got | None:
        if not fresh.entry.link or fresh.shared_link:
            return None
        got = pages.get(fresh.entry.link, self._web)
        if got.body and got.page.sha256:
            self._objects.create(batches.raw_key(got.page.sha256), got.body)
        return got


def taken(met: Visit) -> Visit:
    """A visit with no more fresh entries than one poll takes on."""
    return bounded(met, PAGES if met.source.full_text else ENTRIES, address.clean)


def _item(met: Visit, line: _Line, raw_sha256: str, at: str) -> Item:
    digest = sha256(line.data)
    return Item(
        raw_sha256=raw_sha256,
        raw_member=digest,
        origin=f"{met.source.name}/{digest[:16]}{ENDING}",
        source=met.source.name,
        kind="feed",
        size=line.size + len(line.got.body or b"" if line.got else b""),
        retrieved_at=at,
        guid=line.fresh.entry.guid,
        agency=met.source.origin or line.fresh.entry.publisher,
        page_sha256=line.got.page.sha256 if line.got else None,
        poll=met.before.polls + 1,
        place=line.place,
    )


def _envelope(met: Visit, fresh: Fresh, got: Got | None) -> Envelope:
    feed = met.feed
    return Envelope(
        feed=met.source.name,
        publisher=met.source.publisher or (feed.title if feed else None),
        language=met.source.language or (feed.language if feed else None),
        entry=fresh.entry,
        shared_link=fresh.shared_link,
        page=got.page if got else None,
    )


def health(met: Visit, state: FeedState, edited: int) -> FeedHealth:
    """The record of a poll. ``state``: of the feed after it; ``edited``: how many entries came in a new version."""
    done, feed = met.poll, met.feed
    return FeedHealth(
        polled_at=done.at,
        feed=met.source.name,
        url=met.before.address(),
        moved_to=state.moved_to,
        health=state.health,
        silent=state.silent(datetime.fromisoformat(done.at)),
        status=done.status,
        failure=done.failure,
        error=done.error,
        kind=feed.kind if feed else None,
        entries=len(feed.entries) if feed else None,
        new=done.new,
        edited=edited,
        left=done.left,
        bytes=met.size,
        ms=met.milliseconds,
        next_due=state.next_due,
        problems=feed.problems[:20] if feed else (),
    )
