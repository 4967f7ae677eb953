"""The stack on one machine, from nothing to ready, and back to nothing."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from newsledger.local import airflow, objectstore, preflight
from newsledger.local.airflow import Api, ApiError
from newsledger.local.keeper import BEATS, Keeper
from newsledger.local.processes import Component, LocalError
from newsledger.local.watch import Watch
from newsledger.settings import Settings
from newsledger.store.objects import Objects

STORE_PATIENCE, AIRFLOW_PATIENCE = 60.0, 300.0
"""Seconds within which they must be ready. The first start of Airflow on a slow disk takes minutes."""
PAUSE = 0.2

Say = Callable[[str], None]


class Stack:
    """Object store and Airflow, as a context: ready inside, gone after. `doing` is told what is waited for."""

    def __init__(self, settings: Settings, project: Path, say: Say, doing: Say) -> None:
        self.settings = settings
        self.project = project
        self.api = Api(settings)
        self._say, self._doing = say, doing
        self._components: list[Component] = []
        self._lock: IO[str] | None = None
        self._watch: Watch | None = None

    def __enter__(self) -> Self:
        self._lock = preflight.lock(self.settings)
        try:
            preflight.clear_leftovers(self.settings)
            preflight.check(self.settings, self.project)
            self._start_store()
            self._migrate()
            self._start_airflow()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def check(self) -> None:
        """Raise LocalError when starting again what died or hangs, which goes on by itself, does not help."""
        if self._watch:
            self._watch.check()

    def stop(self) -> None:
        """Stop everything, last started first, so that running tasks still find what they need. Twice is harmless.

        Asked again meanwhile (Ctrl-C), it waits no longer and kills.
        """
        with suppress(KeyboardInterrupt):
            self._end_watch()
            for component in reversed(self._components):
                self._doing(f"Stopping the {component.name}")
                component.stop()
        self._end_watch()
        for component in self._components:
            component.kill()
        self._components.clear()
        if self._lock:
            self._lock.close()
            self._lock = None

    def _end_watch(self) -> None:
        """Before anything is stopped: it would be started again."""
        if self._watch:
            self._watch.end()

    def _start(self, component: Component) -> None:
        self._components.append(component)
        component.start()

    def _start_store(self) -> None:
        """Start the embedded store where it is used, and make sure that the store can be relied on."""
        if self.settings.embedded:
            self._doing("Starting the object store")
            component = Component(objectstore.program(self.settings, self.project), self.settings.home)
            self._start(component)
            self._wait(lambda: objectstore.ready(self.settings), STORE_PATIENCE, "object store")
        self._doing("Trying the object store")
        objects = Objects.open(self.settings)
        objects.ensure_bucket()
        objects.probe()

    def _migrate(self) -> None:
        program = airflow.migration(self.settings, self.project)
        if program is None:
            return
        self._doing("Making Airflow's database")
        component = Component(program, self.settings.home)
        self._start(component)
        code = component.wait()
        self._components.remove(component)
        component.kill()
        if code != 0:
            raise LocalError(f"Airflow's database could not be made ({component.last_words()}): see {component.log}.")
        airflow.migrated(self.settings)

    def _start_airflow(self) -> None:
        self._doing("Starting Airflow")
        started = datetime.now(UTC)
        components = [Component(each, self.settings.home) for each in airflow.programs(self.settings, self.project)]
        for component in components:
            self._start(component)
        self._wait(self.api.warm, AIRFLOW_PATIENCE, "Airflow API server")
        self._wait(lambda: self._beats_since(started), AIRFLOW_PATIENCE, "Airflow scheduler")
        self._wait(self._knows_dag, AIRFLOW_PATIENCE, f"DAG {airflow.DAG}")
        self._watch = Watch(Keeper(self._components, self.api, airflow.slots(), self._say))

    def _beats_since(self, started: datetime) -> bool:
        """Whether every component has given a sign of life in this run."""
        try:
            health = self.api.get("/api/v2/monitor/health")
        except ApiError:
            return False
        beats = [(health.get(name) or {}).get(f"latest_{name}_heartbeat") for name in BEATS.values()]
        return all(beat and datetime.fromisoformat(beat) >= started for beat in beats)

    def _knows_dag(self) -> bool:
        """Whether Airflow has read the DAG; a DAG that cannot be read is an error at once."""
        with suppress(ApiError):
            if broken := self.api.get("/api/v2/importErrors")["import_errors"]:
                lines = broken[0]["stack_trace"].strip().splitlines()
                raise LocalError(f"Airflow cannot read {broken[0]['filename']}: {lines[-1]}")
            return bool(self.api.get(f"/api/v2/dags/{airflow.DAG}")["dag_id"])
        return False

    def _wait(self, ready: Callable[[], bool], patience: float, what: str) -> None:
        deadline = time.monotonic() + patience
        while not ready():
            for component in self._components:
                if not component.running():
                    raise LocalError(
                        f"The {component.name} stopped while starting ({component.last_words()}): see {component.log}."
                    )
            if time.monotonic() > deadline:
                raise LocalError(
                    f"The {what} was not ready within {patience:.0f} s: see {self.settings.home / 'logs'}."
                )
            time.sleep(PAUSE)
