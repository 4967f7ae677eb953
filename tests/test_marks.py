"""Which words stand inside quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.english.quotes import marks
from newsledger.text import Text


def inside(body: str) -> list[str]:
    return [body[pair.start : pair.end] for pair in marks.pairs(Text(body))]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("He said “yes” twice.", ["yes"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("Il dit « oui » et part.", ["oui"]),
        ("Er sagte „ja“ und »nein«.", ["ja", "nein"]),
        ("Hän sanoi ”joo” heti.", ["joo"]),
        ('A “mixed pair" of marks.', ["mixed pair"]),
        ("“One “two” three” four.", ["One “two” three"]),
        ('"He said "no" to me," she said.', ['He said "no" to me,']),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
        ("‘It isn’t the soldiers’ fault,’ she said.", ["It isn’t the soldiers’ fault,"]),
        ("'It isn't over,' she said.", ["It isn't over,"]),
        ('A 6\'2" man and a 5" nail.', []),
        ("It’s the boys’ own fault.", []),
        ("“One is never closed. “Two” is.", ["One is never closed.", "Two"]),
        ("“First paragraph.\n“Second paragraph.”", ["First paragraph.", "Second paragraph."]),
        ("“First paragraph.\nSecond paragraph.” Done.", ["First paragraph.", "Second paragraph."]),
        ("“Never closed here.\nThen “a pair” and a stray” mark.", ["Never closed here.", "a pair"]),
        ("Stray” mark, then “a pair”.", ["a pair"]),
        ("“”", []),
    ],
)
def test_words_between_marks(body: str, words: list[str]) -> None:
    assert inside(body) == words


def test_a_paragraph_that_opens_anew_goes_on() -> None:
    first, second = marks.pairs(Text("“First paragraph.\n“Second paragraph.”"))
    assert (first.continues, second.continues) == (False, True)


@given(st.text(alphabet="“”\"'’‘«»„ab .\n", max_size=80))
def test_pairs_are_in_order_and_never_overlap(body: str) -> None:
    end = 0
    for pair in marks.pairs(Text(body)):
        assert end <= pair.opening <= pair.start < pair.end <= pair.closing <= len(body)
        end = pair.closing


def test_a_hundred_thousand_marks_are_read_at_once() -> None:
    assert marks.pairs(Text("“" * 100_000)) == ()
    assert len(marks.pairs(Text("“a” " * 50_000))) == 50_000
