"""Units after numbers, and what they are in SI units."""

import pytest

from newsledger.extract.english.numbers import units

# Examples from NIST SP 811, appendix B.8, and what follows from the mean Gregorian year.
CONVERTED = [
    ("1 mile", "mile", 1609.344, "m"),
    ("1 square mile", "square mile", 2_589_988.110336, "m2"),
    ("1 sq km", "km2", 1_000_000, "m2"),
    ("1 acre", "acre", 4046.873, "m2"),
    ("1 gallon", "gallon", 0.003785412, "m3"),
    ("1 month", "month", 2_629_746, "s"),
    ("1 year", "year", 31_556_952, "s"),
    ("1 mph", "mile/hour", 0.44704, "m/s"),
    ("1 pound", "pound", 0.45359237, "kg"),
    ("1 percent", "%", 0.01, "1"),
    ("1°C", "°C", 274.15, "K"),
    ("1 degree Fahrenheit", "°F", 255.9277778, "K"),
]


@pytest.mark.parametrize(("body", "name", "value", "si"), CONVERTED)
def test_a_unit_is_known_with_its_factor(body: str, name: str, value: float, si: str) -> None:
    reading = units.read(body, 1)
    assert reading is not None
    assert (reading.unit.name, reading.unit.si) == (name, si)
    assert reading.unit.to_si(1) == pytest.approx(value)


def test_money_and_tons_of_unknown_kind_have_no_factor() -> None:
    assert units.money("€").to_si(5) is None
    assert units.UNITS["ton"].to_si(5) is None


@pytest.mark.parametrize("body", ["5 mice", "5 mentions", "5m people", "5 dayss", "5 acrid smells", "5 C students"])
def test_a_word_that_only_begins_like_a_unit_is_none(body: str) -> None:
    assert units.read(body, 1) is None


@pytest.mark.parametrize(("sign", "code"), [("$", "USD"), ("C$", "CAD"), ("£", "GBP"), ("Rs", "INR"), ("dlrs ", "USD")])
def test_a_sign_names_its_currency(sign: str, code: str) -> None:
    assert units.money(sign).name == code
