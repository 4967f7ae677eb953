"""The keeper tends by itself, whatever the console waits for, and the console says once what it waits for."""

import threading

import pytest

from newsledger.errors import StoreError
from newsledger.local import watch
from newsledger.local.processes import LocalError
from newsledger.local.up import Outage
from newsledger.local.watch import Watch


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "EVERY", 0.001)


class Tended:
    """Counts; fails at the third time where it is told to."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.times, self.failure, self.thrice = 0, failure, threading.Event()

    def tend(self) -> None:
        self.times += 1
        if self.times == 3:
            self.thrice.set()
            if self.failure:
                raise self.failure


def test_it_tends_again_and_again_while_nobody_asks() -> None:
    tended = Tended()
    watching = Watch(tended)
    assert tended.thrice.wait(10)
    watching.check()
    watching.end()


def test_after_its_end_nothing_is_tended() -> None:
    tended = Tended()
    watching = Watch(tended)
    assert tended.thrice.wait(10)
    watching.end()
    times = tended.times
    watching.end()
    assert tended.times == times


def test_what_is_hopeless_is_raised_where_it_is_heard() -> None:
    tended = Tended(LocalError("The scheduler stopped by itself, again and again."))
    watching = Watch(tended)
    assert tended.thrice.wait(10)
    watching.end()
    with pytest.raises(LocalError, match="again and again"):
        watching.check()
    assert tended.times == 3


def test_an_outage_is_told_once_and_so_is_its_end() -> None:
    said: list[str] = []
    outage = Outage(said.append)
    for _ in range(2):
        outage.ends()
        for _ in range(3):
            outage.begins(StoreError("Cannot list news/raw: the object store is out of reach."))
        outage.ends()
    assert (
        said
        == [
            "Cannot list news/raw: the object store is out of reach. Everything waits for it.",
            "The object store answers again.",
        ]
        * 2
    )
