"""Quarantine: rejected records with their reasons, one object each."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from newsledger.errors import QueryError
from newsledger.records import Rejection
from newsledger.store import reviews
from newsledger.store.objects import Objects, each

PREFIX = "quarantine/"
_AT_ONCE = 200


def key(rejection: Rejection) -> str:
    """Where a rejection lies."""
    return f"{PREFIX}{rejection.batch_id}/{rejection.rejection_id}.json"


def put(objects: Objects, rejections: Sequence[Rejection]) -> list[str]:
    """Store the rejections of a batch, and note that somebody has to look at them; returns their keys."""
    keys = [key(rejection) for rejection in rejections]
    for batch_id in {rejection.batch_id for rejection in rejections if rejection.batch_id}:
        reviews.note(objects, batch_id)
    for where, rejection in zip(keys, rejections, strict=True):
        objects.put(where, msgspec.json.encode(rejection))
    return keys


def read(objects: Objects) -> Iterator[Rejection]:
    """Everything in quarantine, by batch."""
    left = iter(objects.list(PREFIX))
    while some := list(islice(left, _AT_ONCE)):
        yield from each(lambda listed: msgspec.json.decode(objects.get(listed.key), type=Rejection), some)


def of_batch(objects: Objects, batch_id: str) -> list[Rejection]:
    """What was rejected of one batch."""
    listed = list(objects.list(f"{PREFIX}{batch_id}/"))
    return each(lambda one: msgspec.json.decode(objects.get(one.key), type=Rejection), listed)


def among(objects: Objects, record_ids: Collection[str], batch_ids: Collection[str]) -> list[Rejection]:
    """The rejections of some records, and all of some batches, found by one listing."""
    listed = [
        one.key
        for one in objects.list(PREFIX)
        if _record_id(one.key) in record_ids or one.key.removeprefix(PREFIX).partition("/")[0] in batch_ids
    ]
    return each(lambda key: msgspec.json.decode(objects.get(key), type=Rejection), listed)


def batch_ids(objects: Objects) -> Iterator[str]:
    """The batches of which something lies in quarantine, some named more than once."""
    return (listed.key.removeprefix(PREFIX).partition("/")[0] for listed in objects.list(PREFIX))


def find(objects: Objects, beginning: str) -> Rejection:
    """The newest rejection of the record whose id begins so.

    Raises:
        QueryError: there is none, or several records are meant.
    """
    keys = [listed.key for listed in objects.list(PREFIX) if _record_id(listed.key).startswith(beginning.lower())]
    ids = {_record_id(where) for where in keys}
    if len(ids) > 1:
        raise QueryError(f"{len(ids)} records in quarantine have ids that begin with {beginning}: give more of it.")
    if not ids or not beginning:
        raise QueryError(f"Nothing in quarantine has the id {beginning!r}: see `newsledger quarantine list`.")
    found = [msgspec.json.decode(objects.get(where), type=Rejection) for where in keys]
    return max(found, key=lambda rejection: rejection.rejected_at or "")


def newest(rejections: Iterable[Rejection]) -> list[Rejection]:
    """The newest rejection of each record, the oldest first: one that came again was rejected again."""
    found: dict[str, Rejection] = {}
    for rejection in sorted(rejections, key=lambda one: (one.rejected_at or "", one.batch_id or "")):
        found[rejection.rejection_id] = rejection
    return list(found.values())


def settle(objects: Objects, keys: Iterable[str], standing: Collection[str]) -> None:
    """Take away what a later reading judged anew; ``standing`` are the keys of what it rejected itself."""
    for where in keys:
        if where not in standing:
            objects.delete(where)


def _record_id(where: str) -> str:
    return where.rpartition("/")[2].removesuffix(".json")
