"""A watched folder as the inbox: a file waits when it lies in it or a sub-folder. Nothing here follows a link."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from newsledger.errors import NewsledgerError, UnreadableError
from newsledger.inbox import DONE, REASON, REJECTED, Found, Waiting, fitting, found, is_in_the_making, oldest_first
from newsledger.records import sha256

NAME_BYTES = 255
"""Longest file name that common file systems take."""


class Folder:
    """An inbox in the file system; one that is not there holds nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def look(self) -> list[Waiting]:
        """Everything that waits, oldest first."""
        return oldest_first(_walk(self.path, ""))

    def read(self, waiting: Waiting) -> bytes | None:
        """The bytes of a file, or null when it changed since it was seen.

        It is opened without following a link, whatever has taken its place since the look.

        Raises:
            UnreadableError: we may not read it.
        """
        try:
            descriptor = os.open(self.path / waiting.origin, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
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

    def finish(self, origin: str, raw_sha256: str, date: str) -> str | None:
        """Move a file that is safely collected to ``done/<date>/``; where it lies now.

        Its bytes are hashed again first: a file that was replaced meanwhile stays where it is, to be collected anew.
        """
        source = self.path / origin
        try:
            if not stat.S_ISREG(source.lstat().st_mode) or sha256(source.read_bytes()) != raw_sha256:
                return None
        except FileNotFoundError:
            return None
        target = _free(self.path / DONE / date / origin, raw_sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        return str(target)

    def reject(self, waiting: Waiting, reason: str, digest: str) -> str | None:
        """Move a file to ``rejected/`` and write the reason beside it; null when it is gone or has changed."""
        source = self.path / waiting.origin
        try:
            if not _same(waiting, source.lstat()):
                return None
        except FileNotFoundError:
            return None
        target = _free(self.path / REJECTED / waiting.origin, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(_fitting(target.name, REASON))
        beside.write_text(reason.rstrip() + "\n", encoding="utf-8")
        source.rename(target)
        return str(target)

    def rejections(self) -> Iterator[str]:
        """Paths below ``rejected/`` of what was set aside."""
        folder = self.path / REJECTED
        for path in folder.rglob(f"*{REASON}"):
            yield str(path.relative_to(folder)).removesuffix(REASON)

    def reason(self, rejected: str) -> str:
        """Why the file at this path below ``rejected/`` was set aside."""
        path = self.path / REJECTED / rejected
        try:
            return path.with_name(_fitting(path.name, REASON)).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return "The reason is gone."

    def aside(self) -> Iterator[Waiting]:
        """Everything that was dealt with, below ``done/`` and ``rejected/``, notes included; in no order."""
        for name in (DONE, REJECTED):
            yield from _walk(self.path / name, f"{name}/", hidden=True)

    def remove(self, waiting: Waiting) -> bool:
        """Remove a file for good, wherever it lies, and folders below ``done/`` of other days that it leaves empty."""
        path = self.path / waiting.origin
        try:
            if not _same(waiting, path.lstat()):
                return False
            path.unlink()
        except FileNotFoundError:
            return False
        today = self.path / DONE / datetime.now(UTC).date().isoformat()  # files are just being moved into it
        for folder in path.parents:
            if self.path / DONE not in folder.parents or folder == today or today in folder.parents:
                break
            with suppress(OSError):  # it holds something
                folder.rmdir()
        return True

    def find(self, file: str) -> Found:
        """Find a file by its path, though it may have left the inbox since it was dropped; or one elsewhere.

        Raises:
            UnreadableError: it is nowhere, or a folder.
        """
        folder, path = self.path.resolve(), Path(file).absolute()
        if path.is_dir() and not path.is_symlink():
            raise UnreadableError(f"{path} is a folder: name one file.")
        inside = path.is_relative_to(folder)
        below = path.relative_to(folder) if inside else Path(path.name)
        if path.is_file():
            return found(str(path), below.as_posix()) if inside else Found(str(path), None, path.name)
        moved = [*folder.glob(f"{DONE}/*/{_literal(below)}"), *folder.glob(f"{REJECTED}/{_literal(below)}")]
        if not moved:
            raise UnreadableError(f"{path} does not exist, and the inbox {folder} has dealt with no file of that name.")
        newest = max(moved, key=lambda each: each.stat().st_mtime_ns)
        return found(str(newest), newest.relative_to(folder).as_posix())

    def content(self, found: Found) -> bytes:
        """The bytes of a file that was found.

        Raises:
            UnreadableError: it is gone, or we may not read it.
        """
        try:
            return Path(found.where).read_bytes()
        except OSError as error:
            raise UnreadableError(
                f"{found.where} cannot be read ({error.strerror}): give yourself read access."
            ) from None

    def drop(self, name: str, data: bytes) -> None:
        """Put a new file in, whole at once, unless one of that name waits."""
        self.path.mkdir(parents=True, exist_ok=True)
        target = self.path / name
        if target.exists():
            return
        in_the_making = target.with_name(f".{target.name}.part")
        in_the_making.write_bytes(data)
        in_the_making.rename(target)


def _walk(folder: Path, below: str, *, hidden: bool = False) -> Iterator[Waiting]:
    """What lies in a folder; only with ``hidden`` what is in the making, or was dealt with."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if not hidden and (is_in_the_making(entry.name) or (not below and entry.name in {DONE, REJECTED})):
                continue
            with suppress(FileNotFoundError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(Path(entry.path), f"{below}{entry.name}/", hidden=hidden)
                else:
                    yield _waiting(f"{below}{entry.name}", entry.stat(follow_symlinks=False))


def _waiting(origin: str, found: os.stat_result) -> Waiting:
    return Waiting(origin, found.st_size, found.st_mtime_ns, str(found.st_ino), stat.S_ISREG(found.st_mode))


def _literal(path: Path) -> str:
    """The path as a pattern that matches nothing but itself."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path.as_posix())


def _same(waiting: Waiting, found: os.stat_result) -> bool:
    return waiting == _waiting(waiting.origin, found)


def _free(target: Path, digest: str) -> Path:
    """The target, or a name beside it that carries the start of the hash, so that nothing is overwritten."""
    if not os.path.lexists(target):
        return target
    stem, ending = target.stem, target.suffix
    for number in range(1, 10_000):
        tail = f".{digest[:8]}{ending}" if number == 1 else f".{digest[:8]}-{number}{ending}"
        candidate = target.with_name(_fitting(stem, tail))
        if not os.path.lexists(candidate):
            return candidate
    raise NewsledgerError(f"{target.parent} holds too many files named {target.name}: clear it.")


def _fitting(name: str, tail: str) -> str:
    return fitting(name, tail, NAME_BYTES)
