"""The embedded object store: MiniStack in an environment of its own, on loopback, its objects below `<home>/store`."""

import os
import urllib.error
import urllib.request
from pathlib import Path

from newsledger.local.processes import LocalError, Program
from newsledger.settings import Settings

COMMAND = Path(".venv-store") / "bin" / "ministack"


def program(settings: Settings, project: Path) -> Program:
    """How to run the store; it keeps objects on disk and starts no other service and no second listener.

    Raises:
        LocalError: its environment has not been made.
    """
    command = project / COMMAND
    if not command.exists():
        raise LocalError(
            f"The embedded object store is not installed ({command} is missing): run `make run` or `make`."
        )
    folder = settings.home / "store"
    scratch = settings.home / "run"
    for each in (folder, scratch):
        each.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "SERVICES": "s3",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(settings.s3_port),
        "MINISTACK_REGION": settings.region,
        "AWS_ACCESS_KEY_ID": settings.access_key,
        "AWS_SECRET_ACCESS_KEY": settings.secret_key,
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "TMPDIR": str(scratch),
        "PYTHONUNBUFFERED": "1",
    }
    # What it has acknowledged is written; asked to stop, it waits for connections that clients keep open.
    return Program(name="object-store", argv=(str(command),), environment=environment, patience=2)


def ready(settings: Settings) -> bool:
    """Whether the store answers."""
    try:
        with urllib.request.urlopen(f"{settings.endpoint}/_ministack/ready", timeout=2) as answer:  # noqa: S310  # http by construction
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
