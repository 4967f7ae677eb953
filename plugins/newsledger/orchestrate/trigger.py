"""The doorbell of the inbox: it looks a few times a second and rings while files wait.

It decides nothing: the task that answers lists the inbox itself, so a ring too many or too few loses no file. Polling,
because inotify is silent on bind mounts and network file systems; a thousand files are looked at in milliseconds.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from newsledger import settings
from newsledger.errors import StoreError
from newsledger.inbox import Inbox, Waiting, steady
from newsledger.inboxes import inbox
from newsledger.settings import S3Prefix

NAMES_SHOWN = 5
_LOCAL, _REMOTE = 0.25, 5.0


@dataclass
class Bell:
    """When to ring: at once for a file that has not been rung for, and again while files stay."""

    gap: float
    """Seconds between two rings at the least."""
    again: float
    """Seconds after which files that are still there are rung for again; longer than collecting usually takes."""
    _rung_for: frozenset[Waiting] = field(default=frozenset(), init=False)
    _rung_at: float = field(default=float("-inf"), init=False)

    def rings(self, waiting: frozenset[Waiting], now: float) -> bool:
        """Whether to ring for what waits `now` (seconds of a clock that never goes back); remembers that it did."""
        since = now - self._rung_at
        due = since >= self.gap if waiting - self._rung_for else since >= self.again
        if not waiting or not due:
            return False
        self._rung_for, self._rung_at = waiting, now
        return True


class InboxTrigger(BaseEventTrigger):
    """Rings while files lie in an inbox; starts with an empty memory, so files of a pause ring too.

    Args:
        place: a folder or an address; None means the inbox of the settings where the triggerer runs.
        interval: seconds between two looks; None means .25 for a folder and 5 for a prefix of a bucket, where each
            look is a request that may cost money.
        gap: seconds between two rings at the least.
        again: seconds after which files that stay are rung for again.
    """

    def __init__(
        self, place: str | None = None, interval: float | None = None, gap: float = 1.0, again: float = 5.0
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Airflow leaves it untyped
        self.place = place
        self.interval = interval
        self.gap = gap
        self.again = again

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and arguments, from which the triggerer makes it anew."""
        arguments = {"place": self.place, "interval": self.interval, "gap": self.gap, "again": self.again}
        return f"{type(self).__module__}.{type(self).__qualname__}", arguments

    async def run(self) -> AsyncGenerator[TriggerEvent, None]:
        """Ring for ever."""
        given = settings.Settings.model_validate({"inbox": self.place}) if self.place else settings.load()
        interval = self.interval or (_REMOTE if isinstance(given.inbox, S3Prefix) else _LOCAL)
        place = await asyncio.to_thread(inbox, given)
        async for ready in rings(place, Bell(self.gap, self.again), interval, self.log.warning):
            yield TriggerEvent(payload(ready))  # type: ignore[no-untyped-call]  # as above


async def rings(
    place: Inbox, bell: Bell, interval: float, warn: Callable[[str], object]
) -> AsyncGenerator[list[Waiting], None]:
    """What waits and held still, each time that the bell rings for it, for ever.

    An inbox that cannot be looked at is silence, told once to ``warn``, never an error.
    """
    earlier: list[Waiting] = []
    fault = ""
    while True:
        try:
            later, said = await asyncio.to_thread(place.look), ""
        except (OSError, StoreError) as error:
            later, said = [], f"The inbox cannot be looked at: {error}"
        if said and said != fault:
            warn(said)
        fault = said
        ready = steady(earlier, later, time.time_ns())
        if bell.rings(frozenset(ready), time.monotonic()):
            yield ready
        earlier = later
        await asyncio.sleep(interval)


def payload(waiting: list[Waiting]) -> dict[str, Any]:
    """What the asset event shows to people: how many files wait, and the first names. No task reads it."""
    return {"files": len(waiting), "first": [file.origin for file in waiting[:NAMES_SHOWN]]}
