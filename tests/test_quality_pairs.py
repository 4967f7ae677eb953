"""Pairs of columns held to a set: the quick way says what Great Expectations' own says."""

import numpy as np
import pandas as pd
import pytest

from newsledger.quality.pairs import among

PAIRS = {("km", "length"), ("kg", "mass"), (None, "length"), ("half", 0.5), ("one", 1)}


@pytest.mark.parametrize(
    ("first", "second", "there"),
    [
        ("km", "length", True),
        ("km", "mass", False),
        (None, "length", True),
        (np.nan, "length", True),
        ("km", None, False),
        ("half", 0.5, True),
        ("one", 1.0, True),
        (None, np.nan, False),
    ],
)
def test_a_pair_is_in_the_set_or_not(first: object, second: object, there: bool) -> None:
    one, other = (pd.Series([value], dtype="object") for value in (first, second))
    assert among(one, other, PAIRS).tolist() == [there]


def test_rows_keep_their_numbers() -> None:
    first, second = pd.Series(["km", "km"], index=[4, 7]), pd.Series(["mass", "length"], index=[4, 7])
    assert among(first, second, PAIRS).to_dict() == {4: False, 7: True}


def test_columns_of_numbers_work_too() -> None:
    first, second = pd.Series([1.0, np.nan]), pd.Series([2, 3])
    assert among(first, second, {(1, 2), (None, 3)}).tolist() == [True, True]
