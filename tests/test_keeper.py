"""The keeper tells what never comes up from what is killed now and then."""

import sys
from pathlib import Path

import pytest

from newsledger.local import airflow, keeper
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
