"""A line that tells what is being waited for: a spinner on a terminal, a line now and then elsewhere."""

import time
from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status

EVERY = 10.0
"""Seconds between two lines about one long wait, where there is no terminal."""


class Progress:
    """Says what is done (`say`, stays) and what is being done (`doing`, is replaced)."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status: Status | None = None
        self._doing = ""
        self._since = self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.doing("")

    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def say(self, text: str) -> None:
        """Print a line with the time of day."""
        self._console.print(f"[dim]{datetime.now().astimezone():%H:%M:%S}[/]  {text}" if text else "", soft_wrap=True)

    def doing(self, text: str, *, at_once: bool = True) -> None:
        """Tell what is being waited for; an empty text means nothing.

        Without a terminal, what is not to be said `at_once` is said only when it takes long.
        """
        now = time.monotonic()
        if not text or not self._doing:
            self._since = now
        if self._console.is_terminal:
            self._spin(text)
        elif text and ((at_once and text != self._doing) or now - self._since > EVERY):
            self._since = now
            self.say(f"{text} ...")
        self._doing = text

    def _spin(self, text: str) -> None:
        if text and self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        elif text and self._status is not None:
            self._status.update(text)
        elif self._status is not None:
            self._status.stop()
            self._status = None
