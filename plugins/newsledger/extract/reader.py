"""Files read in a process of their own, within bounds of time and memory for each document.

The articles and the errors are those of ``document`` and ``entry``; one file that hangs them, eats the memory or breaks
a parser costs that file alone.
"""

import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec

from newsledger import worker
from newsledger.errors import NewsledgerError, SettingsError, UnreadableError
from newsledger.records import Extraction, Record
from newsledger.worker import Bounds, LostError

FILES = 20
"""A file of many documents may take this many times the seconds of one."""
ANSWERS = 1_000_000_000
"""Bytes that all articles of a file may have, with their facts."""

_WAY_OUT = "split it, or raise NEWSLEDGER_DOCUMENT_SECONDS or NEWSLEDGER_DOCUMENT_MEMORY"


class OutOfBoundsError(UnreadableError):
    """Reading it took too much time or memory, or broke the process that read it."""


class SlipError(NewsledgerError):
    """The extractor failed on a text, which is a fault of the extractor; ``trace`` says where."""

    def __init__(self, message: str, trace: str) -> None:
        """Message: the error in short."""
        super().__init__(message)
        self.trace = trace


class _File(Record, frozen=True, kw_only=True, tag="file"):
    path: bytes


class _Bytes(Record, frozen=True, kw_only=True, tag="bytes"):
    data: bytes
    name: str


class _Entry(Record, frozen=True, kw_only=True, tag="entry"):
    data: bytes
    name: str
    page: bytes | None
    retrieved_at: str


class _Answer(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An article, or why there is none."""

    article: Extraction | None = None
    fault: Literal["unreadable", "settings", "slip"] | None = None
    message: str = ""
    trace: str = ""


_REQUESTS: Any = msgspec.msgpack.Decoder(_File | _Bytes | _Entry)
_ANSWERS = msgspec.msgpack.Decoder(_Answer)
_encode = msgspec.msgpack.Encoder().encode


class Reader:
    """One process that reads file after file; begin with it, before connections are made and threads started.

    Each method gives the articles of a file, which is handed over at once.

    Raises:
        OutOfBoundsError: a bound was broken; the next file can be read.
        UnreadableError: nothing in it can be read.
        SlipError: the extractor failed on it.
        SettingsError: the configuration is broken, so that no file can be read rightly.
    """

    def __init__(self, bounds: Bounds) -> None:
        """Bounds of time and memory for each document."""
        self._worker = worker.Worker(answers, bounds, fork=True)

    def __enter__(self) -> Self:
        """Start the process."""
        self._worker.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._worker.end()

    def file(self, path: Path) -> Iterator[Extraction]:
        """The articles of a file on disk, as ``document.read_file`` gives them."""
        return self._ask(_File(path=os.fsencode(path)))

    def document(self, data: bytes, name: str) -> Iterator[Extraction]:
        """The articles of a file's bytes, as ``document.read`` gives them."""
        return self._ask(_Bytes(data=data, name=name))

    def entry(self, data: bytes, name: str, page: bytes | None, retrieved_at: str) -> Iterator[Extraction]:
        """The article of a feed's entry, as ``entry.read`` gives it."""
        return self._ask(_Entry(data=data, name=name, page=page, retrieved_at=retrieved_at))

    def _ask(self, request: Record) -> Iterator[Extraction]:
        return _articles(self._worker.ask(_encode(request)))


def _articles(told: Iterator[bytes]) -> Iterator[Extraction]:
    try:
        for one in told:
            yield _article(_ANSWERS.decode(one))
    except LostError as error:
        raise OutOfBoundsError(f"It cannot be read: {error}; {_WAY_OUT}.") from None


def _article(answer: _Answer) -> Extraction:
    if answer.article is not None:
        return answer.article
    if answer.fault == "settings":
        raise SettingsError(answer.message)
    if answer.fault == "slip":
        raise SlipError(answer.message, answer.trace)
    raise UnreadableError(answer.message)


# ---------------------------------------------------------------- in the worker


def answers(request: bytes) -> Iterator[bytes]:
    """What the worker does."""
    try:
        for one in _read(_REQUESTS.decode(request)):
            yield _encode(_Answer(article=one))
    except UnreadableError as error:
        yield _encode(_Answer(fault="unreadable", message=str(error)))
    except SettingsError as error:
        yield _encode(_Answer(fault="settings", message=str(error)))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a slip of the rules on one text must not lose the others
        yield _encode(
            _Answer(fault="slip", message=repr(error), trace="".join(traceback.format_tb(error.__traceback__)))
        )


def _read(asked: _File | _Bytes | _Entry) -> Iterator[Extraction]:
    from newsledger.extract import document, entry

    if isinstance(asked, _File):
        return document.read_file(Path(os.fsdecode(asked.path)))
    if isinstance(asked, _Entry):
        return entry.read(asked.data, asked.name, asked.page, asked.retrieved_at)
    return document.read(asked.data, asked.name)
