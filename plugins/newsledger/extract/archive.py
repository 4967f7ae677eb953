"""Zip archives: the documents in them, within bounds.

Nothing is ever written to disk, so a path such as `../../x` in an archive is only a label.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from newsledger.errors import UnreadableError
from newsledger.extract.member import Member

MOST_MEMBERS = 10_000
MEMBER_BYTES = 50_000_000
TOTAL_BYTES = 500_000_000
"""Unpacked; a bomb claims more or, when it lies about it, is cut off there."""
_RATIO = 200
"""Text packs to a tenth or so; what packs a thousandfold is a bomb."""
_CHUNK = 1 << 16

_SKIPPED = ("__macosx/", ".ds_store", "thumbs.db")


def members(stream: BinaryIO) -> Iterator[Member]:
    """The files of a zip archive in the archive's order; folders, hidden and system files are passed over.

    Raises:
        UnreadableError: it is broken, encrypted, or a bomb.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            yield from _members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise UnreadableError(f"It is a broken zip archive: {error}.") from None
    except RuntimeError:  # what zipfile raises for a password
        raise UnreadableError("It is an encrypted zip archive: unpack it and drop its files.") from None


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir() and not _is_system(info.filename)]
    if len(infos) > MOST_MEMBERS:
        raise UnreadableError(f"It holds {len(infos):,} files, more than {MOST_MEMBERS:,}: split it.")
    if sum(info.file_size for info in infos) > TOTAL_BYTES:
        raise UnreadableError(f"It unpacks to more than {TOTAL_BYTES // 1_000_000} MB: split it.")
    total = 0
    for info in infos:
        data = _unpacked(archive, info)
        total += len(data)
        if total > TOTAL_BYTES:
            raise UnreadableError(f"It unpacks to more than {TOTAL_BYTES // 1_000_000} MB: split it.")
        yield Member(label=info.filename, name=info.filename, data=data)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    limit = min(MEMBER_BYTES, max(info.compress_size * _RATIO, _CHUNK))
    with archive.open(info) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"{info.filename} in it unpacks to too much.")
    return data


def _is_system(path: str) -> bool:
    lower = path.lower()
    return lower.startswith(_SKIPPED[0]) or lower.rsplit("/", 1)[-1].startswith(".") or lower.endswith(_SKIPPED[2])
