"""What is kept of a function's values is the function's, and bounded."""

import string

from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import memory
from newsledger.extract.english import tokens
from newsledger.extract.memory import Memory
from newsledger.text import Text, clean


def test_a_word_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Memory(length)
    assert [lengths[word] for word in ("a", "bc", "a", "bc")] == [1, 2, 1, 2]
    assert asked == ["a", "bc"]


def test_what_is_longer_than_a_word_is_not_kept() -> None:
    lengths = Memory(len)
    assert lengths["x" * 5_000] == 5_000
    assert not lengths


def test_it_never_holds_more_than_its_bound() -> None:
    lengths = Memory(len)
    for number in range(memory._MOST + 10):
        assert lengths[str(number)] == len(str(number))
    assert len(lengths) <= memory._MOST


@given(st.text(alphabet=string.printable + "é“”’—½ŁЖ\u0301😀"))
def test_every_capital_at_the_head_of_a_word_is_a_place_to_look_at(raw: str) -> None:
    body = clean(raw)
    heads = [at for at, char in enumerate(body) if char.isupper() and not (at and (body[at - 1].isalnum()))]
    assert tokens.places(Text(body)).capitals == heads


@given(st.text(alphabet=string.printable + "é“”’—½Ł\u0301"))
def test_digits_are_found_wherever_they_begin(raw: str) -> None:
    body = clean(raw)
    heads = [at for at, char in enumerate(body) if char.isdecimal() and not (at and body[at - 1].isdecimal())]
    assert [at for at in tokens.places(Text(body)).digits if body[at].isdecimal()] == heads
