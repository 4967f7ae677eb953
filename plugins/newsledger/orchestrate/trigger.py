"""The doorbell of the watched folder: it looks a few times a second and rings while files wait.

It decides nothing: the task that answers lists the inbox itself, so a ring too many or too few loses no file. Polling,
because inotify is silent on bind mounts and network file systems; a thousand files are looked at in milliseconds.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from newsledger import settings
from newsledger.collect import inbox

NAMES_SHOWN = 5


@dataclass
class Bell:
    """When to ring: at once for a file that has not been rung for, and again while files stay."""

    gap: float
    """Seconds between two rings at the least."""
    again: float
    """Seconds after which files that are still there are rung for again; longer than collecting usually takes."""
    _rung_for: frozenset[inbox.Waiting] = field(default=frozenset(), init=False)
    _rung_at: float = field(default=float("-inf"), init=False)

    def rings(self, waiting: frozenset[inbox.Waiting], now: float) -> bool:
        """Whether to ring for what waits `now` (seconds of a clock that never goes back); remembers that it did."""
        since = now - self._rung_at
        due = since >= self.gap if waiting - self._rung_for else since >= self.again
        if not waiting or not due:
            return False
        self._rung_for, self._rung_at = waiting, now
        return True


class InboxTrigger(BaseEventTrigger):
    """Rings while files lie in the inbox; starts with an empty memory, so files of a pause are rung for at once.

    Args:
        folder: the folder to watch; None means the inbox of the settings where the triggerer runs.
        interval: seconds between two looks.
        gap: seconds between two rings at the least.
        again: seconds after which files that stay are rung for again.
    """

    def __init__(self, folder: str | None = None, interval: float = 0.25, gap: float = 1.0, again: float = 5.0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Airflow leaves it untyped
        self.folder = folder
        self.interval = interval
        self.gap = gap
        self.again = again

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and arguments, from which the triggerer makes it anew."""
        arguments = {"folder": self.folder, "interval": self.interval, "gap": self.gap, "again": self.again}
        return f"{type(self).__module__}.{type(self).__qualname__}", arguments

    async def run(self) -> AsyncGenerator[TriggerEvent, None]:
        """Ring for ever. A folder that cannot be read is silence, said once in the log, never an error event."""
        folder = Path(self.folder) if self.folder else settings.load().inbox
        bell = Bell(self.gap, self.again)
        earlier: list[inbox.Waiting] = []
        fault = ""
        while True:
            try:
                later, said = await asyncio.to_thread(inbox.look, folder), ""
            except OSError as error:
                later, said = [], f"The inbox cannot be looked at: {error}"
            if said and said != fault:
                self.log.warning(said)
            fault = said
            ready = inbox.steady(earlier, later, time.time_ns())
            if bell.rings(frozenset(ready), time.monotonic()):
                yield TriggerEvent(_payload(ready))  # type: ignore[no-untyped-call]  # as above
            earlier = later
            await asyncio.sleep(self.interval)


def _payload(waiting: list[inbox.Waiting]) -> dict[str, Any]:
    """What the asset event shows to people: how many files wait, and the first names. No task reads it."""
    return {"files": len(waiting), "first": [file.origin for file in waiting[:NAMES_SHOWN]]}
