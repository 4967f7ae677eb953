"""The gazetteer: which places a name may mean, from an index that is built once and mapped into memory.

``python -m newsledger.extract.gazetteer`` builds it ahead of its first use.
"""

import mmap
import os
import struct
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from newsledger.errors import NewsledgerError
from newsledger.extract import gazetteer_build as index
from newsledger.extract.folding import fold
from newsledger.extract.gazetteer_sources import Kind

__all__ = ["Gazetteer", "Kind", "Place", "default", "open_cached"]


class Place(NamedTuple):
    """One place. ``weight`` is a city's population (times ten for a capital), or what compares with it."""

    number: int
    geonames_id: int | None
    name: str
    kind: Kind
    country: str | None
    admin1: str
    latitude: float | None
    longitude: float | None
    weight: int
    own: bool
    """Whether it was found under its own name, not under one that it shares (a region's bare name, other spellings)."""

    def __hash__(self) -> int:
        """Cheap, for the many look-ups by candidates."""
        return self.number


class Gazetteer:
    """Names to places, read from the bytes of the index where they lie."""

    def __init__(self, data: "bytes | mmap.mmap") -> None:
        """Lay views over the sections; nothing is copied."""
        view = memoryview(data)
        magic, places, names, postings, *_ = index.HEADER.unpack_from(view)
        if magic != index.MAGIC:
            raise ValueError("not an index of places")
        at = index.HEADER.size
        self._keys = view[at : (at := at + 8 * names)].cast("Q")
        self._starts = view[at : (at := at + 4 * (names + 1))].cast("I")
        self._postings = view[at : (at := at + 4 * postings)].cast("I")
        self._records = view[at : (at := at + index.RECORD.size * places)]
        self._strings = view[at:]
        self.find = lru_cache(maxsize=16384)(self._find)
        """Places under a folded name, those of that very name first, best known first.

        None where no name is or begins so; empty where one only begins so.
        """

    def places(self, name: str) -> tuple[Place, ...]:
        """Places of a name as written, best known first."""
        return self.find(fold(name)) or ()

    def _find(self, key: str) -> tuple[Place, ...] | None:
        wanted = index.hash_of(key)
        at = bisect_left(self._keys, wanted)
        if at == len(self._keys) or self._keys[at] != wanted:
            return None
        places = map(self._place, self._postings[self._starts[at] : self._starts[at + 1]])
        return tuple(sorted(places, key=lambda place: (not place.own, -place.weight)))

    def _place(self, posting: int) -> Place:
        number, own = posting >> 1, bool(posting & 1)
        identity, latitude, longitude, weight, name, admin1, kind, country = index.RECORD.unpack_from(
            self._records, number * index.RECORD.size
        )
        known = latitude != index.NOWHERE
        return Place(number, identity or None, self._string(name), Kind(kind), country.decode().strip("\0") or None,
                     self._string(admin1), latitude / 1e6 if known else None, longitude / 1e6 if known else None,
                     weight, own)  # fmt: skip

    def _string(self, at: int) -> str:
        (length,) = struct.unpack_from("=H", self._strings, at)
        return bytes(self._strings[at + 2 : at + 2 + length]).decode()


def user_folder() -> Path:
    """Where a user's own lists lie: ``gazetteer`` in the folder that the setting NEWSLEDGER_CONFIG names."""
    return Path(os.environ.get("NEWSLEDGER_CONFIG") or "config") / "gazetteer"


def cache_folder() -> Path:
    """Where the built index is kept: below XDG_CACHE_HOME, else ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "newsledger"


@cache
def default() -> Gazetteer:
    """The gazetteer of this process."""
    return open_cached(user_folder(), cache_folder())


def open_cached(folder: Path | None, cached: Path, announce: Callable[[str], None] = lambda _: None) -> Gazetteer:
    """Map the index for these lists, building it first where it is not in the cache.

    Builders may race: each writes a file of its own and renames it. Where nothing can be written the index stays in
    memory.

    Raises:
        SettingsError: a list is wrong; names file and line.
    """
    path = cached / f"gazetteer-{index.fingerprint(folder)}-{sys.byteorder}.bin"
    try:
        return _mapped(path)
    except (OSError, ValueError, struct.error):
        announce("building the index of places (some seconds, once)")
    data = index.build(folder)
    try:
        _write(path, data)
        return _mapped(path)
    except OSError:
        return Gazetteer(data)


def _mapped(path: Path) -> Gazetteer:
    with path.open("rb") as file:
        return Gazetteer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _write(path: Path, data: bytes) -> None:
    """All or nothing, whoever else does the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".building-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.close()
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def prune(cached: Path, before: float) -> int:
    """Remove indexes that nobody has opened since a time (of ``time.time``), and halves of such; how many.

    Whoever has one mapped keeps it; one that is still wanted is built again in seconds.
    """
    removed = 0
    for path in (*cached.glob("gazetteer-*.bin"), *cached.glob(".building-*")):
        with suppress(OSError):
            found = path.stat()
            if max(found.st_atime, found.st_mtime) < before:
                path.unlink()
                removed += 1
    return removed


def main() -> None:
    """Build the index for the current settings, unless it is there."""
    try:
        open_cached(user_folder(), cache_folder(), announce=lambda line: print(f"newsledger: {line}", file=sys.stderr))
    except NewsledgerError as error:
        sys.exit(f"newsledger: {error}")


if __name__ == "__main__":
    main()
