"""Batches that the breaker holds: whole, with all that they staged, until a person decides.

A batch is put down here before it stops being pending, and is pending again before it is taken from here; so whoever is
killed between loses nothing.
"""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from newsledger.errors import NotStoredError, QueryError
from newsledger.records import Record
from newsledger.store import batches
from newsledger.store.batches import HELD, Manifest
from newsledger.store.objects import Objects


class Held(Record, frozen=True, kw_only=True):
    """A batch that waits for a person."""

    manifest: Manifest
    at: str
    """UTC date-time."""
    why: tuple[str, ...]
    """A sentence for each expectation that an unusual share fell short of."""
    freed: Manifest | None = None
    """As which it goes on; set for the moment between."""

    @property
    def batch_id(self) -> str:
        """Its id."""
        return self.manifest.batch_id


def hold(objects: Objects, manifest: Manifest, at: str, why: tuple[str, ...]) -> Held:
    """Hold a pending batch; the same twice is the first."""
    held = Held(manifest=manifest, at=at, why=why)
    if not objects.create(batches.held_key(manifest.batch_id), msgspec.json.encode(held)):
        held = _read(objects, batches.held_key(manifest.batch_id))
    batches.set_aside(objects, manifest.batch_id)
    return held


def every(objects: Objects) -> Iterator[Held]:
    """All that are held, by id; one that somebody began to free is freed."""
    for listed in list(objects.list(HELD)):
        try:
            held = _read(objects, listed.key)
        except NotStoredError:
            continue
        if held.freed:
            _finish(objects, held.freed)
        else:
            yield held


def find(objects: Objects, beginning: str) -> Held:
    """The held batch whose id begins so.

    Raises:
        QueryError: there is none, or several are meant.
    """
    found = [held for held in every(objects) if beginning and held.batch_id.startswith(beginning.lower())]
    if not found:
        raise QueryError(f"No batch is held whose id begins with {beginning!r}: see `newsledger quarantine list`.")
    if len(found) > 1:
        raise QueryError(f"{len(found)} batches are held whose ids begin with {beginning}: give more of it.")
    return found[0]


def free(objects: Objects, held: Held, passed_by: str | None) -> None:
    """Let a batch go on; ``passed_by`` says who let it past the breaker, null has it judged anew."""
    freed = replace(held.manifest, passed_by=passed_by, attempts=0, attempted_at=None, attempted_by=None)
    objects.put(batches.held_key(held.batch_id), msgspec.json.encode(replace(held, freed=freed)))
    _finish(objects, freed)


def _finish(objects: Objects, freed: Manifest) -> None:
    batches.reopen(objects, freed)
    objects.delete(batches.held_key(freed.batch_id))


def _read(objects: Objects, key: str) -> Held:
    return msgspec.json.decode(objects.get(key), type=Held)
