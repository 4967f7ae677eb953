"""Keeps the stack going: starts again what died, and what lives but does no work."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newsledger.local.airflow import Api, ApiError
from newsledger.local.processes import Component, LocalError

QUEUED_TOO_LONG = 20.0
"""Seconds after which a task that waits for a free worker is stuck. LocalExecutor's workers share one queue whose lock
an idle worker holds while it waits: when that worker is killed, the queue hangs for good."""
SILENT_TOO_LONG = 45.0
"""Seconds without a heartbeat after which a component that still runs is taken for dead."""
LOOK_EVERY = 4.0
REST, DOUBLINGS = 60.0, 3
"""Seconds for which a component that was started again is given time: it must first take over what is under way. Twice
as long after each start that did not help, up to so many times: on a machine that is too busy, starting again is what
keeps it from working."""
STEADY, MANY = 30.0, 6
"""A component that died within so many seconds of its start, so many times in a row, is not helped by another start.
One that worked for a while and was killed is, however often that happens."""

BEATS = {"scheduler": "scheduler", "triggerer": "triggerer", "dag-processor": "dag_processor"}
"""Component, and its name in Airflow's health report."""


@dataclass
class _Care:
    """One component, and what is remembered of it."""

    component: Component
    started: float
    rested: float
    """When it may be judged again."""
    again: float = 0.0
    """When the next start may be tried, after one that failed."""
    early_deaths: int = 0
    """In a row."""
    in_vain: int = 0
    """Starts since it was last seen at work, though it ran."""

    @property
    def rest(self) -> float:
        """Seconds that it is given now."""
        return REST * float(1 << min(self.in_vain, DOUBLINGS))


class Keeper:
    """Watches the components; `tend` is called again and again, and looks every few seconds."""

    def __init__(self, components: Sequence[Component], api: Api, slots: int, say: Callable[[str], None]) -> None:
        now = time.monotonic()
        self._cares = {component.name: _Care(component, now, now + REST) for component in components}
        self._api = api
        self._slots = slots
        self._say = say
        self._looked = now

    def tend(self) -> None:
        """Start again what needs it.

        Raises:
            LocalError: a component keeps dying.
        """
        for care in self._cares.values():
            if not care.component.running() and time.monotonic() >= care.again:
                self._restart(care, "stopped by itself")
        if time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            self._look()

    def _look(self) -> None:
        try:
            health = self._api.get("/api/v2/monitor/health")
            listed = self._api.get("/api/v2/dags/~/dagRuns/~/taskInstances", state=["queued", "running"], limit=100)
        except ApiError:
            return  # a dead API server is seen by its process; a slow one is asked again
        for name, reported in BEATS.items():
            care = self._cares[name]
            if time.monotonic() <= care.rested:
                continue
            if reason := self._fault(reported, health.get(reported) or {}, listed["task_instances"]):
                self._restart(care, reason)
                care.in_vain += 1
            else:
                care.in_vain = 0

    def _fault(self, name: str, report: Mapping[str, Any], instances: Sequence[Mapping[str, Any]]) -> str | None:
        now = datetime.now(UTC)
        if silent(report, name, now):
            return "gave no sign of life"
        if name == "scheduler" and stuck(instances, now, self._slots):
            return "let tasks wait though workers were free"
        return None

    def _restart(self, care: _Care, reason: str) -> None:
        now, name = time.monotonic(), care.component.name
        care.early_deaths = care.early_deaths + 1 if now - care.started < STEADY else 0
        if care.early_deaths > MANY:
            raise LocalError(f"The {name} {reason}, again and again: its log is {care.component.log}.")
        self._say(f"The {name} {reason}; it is started again.")
        care.component.stop(patience=1)
        care.started, care.rested = now, now + care.rest
        try:
            care.component.start()
        except LocalError as error:  # a full disk: whoever fills it is waited for
            self._say(f"{error} It is tried again.")
            care.early_deaths, care.again = 0, now + LOOK_EVERY


def stuck(instances: Sequence[Mapping[str, Any]], now: datetime, slots: int) -> bool:
    """Whether a task has been queued for long though a slot is free: then no worker takes from the queue."""
    running = sum(instance["state"] == "running" for instance in instances)
    waits = [_seconds_since(instance["queued_when"], now) for instance in instances if instance["state"] == "queued"]
    return running < slots and max(waits, default=0.0) > QUEUED_TOO_LONG


def silent(report: Mapping[str, Any], name: str, now: datetime) -> bool:
    """Whether a part of Airflow's health report tells of a component that has not beaten for long."""
    return _seconds_since(report.get(f"latest_{name}_heartbeat"), now) > SILENT_TOO_LONG


def _seconds_since(moment: str | None, now: datetime) -> float:
    """Seconds since an ISO 8601 date-time; none when it never was."""
    return (now - datetime.fromisoformat(moment)).total_seconds() if moment else 0.0
