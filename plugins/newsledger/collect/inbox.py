"""The watched folder: what waits in it, and where a file goes once it is dealt with.

A file is *waiting* when it lies in the inbox or a sub-folder and its name is not that of a file in the making.
Nothing here follows a symbolic link.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsledger.errors import NewsledgerError, UnreadableError
from newsledger.records import sha256

DONE, REJECTED = "done", "rejected"
"""Folders of the inbox that hold what was dealt with; never looked into."""
REASON = ".reason.txt"

_IN_THE_MAKING = (".part", ".tmp", ".partial", ".crdownload", ".swp", "~")
_EMPTY_GRACE_NS = 3_000_000_000
_NAME_BYTES = 255
"""Longest file name that common file systems take."""


class Waiting(NamedTuple):
    """A file in the inbox at one look; equal at a second look means that it held still."""

    origin: str
    """Path below the inbox, with forward slashes."""
    size: int
    mtime_ns: int
    inode: int
    regular: bool
    """False for a link, a pipe or a device: such are set aside, never opened."""


def is_in_the_making(name: str) -> bool:
    """Whether a name says that its file is hidden or still being written."""
    return name.startswith(".") or name.lower().endswith(_IN_THE_MAKING)


def look(inbox: Path) -> list[Waiting]:
    """Everything that waits, oldest first; a folder that is not there holds nothing."""
    return sorted(_walk(inbox, ""), key=lambda waiting: (waiting.mtime_ns, waiting.origin))


def steady(earlier: list[Waiting], later: list[Waiting], now_ns: int) -> list[Waiting]:
    """What held still between two looks; an empty file gets some seconds, since some writers make it first."""
    seen = set(earlier)
    return [w for w in later if w in seen and (w.size or now_ns - w.mtime_ns > _EMPTY_GRACE_NS)]


def _walk(folder: Path, below: str) -> Iterator[Waiting]:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if is_in_the_making(entry.name) or (not below and entry.name in {DONE, REJECTED}):
                continue
            with suppress(FileNotFoundError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(Path(entry.path), f"{below}{entry.name}/")
                else:
                    yield _waiting(f"{below}{entry.name}", entry.stat(follow_symlinks=False))


def _waiting(origin: str, found: os.stat_result) -> Waiting:
    return Waiting(origin, found.st_size, found.st_mtime_ns, found.st_ino, stat.S_ISREG(found.st_mode))


def read(inbox: Path, waiting: Waiting) -> bytes | None:
    """The bytes of a file, or null when it changed since it was seen.

    It is opened without following a link, whatever has taken its place since the look.

    Raises:
        UnreadableError: we may not read it.
    """
    try:
        descriptor = os.open(inbox / waiting.origin, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except PermissionError:
        raise UnreadableError(
            "newsledger has no permission to read it; give it read access and drop it again"
        ) from None
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not _same(waiting, os.fstat(descriptor)):
            return None
        data = file.read(waiting.size + 1)
        return data if len(data) == waiting.size and _same(waiting, os.fstat(descriptor)) else None


def _same(waiting: Waiting, found: os.stat_result) -> bool:
    return (waiting.size, waiting.mtime_ns, waiting.inode) == (found.st_size, found.st_mtime_ns, found.st_ino)


def finish(inbox: Path, origin: str, raw_sha256: str, date: str) -> Path | None:
    """Move a file that is safely collected to ``done/<date>/``.

    Its bytes are hashed again first: a file that was replaced meanwhile stays where it is, to be collected anew.

    Returns:
        Where it lies now, or null when it is gone or has changed.
    """
    source = inbox / origin
    try:
        if not stat.S_ISREG(source.lstat().st_mode) or sha256(source.read_bytes()) != raw_sha256:
            return None
    except FileNotFoundError:
        return None
    return _move(source, inbox / DONE / date / origin, raw_sha256)


def reject(inbox: Path, origin: str, reason: str, digest: str) -> Path | None:
    """Move a file to ``rejected/`` and write the reason beside it; null when it is gone."""
    source = inbox / origin
    if not os.path.lexists(source):
        return None
    target = _free(inbox / REJECTED / origin, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(fitting(target.name, REASON))
    beside.write_text(reason.rstrip() + "\n", encoding="utf-8")
    source.rename(target)
    return target


def reason(rejected: Path) -> str:
    """Why a file in ``rejected/`` is there, as written beside it."""
    try:
        return rejected.with_name(fitting(rejected.name, REASON)).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return "The reason is gone."


def _move(source: Path, target: Path, digest: str) -> Path:
    target = _free(target, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    return target


def _free(target: Path, digest: str) -> Path:
    """The target, or a name beside it that carries the start of the hash, so that nothing is overwritten."""
    if not os.path.lexists(target):
        return target
    stem, ending = target.stem, target.suffix
    for number in range(1, 10_000):
        tail = f".{digest[:8]}{ending}" if number == 1 else f".{digest[:8]}-{number}{ending}"
        candidate = target.with_name(fitting(stem, tail))
        if not os.path.lexists(candidate):
            return candidate
    raise NewsledgerError(f"{target.parent} holds too many files named {target.name}: clear it.")


def fitting(name: str, tail: str) -> str:
    """``name + tail``, the name cut so that the whole fits a file system's longest name, never inside a character."""
    room = _NAME_BYTES - len(tail.encode())
    return name.encode("utf-8", "surrogateescape")[:room].decode("utf-8", "ignore") + tail
