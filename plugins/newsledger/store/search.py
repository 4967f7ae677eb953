"""Search everything that lies in the bucket for the words of an article, whatever it is packed in."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from newsledger.errors import NotStoredError
from newsledger.store import tombstones
from newsledger.store.objects import Objects
from newsledger.store.prints import prints

_BYTES = 200_000_000
"""Of what is packed, no more than so much unpacked is looked into at a time."""
_CHUNK = 8_000_000


@dataclass
class Searched:
    """What a search looked at, and where it found words of the article."""

    objects: int = 0
    bytes: int = 0
    """Unpacked."""
    found: dict[str, int] = field(default_factory=dict)
    """For each key how many of the prints, or the names, are in it."""
    unread: list[str] = field(default_factory=list)
    """What is packed in a way that could not be undone."""


def search(
    objects: Objects,
    wanted: Collection[str],
    names: Collection[str],
    told: Callable[[str, int], None],
    prefixes: Collection[str] = ("",),
) -> Searched:
    """Look through everything but the tombstones. ``wanted``: prints; ``names``: words that must stand nowhere."""
    done = Searched()
    for prefix in prefixes:
        for listed in objects.list(prefix):
            if listed.key.startswith(tombstones.PREFIX):
                continue
            try:
                data = objects.get(listed.key)
            except NotStoredError:
                continue
            _look_into(listed.key, data, wanted, names, done)
            told("Searching", done.objects)
    return done


def _look_into(key: str, data: bytes, wanted: Collection[str], names: Collection[str], done: Searched) -> None:
    done.objects += 1
    hits: set[str] = set()
    try:
        for text in texts(data):
            done.bytes += len(text)
            hits.update(one for one in prints(text) if one in wanted)
            hits.update(name for name in names if name in text)
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        done.unread.append(key)
    if hits:
        done.found[key] = len(hits)


def texts(data: bytes) -> Iterator[str]:
    """The texts in some bytes: unpacked from gzip, zip and Parquet, as they are otherwise."""
    if data[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(data)) as stream:
            yield from texts(stream.read(_BYTES))
    elif data[:4] == b"PAR1":
        yield from _columns(data)
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as stream:
                    yield info.filename
                    yield from texts(stream.read(_BYTES))
    else:
        yield data.decode(errors="replace")


def _columns(data: bytes) -> Iterator[str]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(io.BytesIO(data))
    for batch in file.iter_batches(batch_size=200):
        for row in batch.to_pylist():
            yield from _strings(row)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
