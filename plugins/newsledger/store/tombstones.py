"""Tombstones: what is kept of an article that was forgotten, which is nothing of its text.

One is written before anything is taken away, so that the article cannot come back meanwhile, and whoever finds a gap
finds its reason.
"""

from collections.abc import Collection, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from newsledger.errors import ConflictError, NotStoredError
from newsledger.records import Record, sha256
from newsledger.store.objects import Objects, each

PREFIX = "forgotten/"
ARTICLES = f"{PREFIX}articles/"
RAWS = f"{PREFIX}raw/"
"""A key for each piece of raw bytes that was removed, so that one listing tells them all."""
_LISTS = ("seqs", "batches", "raws", "entries", "prints")


class Tombstone(Record, frozen=True, kw_only=True):
    """An article that was forgotten."""

    id: str
    """SHA-256 of its ``article_id``, which may be words."""
    article_id: str | None = None
    """While it is being forgotten, so that somebody else can finish; null then."""
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
    entries: tuple[str, ...] = ()
    """SHA-256 of each entry of a feed that was taken out of the raw bytes of its poll."""
    redacted: dict[str, str] = msgspec.field(default_factory=dict)
    """For raw bytes that hold other articles too, by their SHA-256, that of what is left of them."""
    prints: tuple[str, ...] = ()
    """Hashes of its runs of words (``prints``), to search for while it is being forgotten."""
    proved_at: str | None = None
    """When a search of the whole store found nothing of it any more; null while it is being forgotten."""


def identity(article_id: str) -> str:
    """The id of an article's tombstone."""
    return sha256(article_id.encode())


def key(tombstone_id: str) -> str:
    """Where a tombstone lies."""
    return f"{ARTICLES}{tombstone_id}.json"


def raw_key(key: str) -> str:
    """What says of a raw key that its bytes were removed."""
    return f"{RAWS}{key.removeprefix('raw/')}"


def find(objects: Objects, article_id: str) -> Tombstone | None:
    """The tombstone of an article; null of one that was not forgotten."""
    try:
        return msgspec.json.decode(objects.get(key(identity(article_id))), type=Tombstone)
    except NotStoredError:
        return None


def among(objects: Objects, article_ids: Collection[str]) -> dict[str, Tombstone]:
    """The tombstones of those articles that have one; as a rule none, found by one listing."""
    wanted = {key(identity(article_id)): article_id for article_id in article_ids}
    found = [listed.key for listed in objects.list(ARTICLES) if listed.key in wanted]
    return {wanted[where]: one for where, one in zip(found, each(lambda w: _read(objects, w), found), strict=True)}


def every(objects: Objects) -> Iterator[Tombstone]:
    """All of them."""
    for listed in objects.list(ARTICLES):
        yield _read(objects, listed.key)


def lay(objects: Objects, stone: Tombstone) -> Tombstone:
    """Write a tombstone down, with what the one that is there knows already; as it is then.

    Who forgot the article first, when and why stays.
    """
    laid = _laid(objects, stone)
    for digest in stone.raws:
        objects.create(raw_key(digest), laid.id.encode())
    return laid


def _laid(objects: Objects, stone: Tombstone) -> Tombstone:
    while True:
        try:
            stored = objects.read(key(stone.id))
        except NotStoredError:
            if objects.create(key(stone.id), msgspec.json.encode(stone)):
                return stone
            continue
        known = msgspec.json.decode(stored.data, type=Tombstone)
        more = {name: _union(getattr(known, name), getattr(stone, name)) for name in _LISTS}
        redacted = known.redacted | stone.redacted
        both = replace(known, **more, redacted=redacted, article_id=stone.article_id, proved_at=None)
        try:
            objects.replace(key(stone.id), msgspec.json.encode(both), stored.etag)
        except ConflictError:
            continue
        return both


def prove(objects: Objects, stone: Tombstone, at: str) -> None:
    """Write down that nothing of the article is left, and forget its name and its prints."""
    objects.put(key(stone.id), msgspec.json.encode(replace(stone, article_id=None, prints=(), proved_at=at)))


def _union(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted({*first, *second}))


def raws(objects: Objects) -> frozenset[str]:
    """SHA-256 of all raw bytes that were removed."""
    return frozenset(listed.key.removeprefix(RAWS) for listed in objects.list(RAWS))


def _read(objects: Objects, where: str) -> Tombstone:
    return msgspec.json.decode(objects.get(where), type=Tombstone)
