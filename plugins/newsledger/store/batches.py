"""Batches: what one run takes on, and how far it has come. All state lies in object storage.

A batch is pending from the moment its manifest exists until its outcome lies under ``batches/done/``, or it is held
(``held``), which is told by ``batches/held/``.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from newsledger.errors import ConflictError, NotStoredError
from newsledger.records import Record, sha256

if TYPE_CHECKING:
    from newsledger.store.objects import Objects

log = logging.getLogger(__name__)

R = TypeVar("R", bound=Record)

CHUNK = 100
"""Files of one mapped task: with fewer, Airflow's cost for a task outweighs the work."""
REPORTS = "reports/validation/"
PENDING, TRIES, DONE, STAGING = "batches/pending/", "batches/tries/", "batches/done/", "staging/"
HELD = "batches/held/"

Purpose = Literal["collect", "replay", "release"]


class Item(Record, frozen=True, kw_only=True):
    """One file of a batch."""

    raw_sha256: str
    raw_member: str | None = None
    """Of an entry of a feed: the SHA-256 of its line, which names it among those that are kept together."""
    origin: str
    """Path below the inbox, or what else names where it came from."""
    source: str = "inbox"
    kind: str = "inbox"
    size: int
    mtime_ns: int = 0
    retrieved_at: str
    """UTC date-time, fixed when the batch is made: every date that goes into a record comes from the manifest."""
    guid: str | None = None
    """Of an entry of a feed."""
    agency: str | None = None
    """The agency or group behind a feed."""
    page_sha256: str | None = None
    """Of the page behind an entry, which is kept as well."""
    poll: int = 0
    """Which poll of its feed gave it: a text may come back as it was before an edit."""
    place: int = 0
    """Among the entries of that poll, counted from the end of the feed, where the oldest stand."""
    known_as: tuple[tuple[str, str], ...] = ()
    """Of one that is read again: each article's member and the identity that it was first published with."""
    settles: tuple[str, ...] = ()
    """Of one that is read again: keys in quarantine of what the reading before rejected."""

    @property
    def order(self) -> tuple[int, str, int, str, str]:
        """Oldest first, a feed's entries together."""
        return (self.mtime_ns, self.source, self.place, self.origin, self.read_sha256)

    @property
    def raw_key(self) -> str:
        """Where its bytes lie."""
        return raw_key(self.raw_sha256)

    @property
    def read_sha256(self) -> str:
        """Of the bytes that are read: all of the raw ones, or one entry."""
        return self.raw_member or self.raw_sha256

    @property
    def page_key(self) -> str | None:
        """Where the bytes of its page lie."""
        return raw_key(self.page_sha256) if self.page_sha256 else None

    @property
    def work(self) -> str:
        """What makes it other work than an item of the same bytes: where it came from, and when it changed."""
        parts = [self.read_sha256, self.source, self.origin, str(self.mtime_ns)]
        return "\x1f".join([*parts, str(self.poll)] if self.poll else parts)


class Manifest(Record, frozen=True, kw_only=True):
    """A batch: its items, and how often a run has taken it on."""

    batch_id: str
    purpose: Purpose = "collect"
    created_at: str
    extractor: str
    suites: str
    occasion: str = ""
    """What called for reading the items again, such as a release: what makes it other work than the time before."""
    items: tuple[Item, ...]
    passed_by: str | None = None
    """Who let it past the breaker that held it."""
    attempts: int = 0
    attempted_at: str | None = None
    attempted_by: str | None = None

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(item.size for item in self.items)

    @property
    def fresh(self) -> bool:
        """Whether its items just came in, rather than being read again."""
        return self.purpose == "collect"

    @property
    def from_feeds(self) -> bool:
        """Whether its items are entries of feeds."""
        return all(item.kind == "feed" for item in self.items)

    @property
    def chunks(self) -> int:
        """Into how many parts the extraction is mapped."""
        return -(-len(self.items) // CHUNK)

    def chunk(self, number: int) -> tuple[Item, ...]:
        """The items of one part, counted from 0."""
        return self.items[number * CHUNK : (number + 1) * CHUNK]


class Tries(Record, frozen=True, kw_only=True):
    """How often runs took a batch on, and when (UTC) and which run did last."""

    attempts: int = 0
    attempted_at: str | None = None
    attempted_by: str | None = None


class Outcome(Record, frozen=True, kw_only=True):
    """What became of a batch: one line an article, what was rejected and where everything lies."""

    batch_id: str
    purpose: Purpose = "collect"
    created_at: str
    finished_at: str
    items: tuple[Item, ...]
    articles: tuple[dict[str, Any], ...] = ()
    rejected: tuple[dict[str, Any], ...] = ()
    keys: tuple[str, ...] = ()
    split_into: tuple[str, ...] = ()


def raw_key(digest: str) -> str:
    """Where raw bytes with this SHA-256 lie."""
    return f"raw/{digest}"


def new(
    items: Sequence[Item],
    created_at: str,
    extractor: str,
    suites: str,
    purpose: Purpose = "collect",
    occasion: str = "",
) -> Manifest:
    """A batch of these items. Its id is a hash of what it holds and by what it is read, so the same work has one id.

    A file counts with its place and time of change: the same content dropped again is other work (a sighting).
    """
    ordered = tuple(sorted(items, key=lambda item: item.order))
    parts = sorted(item.work for item in ordered)
    called = [occasion] if occasion else []
    batch_id = sha256("\x1e".join([purpose, extractor, suites, *called, *parts]).encode())[:24]
    return Manifest(
        batch_id=batch_id,
        purpose=purpose,
        created_at=created_at,
        extractor=extractor,
        suites=suites,
        occasion=occasion,
        items=ordered,
    )


def halves(manifest: Manifest) -> tuple[Manifest, Manifest]:
    """The two halves of a batch that keeps failing, so that the article that breaks it comes to stand alone."""
    middle = len(manifest.items) // 2
    first, second = (
        new(part, manifest.created_at, manifest.extractor, manifest.suites, manifest.purpose, manifest.occasion)
        for part in (manifest.items[:middle], manifest.items[middle:])
    )
    return first, second


def open_batch(objects: "Objects", manifest: Manifest) -> bool:
    """Write a new batch down as pending; False when it is pending, held or done already."""
    if objects.exists(_done_key(manifest.batch_id)) or objects.exists(held_key(manifest.batch_id)):
        return False
    return objects.create(_pending_key(manifest.batch_id), msgspec.json.encode(manifest))


def pending(objects: "Objects") -> list[Manifest]:
    """All batches that wait or are under way, oldest first; one that finishes meanwhile is left out."""
    found = []
    for listed in objects.list(PENDING):
        try:
            manifest = msgspec.json.decode(objects.get(listed.key), type=Manifest)
        except NotStoredError:
            continue
        tries, _ = _tries(objects, manifest.batch_id)
        found.append(replace(manifest, **msgspec.structs.asdict(tries)))
    return sorted(found, key=lambda manifest: (manifest.created_at, manifest.batch_id))


def load(objects: "Objects", batch_id: str) -> Manifest | None:
    """A pending batch, or null when it is done or held (an earlier try got further than its runner knows).

    Raises:
        NotStoredError: there is no batch of this id.
    """
    try:
        return msgspec.json.decode(objects.get(_pending_key(batch_id)), type=Manifest)
    except NotStoredError:
        if objects.exists(held_key(batch_id)):
            log.warning("Batch %s is held until somebody decides: see `newsledger quarantine list`", batch_id)
            return None
        if not objects.exists(_done_key(batch_id)):
            raise
        log.info("Batch %s is done already: nothing left to do", batch_id)
        return None


def take(objects: "Objects", batch_id: str, now: str, run: str | None = None) -> Manifest:
    """Count one more attempt and return the batch. ``now`` is a UTC date-time, ``run`` names who takes it.

    Raises:
        ConflictError: another run took it in this moment.
        NotStoredError: it is done.
    """
    manifest = msgspec.json.decode(objects.get(_pending_key(batch_id)), type=Manifest)
    tries, etag = _tries(objects, batch_id)
    more = Tries(attempts=tries.attempts + 1, attempted_at=now, attempted_by=run)
    if etag:
        objects.replace(_tries_key(batch_id), msgspec.json.encode(more), etag)
    elif not objects.create(_tries_key(batch_id), msgspec.json.encode(more)):
        raise ConflictError(f"Batch {batch_id} was taken by another run in this moment.")
    return replace(manifest, **msgspec.structs.asdict(more))


def _tries(objects: "Objects", batch_id: str) -> tuple[Tries, str | None]:
    """How often a batch was tried, and the etag to replace the count by.

    It is kept apart from the manifest, which is never overwritten: a store that is killed while it overwrites may leave
    neither old nor new, and a count that cannot be read just begins anew.
    """
    try:
        stored = objects.read(_tries_key(batch_id))
    except NotStoredError:
        return Tries(), None
    try:
        return msgspec.json.decode(stored.data, type=Tries), stored.etag
    except msgspec.DecodeError:
        return Tries(), stored.etag


def outcome(objects: "Objects", batch_id: str) -> Outcome | None:
    """What became of a batch; null while it is not done."""
    try:
        return msgspec.json.decode(objects.get(_done_key(batch_id)), type=Outcome)
    except NotStoredError:
        return None


def outcomes(objects: "Objects", since: datetime | None = None) -> Iterator[Outcome]:
    """Every finished batch, or those that were begun at a time or later, in order of id."""
    for listed in objects.list(DONE):
        if since and listed.modified < since:  # finished before, so begun before; spares reading it
            continue
        found = msgspec.json.decode(objects.get(listed.key), type=Outcome)
        if not since or datetime.fromisoformat(found.created_at) >= since:
            yield found


def close(objects: "Objects", manifest: Manifest, finished_at: str, **found: Any) -> None:
    """Write down what became of a batch (fields of ``Outcome``), then forget that it was pending and what it staged."""
    result = Outcome(
        batch_id=manifest.batch_id,
        purpose=manifest.purpose,
        created_at=manifest.created_at,
        finished_at=finished_at,
        items=manifest.items,
        **found,
    )
    objects.create(_done_key(manifest.batch_id), msgspec.json.encode(result))
    _forget(objects, manifest.batch_id)


def tidy(objects: "Objects", batch_id: str) -> bool:
    """Finish an interrupted ``close`` or hold; whether the batch is done or held."""
    done = objects.exists(_done_key(batch_id))
    if done:
        _forget(objects, batch_id)
    elif held := objects.exists(held_key(batch_id)):
        set_aside(objects, batch_id)
        return held
    return done


def set_aside(objects: "Objects", batch_id: str) -> None:
    """Take a batch that is held from those that are pending, unless it is being freed; what it staged stays."""
    try:
        held = msgspec.json.decode(objects.get(held_key(batch_id)))
    except NotStoredError:
        return
    if held.get("freed") is None:
        objects.delete(_tries_key(batch_id))
        objects.delete(_pending_key(batch_id))
        if not objects.exists(held_key(batch_id)):  # somebody freed it in this moment: it was theirs
            reopen(objects, msgspec.convert(held["manifest"], Manifest))


def reopen(objects: "Objects", manifest: Manifest) -> None:
    """Have a batch that was held pending again, unless it got done meanwhile."""
    if not objects.exists(_done_key(manifest.batch_id)):
        objects.put(_pending_key(manifest.batch_id), msgspec.json.encode(manifest))


def _forget(objects: "Objects", batch_id: str) -> None:
    for listed in list(objects.list(f"{STAGING}{batch_id}/")):
        objects.delete(listed.key)
    objects.delete(_tries_key(batch_id))
    objects.delete(_pending_key(batch_id))


def stage(objects: "Objects", batch_id: str, name: str, records: Sequence[Record]) -> None:
    """Leave the result of a step for the next: JSON Lines."""
    objects.put(_staging_key(batch_id, name), msgspec.json.Encoder().encode_lines(records))


def staged(objects: "Objects", batch_id: str, name: str, kind: type[R]) -> list[R]:
    """What a step left."""
    return msgspec.json.Decoder(kind).decode_lines(objects.get(_staging_key(batch_id, name)))


def staged_chunks(objects: "Objects", manifest: Manifest, name: str, kind: type[R]) -> list[R]:
    """What the mapped tasks of a step left, in order of chunk."""
    names = (f"{name}-{chunk:04d}.jsonl" for chunk in range(manifest.chunks))
    return [record for one in names for record in staged(objects, manifest.batch_id, one, kind)]


def report_key(batch_id: str) -> str:
    """Where the result of a batch's validation lies."""
    return f"{REPORTS}{batch_id}.json"


def _staging_key(batch_id: str, name: str) -> str:
    return f"{STAGING}{batch_id}/{name}"


def _pending_key(batch_id: str) -> str:
    return f"{PENDING}{batch_id}.json"


def held_key(batch_id: str) -> str:
    """Where a batch lies that is held."""
    return f"{HELD}{batch_id}.json"


def _tries_key(batch_id: str) -> str:
    return f"{TRIES}{batch_id}.json"


def _done_key(batch_id: str) -> str:
    return f"{DONE}{batch_id}.json"
