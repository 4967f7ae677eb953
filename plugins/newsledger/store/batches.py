"""Batches: what one run takes on, and how far it has come. All state lies in object storage.

A batch is pending from the moment its manifest exists until its outcome lies under ``batches/done/``.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import Record, sha256

if TYPE_CHECKING:
    from newsledger.store.objects import Objects

PENDING, DONE, STAGING = "batches/pending/", "batches/done/", "staging/"

Purpose = Literal["collect", "replay", "release"]


class Item(Record, frozen=True, kw_only=True):
    """One file of a batch."""

    raw_sha256: str
    origin: str
    """Path below the inbox, or what else names where it came from."""
    source: str = "inbox"
    kind: str = "inbox"
    size: int
    mtime_ns: int = 0
    retrieved_at: str
    """UTC date-time, fixed when the batch is made: every date that goes into a record comes from the manifest."""

    @property
    def raw_key(self) -> str:
        """Where its bytes lie."""
        return raw_key(self.raw_sha256)


class Manifest(Record, frozen=True, kw_only=True):
    """A batch: its items, and how often a run has taken it on."""

    batch_id: str
    purpose: Purpose = "collect"
    created_at: str
    extractor: str
    suites: str
    items: tuple[Item, ...]
    attempts: int = 0

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(item.size for item in self.items)


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


def new(items: Sequence[Item], created_at: str, extractor: str, suites: str, purpose: Purpose = "collect") -> Manifest:
    """A batch of these items. Its id is a hash of what it holds and by what it is read, so the same work has one id.

    A file counts with its place and time of change: the same content dropped again is other work (a sighting).
    """
    ordered = tuple(sorted(items, key=lambda item: (item.mtime_ns, item.origin, item.raw_sha256)))
    parts = sorted(f"{item.raw_sha256}\x1f{item.source}\x1f{item.origin}\x1f{item.mtime_ns}" for item in ordered)
    batch_id = sha256("\x1e".join([purpose, extractor, suites, *parts]).encode())[:24]
    return Manifest(
        batch_id=batch_id, purpose=purpose, created_at=created_at, extractor=extractor, suites=suites, items=ordered
    )


def halves(manifest: Manifest) -> tuple[Manifest, Manifest]:
    """The two halves of a batch that keeps failing, so that the article that breaks it comes to stand alone."""
    middle = len(manifest.items) // 2
    first, second = (
        new(part, manifest.created_at, manifest.extractor, manifest.suites, manifest.purpose)
        for part in (manifest.items[:middle], manifest.items[middle:])
    )
    return first, second


def open_batch(objects: "Objects", manifest: Manifest) -> bool:
    """Write a new batch down as pending; False when it is pending or done already."""
    if objects.exists(_done_key(manifest.batch_id)):
        return False
    return objects.create(_pending_key(manifest.batch_id), msgspec.json.encode(manifest))


def pending(objects: "Objects") -> list[Manifest]:
    """All batches that wait or are under way, oldest first; one that finishes meanwhile is left out."""
    found = []
    for listed in objects.list(PENDING):
        try:
            found.append(msgspec.json.decode(objects.get(listed.key), type=Manifest))
        except NotStoredError:
            continue
    return sorted(found, key=lambda manifest: (manifest.created_at, manifest.batch_id))


def load(objects: "Objects", batch_id: str) -> Manifest:
    """A pending batch.

    Raises:
        NotStoredError: there is none of this id (it may be done).
    """
    return msgspec.json.decode(objects.get(_pending_key(batch_id)), type=Manifest)


def take(objects: "Objects", batch_id: str) -> Manifest:
    """Count one more attempt and return the batch.

    Raises:
        ConflictError: another run took it in this moment.
        NotStoredError: it is done.
    """
    stored = objects.read(_pending_key(batch_id))
    manifest = msgspec.json.decode(stored.data, type=Manifest)
    manifest = msgspec.structs.replace(manifest, attempts=manifest.attempts + 1)
    objects.replace(_pending_key(batch_id), msgspec.json.encode(manifest), stored.etag)
    return manifest


def outcome(objects: "Objects", batch_id: str) -> Outcome | None:
    """What became of a batch; null while it is not done."""
    try:
        return msgspec.json.decode(objects.get(_done_key(batch_id)), type=Outcome)
    except NotStoredError:
        return None


def outcomes(objects: "Objects") -> Iterator[Outcome]:
    """Every finished batch, in order of id."""
    for listed in objects.list(DONE):
        yield msgspec.json.decode(objects.get(listed.key), type=Outcome)


def close(objects: "Objects", result: Outcome) -> None:
    """Write down what became of a batch, then forget that it was pending and what it staged."""
    objects.create(_done_key(result.batch_id), msgspec.json.encode(result))
    objects.delete(_pending_key(result.batch_id))
    for listed in list(objects.list(f"{STAGING}{result.batch_id}/")):
        objects.delete(listed.key)


def staging_key(batch_id: str, name: str) -> str:
    """Where a step of a batch leaves its result for the next."""
    return f"{STAGING}{batch_id}/{name}"


def _pending_key(batch_id: str) -> str:
    return f"{PENDING}{batch_id}.json"


def _done_key(batch_id: str) -> str:
    return f"{DONE}{batch_id}.json"
