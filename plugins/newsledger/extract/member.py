"""A file inside a file."""

from typing import NamedTuple


class Member(NamedTuple):
    """One file of an archive."""

    label: str
    """What it is called in the archive: its path, or its address."""
    name: str
    """A file name whose ending decides the format."""
    data: bytes
    url: str | None = None
    """Where it was fetched from, when the archive says so."""
