"""The first task: take on one batch of what waits."""

import logging
import random
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from newsledger import measures
from newsledger.errors import ConflictError, NotStoredError, UnreadableError
from newsledger.extract import document, recogniser
from newsledger.inbox import Inbox, Waiting, steady
from newsledger.inboxes import inbox
from newsledger.pipeline import capacity, forgotten
from newsledger.pipeline.bites import bites
from newsledger.pipeline.rejections import brief, unread
from newsledger.pipeline.words import count, now
from newsledger.quality import suites
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import batches, quarantine, tombstones
from newsledger.store.batches import Item, Manifest
from newsledger.store.objects import Objects, each

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
"""Runs that may fail on a batch before it is halved."""
_UPLOADS = 8


class Work(NamedTuple):
    """What a run has to do: one batch, in so many chunks."""

    batch_id: str
    chunks: int


def collect(settings: Settings, run: str | None = None) -> Work | None:
    """Take on one batch: one that is due, else what waits in the inbox; null when there is nothing to do.

    What is only read again comes when nothing fresh waits. ``run`` names the run that asks: one whose worker was killed
    gets its own batch back at once.

    Raises:
        FullError: a disk or the store is short of room; all files stay where they are.
        StoreError: the object store is out of reach; all files stay where they are.
        SettingsError: the expectations or the recogniser are broken; all files stay where they are.
    """
    capacity.require_to_finish(settings)
    earlier = _look(inbox(settings))
    objects = Objects.open(settings)
    version = suites.load(settings.config / "expectations").version
    recogniser.default()
    waiting = [manifest for manifest in _pending(objects, settings) if _due(settings, manifest, run)]
    # A coin, so that neither the entries of feeds nor the files of the inbox keep the others waiting for long.
    feeds_first = random.random() < 0.5
    later = [manifest for manifest in waiting if not manifest.fresh or (manifest.from_feeds and not feeds_first)]
    if work := _first(objects, [manifest for manifest in waiting if manifest not in later], run):
        return work
    fresh = _gather(settings, objects, version, earlier)
    return _take_on(objects, fresh, run) if fresh else _first(objects, later, run)


def more(settings: Settings) -> bool:
    """Whether batches wait, or rest, so that another run should follow this one."""
    return any(True for _ in Objects.open(settings).list(batches.PENDING))


def _first(objects: Objects, waiting: list[Manifest], run: str | None) -> Work | None:
    return next((work for manifest in waiting if (work := _take_on(objects, manifest, run))), None)


def _pending(objects: Objects, settings: Settings) -> list[Manifest]:
    """Batches under way, fresh ones before others, the least tried first; what an interrupted run left is tidied."""
    waiting = batches.pending(objects)
    if any(manifest.fresh for manifest in waiting):
        place = inbox(settings)
        lying = {one.origin for one in place.look()}
        for manifest in waiting:
            _clear_inbox(place, manifest, lying)
    return sorted(waiting, key=lambda manifest: (not manifest.fresh, manifest.attempts))


def _due(settings: Settings, manifest: Manifest, run: str | None) -> bool:
    """Whether a batch may run: at once when new or this run's own, after a rest that grows with each failed run."""
    if manifest.attempted_at is None or (run and manifest.attempted_by == run):
        return True
    rest = timedelta(seconds=settings.rest_seconds * manifest.attempts)
    return datetime.now(UTC) - datetime.fromisoformat(manifest.attempted_at) >= rest


def _take_on(objects: Objects, manifest: Manifest, run: str | None) -> Work | None:
    """Count an attempt and hand the batch out; null when another run was quicker or it failed too often."""
    if batches.tidy(objects, manifest.batch_id):
        return None
    if manifest.attempts >= MAX_ATTEMPTS:
        parts = _give_way(objects, manifest)
        return _take_on(objects, parts[0], run) if parts else None
    try:
        taken = batches.take(objects, manifest.batch_id, now(), run)
    except (ConflictError, NotStoredError):
        return None
    what = count(len(taken.items), "entry" if taken.from_feeds else "file")
    log.info("Batch %s: %s, attempt %d", taken.batch_id, what, taken.attempts)
    return Work(taken.batch_id, taken.chunks)


def _give_way(objects: Objects, manifest: Manifest) -> tuple[Manifest, ...]:
    """Halve a batch that keeps failing; put a single file that keeps failing into quarantine. Returns the halves."""
    if len(manifest.items) > 1:
        parts = batches.halves(manifest)
        for part in parts:
            batches.open_batch(objects, part)
        log.warning("Batch %s failed %d times: halved", manifest.batch_id, manifest.attempts)
        batches.close(objects, manifest, now(), split_into=tuple(part.batch_id for part in parts))
        return parts
    message = f"Reading it broke the run {manifest.attempts} times; see the logs of batch {manifest.batch_id}."
    rejection = unread(manifest, manifest.items[0], "does_not_break_the_run", message)
    log.warning("%s goes to quarantine: %s", manifest.items[0].origin, message)
    keys = quarantine.put(objects, [rejection])
    batches.close(objects, manifest, now(), rejected=(brief(rejection),), keys=tuple(keys))
    return ()


class _Look(NamedTuple):
    """A first look at the inbox: what lies there still at the next one, unchanged, is taken."""

    place: Inbox
    waiting: list[Waiting]
    at: float
    """Seconds of a clock that never goes back."""


def _look(place: Inbox) -> _Look:
    return _Look(place, place.look(), time.monotonic())


def _gather(settings: Settings, objects: Objects, version: str, earlier: _Look) -> Manifest | None:
    """A new batch of what waits in the inbox; its files are moved once bytes and manifest are safe."""
    place = earlier.place
    if not earlier.waiting:
        log.info("Nothing waits in %s", place)
        return None
    capacity.require(settings, objects)
    time.sleep(max(0.0, earlier.at + settings.settle_seconds - time.monotonic()))
    bite = next(bites(settings, steady(earlier.waiting, place.look(), time.time_ns())), [])
    gone = tombstones.raws(objects)
    with ThreadPoolExecutor(_UPLOADS) as pool:
        taken = pool.map(lambda one: _take_in(settings, place, objects, one, gone), bite)
        items = [item for item in taken if item]
    if not items:
        log.info("%s in %s, none to be taken now", count(len(earlier.waiting), "file"), place)
        return None
    manifest = batches.new(items, now(), recogniser.default().extractor, version)
    batches.open_batch(objects, manifest)
    capacity.require_to_finish(settings)  # else the embedded store may only have said that it wrote them
    _clear_inbox(place, manifest, {item.origin for item in items})
    log.info("Collected %s, %s bytes, as batch %s", count(len(items), "file"), f"{manifest.size:,}", manifest.batch_id)
    for item in items:
        log.info("  %s -> s3://%s/%s", item.origin, settings.bucket, item.raw_key)
    return manifest


def _take_in(
    settings: Settings, place: Inbox, objects: Objects, waiting: Waiting, gone: Collection[str]
) -> Item | None:
    """Store the bytes of one file, or set the file aside with its reason; null when there is nothing to process."""
    digest = sha256(repr(waiting).encode())
    try:
        _acceptable(settings, waiting)
        data = place.read(waiting)
        if data is None:
            return None
        digest = sha256(data)
        forgotten.refuse(digest, gone)
        document.check(data, waiting.origin)
    except UnreadableError as error:
        if place.reject(waiting, str(error), digest):
            log.warning("Rejected %r: %s", waiting.origin, error)
            measures.turned_away("file")
        return None
    objects.create(batches.raw_key(digest), data)
    return Item(raw_sha256=digest, origin=waiting.origin, size=len(data), mtime_ns=waiting.mtime_ns, retrieved_at=now())


def _acceptable(settings: Settings, waiting: Waiting) -> None:
    """What can be told of a file without reading it."""
    if not waiting.regular:
        raise UnreadableError("It is a link or a special file, and these are never followed: drop a copy of the file.")
    if waiting.size > settings.file_bytes:
        limit = f"It has {waiting.size:,} bytes, more than the {settings.file_bytes:,} that a file may have"
        raise UnreadableError(f"{limit}: split it, or raise NEWSLEDGER_FILE_BYTES.")
    if not waiting.origin.isprintable():
        raise UnreadableError("Its name holds characters that are not text: rename it and drop it again.")


def _clear_inbox(place: Inbox, manifest: Manifest, lying: set[str]) -> None:
    """Move the batch's files out of the inbox: those that still lie there, unchanged."""
    # What is not fresh is read again: a file of that name that was dropped meanwhile is other work.
    mine = [item for item in manifest.items if item.kind == "inbox" and manifest.fresh and item.origin in lying]
    each(lambda item: place.finish(item.origin, item.raw_sha256, manifest.created_at[:10]), mine)
