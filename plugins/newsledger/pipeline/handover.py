"""What polls gave, handed on: batches of entries, then the records of health, then the states of the feeds.

A poll that was killed before any of it is done again, as its feed's state says; once it is written down what is to be
handed on, it is, by this task or the next. So no entry is lost, and none is met a second time.
"""

import logging
from collections.abc import Collection, Iterator, Sequence

import msgspec

from newsledger.extract import recogniser
from newsledger.pipeline.bites import bites
from newsledger.pipeline.polled import Polled, place
from newsledger.pipeline.words import count
from newsledger.settings import Settings
from newsledger.store import batches, feed_health, handovers
from newsledger.store.batches import Manifest
from newsledger.store.feed_health import FeedHealth
from newsledger.store.feed_states import FeedStates
from newsledger.store.handovers import Advance, Handover
from newsledger.store.objects import Objects, each

log = logging.getLogger(__name__)

_BATCHES = 5
"""Full batches after which what has come so far is handed on."""


class Collector:
    """Collects what feeds gave, and hands it on in batches."""

    def __init__(self, settings: Settings, objects: Objects, states: FeedStates, version: str) -> None:
        """``states``: those that the polls were made by; ``version``: of the expectations."""
        self._settings = settings
        self._objects = objects
        self._states = states
        self._version = version
        self._waiting: list[Polled] = []

    def add(self, polled: Polled) -> list[str]:
        """Take one feed on; the ids of the batches that are full now."""
        self._waiting.append(polled)
        items = sum(len(one.items) for one in self._waiting)
        return self.finish() if items >= _BATCHES * self._settings.batch_articles else []

    def finish(self) -> list[str]:
        """Hand everything on; ids of the batches."""
        done, self._waiting = self._waiting, []
        if not done:
            return []
        handover = Handover(
            manifests=tuple(self._manifests(done)),
            advances=tuple(
                Advance(
                    place=place(one.source),
                    state=msgspec.Raw(msgspec.json.encode(one.state)),
                    seen=one.seen,
                    record=one.record,
                )
                for one in done
            ),
        )
        key = handovers.begin(self._objects, handover)
        _carry_out(self._settings, self._objects, self._states, handover, handover.records)
        handovers.end(self._objects, key)
        for one in done:
            _tell(one.record)
        return [manifest.batch_id for manifest in handover.manifests]

    def _manifests(self, done: Sequence[Polled]) -> Iterator[Manifest]:
        for bite in bites(self._settings, [item for one in done for item in one.items]):
            yield batches.new(bite, bite[0].retrieved_at, recogniser.default().extractor, self._version)


def resume(settings: Settings, objects: Objects, names: Collection[str] | None = None) -> list[str]:
    """Finish what a task that was killed had begun to hand on; ids of its batches.

    ``names``: only where one of these feeds is concerned; what is under way beside this task concerns others.
    """
    opened: list[str] = []
    for key, handover in handovers.begun(objects):
        if names is None or not {one.place[1] for one in handover.advances}.isdisjoint(names):
            log.warning("Finishing what a poll was about to hand on when it was killed")
            untold = feed_health.missing(settings, handover.records)
            _carry_out(settings, objects, FeedStates(objects), handover, untold)
            handovers.end(objects, key)
            opened += [manifest.batch_id for manifest in handover.manifests]
    return opened


def _carry_out(
    settings: Settings, objects: Objects, states: FeedStates, handover: Handover, records: Sequence[FeedHealth]
) -> None:
    """All of it; only once every entry is in a batch may the states say that it is known."""
    for manifest in handover.manifests:
        batches.open_batch(objects, manifest)
        log.info("Batch %s: %s", manifest.batch_id, count(len(manifest.items), "entry"))
    feed_health.append(settings, records)
    shelves = handovers.by_shelf(handover.advances)

    def save(shelf: str) -> None:
        after = {one.place[1]: one.state for one in shelves[shelf]}
        states.save(shelf, after, {one.place[1]: one.seen for one in shelves[shelf]})

    each(save, [*shelves])


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
