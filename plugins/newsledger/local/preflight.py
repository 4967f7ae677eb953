"""What must hold before anything is started; each fault is one sentence with the way out."""

import fcntl
import importlib.util
import os
import socket
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from newsledger.local.processes import LocalError, end_leftovers
from newsledger.settings import Settings


def lock(settings: Settings) -> IO[str]:
    """Hold the home folder for this process until the returned file is closed (or the process dies).

    Raises:
        LocalError: it cannot be written, or another `newsledger up` holds it.
    """
    path = settings.home / "run" / "lock"
    _check_folder(path.parent, "NEWSLEDGER_HOME")
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise LocalError(
            f"newsledger already runs on {settings.home} (process {holder}): stop it first with Ctrl-C, "
            "or choose another folder with NEWSLEDGER_HOME and other ports."
        ) from None
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return file


def clear_leftovers(settings: Settings) -> None:
    """End what a run that crashed left behind in this home folder."""
    for pid_file in sorted((settings.home / "run").glob("*.json")):
        end_leftovers(pid_file)


def check(settings: Settings, project: Path) -> None:
    """Refuse to start where it cannot work.

    Raises:
        LocalError: an inbox that cannot be written, Airflow or the DAGs missing, or a taken port.
    """
    if isinstance(settings.inbox, Path):
        _check_folder(settings.inbox, "NEWSLEDGER_INBOX")
    if importlib.util.find_spec("airflow") is None:
        raise LocalError("Airflow is not installed in this environment: start with `make run`, which installs it.")
    if not (project / "dags").is_dir():
        raise LocalError(f"There is no dags folder in {project}: start newsledger from a clone of its repository.")
    _check_port(settings.airflow_port, "NEWSLEDGER_AIRFLOW_PORT")
    if settings.embedded:
        if settings.s3_port == settings.airflow_port:
            raise LocalError(
                f"Airflow and the object store cannot share port {settings.s3_port}: "
                "choose another with NEWSLEDGER_AIRFLOW_PORT or NEWSLEDGER_S3_PORT."
            )
        _check_port(settings.s3_port, "NEWSLEDGER_S3_PORT")


def _check_folder(folder: Path, variable: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise LocalError(
            f"The folder {folder} cannot be written ({error.strerror}): give yourself write access, "
            f"or choose another with {variable}."
        ) from None


def _check_port(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise LocalError(
                f"Port {port} is taken{_holder(port)}: stop that program, or choose another port with {variable}."
            ) from None


def _holder(port: int) -> str:
    """Who listens there, where we may know."""
    with suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            if connection.laddr and connection.laddr.port == port and connection.status == psutil.CONN_LISTEN:
                return (
                    f" by {psutil.Process(connection.pid).name()} (process {connection.pid})" if connection.pid else ""
                )
    return ""
