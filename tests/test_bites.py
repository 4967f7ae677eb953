"""How much one batch takes on."""

from itertools import pairwise
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from newsledger.pipeline.bites import bites
from newsledger.settings import Settings


class Thing(NamedTuple):
    size: int


BOUNDED = Settings().model_copy(update={"batch_articles": 3, "batch_bytes": 100})


@given(st.lists(st.builds(Thing, st.integers(0, 150))))
def test_bites_hold_everything_in_order_and_are_bounded(things: list[Thing]) -> None:
    taken = list(bites(BOUNDED, things))
    assert [thing for bite in taken for thing in bite] == things
    assert all(1 <= len(bite) <= 3 for bite in taken)
    assert all(sum(thing.size for thing in bite) <= 100 for bite in taken if len(bite) > 1)


@given(st.lists(st.builds(Thing, st.integers(0, 150)), min_size=1))
def test_a_bite_is_as_large_as_may_be(things: list[Thing]) -> None:
    taken = list(bites(BOUNDED, things))
    for bite, following in pairwise(taken):
        assert len(bite) == 3 or sum(thing.size for thing in (*bite, following[0])) > 100
