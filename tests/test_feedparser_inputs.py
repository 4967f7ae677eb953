"""Feedparser's own test inputs, cut at random places and with bytes flipped: each is read, or refused with a reason.

They are no part of this project. To run this, unpack the source of feedparser and name its folder of tests:

    pip download --no-deps --no-binary :all: feedparser && tar xf feedparser-*.tar.gz
    NEWSLEDGER_FEEDPARSER_TESTS=feedparser-*/tests pytest tests/test_feedparser_inputs.py
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsledger.collect.reader import BOUNDS, Readers
from newsledger.errors import UnreadableError

FOLDER = os.environ.get("NEWSLEDGER_FEEDPARSER_TESTS", "")
ROUNDS = int(os.environ.get("NEWSLEDGER_FEEDPARSER_ROUNDS", "3"))
pytestmark = pytest.mark.skipif(not FOLDER, reason="set NEWSLEDGER_FEEDPARSER_TESTS to feedparser's folder of tests")


def variants(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """The input whole, cut, and with some bytes flipped."""
    yield data
    for _ in range(ROUNDS):
        yield data[: chance.randrange(len(data) + 1)]
        flipped = bytearray(data)
        for _ in range(chance.randint(1, 20) if data else 0):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


@pytest.mark.parametrize("part", ["wellformed", "illformed", "encoding", "entities", "http", "compression"])
def test_every_input_however_broken_is_read_or_refused_with_a_reason(part: str) -> None:
    chance = random.Random(part)
    files = sorted(path for path in Path(FOLDER, part).rglob("*") if path.is_file())
    assert files
    with Readers(1) as readers:
        for path in files:
            for data in variants(path.read_bytes(), chance):
                began = time.monotonic()
                refused = refusal(readers, data, path.name)
                assert refused is None or (refused.endswith(".") and "broke its parser" not in refused), path
                assert time.monotonic() - began < BOUNDS.seconds


def refusal(readers: Readers, data: bytes, name: str) -> str | None:
    """Why the bytes are no feed; null where they were read."""
    try:
        readers.read(data, f"https://news.example/{name}", "application/xml")
    except UnreadableError as error:
        return str(error)
    return None
