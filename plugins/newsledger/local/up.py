"""`newsledger up`: start, tell what happens, stop."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from rich.console import Console

from newsledger.errors import StoreError
from newsledger.inboxes import inbox
from newsledger.local import guide
from newsledger.local.failures import Failures
from newsledger.local.processes import LocalError
from newsledger.local.progress import Progress
from newsledger.local.report import Report
from newsledger.local.room import Room
from newsledger.local.stack import Stack
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import batches
from newsledger.store.objects import Objects

PROJECT = Path(__file__).resolve().parents[3]
"""The clone that this file lies in: where `dags/`, `plugins/` and `.venv-store` are."""
FIRST_ARTICLES = "first_articles"
TICK = 0.4
FAILURES_EVERY = 10
"""Ticks between two questions for failed tasks."""
STILL = 3
"""Looks at an empty inbox without pending batches after which all is published."""


def up(settings: Settings, *, once: bool = False) -> int:
    """Run everything on this machine until Ctrl-C; with `once`, until all in the inbox is published.

    Returns:
        0, or with `once` 1 when something in the inbox could not be published (one line has said what).

    Raises:
        NewsledgerError: it cannot start or cannot go on; one sentence.
    """
    console = Console(highlight=False)
    with _signals(), Progress(console) as progress:
        try:
            with Stack(settings, PROJECT, progress.say, progress.doing) as stack:
                progress.say(f"Airflow and the object store are ready after {progress.seconds():.0f} s")
                return _attend(stack, console, progress, once=once)
        except KeyboardInterrupt:
            progress.say("Stopped; nothing is left running")
            return 0


def _attend(stack: Stack, console: Console, progress: Progress, *, once: bool) -> int:
    """Tell what happens until all is published (then, with `once`, return) or a signal comes."""
    settings = stack.settings
    objects = Objects.open(settings)
    report = Report(settings, objects, console)
    failures = Failures(stack.api, settings)
    room, outage = Room(settings, objects, progress.say), Outage(progress.say)
    drop_first_articles(settings, objects)
    still, guided = 0, False
    for tick in count():
        stack.check()
        waiting = _look(report, room, outage, once=once)
        if tick % FAILURES_EVERY == 0:
            _tell_failures(failures, progress, once=once)
        progress.doing(f"{waiting:,} waiting or under way" if waiting else "", at_once=False)
        still = 0 if waiting else still + 1
        if still >= STILL and once:
            return _conclude(report, progress)
        if still >= STILL and not guided:
            guided = True
            progress.say("")
            for line in guide.describe(settings):
                console.print(line, soft_wrap=True)
            console.print("\nWatching the inbox; Ctrl-C stops everything.")
        time.sleep(TICK)
    raise AssertionError("counting does not end")


class Outage:
    """Tells once that the store does not answer, and once that it does again."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._away = False

    def begins(self, error: StoreError) -> None:
        """The store did not answer."""
        if not self._away:
            self._say(f"{error} Everything waits for it.")
        self._away = True

    def ends(self) -> None:
        """The store answered."""
        if self._away:
            self._say("The object store answers again.")
        self._away = False


def _look(report: Report, room: Room, outage: Outage, *, once: bool) -> int:
    """Tell the news; how much waits. A store that does not answer is waited for: the keeper starts it again."""
    try:
        room.look(once=once)
        report.show_news()
        waiting = report.waiting()
    except StoreError as error:
        outage.begins(error)
        return 1
    outage.ends()
    return waiting


def _tell_failures(failures: Failures, progress: Progress, *, once: bool) -> None:
    """Say which tasks failed and why; with `once`, one that has no try left ends it all."""
    for failure in failures.news():
        if once and failure.final:
            raise LocalError(f"The task {failure.task} failed {failure.attempt} times: {failure.reason}")
        then = "the next run takes it up again" if failure.final else "it is tried again"
        progress.say(f"The task {failure.task} failed ({failure.reason}); {then}")


def _conclude(report: Report, progress: Progress) -> int:
    progress.doing("")
    if report.rejected:
        raise LocalError(f"{report.rejected} of the articles could not be published: the reasons are printed above.")
    return 0


def drop_first_articles(settings: Settings, objects: Objects) -> None:
    """Put the first articles into the inbox, those whose bytes have not been collected yet."""
    for article in sorted((settings.config / FIRST_ARTICLES).glob("[!.]*")):
        data = article.read_bytes()
        if not objects.exists(batches.raw_key(sha256(data))):
            inbox(settings).drop(article.name, data)


@contextmanager
def _signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP do what Ctrl-C does; one request that comes twice within a second counts once."""
    last = float("-inf")

    def stop(_number: int, _frame: FrameType | None) -> Any:
        nonlocal last
        if time.monotonic() - last > 1:
            last = time.monotonic()
            raise KeyboardInterrupt

    kept = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
