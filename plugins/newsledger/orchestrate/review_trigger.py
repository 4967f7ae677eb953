"""The doorbell of the review: it rings when something waits for a person who is not being asked already."""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from newsledger import settings
from newsledger.errors import NewsledgerError

AGAIN = 300.0
"""Seconds after which a ring that nobody answered is repeated."""


class ReviewTrigger(BaseEventTrigger):
    """Rings when a review is due; a store that is away is silence.

    Args:
        interval: seconds between two looks, a few small requests each.
    """

    def __init__(self, interval: float = 15.0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Airflow leaves it untyped
        self.interval = interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and arguments, from which the triggerer makes it anew."""
        return f"{type(self).__module__}.{type(self).__qualname__}", {"interval": self.interval}

    async def run(self) -> AsyncGenerator[TriggerEvent, None]:
        """Ring for ever."""
        from newsledger.pipeline import rounds

        rung_at = float("-inf")
        fault = ""
        while True:
            try:
                waits, said = await asyncio.to_thread(lambda: rounds.waits(settings.load())), ""
            except NewsledgerError as error:
                waits, said = False, str(error)
            if said and said != fault:
                self.log.warning(said)
            fault = said
            if not waits:
                rung_at = float("-inf")
            elif time.monotonic() - rung_at >= AGAIN:
                rung_at = time.monotonic()
                yield TriggerEvent({"waits": True})  # type: ignore[no-untyped-call]  # as above
            await asyncio.sleep(self.interval)
