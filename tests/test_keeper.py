"""The keeper tells what never comes up from what is killed now and then."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsledger.local import airflow, keeper, processes
from newsledger.local.processes import Component, LocalError, Program
from newsledger.settings import Settings


def watch(tmp_path: Path, settings: Settings, said: list[str]) -> tuple[keeper.Keeper, Component]:
    """A keeper of a program that ends at once. Airflow is never asked."""
    component = Component(Program(name="program", argv=(sys.executable, "-c", ""), environment={}), tmp_path)
    return keeper.Keeper([component], airflow.Api(settings), 4, said.append), component


def test_what_worked_for_a_while_is_started_again_however_often_it_is_killed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "STEADY", 0.0)
    said: list[str] = []
    kept, component = watch(tmp_path, settings, said)
    for _ in range(3 * keeper.MANY):
        kept.tend()
        component.wait()
    assert len(said) == 3 * keeper.MANY
    component.kill()


def test_what_dies_at_every_start_is_given_up(settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    kept, component = watch(tmp_path, settings, said)
    for _ in range(keeper.MANY):
        kept.tend()
        component.wait()
    with pytest.raises(LocalError, match="again and again: its log is"):
        kept.tend()
    assert len(said) == keeper.MANY
    component.kill()


def test_on_a_full_disk_nothing_is_started_until_there_is_room(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "LOOK_EVERY", 0.0)
    said: list[str] = []
    kept, component = watch(tmp_path, settings, said)
    with monkeypatch.context() as full:
        full.setattr(processes, "ROOM", 10**18)
        for _ in range(2 * keeper.MANY):
            kept.tend()
        assert component.pid is None
        assert f"The program cannot be started in {tmp_path} (No space left on device)" in said[-1]
    kept.tend()
    assert component.wait() == 0


def test_a_program_whose_number_cannot_be_written_down_is_not_left_running(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("no folder")
    component = Component(Program(name="program", argv=("sleep", "60"), environment={}), tmp_path)
    with pytest.raises(LocalError, match=r"^The program cannot be started in .*\(File exists\)"):
        component.start()
    assert not component.running()


class Stuck(airflow.Api):
    """An API whose health is good and whose tasks have waited for a minute, until told otherwise."""

    waits = True

    def get(self, path: str, **query: airflow.Query) -> Any:
        queued = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        return {"task_instances": [{"state": "queued", "queued_when": queued}] if self.waits else []}


def test_a_scheduler_that_starting_again_does_not_help_is_given_longer_each_time(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(keeper, "STEADY", 0.0)
    clock = [1000.0]
    monkeypatch.setattr("newsledger.local.keeper.time.monotonic", lambda: clock[0])
    sleeper = (sys.executable, "-c", "import time; time.sleep(600)")
    components = [Component(Program(name=name, argv=sleeper, environment={}), tmp_path) for name in keeper.BEATS]
    api, said = Stuck(settings), list[str]()
    kept = keeper.Keeper(components, api, 4, said.append)
    for component in components:
        component.start()

    def seconds_until_started_again() -> float:
        before, began = len(said), clock[0]
        while len(said) == before:
            clock[0] += 1
            kept.tend()
        return clock[0] - began

    assert [seconds_until_started_again() for _ in range(6)] == [61, 61, 121, 241, 481, 481]
    assert {*said} == {"The scheduler let tasks wait though workers were free; it is started again."}
    api.waits = False
    clock[0] += 500
    kept.tend()
    api.waits = True
    assert [seconds_until_started_again() for _ in range(2)] == [1, 61]
    for component in components:
        component.kill()
