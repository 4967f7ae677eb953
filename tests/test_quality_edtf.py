"""Dates, durations and repetitions: what is well formed, and which days a date may mean."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.quality import edtf


def days(first: str, last: str) -> edtf.Bounds:
    return edtf.Bounds(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-08-19", "2024-08-19", "2024-08-19"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-08", "2024-08-01", "2024-08-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-XX-XX", "2024-01-01", "2024-12-31"),
        ("2024-XX-05", "2024-01-01", "2024-12-31"),
        ("2024-08-XX", "2024-08-01", "2024-08-31"),
        ("2024-W34", "2024-08-19", "2024-08-25"),
        ("2024-W34-3", "2024-08-21", "2024-08-21"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-22", "2024-04-01", "2024-09-30"),
        ("2024-24", "2024-10-01", "2025-03-31"),
        ("2024-34", "2024-04-01", "2024-06-30"),
        ("2024-41", "2024-07-01", "2024-12-31"),
        ("2024-08-19~", "2024-08-19", "2024-08-19"),
        ("1984?", "1984-01-01", "1984-12-31"),
        ("2024-09-01/2024-09-06", "2024-09-01", "2024-09-06"),
        ("2024-09/2024", "2024-09-01", "2024-12-31"),
    ],
)
def test_a_date_means_its_days(value: str, first: str, last: str) -> None:
    assert edtf.bounds(value) == days(first, last)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "/",
        "../..",
        "yesterday",
        "19 August 2024",
        "2024-8-19",
        "20240819",
        "2023-02-29",
        "2024-04-31",
        "2024-13",
        "2024-00",
        "2024-08-00",
        "2024-08-32",
        "2024-22-05",
        "1X99",
        "24",
        "2024-W00",
        "2023-W53",
        "2024-W34-8",
        "2024-09-06/2024-09-01",
        "2024/2024/2024",
        "2024-08-19T25:00",
        "2024-08-19T12:61",
        "2024-08T12:00",
        "2024-08-19 12:00",
        "2024-08-19T",
        "２０２４-08-19",
        "2024-08-19\n",
    ],
)
def test_what_is_not_a_date_has_no_days(value: str) -> None:
    assert edtf.bounds(value) is None
    assert not edtf.is_date(value)


def test_an_open_interval_has_no_end() -> None:
    begin = edtf.bounds("2024-09-01/..")
    end = edtf.bounds("/2024-09-01")
    assert begin is not None
    assert end is not None
    assert begin.last == float("inf")
    assert end.first == float("-inf")


def test_years_before_the_first_and_after_9999_lie_in_order() -> None:
    found = [edtf.bounds(value) for value in ("-0043-03-15", "-0001", "0000", "0001", "0476", "9999")]
    firsts = [one.first for one in found if one]
    assert len(firsts) == len(found)
    assert firsts == sorted(firsts)
    assert [edtf.year(first) for first in firsts] == [-43, -1, 0, 1, 476, 9999]


def test_a_time_is_counted_in_utc() -> None:
    noon = edtf.bounds("2024-08-19T12:00Z")
    assert noon is not None
    assert noon == edtf.bounds("2024-08-19T14:00:00+02:00") == edtf.bounds("2024-08-19T08:30-03:30")
    assert noon.first == days("2024-08-19", "2024-08-19").first + 0.5


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])))
def test_every_time_of_the_library_is_understood(moment: datetime) -> None:
    found = edtf.bounds(moment.replace(microsecond=0).isoformat())
    assert found is not None
    assert found.first == found.last
    midnight = datetime.combine(moment.date(), datetime.min.time(), moment.tzinfo)
    offset = moment.utcoffset() or timedelta()
    expected = moment.toordinal() + (moment.replace(microsecond=0) - midnight - offset) / timedelta(days=1)
    assert found.first == pytest.approx(expected, abs=1e-6)


@given(st.dates(), st.dates())
def test_an_interval_is_well_formed_exactly_when_it_runs_forwards(first: date, last: date) -> None:
    found = edtf.bounds(f"{first.isoformat()}/{last.isoformat()}")
    assert (found is not None) == (first <= last)


@given(st.dates())
def test_the_year_of_a_day_is_its_year(day: date) -> None:
    assert edtf.year(day.toordinal()) == day.year


@given(st.text() | st.from_regex(r"[0-9XPRTWYMD:/.~?%+-]{0,20}", fullmatch=True))
def test_no_text_makes_it_fail(value: str) -> None:
    found = edtf.bounds(value)
    assert found is None or found.first <= found.last
    for check in (edtf.is_date, edtf.is_duration, edtf.is_set):
        assert check(value) in {True, False}


@pytest.mark.parametrize("value", ["P3D", "P1Y6M", "PT2H30M", "P2W", "P1.5Y", "P1DT12H", "PXM", "PT0.25H"])
def test_a_duration_is_well_formed(value: str) -> None:
    assert edtf.is_duration(value)


@pytest.mark.parametrize("value", ["P", "PT", "P3", "3D", "P3H", "PT3D", "P1DT", "P-3D", "p3d", "P1D\n", "P3D2Y"])
def test_what_is_not_a_duration_is_refused(value: str) -> None:
    assert not edtf.is_duration(value)


@pytest.mark.parametrize(
    "value", ["P1W", "R/P1W", "R5/2024-08-19/P1M", "XXXX-WXX-1", "XXXX-08-19", "XXXX-XX-XX", "XXXX", "XXXX-22"]
)
def test_a_repetition_is_well_formed(value: str) -> None:
    assert edtf.is_set(value)


@pytest.mark.parametrize("value", ["", "weekly", "2024-08-19", "R/", "R/weekly", "XXXX-WXX-8", "XXXX-"])
def test_what_is_not_a_repetition_is_refused(value: str) -> None:
    assert not edtf.is_set(value)
