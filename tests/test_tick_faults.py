"""A list of feeds with faults, at a tick."""

import logging
from pathlib import Path

import pytest

from newsledger.errors import SettingsError
from newsledger.pipeline import tick
from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.feedworld import configured


def test_a_fault_in_the_list_stops_the_feed_that_has_it_and_no_other(
    quick: Settings, objects: Objects, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = configured(quick, tmp_path, {"good": "https://good.example/", "bad": "nothing"})
    with caplog.at_level(logging.ERROR):
        assert tick.due(settings) == [["good"]]
    assert "feeds.yaml:2:" in caplog.text
    assert "until this is put right" in caplog.text


def test_a_list_of_which_nothing_can_be_read_fails_the_tick(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    settings = configured(quick, tmp_path, {"bad": "nothing"})
    with pytest.raises(SettingsError, match=r"feeds\.yaml:1:"):
        tick.due(settings)
