"""The doorbell of the inbox: when it rings, and what it never does."""

import asyncio
import os
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from tests.airflow_home import PROJECT

from newsledger.collect.folder import Folder  # isort: skip
from newsledger.inbox import Waiting  # isort: skip
from newsledger.orchestrate import trigger  # isort: skip

assert PROJECT

INTERVAL = 0.01


def bell() -> trigger.Bell:
    """An impatient one."""
    return trigger.Bell(gap=0.02, again=0.1)


def waiting(*origins: str) -> frozenset[Waiting]:
    return frozenset(Waiting(origin, 1, 1, "1") for origin in origins)


def listen(
    folder: Path, number: int, between: Callable[[], object] = lambda: None, limit: float = 5
) -> list[dict[str, Any]]:
    """The payloads of the first rings; `between` runs after each."""

    async def collect() -> list[dict[str, Any]]:
        heard: list[dict[str, Any]] = []
        async with aclosing(trigger.rings(Folder(folder), bell(), INTERVAL, print)) as rings:
            async for ready in rings:
                heard.append(trigger.payload(ready))
                between()
                if len(heard) == number:
                    break
        return heard

    return asyncio.run(asyncio.wait_for(collect(), limit))


def silent(folder: Path, seconds: float = 0.3) -> bool:
    with pytest.raises(TimeoutError):
        listen(folder, 1, limit=seconds)
    return True


def test_a_new_file_rings_at_once_and_an_old_one_only_after_a_while() -> None:
    bell = trigger.Bell(gap=1, again=5)
    assert bell.rings(waiting("a"), 0)
    assert not bell.rings(waiting("a"), 4.9)
    assert bell.rings(waiting("a"), 5)
    assert bell.rings(waiting("a", "b"), 6)


def test_two_rings_keep_their_distance() -> None:
    bell = trigger.Bell(gap=1, again=5)
    assert bell.rings(waiting("a"), 0)
    assert not bell.rings(waiting("a", "b"), 0.9)
    assert bell.rings(waiting("a", "b"), 1)


def test_an_empty_folder_never_rings() -> None:
    bell = trigger.Bell(gap=1, again=5)
    assert not any(bell.rings(frozenset(), now) for now in range(100))


def test_a_file_that_was_replaced_counts_as_new() -> None:
    bell = trigger.Bell(gap=1, again=100)
    assert bell.rings(frozenset({Waiting("a", 1, 1, "1")}), 0)
    assert bell.rings(frozenset({Waiting("a", 2, 9, "1")}), 2)


def test_files_of_before_the_start_are_rung_for(tmp_path: Path) -> None:
    (tmp_path / "left over.txt").write_text("text")
    assert listen(tmp_path, 1) == [{"files": 1, "first": ["left over.txt"]}]


def test_a_file_that_stays_is_rung_for_again(tmp_path: Path) -> None:
    (tmp_path / "stays.txt").write_text("text")
    assert len(listen(tmp_path, 3)) == 3


def test_a_folder_that_comes_later_is_watched(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    assert silent(folder)
    folder.mkdir()
    (folder / "first.txt").write_text("text")
    assert listen(folder, 1)[0]["files"] == 1


def test_a_thousand_files_make_a_small_event(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number:04}.txt").write_text("text")
    heard = listen(tmp_path, 1)[0]
    assert heard["files"] == 1000
    assert len(heard["first"]) == trigger.NAMES_SHOWN


@pytest.mark.parametrize(
    "name", [".hidden.txt", "half.txt.part", "half.tmp", "done/2026-01-01/a.txt", "rejected/b.exe"]
)
def test_what_is_not_for_us_makes_no_sound(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("text")
    assert silent(tmp_path)


def test_a_file_that_grows_makes_no_sound_until_it_holds_still(tmp_path: Path) -> None:
    growing = tmp_path / "growing.txt"

    async def scenario() -> bool:
        grow = True

        async def writer() -> None:
            with growing.open("a") as file:
                while grow:
                    file.write("more ")
                    file.flush()
                    await asyncio.sleep(0.002)

        writing = asyncio.create_task(writer())
        async with aclosing(trigger.rings(Folder(tmp_path), bell(), 0.05, print)) as rings:
            first = asyncio.ensure_future(anext(rings))
            done, _ = await asyncio.wait({first}, timeout=0.4)
            rang_early = bool(done)
            grow = False
            await writing
            ready = await asyncio.wait_for(first, 5)
        assert [one.origin for one in ready] == ["growing.txt"]
        return rang_early

    assert not asyncio.run(scenario())


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_may_not_be_read_is_silence_and_no_error(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir(mode=0)
    assert silent(folder)


def test_it_can_be_made_anew_from_what_it_says_of_itself() -> None:
    original = trigger.InboxTrigger(interval=0.5)
    path, arguments = original.serialize()
    module, _, name = path.rpartition(".")
    assert getattr(__import__(module, fromlist=[name]), name)(**arguments).serialize() == original.serialize()
