"""The real stack with a fault proxy between its tasks and their object store, and the means to harm it."""

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from botocore.exceptions import BotoCoreError, ClientError

from newsledger.local import objectstore
from newsledger.local.processes import Component
from newsledger.settings import Settings
from tests.e2e.stack import COMMAND, PROJECT, Running, free_ports
from tests.faults.count import keys, waiting
from tests.faults.newsroom import LARGEST
from tests.faults.plan import Victim
from tests.proxy import Proxy

BUCKET = "news"
DISK = 600_000_000
"""Bytes of the disk of inbox and Airflow, where one of their own can be mounted."""
RESERVE = 100_000_000
"""NEWSLEDGER_RESERVE_BYTES of the stack under test."""
_FORBIDDEN = {
    "quotes": {"column": "speaker", "regex": "^Nemo Forbidden$"},
    "articles": {"column": "headline", "regex": "^Advertisement"},
}


class Stand(Running):
    """`newsledger up` with a store that stands apart, as a deployed one does; this class starts it again after a kill.

    Inbox and Airflow's files lie below ``folder/disk``, the store's below ``folder/apart``.
    """

    def __init__(self, folder: Path, ports: tuple[int, int, int] | None = None) -> None:
        super().__init__(folder)
        self.disk = folder / "disk"
        self.home, self.inbox = self.disk / "var", self.disk / "inbox"
        airflow, self.store_port, self.proxy_port = ports or free_ports(3)
        self.ports = [airflow, self.store_port]
        self.config = folder / "config"
        self.proxy = Proxy(f"http://127.0.0.1:{self.store_port}", self.proxy_port)
        embedded = Settings(home=folder / "apart", s3_port=self.store_port)
        self._store = Component(objectstore.program(embedded, PROJECT), folder / "apart")
        self._store_lock = threading.Lock()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the user who starts it."""
        ours = {
            "NEWSLEDGER_CONFIG": str(self.config),
            "NEWSLEDGER_S3_ENDPOINT": self.proxy.endpoint,
            "NEWSLEDGER_FILE_BYTES": str(LARGEST),
            "NEWSLEDGER_RESERVE_BYTES": str(RESERVE),
            "AWS_ACCESS_KEY_ID": "newsledger",
            "AWS_SECRET_ACCESS_KEY": "newsledger",
            "AWS_REGION": "us-east-1",
        }
        return super().environment | ours

    @property
    def direct(self) -> str:
        """The store's own address, past the proxy."""
        return f"http://127.0.0.1:{self.store_port}"

    def begin(self) -> None:
        """Start store and stack, and wait until they are ready."""
        self.inbox.mkdir(parents=True, exist_ok=True)
        if not self.config.exists():
            configure(self.config)
        self._store.start()
        self.wait_for(self._store_answers, 60, "the object store answers")
        self.start()
        self.wait_until_ready()

    def end(self) -> None:
        """Leave nothing running."""
        self.kill_everything()
        self._store.kill()
        self.proxy.close()

    def ended(self) -> bool:
        """Whether `newsledger up` is no more."""
        return self.process is None or self.process.poll() is not None

    def kill(self, victim: Victim, choose: Callable[[list[psutil.Process]], psutil.Process]) -> str | None:
        """SIGKILL; what it was, or null where there was none (no worker is busy just now)."""
        with suppress(psutil.Error, OSError, ValueError, KeyError):
            found = self._found(victim)
            if found:
                process = choose(found)
                name = self._component_of(process) if victim is Victim.any_process else victim.value
                process.kill()
                return name
        return None

    def kill_store(self, away: float) -> None:
        """SIGKILL to the store; it is started again after so many seconds."""
        with self._store_lock:
            self._store.kill()
            time.sleep(away)
            self._store.start()
            until = time.monotonic() + 30
            while not self._store_answers() and time.monotonic() < until:
                time.sleep(0.1)

    def verify(self) -> list[str]:
        """The findings of `newsledger verify`, which allows nothing to be under way."""
        done = subprocess.run(
            [COMMAND, "verify", "--patience", "0"],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if done.returncode not in {0, 1} or (done.returncode and not done.stdout):
            return [f"It failed: {done.stderr}"]
        return done.stdout.splitlines()

    def idle(self) -> bool:
        """Whether nothing waits and no batch is under way."""
        try:
            return not waiting(self.inbox) and not keys(self.direct, BUCKET, "batches/pending/")
        except (BotoCoreError, ClientError):
            return False

    def _store_answers(self) -> bool:
        return objectstore.ready(Settings(s3_port=self.store_port))

    def _found(self, victim: Victim) -> list[psutil.Process]:
        if victim in {Victim.busy_worker, Victim.idle_worker}:
            return [*self.workers(idle=victim is Victim.idle_worker)]
        if victim is Victim.task:
            return [child for worker in self.workers(idle=False) for child in worker.children(recursive=True)]
        if victim is Victim.any_process:
            return self.processes()
        return [self.component(victim.value)]

    def _component_of(self, process: psutil.Process) -> str:
        session = os.getsid(process.pid)
        leaders: Mapping[int, str] = {
            json.loads(path.read_text())["pid"]: path.stem for path in (self.home / "run").glob("*.json")
        }
        name = leaders.get(session, "unknown")
        return name if process.pid == session else f"child of the {name}"


def configure(folder: Path) -> None:
    """The project's configuration without first articles, and with an expectation that some of the news breaks."""
    shutil.copytree(PROJECT / "config", folder, ignore=shutil.ignore_patterns("first_articles", "__pycache__"))
    for kind, kwargs in _FORBIDDEN.items():
        path = folder / "expectations" / f"{kind}.json"
        suite = json.loads(path.read_text())
        suite["expectations"].append(
            {
                "type": "expect_column_values_to_not_match_regex",
                "kwargs": kwargs,
                "description": f"The {kwargs['column']} is not forbidden.",
                "meta": {"name": f"{kwargs['column']}_is_not_forbidden"},
            }
        )
        path.write_text(json.dumps(suite, indent=2))


def fill(folder: Path, spare: int) -> Path:
    """Leave so many bytes of the disk of a folder, or none; remove the file to give the others back."""
    ballast = folder / ".ballast"
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        for size in (1_000_000, 512):
            with suppress(OSError):
                while not spare or shutil.disk_usage(folder).free > spare:
                    file.write(b"\0" * size)
    return ballast


@contextmanager
def disk(folder: Path) -> Iterator[bool]:
    """A small disk of its own for a folder; False where we may not mount one (it takes root)."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "newsledger-faults", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)
