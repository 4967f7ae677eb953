"""Tells when disk or store run short, and when there is room again."""

from collections.abc import Callable

from newsledger.local.processes import LocalError
from newsledger.pipeline import capacity
from newsledger.settings import Settings
from newsledger.store.objects import Objects


class Room:
    """Looks for room; each shortage is told once, and so is its end."""

    def __init__(self, settings: Settings, objects: Objects, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._objects = objects
        self._say = say
        self._short = False

    def look(self, *, once: bool = False) -> None:
        """Tell what changed.

        Raises:
            LocalError: there is too little, and with ``once`` nobody waits for more.
            StoreError: the object store is out of reach.
        """
        short = capacity.shortage(self._settings, self._objects)
        if short and once:
            raise LocalError(short)
        if short and not self._short:
            self._say(short)
        if self._short and not short:
            self._say("There is room again: collecting goes on.")
        self._short = bool(short)
