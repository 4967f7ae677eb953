"""What was told already: a small object a cause, so that nobody is told twice in a period, however many ask at once."""

from datetime import datetime, timedelta

import msgspec

from newsledger.errors import ConflictError, NotStoredError
from newsledger.records import Record, sha256
from newsledger.store.objects import Objects

PREFIX = "alerts/"


class Told(Record, frozen=True, kw_only=True):
    """That a cause was told."""

    cause: str
    at: str
    """UTC date-time."""


def claim(objects: Objects, cause: str, now: datetime, again: timedelta) -> bool:
    """Whether it falls to the caller to tell a cause now: of several who ask at once it is one."""
    key, data = _key(cause), msgspec.json.encode(Told(cause=cause, at=now.isoformat()))
    try:
        stored = objects.read(key)
    except NotStoredError:
        return objects.create(key, data)
    try:
        if now - datetime.fromisoformat(msgspec.json.decode(stored.data, type=Told).at) < again:
            return False
    except (msgspec.MsgspecError, ValueError):  # torn: the store was killed while it wrote
        pass
    try:
        objects.replace(key, data, stored.etag)
    except ConflictError:
        return False
    return True


def give_back(objects: Objects, cause: str) -> None:
    """Nobody could be told: the next one may try."""
    objects.delete(_key(cause))


def _key(cause: str) -> str:
    return f"{PREFIX}{sha256(cause.encode())[:32]}.json"
