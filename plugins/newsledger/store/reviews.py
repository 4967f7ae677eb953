"""Which batches wait for a reviewer, and which are being asked about: small objects, so that looking is cheap.

A batch is noted before its rejections are stored, so a note too many is possible and is taken away by who finds it so;
one too few is not.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, TypeVar

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import Record
from newsledger.store.objects import Objects, each

WAITING, ROUNDS = "reviews/waiting/", "reviews/rounds/"
_COMPLETE = "reviews/complete.json"
"""Says that every batch in quarantine was noted: a ledger of an earlier release has none."""

T = TypeVar("T", bound=Record)
RoundKind = Literal["held", "rejected"]
KINDS: tuple[RoundKind, ...] = ("held", "rejected")


class Note(Record, frozen=True, kw_only=True):
    """That a batch may hold rejected records that nobody has decided on."""

    not_before: str | None = None
    """UTC date-time; somebody wants to be asked no sooner."""


class Round(Record, frozen=True, kw_only=True):
    """A run that asks."""

    run_id: str
    until: str
    """UTC date-time after which it counts as over, whatever became of it."""
    batch_ids: tuple[str, ...]


def note(objects: Objects, batch_id: str, not_before: str | None = None) -> None:
    """Note that a batch waits."""
    objects.put(f"{WAITING}{batch_id}.json", msgspec.json.encode(Note(not_before=not_before)))


def forget(objects: Objects, batch_id: str) -> None:
    """Nothing of it waits any more."""
    objects.delete(f"{WAITING}{batch_id}.json")


def noted(objects: Objects) -> list[str]:
    """Ids of the batches that may wait."""
    return [listed.key.removeprefix(WAITING).removesuffix(".json") for listed in objects.list(WAITING)]


def waiting(objects: Objects, now: datetime) -> list[str]:
    """Those of them that may be asked about now."""
    ids = noted(objects)
    notes = each(lambda batch_id: _read(objects, f"{WAITING}{batch_id}.json", Note), ids)
    return [batch_id for batch_id, found in zip(ids, notes, strict=True) if found and not _later(found.not_before, now)]


def complete(objects: Objects, batch_ids: Iterable[str]) -> None:
    """Note batches of before there were notes; once."""
    if objects.exists(_COMPLETE):
        return
    for batch_id in batch_ids:  # a note that is there stays: somebody may want to be asked later
        objects.create(f"{WAITING}{batch_id}.json", msgspec.json.encode(Note()))
    objects.put(_COMPLETE, b"{}")


def open_round(objects: Objects, kind: RoundKind, now: datetime) -> Round | None:
    """The run that asks about batches of a kind now; null where there is none."""
    found = _read(objects, f"{ROUNDS}{kind}.json", Round)
    return found if found and _later(found.until, now) else None


def begin_round(objects: Objects, kind: RoundKind, begun: Round) -> None:
    """Note that a run asks."""
    objects.put(f"{ROUNDS}{kind}.json", msgspec.json.encode(begun))


def end_round(objects: Objects, kind: RoundKind) -> None:
    """Note that nobody asks any more."""
    objects.delete(f"{ROUNDS}{kind}.json")


def _later(moment: str | None, now: datetime) -> bool:
    return moment is not None and datetime.fromisoformat(moment) > now


def _read(objects: Objects, key: str, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(objects.get(key), type=kind)
    except (NotStoredError, msgspec.MsgspecError):
        return None
