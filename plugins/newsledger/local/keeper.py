"""Keeps the stack going: starts again what died, and what lives but does no work."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
REST = 60.0
"""Seconds for which a component that was started again is given time: it must first take over what is under way."""
STEADY, MANY = 30.0, 6
"""A component that died within so many seconds of its start, so many times in a row, is not helped by another start.
One that worked for a while and was killed is, however often that happens."""

BEATS = {"scheduler": "scheduler", "triggerer": "triggerer", "dag-processor": "dag_processor"}
"""Component, and its name in Airflow's health report."""


class Keeper:
    """Watches the components; `tend` is called again and again, and looks every few seconds."""

    def __init__(self, components: Sequence[Component], api: Api, slots: int, say: Callable[[str], None]) -> None:
        self._components = {component.name: component for component in components}
        self._api = api
        self._slots = slots
        self._say = say
        self._looked = time.monotonic()
        self._rested = dict.fromkeys(self._components, time.monotonic() + REST)
        self._started = dict.fromkeys(self._components, time.monotonic())
        self._early_deaths: Counter[str] = Counter()
        self._again = dict.fromkeys(self._components, 0.0)

    def tend(self) -> None:
        """Start again what needs it.

        Raises:
            LocalError: a component keeps dying.
        """
        for name, component in self._components.items():
            if not component.running() and time.monotonic() >= self._again[name]:
                self._restart(component, "stopped by itself")
        if time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            self._look()

    def _look(self) -> None:
        try:
            health = self._api.get("/api/v2/monitor/health")
            listed = self._api.get("/api/v2/dags/~/dagRuns/~/taskInstances", state=["queued", "running"], limit=100)
        except ApiError:
            return  # a dead API server is seen by its process; a slow one is asked again
        now = datetime.now(UTC)
        for name, reported in BEATS.items():
            if self._may_act(name) and silent(health.get(reported) or {}, reported, now):
                self._restart(self._components[name], "gave no sign of life")
        if self._may_act("scheduler") and stuck(listed["task_instances"], now, self._slots):
            self._restart(self._components["scheduler"], "let tasks wait though workers were free")

    def _may_act(self, name: str) -> bool:
        return time.monotonic() > self._rested[name]

    def _restart(self, component: Component, reason: str) -> None:
        now, name = time.monotonic(), component.name
        early = now - self._started[name] < STEADY
        self._early_deaths[name] = self._early_deaths[name] + 1 if early else 0
        if self._early_deaths[name] > MANY:
            raise LocalError(f"The {name} {reason}, again and again: its log is {component.log}.")
        self._say(f"The {name} {reason}; it is started again.")
        component.stop(patience=1)
        try:
            component.start()
        except LocalError as error:  # a full disk: whoever fills it is waited for
            self._say(f"{error} It is tried again.")
            self._early_deaths[name], self._again[name] = 0, now + LOOK_EVERY
        self._started[name], self._rested[name] = now, now + REST


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
