"""What people do with feeds: add them, import them, see how they are, and try one without storing anything."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newsledger.collect import discovery, feed_edits, feed_list, opml, pages, polling
from newsledger.collect.entry import Feed
from newsledger.collect.feed_edits import Wanted
from newsledger.collect.feed_list import FeedSource
from newsledger.collect.polling import FeedState
from newsledger.collect.reader import Readers
from newsledger.collect.visit import ACCEPT, visit
from newsledger.collect.visitor import Visitor
from newsledger.collect.web import Fetched, FetchError, Limits, address_of
from newsledger.errors import SettingsError, StoreError, UnreadableError
from newsledger.extract import address
from newsledger.pipeline.polled import health, place, taken
from newsledger.records import Record
from newsledger.settings import Settings
from newsledger.store.feed_health import FeedHealth
from newsledger.store.feed_states import FeedStates, Held
from newsledger.store.objects import Objects

_IMPATIENT = Limits(seconds=15, silence=5)
"""Somebody waits, and several addresses may have to be tried."""


def path_of(settings: Settings) -> Path:
    """The list of feeds."""
    return settings.config / "feeds.yaml"


# --- add --------------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """A feed that was read."""

    url: str
    feed: Feed


class Added(NamedTuple):
    """What came of adding a feed."""

    source: FeedSource
    feed: Feed
    others: tuple[str, ...]
    """Further feeds that the page names."""


def add(settings: Settings, url: str, name: str | None = None, *, full_text: bool = False) -> Added:
    """Put a feed on the list: the one at a URL, or the first that works of those of the page there.

    The page is fetched without asking robots.txt: a person asked for it, once.

    Raises:
        NewsledgerError: there is no feed, or it is listed already.
    """
    feed_list.load(path_of(settings))  # whoever has a fault in the list learns of it first
    found, others = find(settings, url)
    listed = {source.url: source for source in feed_list.load(path_of(settings))}
    if found.url in listed:
        known = listed[found.url]
        raise SettingsError(f"{found.url} is feed {known.name!r} already, in line {known.line} of {path_of(settings)}.")
    wanted = Wanted(found.url, found.feed.title, name, full_text)
    (source,) = feed_edits.add(path_of(settings), [wanted])
    return Added(source, found.feed, others)


def find(settings: Settings, url: str) -> tuple[Found, tuple[str, ...]]:
    """The feed at a URL or of the page there, and the others that the page names.

    Raises:
        NewsledgerError: there is none.
    """
    place = url.strip() if "://" in url else f"https://{url.strip()}"
    with Visitor(settings, _IMPATIENT) as web, Readers(1) as readers:
        answer = _answer(web, place)
        try:
            return Found(_lasting(answer, place), _read(readers, answer)), ()
        except UnreadableError as error:
            named = _named(answer)
            candidates = named or discovery.usual(answer.url)
            for candidate in candidates:
                if found := _tried(web, readers, candidate):
                    return found, tuple(other for other in named if other != candidate)
            where = "the page names none that works" if named else "nor is there one in the usual places"
            raise UnreadableError(f"{str(error).rstrip('.')}, and {where}.") from error


def _answer(web: Visitor, url: str) -> Fetched:
    answer = web.fetch(url, {"accept": f"text/html, {ACCEPT}"})
    if polling.failure_of_status(answer.status):
        raise UnreadableError(f"{answer.url} answers with status {answer.status}.")
    return answer


def _read(readers: Readers, answer: Fetched) -> Feed:
    return readers.read(answer.body, answer.url, answer.headers.get("content-type", ""))


def _tried(web: Visitor, readers: Readers, url: str) -> Found | None:
    try:
        answer = _answer(web, url)
        return Found(_lasting(answer, url), _read(readers, answer))
    except (FetchError, UnreadableError):
        return None


def _named(answer: Fetched) -> tuple[str, ...]:
    try:
        return discovery.stated(answer.body, answer.url)
    except UnreadableError:
        return ()


def _lasting(answer: Fetched, asked: str) -> str:
    """The address to keep: where the feed moved for good, else the one that was asked for."""
    return answer.moved_to or str(address_of(asked))


# --- import -----------------------------------------------------------------------------------------------------------


class Imported(NamedTuple):
    """What came of a list of subscriptions."""

    added: tuple[FeedSource, ...]
    known: int
    """How many were on the list already."""
    refused: tuple[str, ...]
    """Addresses that are none of the web."""


def import_opml(settings: Settings, file: Path) -> Imported:
    """Put the feeds of an OPML file on the list, as they are: nothing is fetched.

    Raises:
        UnreadableError: it is no OPML.
        SettingsError: the list has a fault, or cannot be written.
    """
    feed_list.load(path_of(settings))
    outlines = opml.read(file)
    urls = {outline.url: _plain(outline.url) for outline in outlines}
    wanted = [Wanted(url, outline.title) for outline in outlines if (url := urls[outline.url])]
    added = feed_edits.add(path_of(settings), wanted)
    refused = tuple(stated for stated, url in urls.items() if url is None)
    return Imported(added, len(wanted) - len(added), refused)


def _plain(url: str) -> str | None:
    """A URL as it can stand in the list; null where it cannot: no web address, or one with a password."""
    try:
        return str(address_of(url)) if "@" not in url.split("://", 1)[-1].partition("/")[0] else None
    except FetchError:
        return None


# --- list -------------------------------------------------------------------------------------------------------------


class Listed(Record, frozen=True, kw_only=True):
    """A feed of the list and how it is doing."""

    name: str
    url: str
    enabled: bool
    health: str
    """``off``, ``new`` (never polled), ``ok``, ``silent``, ``failing``, ``gone``, or ``unknown`` without a store."""
    polled_at: str | None = None
    news_at: str | None = None
    """When it last gave something new."""
    next_due: str | None = None
    failures: int = 0
    """Since the last success."""
    error: str | None = None
    moved_to: str | None = None


def listed(settings: Settings) -> tuple[tuple[Listed, ...], str | None]:
    """Every feed with its health, and why that is not known where the store is out of reach.

    Raises:
        SettingsError: the list has a fault.
    """
    sources = feed_list.load(path_of(settings))
    now = datetime.now(UTC)
    try:
        held = FeedStates(Objects.open(settings)).all(FeedState)
    except StoreError as error:
        return tuple(_unknown(source) for source in sources), str(error)
    return tuple(_listed(source, held.get(place(source)), now) for source in sources), None


def troubled(settings: Settings, names: Collection[str]) -> list[Listed]:
    """Those of some feeds of the list that fail, are gone, or are silent.

    Raises:
        StoreError: the object store is out of reach.
    """
    sources, _ = feed_list.read(path_of(settings))
    mine = [source for source in sources if source.enabled and source.name in names]
    held = FeedStates(Objects.open(settings)).load((place(source)[0] for source in mine), FeedState)
    found = [_listed(source, held.get(place(source), Held[FeedState]()).state, datetime.now(UTC)) for source in mine]
    return [feed for feed in found if feed.health in {"failing", "gone", "silent"}]


def _unknown(source: FeedSource) -> Listed:
    health = "unknown" if source.enabled else "off"
    return Listed(name=source.name, url=source.url, enabled=source.enabled, health=health)


def _listed(source: FeedSource, remembered: FeedState | None, now: datetime) -> Listed:
    state = polling.anew(remembered, source.name, source.url)
    health = "silent" if state.health == "ok" and state.silent(now) else state.health
    return Listed(
        name=source.name,
        url=source.url,
        enabled=source.enabled,
        health=health if source.enabled else "off",
        polled_at=state.polled_at,
        news_at=state.news_at,
        next_due=state.next_due if source.enabled and health != "gone" else None,
        failures=state.failures,
        error=state.error,
        moved_to=state.moved_to,
    )


# --- try --------------------------------------------------------------------------------------------------------------


def try_one(settings: Settings, wanted: str) -> Iterator[dict[str, Any] | FeedHealth]:
    """Poll one feed as a tick would, were it never polled before: its entries, then its record; nothing is stored.

    ``wanted`` is a name or URL of the list, with its options, or any other URL.

    Raises:
        NewsledgerError: it is neither.
    """
    source = _source(settings, wanted)
    state = polling.anew(None, source.name, source.url)
    with Visitor(settings) as web, Readers(1) as readers:
        met = taken(visit(source, state, web, readers, address.clean, datetime.now(UTC)))
        for fresh in met.fresh:
            entry: dict[str, Any] = msgspec.to_builtins(fresh.entry)
            if source.full_text and fresh.entry.link and not fresh.shared_link:
                entry["page"] = msgspec.to_builtins(pages.get(fresh.entry.link, web).page)
            yield entry
        yield health(met, met.after, edited=0)


def _source(settings: Settings, wanted: str) -> FeedSource:
    sources = feed_list.load(path_of(settings))
    for source in sources:
        if wanted in {source.name, source.url}:
            return source
    if "://" not in wanted and "." not in wanted:
        raise SettingsError(f"There is no feed {wanted!r} in {path_of(settings)}, and it is no URL.")
    url = str(address_of(wanted if "://" in wanted else f"https://{wanted}"))
    return FeedSource(name=feed_edits.name_of(None, url, {source.name for source in sources}), url=url)
