"""Feeds are read in processes of their own: what hangs or eats memory is ended, alone, and the poll goes on.

Some bytes keep a parser busy for hours (a megabyte of ``<`` is enough). A reader is started when first needed and
serves one feed at a time; ``Readers`` holds a few, so that feeds are also read side by side.

Protocol over the pipes: a length (4 bytes, big-endian) and that many bytes of msgpack, both ways.
"""

import os
import select
import struct
import subprocess
import sys
import time
from queue import LifoQueue
from types import TracebackType
from typing import IO, Self

import msgspec

from newsledger.collect.entry import Feed
from newsledger.errors import UnreadableError
from newsledger.records import Record

SECONDS = 20.0
"""For one feed. The largest that were measured (10,000 entries, 10 MB) take about 8."""
MEMORY = 2 << 30
"""Bytes of address space of a reader."""

_LENGTH = struct.Struct(">I")
_READERS = 2


class Asked(Record, frozen=True, kw_only=True):
    """What a reader is to read."""

    body: bytes
    url: str
    content_type: str = ""


class Answered(Record, frozen=True, kw_only=True):
    """What it found: a feed, or why it is none."""

    feed: Feed | None = None
    refused: str | None = None


class Reader:
    """One process; not to be shared between threads."""

    def __init__(self) -> None:
        """Start it."""
        command = [sys.executable, "-m", "newsledger.collect.reader"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, body: bytes, url: str, content_type: str, seconds: float) -> Feed:
        """The feed.

        Raises:
            UnreadableError: it is none.
            TimeoutError: it took too long.
            OSError: the process ended.
        """
        until = time.monotonic() + seconds
        asked = msgspec.msgpack.encode(Asked(body=body, url=url, content_type=content_type))
        self._write(_LENGTH.pack(len(asked)) + asked, until)
        answered = msgspec.msgpack.decode(self._exactly(self._length(until), until), type=Answered)
        if answered.feed is None:
            raise UnreadableError(answered.refused or "It cannot be read.")
        return answered.feed

    def end(self) -> None:
        """Kill it and wait for its end."""
        self._process.kill()
        for pipe in (self._in, self._out):
            try:
                pipe.close()
            except OSError:  # what was still to be written to it
                continue
        self._process.wait()

    @property
    def _in(self) -> IO[bytes]:
        return self._process.stdin or sys.stdin.buffer

    @property
    def _out(self) -> IO[bytes]:
        return self._process.stdout or sys.stdout.buffer

    def _length(self, until: float) -> int:
        return int(_LENGTH.unpack(self._exactly(_LENGTH.size, until))[0])

    def _write(self, data: bytes, until: float) -> None:
        descriptor, left = self._in.fileno(), memoryview(data)
        os.set_blocking(descriptor, False)
        while left:
            _, ready, _ = select.select([], [descriptor], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            left = left[os.write(descriptor, left) :]

    def _exactly(self, size: int, until: float) -> bytes:
        found = bytearray()
        while len(found) < size:
            ready, _, _ = select.select([self._out], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            piece = os.read(self._out.fileno(), min(size - len(found), 1 << 20))
            if not piece:
                raise EOFError("the reader ended")
            found += piece
        return bytes(found)


class Readers:
    """A few readers, shared by threads; each feed gets one for itself."""

    def __init__(self, count: int = _READERS, seconds: float = SECONDS) -> None:
        """Nothing is started yet."""
        self._seconds = seconds
        self._free: LifoQueue[Reader | None] = LifoQueue()
        for _ in range(count):
            self._free.put(None)

    def __enter__(self) -> Self:
        """The readers themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them all."""
        while not self._free.empty():
            reader = self._free.get_nowait()
            if reader is not None:
                reader.end()

    def read(self, body: bytes, url: str, content_type: str = "") -> Feed:
        """The entries of a feed, as ``feeds.read`` gives them, within bounds of time and memory.

        Raises:
            UnreadableError: it is no feed, or reading it broke the bounds.
        """
        reader = self._free.get()
        try:
            reader = reader or Reader()
            return reader.read(body, url, content_type, self._seconds)
        except (TimeoutError, EOFError, OSError, msgspec.DecodeError) as error:
            if reader is not None:
                reader.end()
                reader = None
            slow = isinstance(error, TimeoutError)
            why = f"within {self._seconds:.0f} s" if slow else f"within {MEMORY >> 20:,} MB, or broke its parser"
            raise UnreadableError(f"{url} cannot be read {why}.") from error
        finally:
            self._free.put(reader)


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Read feed after feed until nobody asks any more."""
    from newsledger.collect import feeds

    while len(head := asked.read(_LENGTH.size)) == _LENGTH.size:
        one = msgspec.msgpack.decode(asked.read(_LENGTH.unpack(head)[0]), type=Asked)
        try:
            answer = Answered(feed=feeds.read(one.body, one.url, one.content_type))
        except UnreadableError as error:
            answer = Answered(refused=str(error))
        except Exception as error:  # noqa: BLE001  a slip on one feed is that feed's failure
            answer = Answered(refused=f"{one.url} broke its parser ({type(error).__name__}: {error}).")
        data = msgspec.msgpack.encode(answer)
        answers.write(_LENGTH.pack(len(data)) + data)
        answers.flush()


def main() -> None:
    """The process: bounded in memory, its answers on standard output and nothing else there."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
