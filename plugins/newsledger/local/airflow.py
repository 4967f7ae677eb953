"""Airflow on one machine: its settings, its programs, and the few questions that we ask its API."""

import contextlib
import json
import os
import sqlite3
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from newsledger.local.processes import Program
from newsledger.settings import Settings

USER = "admin"
DAG = "watch_inbox"

# Measured on two cores with Airflow 3.3.2; each comment says what the default costs.
TUNING: Mapping[str, str] = {
    "CORE__EXECUTOR": "LocalExecutor",
    "CORE__LOAD_EXAMPLES": "False",
    "CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",  # a paused DAG does not watch
    "CORE__PARALLELISM": "4",  # workers are forked at start: 32 take 1.1 GiB
    "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
    "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.25",  # 1 s between two tasks
    "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",  # a killed task is noticed after 5 minutes
    "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",  # and up to 10 s later
    "SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "15",  # tasks of a killed scheduler wait 5 minutes
    "SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "15",
    "TRIGGERER__TRIGGERER_HEALTH_CHECK_THRESHOLD": "15",  # a killed triggerer's watchers move after 30 s
    "WORKERS__MIN_HEARTBEAT_INTERVAL": "1",  # a slot is held 5 s after its task
    "DAG_PROCESSOR__REFRESH_INTERVAL": "30",  # a new DAG file is found after 5 minutes
    "DAG_PROCESSOR__PARSING_PROCESSES": "1",
    "DAG_PROCESSOR__PRINT_STATS_INTERVAL": "300",
    "API__WORKERS": "1",
    "API__HOST": "127.0.0.1",
    "API__EXPOSE_CONFIG": "False",
    "LOGGING__NAMESPACE_LEVELS": "great_expectations=WARNING",
    "USAGE_DATA_COLLECTION__ENABLED": "False",
}


def environment(settings: Settings, project: Path) -> dict[str, str]:
    """The environment of every Airflow process: ours, Airflow's settings, and newsledger's with absolute paths."""
    home = settings.home / "airflow"
    url = base_url(settings)
    ours = {
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "CORE__DAGS_FOLDER": str(project / "dags"),
        "CORE__PLUGINS_FOLDER": str(project / "plugins"),
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords(settings)),
        "CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "API__BASE_URL": url,
        "API__PORT": str(settings.airflow_port),
        "LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(home / "logs" / "dag_processor"),
    }
    # What the user set by AIRFLOW__* wins over our tuning, never over the addresses of this stack.
    tuning = {name: value for key, value in TUNING.items() if (name := f"AIRFLOW__{key}") not in os.environ}
    return {
        **os.environ,
        **tuning,
        **{f"AIRFLOW__{key}": value for key, value in ours.items()},
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(project / "config"), os.environ.get("PYTHONPATH")))),
        "PYTHONUNBUFFERED": "1",
        "OPENBLAS_NUM_THREADS": "1",  # a thread for each core before the fork, for arithmetic that nobody does
        "NO_PROXY": ",".join(filter(None, ("127.0.0.1,localhost", os.environ.get("NO_PROXY")))),
        "NEWSLEDGER_AIRFLOW_DATABASE": ours["DATABASE__SQL_ALCHEMY_CONN"],  # housekeeping cleans it
        "NEWSLEDGER_HOME": str(settings.home),
        "NEWSLEDGER_INBOX": str(settings.inbox),
        "NEWSLEDGER_CONFIG": str(settings.config),
    }


def programs(settings: Settings, project: Path) -> tuple[Program, ...]:
    """The four programs of Airflow, in order of start. No log servers: all logs lie on this disk."""
    surroundings = environment(settings, project)
    commands: tuple[tuple[str, tuple[str, ...], float], ...] = (
        ("api-server", ("api-server",), 10),
        ("scheduler", ("scheduler", "--skip-serve-logs"), 30),  # it lets running tasks finish
        ("dag-processor", ("dag-processor",), 10),
        # Asked to stop, it waits ten seconds for its child, which waits for an answer from it. Nothing is lost.
        ("triggerer", ("triggerer", "--skip-serve-logs"), 2),
    )
    return tuple(
        Program(name=name, argv=(*airflow(), *arguments), environment=surroundings, patience=patience)
        for name, arguments, patience in commands
    )


def slots() -> int:
    """How many tasks run at a time."""
    return int(os.environ.get("AIRFLOW__CORE__PARALLELISM", TUNING["CORE__PARALLELISM"]))


def airflow() -> tuple[str, ...]:
    """The command `airflow` of this very environment."""
    return (sys.executable, "-m", "airflow")


def migration(settings: Settings, project: Path) -> Program | None:
    """What must run before the rest, once for each version of Airflow, or None when the database is up to date."""
    stamp = _stamp(settings)
    if stamp.exists() and stamp.read_text() == version("apache-airflow") and _database_made(settings):
        return None
    surroundings = environment(settings, project)
    (settings.home / "airflow").mkdir(parents=True, exist_ok=True)
    return Program(name="migration", argv=(*airflow(), "db", "migrate"), environment=surroundings, patience=60)


def migrated(settings: Settings) -> None:
    """Remember that the database fits this version of Airflow."""
    _stamp(settings).write_text(version("apache-airflow"))


def _stamp(settings: Settings) -> Path:
    return settings.home / "airflow" / "migrated"


def _database_made(settings: Settings) -> bool:
    """Whether the database has its tables: a killed migration leaves a file without them."""
    database = settings.home / "airflow" / "airflow.db"
    if not database.exists():
        return False
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database)) as connection:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'dag_run'").fetchone()[0])
    return False


def base_url(settings: Settings) -> str:
    """Address of the UI and the API."""
    return f"http://127.0.0.1:{settings.airflow_port}"


def passwords(settings: Settings) -> Path:
    """The file with the password that Airflow generates for the user `admin` at the first start."""
    return settings.home / "airflow" / "passwords.json"


def password(settings: Settings) -> str | None:
    """The admin's password, once Airflow has made it."""
    try:
        found = json.loads(passwords(settings).read_text()).get(USER)
    except (OSError, ValueError):
        return None
    return str(found) if found else None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Loopback is asked directly, whatever proxy the environment names."""


Query = str | int | Sequence[str]


class ApiError(Exception):
    """Airflow's API gave no answer that can be used (yet)."""


class Api:
    """A small client of Airflow's public API, as the admin of the local stack."""

    def __init__(self, settings: Settings, timeout: float = 5.0) -> None:
        self._settings = settings
        self._url = base_url(settings)
        self._timeout = timeout
        self._token: str | None = None

    def get(self, path: str, **query: Query) -> Any:
        """The answer to a GET of `path` (below the base address) as JSON; a list asks for any of its values.

        Raises:
            ApiError: no answer, an error answer, or no password yet.
        """
        return self._send("GET", path, query=query)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer to a POST of `body` as JSON; raises as `get` does."""
        return self._send("POST", path, body=body)

    def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer to a PATCH of `body` as JSON; raises as `get` does."""
        return self._send("PATCH", path, body=body)

    def warm(self) -> bool:
        """Whether the API that tasks speak to answers. The first answer takes seconds: better now than in a task."""
        try:
            with _OPENER.open(f"{self._url}/execution/health", timeout=60) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, Query] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        if self._token is None:
            self._token = self._log_in()
        target = path + ("?" + urllib.parse.urlencode(query, doseq=True) if query else "")
        try:
            return self._open(method, target, body, {"Authorization": f"Bearer {self._token}"})
        except urllib.error.HTTPError as error:
            if error.code == 401:
                self._token = None
            if error.code in {400, 422}:
                raise  # we asked wrongly: no state of Airflow explains it
            raise ApiError(f"{method} {path}: {error}") from error
        except (OSError, ValueError) as error:
            raise ApiError(f"{method} {path}: {error}") from error

    def _log_in(self) -> str:
        secret = password(self._settings)
        if secret is None:
            raise ApiError("no password has been made yet")
        try:
            answer = self._open("POST", "/auth/token", {"username": USER, "password": secret}, {})
            return str(answer["access_token"])
        except (OSError, ValueError, KeyError) as error:
            raise ApiError(f"login: {error}") from error

    def _open(self, method: str, target: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]) -> Any:
        request = urllib.request.Request(  # noqa: S310  # http by construction
            self._url + target,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json", **headers},
        )
        with _OPENER.open(request, timeout=self._timeout) as answer:
            return json.loads(answer.read() or b"null")
