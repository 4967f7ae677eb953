"""Feeds to batches: which feeds are due, and one poll of a few of them.

Order: raw entries and pages, the manifests of the batches that hold them, the records of health, the states of the
feeds. Killed between, a poll is done again: what it meets twice is one article, for publishing decides that.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from newsledger.collect import feed_list, pages, polling
from newsledger.collect.entries import Fresh
from newsledger.collect.feed_list import FeedSource
from newsledger.collect.pages import Got
from newsledger.collect.polling import FeedState
from newsledger.collect.reader import Readers
from newsledger.collect.visit import Visit, bounded, visit
from newsledger.collect.visitor import Visitor
from newsledger.collect.web import host_of
from newsledger.envelope import ENDING, Envelope
from newsledger.extract import address, recogniser
from newsledger.pipeline import capacity
from newsledger.pipeline.bites import bites
from newsledger.pipeline.words import count
from newsledger.quality import suites
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import batches, feed_health
from newsledger.store.batches import Item
from newsledger.store.feed_health import FeedHealth
from newsledger.store.feed_states import FeedStates, Held, Place, place_of
from newsledger.store.objects import Objects, each

log = logging.getLogger(__name__)

FEEDS = 250
"""Feeds of one mapped task, more or less (hosts stay together): a task costs about a second, a feed a hundredth."""
PAGES = 40
"""Pages fetched for one feed in one poll; what is left comes a minute later."""
ENTRIES = 2_000
"""Entries of one feed that one poll takes on; what is left comes a minute later."""
_BATCHES = 5
"""Full batches after which what has come so far is written down."""
_WORKERS = 16


class Polled(NamedTuple):
    """What one feed gave, once its entries lie in the object store."""

    visit: Visit
    state: FeedState
    seen: bytes | None
    """The state before, as it was written."""
    items: tuple[Item, ...]


def due(settings: Settings, now: datetime | None = None) -> list[list[str]]:
    """The names of the feeds to poll now, those of one host together, in parts of bounded size.

    Raises:
        FullError: a disk or the store is short of room; feeds are asked again later.
        SettingsError: nothing in ``feeds.yaml`` can be read.
        StoreError: the object store is out of reach.
    """
    now = now or datetime.now(UTC)
    objects = Objects.open(settings)
    capacity.require(settings, objects)
    sources = _watched(settings)
    if not sources:
        log.info("No feed is switched on in %s", settings.config / "feeds.yaml")
        return []
    schedule = FeedStates(objects).schedule()
    waiting = []
    for source in sources:
        known = schedule.get(place(source))
        if known is None or known.url != source.url or polling.is_due(known.health, known.next_due, now):
            waiting.append(source)
        elif known.health == "gone":
            log.warning("Feed %s is gone for good: take it out of feeds.yaml, or give its new URL", source.name)
    log.info("%s due of %d", count(len(waiting), "feed"), len(sources))
    return _parts(waiting)


def _watched(settings: Settings) -> list[FeedSource]:
    """The feeds that are switched on. A fault in the list stops the feed that has it, not the others, and is told."""
    path = settings.config / "feeds.yaml"
    sources, problems = feed_list.read(path)
    if problems and not sources:
        feed_list.load(path)
    for problem in problems:
        log.error("%s: that feed is not polled until this is put right", problem)
    return [source for source in sources if source.enabled]


def _parts(sources: Sequence[FeedSource]) -> list[list[str]]:
    """Whole hosts, those whose states lie together in one part, the largest first, each to the smallest part so far.

    What is larger than a part is cut.
    """
    shelves: dict[str, list[str]] = {}
    for source in sorted(sources, key=lambda source: host_of(source.url)):
        shelves.setdefault(place(source)[0], []).append(source.name)
    cut = [names[i : i + FEEDS] for names in shelves.values() for i in range(0, len(names), FEEDS)]
    parts: list[list[str]] = [[] for _ in range(min(-(-len(sources) // FEEDS), len(cut)))]
    for names in sorted(cut, key=len, reverse=True):
        min(parts, key=len).extend(names)
    return parts


def place(source: FeedSource) -> Place:
    """Where its state lies."""
    return place_of(host_of(source.url), source.name)


def poll(settings: Settings, names: Sequence[str]) -> tuple[str, ...]:
    """Poll some feeds and write down what is new as pending batches, whose ids it returns.

    Whatever a feed does is that feed's own failure, and part of its record of health.

    Raises:
        StoreError: the object store is out of reach; nothing is lost by polling again.
        SettingsError: the expectations are broken, or nothing in ``feeds.yaml`` can be read.
    """
    version = suites.load(settings.config / "expectations").version
    wanted = {source.name: source for source in _watched(settings)}
    sources = [wanted[name] for name in names if name in wanted]
    objects = Objects.open(settings)
    opened: list[str] = []
    states = FeedStates(objects)
    held = states.load((place(source)[0] for source in sources), FeedState)
    kept = _Kept(settings, objects, states, version)
    with Visitor(settings) as web, Readers() as readers:
        task = _Poll(objects, held, web, readers)
        for polled in web.each(sources, lambda source: source.url, task.one, _WORKERS):
            if polled is not None:
                opened += kept.add(polled)
    opened += kept.finish()
    log.info("Polled %s: %s for the next run", count(len(sources), "feed"), count(len(opened), "batch"))
    return tuple(opened)


class _Poll:
    """What polling one feed takes; ``one`` is called from several threads."""

    def __init__(self, objects: Objects, held: Mapping[Place, Held[FeedState]], web: Visitor, readers: Readers) -> None:
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
        met = visit(source, state, self._web, self._readers, address.clean, now)
        met = bounded(met, PAGES if source.full_text else ENTRIES, address.clean)
        at = now.isoformat(timespec="milliseconds")
        items = each(lambda number: self._store(met, number, at), range(len(met.fresh)))
        # The feed itself is not needed any more: a tick of thousands is to hold none of them.
        return Polled(met._replace(fresh=()), met.after, held.seen, tuple(items))

    def _store(self, met: Visit, number: int, at: str) -> Item:
        """Keep an entry, and its page where that is wanted, under their hashes."""
        fresh = met.fresh[number]
        got = self._page(met.source, fresh)
        data = msgspec.json.encode(_envelope(met, fresh, got))
        digest = sha256(data)
        self._objects.create(batches.raw_key(digest), data)
        return Item(
            raw_sha256=digest,
            origin=f"{met.source.name}/{digest[:16]}{ENDING}",
            source=met.source.name,
            kind="feed",
            size=len(data) + len(got.body or b"" if got else b""),
            retrieved_at=at,
            guid=fresh.entry.guid,
            agency=met.source.origin or fresh.entry.publisher,
            page_sha256=got.page.sha256 if got else None,
            poll=met.before.polls + 1,
            place=len(met.fresh) - number,
        )

    def _page(self, source: FeedSource, fresh: Fresh) -> Got | None:
        if not source.full_text or not fresh.entry.link or fresh.shared_link:
            return None
        got = pages.get(fresh.entry.link, self._web)
        if got.body and got.page.sha256:
            self._objects.create(batches.raw_key(got.page.sha256), got.body)
        return got


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


class _Kept:
    """Collects what feeds gave into batches; a feed's state is replaced once all its entries are in one."""

    def __init__(self, settings: Settings, objects: Objects, states: FeedStates, version: str) -> None:
        self._settings = settings
        self._objects = objects
        self._states = states
        self._version = version
        self._waiting: list[Polled] = []

    def add(self, polled: Polled) -> list[str]:
        """Take one feed on; the batches that are full now."""
        self._waiting.append(polled)
        return self.finish() if self._items() >= _BATCHES * self._settings.batch_articles else []

    def finish(self) -> list[str]:
        """Write everything down; ids of the batches. Only then may the states say that it is known."""
        done, self._waiting = self._waiting, []
        opened = [self._open(bite) for bite in bites(self._settings, [item for one in done for item in one.items])]
        records = [health(one.visit, one.state, len(one.items) - one.visit.poll.new) for one in done]
        feed_health.append(self._settings, records)
        self._save(done)
        for record in records:
            _tell(record)
        return opened

    def _save(self, done: Sequence[Polled]) -> None:
        shelves: dict[str, list[Polled]] = {}
        for one in done:
            shelves.setdefault(place(one.visit.source)[0], []).append(one)

        def save(shelf: str) -> None:
            states = {one.visit.source.name: one.state for one in shelves[shelf]}
            self._states.save(shelf, states, {one.visit.source.name: one.seen for one in shelves[shelf]})

        each(save, [*shelves])

    def _items(self) -> int:
        return sum(len(one.items) for one in self._waiting)

    def _open(self, items: Sequence[Item]) -> str:
        manifest = batches.new(items, items[0].retrieved_at, recogniser.default().extractor, self._version)
        batches.open_batch(self._objects, manifest)
        log.info("Batch %s: %s", manifest.batch_id, count(len(items), "entry"))
        return manifest.batch_id


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


def _tell(record: FeedHealth) -> None:
    """One line for each feed in the log of the task."""
    gave = "unchanged" if record.kind is None else f"{count(record.entries or 0, 'entry')}, {record.new} new"
    gave += f", {record.edited} edited" if record.edited else ""
    gave += f", {record.left} left for the next poll" if record.left else ""
    due_at = f"next at {record.next_due[:16]}Z" if record.next_due else "never again"
    if record.failure:
        log.warning("  %s: %s (%s, %s); %s", record.feed, record.error, record.failure, record.health, due_at)
    else:
        log.info("  %s: %s, %s bytes, %d ms; %s", record.feed, gave, f"{record.bytes:,}", record.ms, due_at)
    if record.silent:
        log.warning("  %s is silent for far longer than is its habit: see whether it moved", record.feed)
    for problem in record.problems[:3]:
        log.info("    %s", problem)
