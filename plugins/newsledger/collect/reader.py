"""Feeds are read in processes of their own: what hangs or eats memory is ended, alone, and the poll goes on."""

from collections.abc import Iterator
from queue import LifoQueue
from types import TracebackType
from typing import Self

import msgspec

from newsledger.collect.entry import Feed
from newsledger.errors import UnreadableError
from newsledger.records import Record
from newsledger.worker import Bounds, LostError, Worker

BOUNDS = Bounds(seconds=20.0, memory=2 << 30)
"""For one feed. The largest that were measured (10,000 entries, 10 MB) take about 8 s."""

_READERS = 2


class _Asked(Record, frozen=True, kw_only=True):
    body: bytes
    url: str
    content_type: str = ""


class _Answered(Record, frozen=True, kw_only=True):
    """What was found: a feed, or why it is none."""

    feed: Feed | None = None
    refused: str | None = None


class Readers:
    """A few readers, shared by threads; each feed gets one for itself."""

    def __init__(self, count: int = _READERS, bounds: Bounds = BOUNDS) -> None:
        """Nothing is started yet."""
        self._free: LifoQueue[Worker] = LifoQueue()
        for _ in range(count):
            self._free.put(Worker(answers, bounds, fork=False))  # feeds are fetched by threads

    def __enter__(self) -> Self:
        """The readers themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them all."""
        while not self._free.empty():
            self._free.get_nowait().end()

    def read(self, body: bytes, url: str, content_type: str = "") -> Feed:
        """The entries of a feed, as ``feeds.read`` gives them, within bounds of time and memory.

        Raises:
            UnreadableError: it is no feed, or reading it broke the bounds.
        """
        reader = self._free.get()
        try:
            asked = msgspec.msgpack.encode(_Asked(body=body, url=url, content_type=content_type))
            (told,) = reader.ask(asked)
        except LostError as error:
            raise UnreadableError(f"{url} cannot be read: {error}.") from error
        finally:
            self._free.put(reader)
        answered = msgspec.msgpack.decode(told, type=_Answered)
        if answered.feed is None:
            raise UnreadableError(answered.refused or "It cannot be read.")
        return answered.feed


def answers(request: bytes) -> Iterator[bytes]:
    """What a reader does."""
    from newsledger.collect import feeds

    one = msgspec.msgpack.decode(request, type=_Asked)
    try:
        answer = _Answered(feed=feeds.read(one.body, one.url, one.content_type))
    except UnreadableError as error:
        answer = _Answered(refused=str(error))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a slip on one feed is that feed's failure
        answer = _Answered(refused=f"{one.url} broke its parser ({type(error).__name__}: {error}).")
    yield msgspec.msgpack.encode(answer)
