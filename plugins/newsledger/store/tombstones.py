"""Tombstones: what is kept of an article that was forgotten, which is nothing of its text.

One is written before anything is taken away, so that the article cannot come back meanwhile, and whoever finds a gap
finds its reason.
"""

from collections.abc import Collection, Iterator

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import Record, sha256
from newsledger.store.objects import Objects, each

PREFIX = "forgotten/"


class Tombstone(Record, frozen=True, kw_only=True):
    """An article that was forgotten."""

    id: str
    """SHA-256 of its ``article_id``, which may be words."""
    by: str
    at: str
    """UTC date-time."""
    reason: str
    seqs: tuple[int, ...] = ()
    """The positions at which it was published, where the table has no rows any more."""
    batches: tuple[str, ...] = ()
    """The batches that it came in by."""
    raws: tuple[str, ...] = ()
    """SHA-256 of each piece of raw bytes that was removed."""
    redacted: dict[str, str] = msgspec.field(default_factory=dict)
    """For raw bytes that hold other articles too, by their SHA-256, that of what is left of them."""
    proved_at: str | None = None
    """When a search of the whole store found nothing of it any more; null while it is being forgotten."""


def identity(article_id: str) -> str:
    """The id of an article's tombstone."""
    return sha256(article_id.encode())


def key(tombstone_id: str) -> str:
    """Where a tombstone lies."""
    return f"{PREFIX}{tombstone_id}.json"


def find(objects: Objects, article_id: str) -> Tombstone | None:
    """The tombstone of an article; null of one that was not forgotten."""
    try:
        return msgspec.json.decode(objects.get(key(identity(article_id))), type=Tombstone)
    except NotStoredError:
        return None


def among(objects: Objects, article_ids: Collection[str]) -> dict[str, Tombstone]:
    """The tombstones of those articles that have one; as a rule none, found by one listing."""
    wanted = {key(identity(article_id)): article_id for article_id in article_ids}
    found = [listed.key for listed in objects.list(PREFIX) if listed.key in wanted]
    return {wanted[where]: one for where, one in zip(found, each(lambda w: _read(objects, w), found), strict=True)}


def every(objects: Objects) -> Iterator[Tombstone]:
    """All of them."""
    for listed in objects.list(PREFIX):
        yield _read(objects, listed.key)


def of_raw(objects: Objects, raw_sha256: str) -> Tombstone | None:
    """The tombstone of an article that was all that bytes held."""
    return next((one for one in every(objects) if raw_sha256 in one.raws), None)


def _read(objects: Objects, where: str) -> Tombstone:
    return msgspec.json.decode(objects.get(where), type=Tombstone)
