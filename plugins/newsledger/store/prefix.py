"""A prefix of an S3 bucket as the inbox: people drop with any S3 client, and no machine needs a shared disk.

An object appears whole, and its etag tells one content from another, so every step here names the etag that it means.
"""

from collections.abc import Iterator
from itertools import chain

from newsledger.errors import ConflictError, NewsledgerError, NotStoredError, UnreadableError
from newsledger.inbox import (
    DONE,
    REASON,
    REJECTED,
    Found,
    Waiting,
    fitting,
    found,
    is_in_the_making,
    oldest_first,
)
from newsledger.records import sha256
from newsledger.settings import S3Prefix, Settings
from newsledger.store.objects import Listed, Objects

KEY_BYTES = 1024
"""Longest key (Amazon S3 User Guide, "Naming Amazon S3 objects")."""


class Prefix:
    """An inbox in object storage."""

    def __init__(self, objects: Objects, prefix: str) -> None:
        """Hold the bucket and a prefix that is empty or ends in a slash; use ``open`` to get one made."""
        self._objects = objects
        self._prefix = prefix

    @classmethod
    def open(cls, settings: Settings, place: S3Prefix) -> "Prefix":
        """The inbox at this address, on the settings' endpoint; sends nothing yet."""
        return cls(Objects.open(settings.model_copy(update={"bucket": place.bucket})), place.prefix)

    def __str__(self) -> str:
        return f"s3://{self._objects.bucket}/{self._prefix}"

    def look(self) -> list[Waiting]:
        """Everything that waits, oldest first; what was dealt with is not even listed, however much it is.

        Raises:
            StoreError: the object store is out of reach, or there is no such bucket.
        """
        folders, top = self._objects.level(self._prefix)
        aside = {f"{self._prefix}{name}/" for name in (DONE, REJECTED)}
        below = (self._objects.list(folder) for folder in folders if folder not in aside)
        found = (self._waiting(listed) for listed in chain(top, *below))
        return oldest_first(one for one in found if not _is_no_file(one) and not is_in_the_making(one.origin))

    def read(self, waiting: Waiting) -> bytes | None:
        """The bytes of an object, or null when it changed since it was seen."""
        try:
            return self._objects.read(self._key(waiting.origin), etag=waiting.mark).data
        except (NotStoredError, ConflictError):
            return None

    def finish(self, origin: str, raw_sha256: str, date: str) -> str | None:
        """Move an object that is safely collected to ``done/<date>/``; where it lies now."""
        try:
            stored = self._objects.read(self._key(origin))
        except NotStoredError:
            return None
        if sha256(stored.data) != raw_sha256:
            return None
        return self._move(origin, stored.etag, f"{DONE}/{date}", raw_sha256)

    def reject(self, waiting: Waiting, reason: str, digest: str) -> str | None:
        """Move an object to ``rejected/`` and write the reason beside it; null when it is gone or has changed."""
        target = self._free(f"{REJECTED}/{_plain(waiting.origin)}", digest, waiting.mark)
        beside = fitting(target, REASON, KEY_BYTES - len(self._prefix.encode()))
        self._objects.put(self._key(beside), f"{reason.rstrip()}\n".encode(), "text/plain; charset=utf-8")
        moved = self._move(waiting.origin, waiting.mark, REJECTED, digest)
        if moved is None:
            self._objects.delete(self._key(beside))
        return moved

    def rejections(self) -> Iterator[str]:
        """Paths below ``rejected/`` of what was set aside."""
        folder = self._key(f"{REJECTED}/")
        for listed in self._objects.list(folder):
            if listed.key.endswith(REASON):
                yield listed.key.removeprefix(folder).removesuffix(REASON)

    def reason(self, rejected: str) -> str:
        """Why the object at this path below ``rejected/`` was set aside."""
        beside = fitting(f"{REJECTED}/{rejected}", REASON, KEY_BYTES - len(self._prefix.encode()))
        try:
            return self._objects.get(self._key(beside)).decode().strip()
        except NotStoredError:
            return "The reason is gone."

    def aside(self) -> Iterator[Waiting]:
        """Everything that was dealt with, below ``done/`` and ``rejected/``, notes included; in no order."""
        for name in (DONE, REJECTED):
            yield from map(self._waiting, self._objects.list(self._key(f"{name}/")))

    def remove(self, waiting: Waiting) -> bool:
        """Remove an object for good, wherever it lies; False when it is gone or has changed."""
        if self._objects.etag(self._key(waiting.origin)) is None:
            return False
        try:
            self._objects.delete(self._key(waiting.origin), waiting.mark)
        except ConflictError:
            return False
        return True

    def find(self, file: str) -> Found:
        """Find an object by its address, though it may have left the inbox since it was dropped.

        Raises:
            UnreadableError: it is not there, or not of this inbox.
        """
        if not file.startswith(str(self)):
            raise UnreadableError(f"{file} does not lie in the inbox {self}.")
        origin = file.removeprefix(str(self))
        days = sorted(self._objects.level(self._key(f"{DONE}/"))[0], reverse=True)
        dealt_with = [f"{day.removeprefix(self._prefix)}{_plain(origin)}" for day in days]
        for below in (origin, *dealt_with, f"{REJECTED}/{_plain(origin)}"):
            if self._objects.exists(self._key(below)):
                return found(f"{self}{below}", below)
        raise UnreadableError(f"{file} does not exist, and the inbox {self} has dealt with no file of that name.")

    def content(self, found: Found) -> bytes:
        """The bytes of an object that was found.

        Raises:
            UnreadableError: it is gone.
        """
        try:
            return self._objects.get(found.where.removeprefix(f"s3://{self._objects.bucket}/"))
        except NotStoredError:
            raise UnreadableError(f"{found.where} was moved this moment: ask again.") from None

    def drop(self, name: str, data: bytes) -> None:
        """Put a new object in, unless one of that name waits."""
        self._objects.create(self._key(name), data)

    def _key(self, below: str) -> str:
        return f"{self._prefix}{below}"

    def _waiting(self, listed: Listed) -> Waiting:
        moment = int(listed.modified.timestamp() * 1_000_000_000)
        return Waiting(listed.key.removeprefix(self._prefix), listed.size, moment, listed.etag)

    def _move(self, origin: str, etag: str, folder: str, digest: str) -> str | None:
        """Copy, then delete, both only while the etag holds: what takes the object's place meanwhile stays."""
        source = self._key(origin)
        target = self._key(self._free(f"{folder}/{_plain(origin)}", digest, etag))
        try:
            self._objects.copy(source, target, etag)
            self._objects.delete(source, etag)
        except (NotStoredError, ConflictError):
            return None
        return f"s3://{self._objects.bucket}/{target}"

    def _free(self, target: str, digest: str, etag: str) -> str:
        """The target, or a name beside it that carries the start of the hash, so that nothing is overwritten.

        The same content under that name is what a move left that was interrupted: it is written once more.
        """
        stem, dot, ending = target.rpartition(".") if "." in target.rsplit("/", 1)[-1] else (target, "", "")
        room = KEY_BYTES - len(self._prefix.encode())
        for number in range(10_000):
            tail = "" if not number else f".{digest[:8]}" if number == 1 else f".{digest[:8]}-{number}"
            candidate = fitting(stem, f"{tail}{dot}{ending}", room)
            lying = self._objects.etag(self._key(candidate))
            if lying is None or lying == etag:
                return candidate
        raise NewsledgerError(f"{self} holds too many objects named {target}: clear it.")


def _is_no_file(waiting: Waiting) -> bool:
    """Whether it is what some clients make of an empty folder."""
    return not waiting.size and (not waiting.origin or waiting.origin.endswith("/"))


def _plain(origin: str) -> str:
    """The path without segments that a store on disk may read as a way out of its place."""
    return "/".join(part for part in origin.split("/") if part not in {"", ".", ".."}) or "unnamed"
