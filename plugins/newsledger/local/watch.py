"""The keeper's own thread: a store that does not answer holds up the console, never the keeper."""

import threading
from typing import Protocol

EVERY = 0.4
"""Seconds between two looks after what died."""


class Tends(Protocol):
    """What `tend` is called of again and again."""

    def tend(self) -> None:
        """Start again what needs it; raises where that does not help."""


class Watch:
    """Tends until it is ended, or until tending fails; `check` says so where it is heard."""

    def __init__(self, keeper: Tends) -> None:
        self._keeper = keeper
        self._ended = threading.Event()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise what ended the tending, if anything did."""
        if self._failure:
            raise self._failure

    def end(self) -> None:
        """Tend no more; returns once nothing is being started."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(EVERY):
            try:
                self._keeper.tend()
            except Exception as error:  # noqa: BLE001  # raised again by check
                self._failure = error
                return
