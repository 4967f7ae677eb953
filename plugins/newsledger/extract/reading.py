"""Many files, one after the other: what `newsledger extract` does, without the printing."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsledger.errors import UnreadableError
from newsledger.extract.reader import Reader, SlipError
from newsledger.records import Extraction
from newsledger.worker import Bounds

_BOUNDS = Bounds()


class Unread(NamedTuple):
    """A file that could not be read, and why, in one sentence."""

    path: str
    reason: str


def read_files(paths: Iterable[Path], bounds: Bounds = _BOUNDS) -> Iterator[Extraction | Unread]:
    """Each article of each file, in the order given; a file that fails does not keep the others back.

    Each document is read within ``bounds``. A file may give articles and, where it breaks off, an `Unread` after them.

    Raises:
        SettingsError: the configuration is broken, so that no file can be read rightly.
    """
    with Reader(bounds) as reader:
        for path in paths:
            try:
                yield from reader.file(path)
            except UnreadableError as error:
                yield Unread(str(path), str(error))
            except SlipError as error:
                yield Unread(str(path), f"The extractor failed on it, please report this: {error}")
