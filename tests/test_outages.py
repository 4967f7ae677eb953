"""A task that finds the object store away looks again later, each time after a longer pause, and fails nothing."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowRescheduleException

from newsledger.errors import AwayError, FullError, StoreError
from newsledger.orchestrate import outages
from newsledger.orchestrate.outages import FIRST, LONGEST, patient, seconds


@pytest.mark.parametrize("error", [AwayError("The store is away."), FullError("The disk is full.")])
def test_a_task_is_put_off_and_its_log_says_why(
    error: StoreError, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outages, "get_current_context", lambda: {"task_reschedule_count": 0})

    @patient
    def step() -> None:
        raise error

    with caplog.at_level(logging.WARNING), pytest.raises(AirflowRescheduleException) as put_off:
        step()
    wait = (put_off.value.reschedule_date - datetime.now(UTC)).total_seconds()
    assert 0 < wait <= FIRST
    assert str(error) in caplog.text
    assert "Nothing is lost" in caplog.text


def test_other_faults_of_the_store_fail_the_task() -> None:
    @patient
    def step() -> None:
        raise StoreError("It refuses us.")

    with pytest.raises(StoreError, match="refuses"):
        step()


def test_what_a_task_returns_comes_back_and_its_signature_stays() -> None:
    @patient
    def step(batch_id: str, chunk: int) -> list[Any]:
        """Read."""
        return [batch_id, chunk]

    assert step("b", chunk=1) == ["b", 1]
    assert step.__doc__ == "Read."


def test_pauses_grow_to_a_bound_and_differ_by_the_dice() -> None:
    pauses = [seconds(before, 1.0) for before in range(6)]
    assert pauses == [2, 4, 8, LONGEST, LONGEST, LONGEST]
    assert seconds(10_000, 1.0) == LONGEST
    assert seconds(2, 0.0) == seconds(2, 1.0) / 2
