"""An object store that goes away for a while, and an Airflow whose database is lost: the work waits, and goes on."""

import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsledger.local.airflow import Api
from newsledger.store import batches
from newsledger.store.objects import Objects
from tests.e2e.stack import Running, story
from tests.faults.stand import Stand

OUTAGE = 75.0
"""Seconds; longer than all retries of a task take. The README's figures come from longer ones."""
RESUMES = 180.0
"""Seconds from the store's return to the published record, on a machine that runs other tests too."""
RUNS = "/api/v2/dags/watch_inbox/dagRuns"


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Stand]:
    """The stack with a store that stands apart, behind a proxy that can fail."""
    stand = Stand(tmp_path)
    stand.begin()
    try:
        yield stand
    finally:
        stand.end()


def published_once(stand: Running, mark: str, expected: int, seconds: float) -> None:
    """Wait until so many rows carry the mark; each is another article, and nothing waits."""
    stand.wait_for(lambda: stand.published(mark) >= expected, seconds, f"{expected} articles of {mark} are published")
    ours = [row for row in stand.articles().to_dicts() if mark in row["body"]]
    assert len(ours) == len({row["article_id"] for row in ours}) == expected
    assert not [path for path in stand.inbox.glob("*.txt") if not path.name.startswith(".")]


def test_an_outage_of_the_store_is_waited_out_without_a_failed_task(apart: Stand) -> None:
    apart.drop(*(story(f"Before {number}") for number in range(40)))
    apart.wait_for(lambda: next(apart.workers(idle=False), None), 60, "a worker is busy")
    apart.proxy.fail("busy")
    names = apart.drop(story("Meanwhile 1"), story("Meanwhile 2"))
    why = apart.wait_for(lambda: told(apart), 60, "the task's log says why it waits")
    assert "the object store cannot answer now" in why
    assert "Nothing is lost" in why
    time.sleep(OUTAGE)  # the outage itself: what must not happen in it has no sign to wait for
    assert all((apart.inbox / name).exists() for name in names)
    apart.proxy.fail(None)
    published_once(apart, "Meanwhile", 2, RESUMES)
    published_once(apart, "Before", 40, RESUMES)
    assert not [task for task in tasks(apart) if task["state"] == "failed"]
    assert max(task["try_number"] for task in tasks(apart)) <= 2  # an answer cut off midway may cost an ordinary try
    assert all(outcome.split_into == () for outcome in batches.outcomes(Objects.open(apart.settings)))


def told(stand: Running) -> str:
    """What the log of a waiting task says of the outage, where there is one."""
    logs = (stand.home / "airflow" / "logs" / "dag_id=watch_inbox").rglob("attempt=*.log")
    lines = (line for log in logs for line in log.read_text(errors="replace").splitlines())
    return next((line for line in lines if "looks again in" in line), "")


def tasks(stand: Running) -> list[dict[str, Any]]:
    """All task instances of the flow."""
    found: list[dict[str, Any]] = Api(stand.settings).get(f"{RUNS}/~/taskInstances", limit=100)["task_instances"]
    return found


def test_a_lost_database_of_airflow_costs_nothing(apart: Stand) -> None:
    apart.drop(*(story(f"Lost {number}") for number in range(40)))
    apart.wait_for(lambda: next(apart.workers(idle=False), None), 60, "a worker is busy")
    apart.interrupt(signal.SIGKILL)
    shutil.rmtree(apart.home / "airflow")
    apart.start()
    published_once(apart, "Lost", 40, 240)
