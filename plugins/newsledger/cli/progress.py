"""How far a long work is: one line on standard error, where that is a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")
_EVERY = 0.1
"""Seconds between two looks of the line."""


class Progress:
    """A line that is written over itself, and leaves nothing. ``shown`` False, or no terminal: nothing at all."""

    def __init__(self, *, shown: bool = True) -> None:
        """Nothing is written yet."""
        self._shown = shown and sys.stderr.isatty()
        self._at = 0.0

    def __call__(self, what: str, done: int) -> None:
        """Say what is being done, and how much of it was."""
        now = time.monotonic()
        if self._shown and now - self._at > _EVERY:
            self._at = now
            click.echo(f"\r\x1b[K{what}: {done:,}", nl=False, err=True)

    def counted(self, what: str, things: Iterable[T], worth: int = 1) -> Iterator[T]:
        """The things, told of as they pass; ``worth`` is how much one of them counts."""
        for number, thing in enumerate(things, 1):
            self(what, number * worth)
            yield thing

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._at:
            click.echo("\r\x1b[K", nl=False, err=True)
