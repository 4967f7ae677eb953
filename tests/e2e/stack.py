"""`newsledger up` as a user runs it, with ports and folders of its own, and what a test wants to know of it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import psutil

from newsledger.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).parent / "newsledger")
KEY = "newsledger"
READY = "Watching the inbox"
WORKER = "airflow worker -- LocalExecutor:"


class Running:
    """One `newsledger up`; its home and inbox lie in `folder` and outlive it."""

    def __init__(self, folder: Path, more: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._more = dict(more or {})
        self.home, self.inbox, self.log = folder / "var", folder / "inbox", folder / "up.log"
        self.ports = free_ports(2)
        self.process: subprocess.Popen[bytes] | None = None
        self.first_said = ""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the user who starts it."""
        theirs = {
            name: value for name, value in os.environ.items() if not name.startswith(("NEWSLEDGER_", "AIRFLOW", "AWS_"))
        }
        return (
            theirs
            | self._more
            | {
                "NEWSLEDGER_HOME": str(self.home),
                "NEWSLEDGER_INBOX": str(self.inbox),
                "NEWSLEDGER_CONFIG": str(PROJECT / "config"),
                "NEWSLEDGER_AIRFLOW_PORT": str(self.ports[0]),
                "NEWSLEDGER_S3_PORT": str(self.ports[1]),
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            }
        )

    @property
    def settings(self) -> Settings:
        """The settings that its tasks have."""
        return Settings(
            home=self.home,
            inbox=self.inbox,
            config=PROJECT / "config",
            airflow_port=self.ports[0],
            s3_port=self.ports[1],
        )

    def start(self, *arguments: str) -> None:
        """Start it; its output goes to a file."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [COMMAND, "up", *arguments],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        """All that it has printed."""
        return self.log.read_text()

    def wait_for(self, condition: Callable[[], Any], seconds: float, what: str) -> Any:
        """The first true answer of a condition; fails with the console's last lines when there is none in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if answer := condition():
                return answer
            assert self.process is None or self.process.poll() is None, f"newsledger ended:\n{self.said()[-3000:]}"
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds:.0f} s: {what}\n{self.said()[-3000:]}")

    def wait_until_ready(self, seconds: float = 180) -> None:
        """Wait for the lines that it prints once all that lay in the inbox is published."""
        self.wait_for(lambda: READY in self.said(), seconds, "the stack is ready")

    def interrupt(self, number: int = signal.SIGINT, seconds: float = 60) -> int:
        """Send a signal as Ctrl-C does; the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def drop(self, *texts: str) -> list[str]:
        """Write each text to a file of the inbox, as a person would; the names."""
        names = []
        for number, text in enumerate(texts):
            name = f"{time.time_ns()}-{number}.txt"
            (self.inbox / f".{name}").write_text(text)
            (self.inbox / f".{name}").rename(self.inbox / name)
            names.append(name)
        return names

    @property
    def storage(self) -> dict[str, str]:
        """Options with which Polars and deltalake find the table."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.ports[1]}",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": KEY,
            "AWS_REGION": "us-east-1",
            "AWS_ALLOW_HTTP": "true",
        }

    def articles(self) -> pl.DataFrame:
        """The table of articles as Polars reads it; empty while there is none."""
        try:
            return pl.read_delta("s3://news/records/articles", storage_options=self.storage)
        except Exception as error:
            if re.search("no (log )?files|not found|NoSuchKey", str(error), re.IGNORECASE):
                return pl.DataFrame({"body": []})
            raise

    def published(self, words: str) -> int:
        """How many rows of the table have these words in their body."""
        articles = self.articles()
        return articles.filter(pl.col("body").str.contains(words, literal=True)).height if articles.height else 0

    def component(self, name: str) -> psutil.Process:
        """The leader of one of the programs."""
        return psutil.Process(json.loads((self.home / "run" / f"{name}.json").read_text())["pid"])

    def workers(self, *, idle: bool) -> Iterator[psutil.Process]:
        """The executor's workers that wait, or that run a task."""
        for child in self.component("scheduler").children():
            try:
                title = " ".join(child.cmdline()).strip()
            except psutil.Error:
                continue
            if title.startswith(WORKER) and idle == title.endswith("<idle>"):
                yield child

    def processes(self) -> list[psutil.Process]:
        """Everything that belongs to this stack: by session of the components, or by its home in the command line."""
        leaders = {json.loads(path.read_text())["pid"] for path in (self.home / "run").glob("*.json")}
        return [process for process in psutil.process_iter() if self._ours(process, leaders)]

    def _ours(self, process: psutil.Process, leaders: set[int]) -> bool:
        try:
            return process.pid in leaders or os.getsid(process.pid) in leaders
        except (psutil.Error, ProcessLookupError):
            return False

    def kill_everything(self) -> None:
        """Leave nothing, whatever state a test left behind."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for process in self.processes():
            process.kill()


def free_ports(number: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def listening(port: int) -> bool:
    """Whether somebody listens on this port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def story(mark: str) -> str:
    """A short article of its own."""
    return (
        f'The fair of {mark} opened on Monday.\n\n"We have waited for this day," said Anna Example, the mayor of Lyon. '
        f"More than 5,000 people came from Spain, the police said.\n\nThe {mark} fair lasts for three days.\n"
    )
