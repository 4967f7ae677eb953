"""Many files, one after the other: what `newsledger extract` does, without the printing."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsledger.errors import SettingsError, UnreadableError
from newsledger.extract import document
from newsledger.records import Extraction


class Unread(NamedTuple):
    """A file that could not be read, and why, in one sentence."""

    path: str
    reason: str


def read_files(paths: Iterable[Path]) -> Iterator[Extraction | Unread]:
    """Each article of each file, in the order given; a file that fails does not keep the others back.

    A file may give articles and, where it breaks off, an `Unread` after them.

    Raises:
        SettingsError: the configuration is broken, so that no file can be read rightly.
    """
    for path in paths:
        try:
            yield from document.read_file(path)
        except UnreadableError as error:
            yield Unread(str(path), str(error))
        except SettingsError:
            raise
        except Exception as error:  # noqa: BLE001 - a slip of the rules on one text must not lose the others
            yield Unread(str(path), f"The extractor failed on it, please report this: {error!r}")
