"""Rulings: what people decided of single facts and articles, under the id that these keep through replays.

A *case* is everything that was ever decided of one record; its newest ruling is in force. Nothing is taken out of it.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from newsledger.errors import ConflictError, NotStoredError
from newsledger.records import Record
from newsledger.store.objects import Objects, each

PREFIX = "rulings/"


class Verdict(StrEnum):
    """What can be decided."""

    released = "released"
    """It is published though it falls short of an expectation."""
    dropped = "dropped"
    """It was rejected, and stays so."""
    retracted = "retracted"
    """It was published, and is taken back."""
    replayed = "replayed"
    """It was read again; what came of that was judged anew."""


class Ruling(Record, frozen=True, kw_only=True):
    """One decision."""

    verdict: Verdict
    by: str
    at: str
    """UTC date-time."""
    reason: str


class Case(Record, frozen=True, kw_only=True):
    """A record and what was decided of it."""

    id: str
    """The ``fact_id`` of a fact; of an article the id that its rejection has."""
    kind: str
    """``article``, ``quotes``, ``mentions``, ``figures`` or ``dates``; ``batch`` of one that was held."""
    article_id: str
    rulings: tuple[Ruling, ...] = ()
    """The newest last."""

    @property
    def ruling(self) -> Ruling:
        """The one that is in force."""
        return self.rulings[-1]


def key(record_id: str) -> str:
    """Where a case lies."""
    return f"{PREFIX}{record_id}.json"


def find(objects: Objects, record_id: str) -> Case | None:
    """What was decided of a record; null when nothing was."""
    try:
        return msgspec.json.decode(objects.get(key(record_id)), type=Case)
    except NotStoredError:
        return None


def among(objects: Objects, record_ids: Collection[str]) -> dict[str, Case]:
    """The cases of those records that have one; as a rule few, found by one listing."""
    wanted = [listed.key for listed in objects.list(PREFIX) if _id(listed.key) in record_ids]
    found: list[Case] = each(lambda where: msgspec.json.decode(objects.get(where), type=Case), wanted)
    return {case.id: case for case in found}


def every(objects: Objects) -> Iterator[Case]:
    """All that can be read."""
    for listed in objects.list(PREFIX):
        with suppress(NotStoredError, msgspec.DecodeError):
            yield msgspec.json.decode(objects.get(listed.key), type=Case)


def rule(objects: Objects, subject: Case, ruling: Ruling) -> Case:
    """Add a decision to a record's case, unless the same is in force; the case as it is then.

    ``subject`` says which record; rulings that it holds do not count. Of two people at once, both decisions are kept.
    """
    while True:
        try:
            stored = objects.read(key(subject.id))
        except NotStoredError:
            case = replace(subject, rulings=(ruling,))
            if objects.create(key(case.id), msgspec.json.encode(case)):
                return case
            continue  # somebody was first, or the answer to our own write was lost: look at what is there
        known = msgspec.json.decode(stored.data, type=Case)
        if known.ruling.verdict is ruling.verdict:
            return known
        case = replace(known, rulings=(*known.rulings, ruling))
        try:
            objects.replace(key(case.id), msgspec.json.encode(case), stored.etag)
        except ConflictError:
            continue
        return case


def _id(where: str) -> str:
    return where.removeprefix(PREFIX).removesuffix(".json")
