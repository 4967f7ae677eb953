"""Whether there is room for more. It is asked before anything is taken in, so that nothing breaks for want of it.

Below ``NEWSLEDGER_RESERVE_BYTES`` of free disk nothing more is collected, and what is under way is finished out of the
reserve; below half of it everything waits. The embedded object store answers 200 even when its disk is full: only this
reserve keeps it from losing what it has acknowledged.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from newsledger.errors import FullError
from newsledger.pipeline.words import size
from newsledger.settings import Settings
from newsledger.store import usage
from newsledger.store.objects import Objects

FILES = 10_000
"""Files that a disk must still have room for: the embedded store makes about a dozen for each article of a batch."""


def require(settings: Settings, objects: Objects | None = None) -> None:
    """Make sure that there is room to collect more; without ``objects`` the quota of the store is not looked at.

    Raises:
        FullError: there is not; one sentence that says what is short and what to do.
    """
    if short := shortage(settings, objects):
        raise FullError(short)


def require_to_finish(settings: Settings) -> None:
    """Make sure that there is room to go on with what is under way.

    Raises:
        FullError: there is not.
    """
    for disk in _disks(settings):
        if short := _disk_shortage(disk, settings.reserve_bytes // 2, FILES // 2):
            raise FullError(short)


def shortage(settings: Settings, objects: Objects | None = None) -> str | None:
    """What there is too little of to collect more, as one sentence; null when there is room."""
    for disk in _disks(settings):
        if short := _disk_shortage(disk, settings.reserve_bytes, FILES):
            return short
    return _store_shortage(settings, objects) if objects and settings.store_bytes else None


def _disks(settings: Settings) -> Iterator[Path]:
    """A folder of each disk that newsledger writes to."""
    seen = set()
    places: tuple[object, ...] = (settings.home, settings.inbox)
    for folder in [place for place in places if isinstance(place, Path)]:  # an inbox may be a bucket's prefix
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if there.stat().st_dev not in seen:
            seen.add(there.stat().st_dev)
            yield there


def _disk_shortage(folder: Path, reserve: int, files: int) -> str | None:
    if not reserve:
        return None
    free = shutil.disk_usage(folder).free
    if free < reserve:
        kept = f"{size(reserve)} are kept free (NEWSLEDGER_RESERVE_BYTES)"
        return f"The disk of {folder} has {size(free)} left, and {kept}: {_WAITS}"
    room = os.statvfs(folder)
    if room.f_files and room.f_favail < files:  # file systems without a limit say that they have none at all
        return f"The disk of {folder} has room for {room.f_favail:,} more files, and {files:,} are kept free: {_WAITS}"
    return None


def _store_shortage(settings: Settings, objects: Objects) -> str | None:
    used, limit = usage.counted(objects).bytes, settings.store_bytes or 0
    if used < limit:
        return None
    where = f"{settings.bucket} at {settings.endpoint}"
    return f"The bucket {where} holds {size(used)} of the {size(limit)} that it may (NEWSLEDGER_STORE_BYTES): {_WAITS}"


_WAITS = "nothing is collected until there is room. Make some; everything stays where it is until then."
