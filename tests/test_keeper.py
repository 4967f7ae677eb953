"""The keeper tells what never comes up from what is killed now and then."""

import sys
from pathlib import Path

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
