"""How far a long work is: one line on standard error, where that is a terminal."""

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pyarrow as pa

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

    def rows(self, what: str, reader: "pa.RecordBatchReader") -> "pa.RecordBatchReader":
        """The same rows, told of as they pass."""
        import pyarrow as pa

        def passing() -> "Iterator[pa.RecordBatch]":
            done = 0
            for batch in reader:
                done += batch.num_rows
                self(what, done)
                yield batch

        return pa.RecordBatchReader.from_batches(reader.schema, passing()) if self._shown else reader

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._at:
            click.echo("\r\x1b[K", nl=False, err=True)
