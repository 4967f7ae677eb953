"""What people are told, each cause once in a period."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from newsledger.errors import StoreError
from newsledger.pipeline.telling import Event
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import alerts as told
from newsledger.store.objects import Objects


class Alert(NamedTuple):
    """Something that a person should know."""

    event: Event
    cause: str
    """What makes it the same as one before."""
    subject: str
    """One line."""
    text: str
    """Plain text: what, where, what to do."""


def untold(settings: Settings, alerts: Sequence[Alert], again: timedelta, now: datetime) -> list[Alert]:
    """Those of which nobody was told within the period; from now on somebody is.

    The store remembers it, and while that is out of reach a folder of this machine does.
    """
    try:
        objects = Objects.open(settings)
        return [alert for alert in alerts if told.claim(objects, alert.cause, now, again)]
    except StoreError:
        return [alert for alert in alerts if _claim_here(settings, alert.cause, now, again)]


def give_back(settings: Settings, alerts: Sequence[Alert]) -> None:
    """Nobody could be told of these: the next time counts as the first."""
    for alert in alerts:
        _note(settings, alert.cause).unlink(missing_ok=True)
    try:
        objects = Objects.open(settings)
        for alert in alerts:
            told.give_back(objects, alert.cause)
    except StoreError:
        return


def _claim_here(settings: Settings, cause: str, now: datetime, again: timedelta) -> bool:
    note = _note(settings, cause)
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        if note.exists() and now.timestamp() - note.stat().st_mtime < again.total_seconds():
            return False
        note.touch()
        os.utime(note, (now.timestamp(), now.timestamp()))
    except OSError:
        return False  # neither store nor disk: the logs tell it
    return True


def _note(settings: Settings, cause: str) -> Path:
    return settings.home / "alerts" / sha256(cause.encode())[:32]


def summed(alerts: Sequence[Alert]) -> Mapping[Event, Alert]:
    """One message an event, however many causes it has."""
    found: dict[Event, Alert] = {}
    for event in Event:
        mine = [alert for alert in alerts if alert.event is event]
        if len(mine) == 1:
            found[event] = mine[0]
        elif mine:
            text = "\n\n".join(f"{alert.subject}\n{alert.text}" for alert in mine)
            found[event] = Alert(event, mine[0].cause, f"{mine[0].subject}, and {len(mine) - 1} more", text)
    return found
