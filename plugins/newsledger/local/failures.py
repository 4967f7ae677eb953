"""Tasks that failed, with the reason that their log gives."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsledger.local.airflow import DAG, Api, ApiError
from newsledger.settings import Settings


@dataclass(frozen=True)
class Failure:
    """One try of a task that failed."""

    task: str
    attempt: int
    final: bool
    """Whether the task has no try left."""
    log: Path

    @property
    def reason(self) -> str:
        """The exception that ended the try, as the log tells; else where the log is."""
        return reason(self.log) or f"see {self.log}"


class Failures:
    """Asks Airflow for tries that failed since it was made; each is told once."""

    def __init__(self, api: Api, settings: Settings) -> None:
        self._api = api
        self._logs = settings.home / "airflow" / "logs"
        self._since = datetime.now(UTC)
        self._told: set[Path] = set()

    def news(self) -> Iterator[Failure]:
        """Tries that failed since the last call; none while Airflow does not answer."""
        path, states, since = f"/api/v2/dags/{DAG}/dagRuns/~/taskInstances", ["failed", "up_for_retry"], self._since
        try:
            found = self._api.get(path, state=states, start_date_gte=since.isoformat(), limit=20)["task_instances"]
        except ApiError:
            return
        for instance in found:
            failure = self._failure(instance)
            if failure.log not in self._told:
                self._told.add(failure.log)
                yield failure

    def _failure(self, instance: Mapping[str, Any]) -> Failure:
        mapped = [f"map_index={instance['map_index']}"] if instance["map_index"] >= 0 else []
        folders = [f"dag_id={DAG}", f"run_id={instance['dag_run_id']}", f"task_id={instance['task_id']}", *mapped]
        log = self._logs.joinpath(*folders, f"attempt={instance['try_number']}.log")
        return Failure(instance["task_id"], instance["try_number"], instance["state"] == "failed", log)


def reason(log: Path) -> str | None:
    """The last exception in a task's log (JSON lines), `None` where there is none."""
    if not log.exists():
        return None
    found = None
    for line in log.read_text(errors="replace").splitlines():
        try:
            detail = json.loads(line).get("error_detail")
        except (ValueError, AttributeError):
            continue
        if detail:
            found = f"{detail[0]['exc_type']}: {detail[0]['exc_value']}"
    return found
