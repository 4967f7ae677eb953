"""How much a bucket holds. S3 does not say it, so everything is listed and summed, and the sum is kept for a while."""

import time
from datetime import UTC, datetime, timedelta

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import Record
from newsledger.store.objects import Objects

KEY = "status/usage.json"
_LEAST = timedelta(minutes=5)
_SHARE = 100
"""A count is kept for so many times the time it took, so that a large bucket is not listed all day."""


class Usage(Record, frozen=True, kw_only=True):
    """What a bucket held at a time (UTC)."""

    at: str
    bytes: int
    keys: int
    seconds: float
    """How long it took to count."""

    def stale(self, now: datetime) -> bool:
        """Whether it is time to count anew."""
        kept = max(_LEAST, timedelta(seconds=_SHARE * self.seconds))
        return now - datetime.fromisoformat(self.at) >= kept


def last(objects: Objects) -> Usage | None:
    """The last count; null when there was none, or it cannot be read."""
    try:
        return msgspec.json.decode(objects.get(KEY), type=Usage)
    except (NotStoredError, msgspec.MsgspecError):
        return None


def counted(objects: Objects, now: datetime | None = None) -> Usage:
    """The last count unless it is stale, else a new one."""
    now = now or datetime.now(UTC)
    known = last(objects)
    if known and not known.stale(now):
        return known
    began = time.monotonic()
    sizes = [listed.size for listed in objects.list("")]
    usage = Usage(at=now.isoformat(), bytes=sum(sizes), keys=len(sizes), seconds=round(time.monotonic() - began, 3))
    objects.put(KEY, msgspec.json.encode(usage))
    return usage
