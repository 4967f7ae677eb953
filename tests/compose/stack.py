"""A stack of its own in a fresh clone: its folder, its containers, its ports; what a user has, and no more."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.compose.standins import REGISTRY, ROOT

T = TypeVar("T")

PATIENCE = 240.0
"""Seconds after which what was waited for does not come."""


@dataclass
class Stack:
    """One deployment; ``settings`` are lines of its `.env` that are not secrets."""

    folder: Path
    project: str
    settings: dict[str, str] = field(default_factory=dict)
    said: str = ""
    """What `make up` said."""

    @classmethod
    def clone(cls, folder: Path, project: str, pip_options: str, **settings: str) -> "Stack":
        """Clone the project as it is committed; nothing is started."""
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        own = {
            "COMPOSE_PROJECT_NAME": project,
            "NEWSLEDGER_REGISTRY": REGISTRY,
            "NEWSLEDGER_IMAGE": "newsledger-test:latest",
            "NEWSLEDGER_PIP_OPTIONS": pip_options,
            "NEWSLEDGER_AIRFLOW_PORT": str(free_port()),
            "NEWSLEDGER_S3_PORT": str(free_port()),
        }
        return cls(folder, project, own | settings)

    @classmethod
    def standing(cls, folder: Path) -> "Stack":
        """The stack that runs from a clone."""
        found = cls(folder, "")
        found.settings = {name: found.env[name] for name in found.env if name.startswith("COMPOSE_") or "_PORT" in name}
        found.project = found.settings["COMPOSE_PROJECT_NAME"]
        return found

    def make(self, target: str, *arguments: str, say: str = "") -> subprocess.CompletedProcess[str]:
        """`make TARGET`, as a user says it; ``say`` is what is typed."""
        return self.run("make", "--no-print-directory", target, *arguments, say=say)

    def run(self, *command: str, say: str = "") -> subprocess.CompletedProcess[str]:
        """A command in the clone, in this stack's environment."""
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, input=say, capture_output=True, text=True, check=False
        )

    def compose(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`docker compose ARGUMENTS` for this stack."""
        return self.run(*COMPOSE, *arguments)

    @property
    def environment(self) -> dict[str, str]:
        """The environment without what this machine may have set for other stacks, and with our settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSLEDGER_", "COMPOSE_"))}
        return kept | self.settings

    @property
    def env(self) -> dict[str, str]:
        """What `.env` holds, and what stands before it in the environment."""
        lines = (self.folder / ".env").read_text().splitlines()
        written = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        return written | self.settings

    @property
    def url(self) -> str:
        """Address of the UI."""
        return f"http://127.0.0.1:{self.settings['NEWSLEDGER_AIRFLOW_PORT']}"

    @property
    def inbox(self) -> Path:
        """The watched folder."""
        return self.folder / "inbox"

    def bucket(self) -> Objects:
        """The bucket, as somebody with the keys of `.env` reaches it from outside."""
        return Objects.open(self.reader())

    def reader(self, **update: Any) -> Settings:
        """Settings of somebody outside."""
        found = self.env
        where = {
            "s3_endpoint": f"http://127.0.0.1:{found['NEWSLEDGER_S3_PORT']}",
            "access_key": found["NEWSLEDGER_S3_ACCESS_KEY"],
            "secret_key": found["NEWSLEDGER_S3_SECRET_KEY"],
        }
        return Settings().model_copy(update=where | update)

    def login(self, user: str | None = None, password: str | None = None) -> httpx.Client:
        """A client of Airflow's API; as the admin of `.env` unless told otherwise."""
        who = {
            "username": user or self.env["NEWSLEDGER_ADMIN"],
            "password": password or self.env["NEWSLEDGER_ADMIN_PASSWORD"],
        }
        answer = httpx.post(f"{self.url}/auth/token", json=who, timeout=60)
        answer.raise_for_status()
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {answer.json()['access_token']}"}, timeout=60
        )

    def container(self, service: str) -> str:
        """The id of a service's first container."""
        return self.compose("ps", "-q", service).stdout.split()[0]

    def drop(self, name: str, text: str) -> None:
        """Put a file into the inbox, all at once."""
        half = self.inbox / f".{name}.part"
        half.write_text(text)
        half.rename(self.inbox / name)

    def destroy(self) -> None:
        """Remove everything of it from the engine, whatever state it is in."""
        profiles = ("--profile", "celery", "--profile", "monitoring", "--profile", "cli")
        self.compose(*profiles, "down", "--volumes", "--remove-orphans", "--timeout", "5")
        shutil.rmtree(self.folder, ignore_errors=True)


def compose_command() -> tuple[str, ...]:
    """The plugin where there is one, else the older program."""
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return ("docker", "compose") if plugin.returncode == 0 else ("docker-compose",)


COMPOSE = compose_command() if shutil.which("docker") else ("docker-compose",)


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(look: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """What ``look`` gives once it gives something true.

    Raises:
        AssertionError: it never did.
    """
    deadline = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < deadline, f"{what} did not come within {patience:.0f} s"
        time.sleep(0.5)
    return found


def inspect(container: str) -> Mapping[str, Any]:
    """All that the engine knows of a container."""
    found = subprocess.run(["docker", "inspect", container], capture_output=True, check=True)
    described: Mapping[str, Any] = json.loads(found.stdout)[0]
    return described
