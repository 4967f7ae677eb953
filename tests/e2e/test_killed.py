"""kill -9 of whatever works: afterwards every file is published exactly once."""

import signal
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.e2e.stack import Running, story

MANY = 60
"""Files of a batch that keeps a worker busy for a moment."""
PATIENCE = 240.0
"""Seconds: a lost worker is noticed after half a minute, its batch rests, and the sweep comes every two minutes."""


def published_once(stack: Running, mark: str, expected: int) -> None:
    """Wait until so many rows carry the mark, and see that no more come and nothing is left undone."""
    stack.wait_for(lambda: stack.published(mark) >= expected, PATIENCE, f"{expected} articles of {mark} are published")
    stack.wait_for(lambda: not waiting(stack), PATIENCE, "nothing waits")
    rows = stack.articles()
    ours = rows.filter(rows["body"].str.contains(mark))
    assert ours.height == expected
    assert ours["article_id"].n_unique() == expected


def waiting(stack: Running) -> list[Path]:
    return [path for path in stack.inbox.glob("*.txt") if not path.name.startswith(".")]


def strike(stack: Running, find: Callable[[], psutil.Process | None], what: str) -> None:
    """kill -9 the first process found."""
    stack.wait_for(find, 60, what).send_signal(signal.SIGKILL)


def test_a_busy_worker_is_killed(stack: Running) -> None:
    stack.drop(*(story(f"Cedarmoor {number}") for number in range(MANY)))
    strike(stack, lambda: next(stack.workers(idle=False), None), "a worker is busy")
    published_once(stack, "The Cedarmoor", MANY)


def test_an_idle_worker_is_killed(stack: Running) -> None:
    strike(stack, lambda: holder_of_the_queue(stack), "a worker is idle")
    stack.drop(story("Dunlow"))
    published_once(stack, "The Dunlow", 1)


def holder_of_the_queue(stack: Running) -> psutil.Process | None:
    """The idle worker that holds the queue's lock: it reads, while the others wait for the lock. Any, where unknown."""
    idle = list(stack.workers(idle=True))
    readers = [worker for worker in idle if "pipe" in waits_in(worker)]
    return next(iter(readers or idle), None)


def waits_in(process: psutil.Process) -> str:
    try:
        return Path(f"/proc/{process.pid}/wchan").read_text()
    except OSError:
        return ""


def test_the_triggerer_is_killed(stack: Running) -> None:
    pid = stack.component("triggerer").pid
    strike(stack, lambda: stack.component("triggerer"), "the triggerer runs")
    stack.drop(story("Eastbrook"))
    published_once(stack, "The Eastbrook", 1)
    assert stack.component("triggerer").pid != pid
    assert "The triggerer stopped" in stack.said()


def test_the_scheduler_is_killed_with_a_batch_under_way(stack: Running) -> None:
    stack.drop(*(story(f"Fenwick {number}") for number in range(MANY)))
    stack.wait_for(lambda: next(stack.workers(idle=False), None), 60, "a worker is busy")
    strike(stack, lambda: stack.component("scheduler"), "the scheduler runs")
    published_once(stack, "The Fenwick", MANY)


def test_the_object_store_is_killed(stack: Running) -> None:
    strike(stack, lambda: stack.component("object-store"), "the store runs")
    stack.drop(story("Ilmington"))
    stack.wait_for(lambda: "The object-store stopped" in stack.said(), 30, "it is started again")
    published_once(stack, "The Ilmington", 1)
