"""The short form of `make fuzz`, and what the long one found."""

import random
import signal
from collections.abc import Iterator

import pytest

from newsledger.errors import UnreadableError
from newsledger.extract import document
from tests.fragments import FILES, LEAD
from tests.fuzz.__main__ import hang, inputs, tried
from tests.fuzz.mutation import MOST, mutated
from tests.fuzz.targets import TARGETS

COUNT = 60


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, hang)
    yield
    signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("name", TARGETS)
def test_broken_input_is_read_or_refused_in_words(name: str) -> None:
    for data in inputs(name, TARGETS[name], COUNT, seed=0):
        tried(TARGETS[name], data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_inputs_are_made_from_is_read(name: str) -> None:
    assert all(tried(TARGETS[name], data) for data in TARGETS[name].beginnings)


def test_the_same_seed_gives_the_same_inputs_and_none_is_longer_than_it_may_be() -> None:
    beginnings = TARGETS["feed"].beginnings
    once, again = ([mutated(dice, beginnings) for _ in range(50)] for dice in (random.Random(1), random.Random(1)))
    assert once == again
    assert len(set(once)) > 40
    assert max(map(len, once)) <= MOST


def test_a_web_archive_whose_record_names_no_address_is_refused_in_words() -> None:
    data = FILES["a.warc"](LEAD).replace(b"WARC-Target-URI", b"WARC-Target-URL")
    with pytest.raises(UnreadableError, match="broken web archive"):
        list(document.read(data, "a.warc"))
