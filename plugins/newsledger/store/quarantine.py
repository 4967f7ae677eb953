"""Quarantine: rejected records with their reasons, one object each."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from newsledger.records import Rejection

if TYPE_CHECKING:
    from newsledger.store.objects import Objects

PREFIX = "quarantine/"


def key(rejection: Rejection) -> str:
    """Where a rejection lies."""
    return f"{PREFIX}{rejection.batch_id}/{rejection.rejection_id}.json"


def put(objects: "Objects", rejections: Sequence[Rejection]) -> list[str]:
    """Store the rejections of a batch; returns their keys."""
    keys = [key(rejection) for rejection in rejections]
    for where, rejection in zip(keys, rejections, strict=True):
        objects.put(where, msgspec.json.encode(rejection))
    return keys


def read(objects: "Objects") -> Iterator[Rejection]:
    """Everything in quarantine, by batch."""
    for listed in objects.list(PREFIX):
        yield msgspec.json.decode(objects.get(listed.key), type=Rejection)
