"""The noun of the inbox: what waits in it, and what any place that serves as one can do.

There are two such places: a folder (``collect.folder``) and a prefix of an S3 bucket (``store.prefix``).
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

DONE, REJECTED = "done", "rejected"
"""Where an inbox keeps what was dealt with; never looked into."""
REASON = ".reason.txt"
"""Ending of the note beside a rejected file."""

_IN_THE_MAKING = (".part", ".tmp", ".partial", ".crdownload", ".swp", "~")
_EMPTY_GRACE_NS = 3_000_000_000


class Waiting(NamedTuple):
    """A file in the inbox at one look; equal at a second look means that it held still."""

    origin: str
    """Path below the inbox, with forward slashes."""
    size: int
    mtime_ns: int
    mark: str
    """Changes when another file takes its place: the inode of a file, the etag of an object."""
    regular: bool = True
    """False for a link, a pipe or a device: such are set aside, never opened."""


class Found(NamedTuple):
    """Where a file lies that somebody asks for."""

    where: str
    """Its path or address, for people."""
    folder: str | None
    """``inbox``, ``done``, ``rejected``, or null for a file elsewhere."""
    origin: str
    """Its path below the inbox as it was dropped; its name for a file elsewhere."""


class Inbox(Protocol):
    """A place that people drop files into."""

    def look(self) -> list[Waiting]:
        """Everything that waits, oldest first."""
        ...

    def read(self, waiting: Waiting) -> bytes | None:
        """The bytes of a file, or null when it changed since it was seen."""
        ...

    def finish(self, origin: str, raw_sha256: str, date: str) -> str | None:
        """Move a file that is safely collected to ``done/<date>/``, unless its bytes have changed.

        Returns:
            Where it lies now, or null when it is gone or has changed.
        """
        ...

    def reject(self, waiting: Waiting, reason: str, digest: str) -> str | None:
        """Move a file to ``rejected/`` and write the reason beside it; null when it is gone or has changed."""
        ...

    def rejections(self) -> Iterator[str]:
        """Paths below ``rejected/`` of what was set aside."""
        ...

    def reason(self, rejected: str) -> str:
        """Why the file at this path below ``rejected/`` was set aside."""
        ...

    def aside(self) -> Iterator[Waiting]:
        """Everything that was dealt with, below ``done/`` and ``rejected/``, notes included; in no order."""
        ...

    def remove(self, waiting: Waiting) -> bool:
        """Remove a file for good, wherever it lies; False when it is gone or has changed."""
        ...

    def find(self, file: str) -> Found:
        """Find a file by its path or address, though it may have left the inbox since it was dropped.

        Raises:
            UnreadableError: it is nowhere, or no file.
        """
        ...

    def content(self, found: Found) -> bytes:
        """The bytes of a file that was found.

        Raises:
            UnreadableError: it is gone, or we may not read it.
        """
        ...

    def drop(self, name: str, data: bytes) -> None:
        """Put a new file in, unless one of that name waits."""
        ...


def is_in_the_making(origin: str) -> bool:
    """Whether a path says that its file, or a folder above it, is hidden or still being written."""
    return any(part.startswith(".") or part.lower().endswith(_IN_THE_MAKING) for part in origin.split("/"))


def found(where: str, below: str) -> Found:
    """A file by its path below the inbox."""
    first, _, rest = below.partition("/")
    if first == DONE and "/" in rest:
        return Found(where, DONE, rest.partition("/")[2])
    if first == REJECTED and rest:
        return Found(where, REJECTED, rest)
    return Found(where, "inbox", below)


def oldest_first(waiting: Iterator[Waiting]) -> list[Waiting]:
    """The order in which files are taken."""
    return sorted(waiting, key=lambda one: (one.mtime_ns, one.origin))


def steady(earlier: list[Waiting], later: list[Waiting], now_ns: int) -> list[Waiting]:
    """What held still between two looks; an empty file gets some seconds, since some writers make it first.

    Its time may lie ahead, by another machine's clock or a wrong one: it does not wait until then.
    """
    seen = set(earlier)
    return [w for w in later if w in seen and (w.size or abs(now_ns - w.mtime_ns) > _EMPTY_GRACE_NS)]


def fitting(name: str, tail: str, room: int) -> str:
    """``name + tail``, the name cut so that the whole has at most ``room`` bytes, never inside a character."""
    return name.encode("utf-8", "surrogateescape")[: room - len(tail.encode())].decode("utf-8", "ignore") + tail
