"""Inputs that are nearly right: a beginning with a few changes, the same for the same dice."""

import random
from collections.abc import Callable, Sequence

from tests.fuzz.targets import TOKENS

MOST = 20_000
"""Bytes of an input."""


def mutated(dice: random.Random, beginnings: Sequence[bytes]) -> bytes:
    """One of the beginnings with one to eight changes; now and then nothing but noise."""
    if dice.random() < 0.02:
        return dice.randbytes(dice.randrange(400))
    data = dice.choice(beginnings)
    for _ in range(dice.choice((1, 1, 2, 2, 3, 5, 8))):
        data = dice.choice(_CHANGES)(dice, data)
    return data[:MOST]


def _place(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 1, 2, 4, 16, 64, 400)))


def _flip(dice: random.Random, data: bytes) -> bytes:
    start, _ = _place(dice, data)
    return data[:start] + bytes(byte ^ (1 << dice.randrange(8)) for byte in data[start : start + 1]) + data[start + 1 :]


def _noise(dice: random.Random, data: bytes) -> bytes:
    start, end = _place(dice, data)
    return data[:start] + dice.randbytes(end - start) + data[end:]


def _token(dice: random.Random, data: bytes) -> bytes:
    start, end = _place(dice, data)
    return data[:start] + dice.choice(TOKENS) + data[dice.choice((start, end)) :]


def _cut(dice: random.Random, data: bytes) -> bytes:
    start, end = _place(dice, data)
    return data[:start] + data[end:]


def _end(dice: random.Random, data: bytes) -> bytes:
    return data[: _place(dice, data)[0]]


def _repeat(dice: random.Random, data: bytes) -> bytes:
    start, end = _place(dice, data)
    return data[:end] + data[start:end] * dice.choice((1, 2, 10, 100)) + data[end:]


def _move(dice: random.Random, data: bytes) -> bytes:
    start, end = _place(dice, data)
    rest = data[:start] + data[end:]
    to = _place(dice, rest)[0]
    return rest[:to] + data[start:end] + rest[to:]


_CHANGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip,
    _noise,
    _token,
    _token,
    _cut,
    _end,
    _repeat,
    _move,
)
