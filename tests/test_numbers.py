"""Numbers as English writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.english.numbers import find as numbers
from newsledger.extract.english.numbers import words as number_words
from newsledger.text import Text

WRITTEN = [
    ("They sold 1,250 tickets.", [("1,250", 1250, None)]),
    ("It holds 3.5 million litres.", [("3.5 million", 3_500_000, None)]),
    ("A $2.4bn plan", [("2.4bn", 2_400_000_000, None)]),
    ("A £5m bridge", [("5m", 5_000_000, None)]),
    ("watched by 2m viewers", [("2m", 2_000_000, None)]),
    ("The ridge is 600m high", [("600", 600, None)]),
    ("twenty-one boats", [("twenty-one", 21, None)]),
    ("two hundred and five votes", [("two hundred and five", 205, None)]),
    ("one million three hundred thousand euros", [("one million three hundred thousand", 1_300_000, None)]),
    ("a hundred forty lamps", [("a hundred forty", 140, None)]),
    ("two dozen eggs", [("two dozen", 24, None)]),
    ("a dozen goats", [("a dozen", 12, None)]),
    ("half a million homes", [("half a million", 500_000, None)]),
    ("more than half-a-dozen editions", [("half-a-dozen", 6, None)]),
    ("two and a half hours", [("two and a half", 2.5, None)]),
    ("one and a half million birds", [("one and a half million", 1_500_000, None)]),
    ("two-thirds of the seats", [("two-thirds", 2 / 3, None)]),
    ("a quarter of the budget", [("a quarter", 0.25, None)]),
    ("three quarters of a million pounds", [("three quarters of a million", 750_000, None)]),
    ("6 1/4 inches", [("6 1/4", 6.25, None)]),
    ("2½ acres", [("2½", 2.5, None)]),
    ("one in five trees", [("one in five", 0.2, None)]),
    ("500 to 600 visitors", [("500 to 600", 500, 600)]),
    ("30 or 40 nights", [("30 or 40", 30, 40)]),
    ("between 12 and 15 masts", [("12 and 15", 12, 15)]),
    ("two to four riders", [("two to four", 2, 4)]),
    ("$3 to $5 million", [("3 to $5 million", 3_000_000, 5_000_000)]),
    ("11-16 years old", [("11-16", 11, 16)]),
    ("43% to 44% of it", [("43% to 44", 43, 44)]),
    ("It fell from 90 to 95 points", [("90", 90, None), ("95", 95, None)]),
    ("8 men and 9 women", [("8", 8, None), ("9", 9, None)]),
    ("7 and 9 were lost", [("7", 7, None), ("9", 9, None)]),
    ("At 3: 30 a. m. a 6. 1-magnitude quake hit 20, 500 homes.",
     [("3", 3, None), ("30", 30, None), ("6. 1", 6.1, None), ("20, 500", 20_500, None)]),
    ("In 2012, 300 people came. They won 23. 15 more left.",
     [("2012", 2012, None), ("300", 300, None), ("23", 23, None), ("15", 15, None)]),
    ("About 170 , 000 people . They fled , 5 . 9 miles away , in 2 , 000 cars .",
     [("170 , 000", 170_000, None), ("5 . 9", 5.9, None), ("2 , 000", 2000, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), WRITTEN, ids=[body for body, _ in WRITTEN])
def test_a_number_is_read_as_written(body: str, expected: list[tuple[str, float, float | None]]) -> None:
    found = numbers.find(Text(body))
    assert [(body[n.start : n.end], n.high) for n in found] == [(exact, high) for exact, _, high in expected]
    assert [n.low for n in found] == pytest.approx([low for _, low, _ in expected])


def test_a_number_of_absurd_length_is_no_number() -> None:
    assert numbers.find(Text("9" * 400)) == ()


@given(st.integers(min_value=1, max_value=999_999))
def test_words_for_a_number_are_read_back(value: int) -> None:
    said = number_words.spoken(_words(value))
    assert said is not None
    assert said[0] == value


@given(st.text(alphabet=st.sampled_from(list("0123456789,. -½%$to one a half million dozen\n")), max_size=60))
def test_numbers_come_in_order_and_never_overlap(body: str) -> None:
    end = 0
    for number in numbers.find(Text(body)):
        assert end <= number.start < number.first_end <= number.end <= len(body)
        assert number.high is None or number.low < number.high
        end = number.end


def _words(value: int) -> str:
    units = {number: word for word, number in number_words.UNITS.items()}
    tens = {number: word for word, number in number_words.TENS.items()}
    if value >= 1000:
        rest = f" {_words(value % 1000)}" if value % 1000 else ""
        return f"{_words(value // 1000)} thousand{rest}"
    if value >= 100:
        rest = f" and {_words(value % 100)}" if value % 100 else ""
        return f"{units[value // 100]} hundred{rest}"
    if value < 20:
        return units[value]
    return tens[value - value % 10] + (f"-{units[value % 10]}" if value % 10 else "")
