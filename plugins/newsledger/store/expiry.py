"""Remove from the bucket what nobody needs any more. Everything here can be done twice, at once, and killed between."""

from collections.abc import Iterator
from datetime import datetime

from newsledger.store import batches, quarantine, rulings
from newsledger.store.objects import Objects, each
from newsledger.store.schema import instant


def left_over(objects: Objects, before: datetime) -> int:
    """Remove what batches that are no more staged before a time, and probes of the store; how many objects."""
    return _removed(objects, [key for key, batch_id in _left(objects, before) if not _under_way(objects, batch_id)])


def _left(objects: Objects, before: datetime) -> Iterator[tuple[str, str]]:
    for prefix in (batches.STAGING, batches.TRIES, "probe/"):
        for listed in objects.list(prefix):
            if listed.modified < before:
                yield listed.key, listed.key.removeprefix(prefix).partition("/")[0].removesuffix(".json")


def _under_way(objects: Objects, batch_id: str) -> bool:
    """Pending is looked for last: a batch that is held is pending again before it stops being held."""
    return objects.exists(batches.held_key(batch_id)) or objects.exists(f"{batches.PENDING}{batch_id}.json")


def reports(objects: Objects, before: datetime) -> int:
    """Remove the validation results of before a time; how many."""
    return _removed(objects, [one.key for one in objects.list(batches.REPORTS) if one.modified < before])


def decided(objects: Objects, before: datetime) -> int:
    """Remove rejections on which somebody decided before a time; how many. The decisions stay in force."""
    cases = {case.id: case for case in rulings.every(objects) if instant(case.ruling.at) < before}
    listed = ((one, one.key.rpartition("/")[2].removesuffix(".json")) for one in objects.list(quarantine.PREFIX))
    return _removed(objects, [one.key for one, record in listed if record in cases and one.modified < before])


def _removed(objects: Objects, keys: list[str]) -> int:
    each(objects.delete, keys)
    return len(keys)
