"""Feeds to batches: which feeds are due, and one poll of a few of them."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from newsledger import measures
from newsledger.collect import feed_list, polling
from newsledger.collect.feed_list import FeedSource
from newsledger.collect.polling import FeedState
from newsledger.collect.reader import Readers
from newsledger.collect.visitor import Visitor
from newsledger.collect.web import host_of
from newsledger.pipeline import capacity
from newsledger.pipeline.handover import Collector, resume
from newsledger.pipeline.polled import Poller, place
from newsledger.pipeline.words import count
from newsledger.quality import suites
from newsledger.settings import Settings
from newsledger.store.feed_states import FeedStates
from newsledger.store.objects import Objects

log = logging.getLogger(__name__)

FEEDS = 500
"""Feeds of one mapped task, more or less (hosts stay together): a task costs seconds, a feed a hundredth of one."""
_WORKERS = 16


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
    resume(settings, objects)
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
    opened = resume(settings, objects, names)
    states = FeedStates(objects)
    held = states.load((place(source)[0] for source in sources), FeedState)
    collector = Collector(settings, objects, states, version)
    with Visitor(settings) as web, Readers() as readers:
        poller = Poller(settings, objects, held, web, readers)
        for polled in web.each(sources, lambda source: source.url, poller.one, _WORKERS):
            if polled is not None:
                measures.polled(polled.record.health)
                opened += collector.add(polled)
    opened += collector.finish()
    log.info("Polled %s: %s for the next run", count(len(sources), "feed"), count(len(opened), "batch"))
    return tuple(opened)
