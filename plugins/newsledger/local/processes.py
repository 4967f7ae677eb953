"""One long-running program of the local stack: started in a session of its own, stopped with everything it left.

A session (`setsid`) holds all descendants of a program, also those that changed their process group, as Airflow's tasks
do. So a session can be ended whole even when its leader was killed and its children are orphans.
"""

import contextlib
import errno
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from newsledger.errors import NewsledgerError

OURS = ("airflow", "ministack", "newsledger")
"""What the command line of each process of ours contains."""
ROOM = 10_000_000
"""Bytes of disk without which nothing is started: it would die of its first write."""


class LocalError(NewsledgerError):
    """The local stack cannot start, or cannot go on."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run, and how long it may take to stop (seconds) before it is killed."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    patience: float = 10.0


class Component:
    """A program while it runs. Its pid lies in `<folder>/run`, its output in `<folder>/logs`."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        self.log = folder / "logs" / f"{program.name}.log"
        self._pid_file = folder / "run" / f"{program.name}.json"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        """Name of the program."""
        return self.program.name

    @property
    def pid(self) -> int | None:
        """Process id of the leader, or None before the first start."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the program; what an earlier start of the same folder left behind is ended first.

        Raises:
            LocalError: the disk is full or cannot be written; then nothing runs.
        """
        end_leftovers(self._pid_file)
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            _see_room(self.log.parent)
            self._launch()
        except OSError as error:
            self._abandon()
            where = f"in {self.log.parent.parent} ({error.strerror})"
            raise LocalError(
                f"The {self.name} cannot be started {where}: make room there, or make it writable."
            ) from None

    def _launch(self) -> None:
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self.program.argv,
                env=dict(self.program.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started = psutil.Process(self._process.pid).create_time()
        self._pid_file.parent.mkdir(parents=True, exist_ok=True)
        self._pid_file.write_text(json.dumps({"pid": self._process.pid, "started": started}))

    def _abandon(self) -> None:
        """Leave nothing of a start that failed: without its pid written down, nobody would find it."""
        if self.running() and self._process is not None:
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(OSError):
            self._pid_file.unlink()

    def running(self) -> bool:
        """Whether the leader is alive."""
        return self._process is not None and self._process.poll() is None

    def wait(self) -> int:
        """Wait for the leader to end by itself; its exit code."""
        return self._process.wait() if self._process else 0

    def ask_to_stop(self) -> None:
        """Send the leader SIGTERM, once it has been started and still runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self, patience: float | None = None) -> None:
        """Ask, wait as long as the program may take (or `patience` seconds), then kill what is left of the session."""
        self.ask_to_stop()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(self.program.patience if patience is None else patience)
        self.kill()

    def kill(self) -> None:
        """Kill the whole session at once."""
        end_leftovers(self._pid_file)
        if self._process is not None:
            self._process.wait()

    def last_words(self) -> str:
        """The last line of the log that says something, for an error message."""
        if not self.log.exists():
            return "it said nothing"
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8192))
            lines = [line.strip() for line in log.read().decode("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1][:300] if lines else "it said nothing"


def _see_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def end_leftovers(pid_file: Path) -> None:
    """Kill what still runs of the session that `pid_file` tells of, then remove the file.

    A number that another program carries by now is left alone: only a leader with the start time that was written
    down, or an orphan of that session that is younger and has one of our names, is ours.
    """
    if not pid_file.exists():
        return
    try:
        record = json.loads(pid_file.read_text())
        pid, started = int(record["pid"]), float(record["started"])
    except (ValueError, KeyError, TypeError):
        pid_file.unlink()
        return
    for _ in range(5):  # a process that is about to be killed may still fork
        processes = list(session(pid, started))
        if not processes:
            break
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        psutil.wait_procs(processes, timeout=5)
    pid_file.unlink(missing_ok=True)


def session(leader: int, started: float) -> Iterator[psutil.Process]:
    """The processes of the session that `leader` opened at `started` (seconds since the epoch)."""
    if psutil.pid_exists(leader) and not _same(leader, started):
        return
    for process in psutil.process_iter(["pid", "create_time", "cmdline", "status"]):
        with contextlib.suppress(ProcessLookupError, psutil.Error):
            if os.getsid(process.pid) != leader or process.info["status"] == psutil.STATUS_ZOMBIE:
                continue
            command = " ".join(process.info["cmdline"] or ())
            if process.pid == leader or (
                process.info["create_time"] >= started - 1 and any(name in command for name in OURS)
            ):
                yield process


def _same(pid: int, started: float) -> bool:
    try:
        return abs(psutil.Process(pid).create_time() - started) < 1
    except psutil.NoSuchProcess:
        return False
