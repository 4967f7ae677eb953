"""Ctrl-C leaves nothing; the second start is quick and publishes nothing twice."""

import signal
import subprocess
import time

import pytest

from tests.e2e.stack import COMMAND, READY, Running, listening, story

SECOND_START = 60.0
"""Seconds from the second start to its first record, on two cores."""


def test_a_second_start_beside_it_is_refused_in_one_sentence(stack: Running) -> None:
    result = subprocess.run(
        [COMMAND, "up"],
        env=stack.environment,
        cwd=stack.folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert result.returncode == 1
    assert "already runs" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_process_and_no_port(stack: Running, number: signal.Signals) -> None:
    processes, rows = stack.processes(), stack.articles().height
    assert stack.interrupt(number) == 0
    assert [process for process in processes if process.is_running() and process.status() != "zombie"] == []
    assert not any(listening(port) for port in stack.ports)
    restart(stack)
    assert stack.articles().height == rows


def test_a_crash_is_cleared_away_by_the_next_start(stack: Running) -> None:
    processes, rows = stack.processes(), stack.articles().height
    assert stack.interrupt(signal.SIGKILL) == -signal.SIGKILL
    assert any(process.is_running() for process in processes)
    restart(stack)
    assert [process for process in processes if process.is_running() and process.status() != "zombie"] == []
    assert stack.articles().height == rows


def test_the_second_start_is_quick_to_its_first_record(stack: Running) -> None:
    stack.interrupt()
    stack.drop(story("Glenmore"))
    stack.log.write_text("")
    began = time.monotonic()
    stack.start()
    stack.wait_for(lambda: "Published 1 new" in stack.said(), SECOND_START, "the record is published")
    assert time.monotonic() - began < SECOND_START
    stack.wait_until_ready()


def test_once_ends_when_all_is_published(stack: Running) -> None:
    stack.interrupt()
    stack.drop(story("Harrowby"))
    stack.log.write_text("")
    stack.start("--once")
    assert stack.process is not None
    assert stack.process.wait(120) == 0, stack.said()
    assert "Published 1 new" in stack.said()
    assert stack.processes() == []
    stack.start()
    stack.wait_until_ready()


def restart(stack: Running) -> None:
    """Start again and wait; nothing lies in the inbox, so nothing may be published."""
    stack.log.write_text("")
    stack.start()
    stack.wait_until_ready()
    assert READY in stack.said()
    assert "Published" not in stack.said()
