"""What is unusual is told from what is bad luck."""

import math
import random

import pytest

from newsledger.quality.surprise import ALPHA, Trials, tail, unusual

STEADY = [Trials(1, 50)] * 40
"""Two in a hundred, every time."""


def test_the_tail_is_the_binomial_one_where_batches_differ_by_chance_alone() -> None:
    before = [Trials(100, 1000)] * 1000
    exact = 1 - sum(math.comb(10, k) * 0.1**k * 0.9 ** (10 - k) for k in range(3))
    assert tail(Trials(3, 10), before) == pytest.approx(exact, rel=0.01)


def test_any_number_is_at_least_none() -> None:
    assert tail(Trials(0, 7), STEADY) == pytest.approx(1.0)


def test_a_batch_that_fails_nearly_whole_is_unusual() -> None:
    assert unusual(Trials(40, 50), STEADY, tests=20)


def test_a_small_batch_does_not_trip_by_bad_luck() -> None:
    assert not any(unusual(Trials(n, n), STEADY, tests=1) for n in range(5))
    assert not unusual(Trials(5, 60), STEADY, tests=1)


def test_without_a_history_nothing_is_unusual() -> None:
    assert not unusual(Trials(50, 50), [], tests=1)
    assert not unusual(Trials(50, 50), [Trials(0, 50)] * 9, tests=1)
    assert not unusual(Trials(50, 50), [Trials(0, 5)] * 19, tests=1)
    assert unusual(Trials(50, 50), [Trials(0, 10)] * 10, tests=1)


def test_what_differs_much_from_batch_to_batch_may_differ_much() -> None:
    now = Trials(20, 50)
    assert unusual(now, [Trials(5, 50)] * 40, tests=1)
    assert not unusual(now, [Trials(0, 50), Trials(20, 50), Trials(0, 50), Trials(0, 50)] * 10, tests=1)


def test_single_articles_that_failed_do_not_blunt_it() -> None:
    assert unusual(Trials(6, 6), [*[Trials(0, 9)] * 20, *[Trials(1, 1)] * 2], tests=1)


@pytest.mark.parametrize("spread", [0.0, 0.01, 0.1])
def test_sound_batches_are_held_as_seldom_as_is_promised(spread: float) -> None:
    """At the bound of one in ten thousand, 4,000 sound batches should trip it hardly ever."""
    chance = random.Random(7)

    def batch() -> Trials:
        size = chance.choice([1, 3, 10, 40, 200])
        share = chance.betavariate(0.05 / spread, 0.95 / spread) if spread else 0.05
        return Trials(sum(chance.random() < share for _ in range(size)), size)

    before = [batch() for _ in range(200)]
    tripped = sum(unusual(batch(), before, tests=1) for _ in range(4000))
    assert tripped <= 4
    assert ALPHA == 1e-4


@pytest.mark.parametrize("before", [[Trials(0, 1)] * 200, [Trials(1, 1)] * 200, [Trials(0, 1), Trials(1, 1)] * 100])
def test_every_history_gives_a_probability(before: list[Trials]) -> None:
    assert all(0 <= tail(Trials(k, 20), before) <= 1 for k in range(21))
