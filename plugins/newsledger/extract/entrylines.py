"""Entries of polled feeds that are kept together (.entries.jsonl): each line one that `entry` reads."""

from collections.abc import Iterator
from typing import BinaryIO

from newsledger.envelope import ENDING, unpacked
from newsledger.extract.member import Member


def members(stream: BinaryIO) -> Iterator[Member]:
    """The entries, each under the name that records have for it (``raw_member``)."""
    for each in stream:
        yield from (Member(label=member, name=f"entry{ENDING}", data=line) for member, line in unpacked(each))
