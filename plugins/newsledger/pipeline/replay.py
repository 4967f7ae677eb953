"""Read again what was read before: from the kept bytes, by the present extractor, under the identities given then.

A replay is a batch like any other, that waits until nothing fresh does. Publishing decides what comes of it: the same
facts publish nothing, others are a new revision. What was rejected is judged anew, and leaves quarantine where it
passes or is not found any more. Files that only repeated a published article are not read again.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from newsledger.errors import NotStoredError, QueryError, StoreError
from newsledger.extract import recogniser
from newsledger.pipeline.bites import bites
from newsledger.pipeline.words import count, now
from newsledger.quality import suites
from newsledger.records import Rejection
from newsledger.settings import Settings
from newsledger.store import batches, quarantine
from newsledger.store.batches import Item, Manifest, Outcome, Purpose
from newsledger.store.objects import Objects
from newsledger.store.schema import Row, instant
from newsledger.store.tables import Articles

log = logging.getLogger(__name__)


class Wanted(NamedTuple):
    """What to read again: exactly one of these."""

    since: str | None = None
    """What was collected at this UTC time or later."""
    article: str | None = None
    """One article, by its id: all its versions."""
    every: bool = False
    """Everything."""


class Replay(NamedTuple):
    """What is read again."""

    items: tuple[Item, ...]
    """Oldest collected first."""
    batch_ids: tuple[str, ...]
    """The batches that wait now; none of a dry run."""


def replay(settings: Settings, wanted: Wanted, occasion: str, *, dry_run: bool = False) -> Replay:
    """Leave batches that read everything wanted again. The same ``occasion`` twice is the same work, done once.

    Raises:
        QueryError: there is no such article, or the time is not understood.
        StoreError: the object store is out of reach.
    """
    if [wanted.since is not None, wanted.article is not None, wanted.every].count(True) != 1:
        raise QueryError("Say what to read again: since a time, one article, or everything.")
    objects = Objects.open(settings)
    if wanted.article is not None:
        items = of_article(settings, objects, wanted.article)
    else:
        items = _collected(objects, None if wanted.since is None else _time(wanted.since))
    size = f"{count(len(items), 'file')}, {sum(item.size for item in items):,} bytes"
    log.info("%s", f"{size} would be read again" if dry_run else f"{size} to be read again")
    return Replay(tuple(items), () if dry_run else reopen(settings, objects, items, "replay", occasion))


def replay_rejected(settings: Settings, rejections: Sequence[Rejection], occasion: str) -> Replay:
    """Leave batches that read again what these rejections are of."""
    objects = Objects.open(settings)
    items = [item for rejection in rejections for item in of_rejection(objects, rejection)]
    return Replay(tuple(_once(items)), reopen(settings, objects, items, "replay", occasion))


def reopen(
    settings: Settings, objects: Objects, items: Iterable[Item], purpose: Purpose, occasion: str
) -> tuple[str, ...]:
    """Leave batches of items that were read before; the ids of those that wait now."""
    manifests = prepare(settings, objects, items, purpose, occasion)
    for manifest in manifests:
        batches.open_batch(objects, manifest)
        log.info("Batch %s: %s", manifest.batch_id, count(len(manifest.items), "file"))
    return tuple(manifest.batch_id for manifest in manifests)


def prepare(
    settings: Settings, objects: Objects, items: Iterable[Item], purpose: Purpose, occasion: str
) -> list[Manifest]:
    """The batches of items that were read before; they do not wait yet."""
    version = suites.load(settings.config / "expectations").version
    extractor, at = recogniser.default().extractor, now()
    prepared = _prepared(settings, objects, list(_once(items)))
    return [batches.new(bite, at, extractor, version, purpose, occasion) for bite in bites(settings, prepared)]


def of_article(settings: Settings, objects: Objects, article_id: str) -> list[Item]:
    """The items that an article was read from, published or rejected.

    Raises:
        QueryError: there is no such article.
    """
    rows = [row for row in _rows(settings) if row["article_id"] == article_id]
    rejections = [one for one in quarantine.read(objects) if one.article_id == article_id]
    found = [item for row in sorted(rows, key=lambda row: row["seq"]) for item in of_row(objects, row)]
    found += [item for rejection in rejections for item in of_rejection(objects, rejection)]
    if not found:
        raise QueryError(f"No article has the id {article_id!r}: see `newsledger records articles`.")
    return list(_once(found))


def of_row(objects: Objects, row: Row) -> list[Item]:
    """The items that one published row was read from."""
    arrivals = {(source["raw_sha256"], source["retrieved_at"]) for source in row["sources"]}
    members = {None} | {source["raw_member"] for source in row["sources"]}

    def fits(item: Item) -> bool:
        return (item.raw_sha256, instant(item.retrieved_at)) in arrivals and item.raw_member in members

    return _items(objects, row["batch_id"], fits)


def of_rejection(objects: Objects, rejection: Rejection) -> list[Item]:
    """The item that a rejected record was read from."""
    return _items(objects, rejection.batch_id or "", lambda item: _is_of(rejection, item))


def _items(objects: Objects, batch_id: str, fits: Callable[[Item], bool]) -> list[Item]:
    outcome = batches.outcome(objects, batch_id)
    if outcome is None:
        raise StoreError(f"Batch {batch_id} is still under way: try again once it is done.")
    return [item for item in outcome.items if fits(item)]


def _collected(objects: Objects, since: datetime | None) -> list[Item]:
    """What gave something when it was collected: a published article or a rejection."""
    found = [outcome for outcome in batches.outcomes(objects, since) if outcome.purpose == "collect"]
    found.sort(key=lambda outcome: (outcome.created_at, outcome.batch_id))
    return [item for outcome in found for item in outcome.items if item.origin in _telling(outcome)]


def _telling(outcome: Outcome) -> set[str]:
    published = {article["input"] for article in outcome.articles if article["seq"] is not None}
    return published | {rejection["input"] for rejection in outcome.rejected}


def _prepared(settings: Settings, objects: Objects, items: Sequence[Item]) -> list[Item]:
    """The items with the identities that were given to what they hold, and with what they settle in quarantine."""
    raws = {item.raw_sha256 for item in items}
    known: dict[str, dict[str, tuple[int, str]]] = {}
    for row in _rows(settings):
        for source in row["sources"]:
            if source["raw_sha256"] in raws:
                members = known.setdefault(source["raw_sha256"], {})
                first = (row["seq"], row["article_id"])
                member = source["raw_member"] or ""
                members[member] = min(first, members.get(member, first))
    rejected: dict[str | None, list[Rejection]] = {}
    for one in quarantine.read(objects):
        rejected.setdefault(one.raw_key, []).append(one)
    prepared = []
    for item in items:
        members = known.get(item.raw_sha256, {})
        mine = [item.raw_member] if item.raw_member else sorted(members)
        known_as = tuple((member, members[member][1]) for member in mine if member in members)
        settles = tuple(quarantine.key(one) for one in rejected.get(item.raw_key, ()) if _is_of(one, item))
        prepared.append(replace(item, known_as=known_as, settles=settles))
    return prepared


def _is_of(rejection: Rejection, item: Item) -> bool:
    return rejection.raw_key == item.raw_key and rejection.input == item.origin


def _rows(settings: Settings) -> Iterator[Row]:
    try:
        yield from Articles.find(settings).sources()
    except NotStoredError:  # nothing was ever published
        return


def _once(items: Iterable[Item]) -> Iterator[Item]:
    yield from {item.work: item for item in items}.values()


def _time(text: str) -> datetime:
    try:
        return instant(text)
    except ValueError as error:
        raise QueryError(f"{text!r} is not a time such as 2026-05-03 or 2026-05-03T10:00:00Z.") from error
