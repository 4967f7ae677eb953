"""Times as files state them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import timestamp


@pytest.mark.parametrize(
    ("stated", "time"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04T10:30:00Z", "2025-03-04T10:30:00+00:00"),
        ("2025-03-04T10:30:00.123+0200", "2025-03-04T10:30:00+02:00"),
        ("2025-03-04 10:30:00 +01:00", "2025-03-04T10:30:00+01:00"),
        ("2025-03-04T10:30:00", "2025-03-04"),  # no zone: the day stands, the hour could be anywhere
        ("2025-03-04 10:30 EEST", "2025-03-04T10:30:00+03:00"),
        ("2025-03-04 at noon", "2025-03-04"),
        ("Tue, 04 Mar 2025 10:30:00 +0200", "2025-03-04T10:30:00+02:00"),
        ("Tue, 04 Mar 2025 10:30:00 GMT", "2025-03-04T10:30:00+00:00"),
        ("Tue, 04 Mar 2025 10:30:00 EEST", "2025-03-04T10:30:00+03:00"),  # the standard library reads UTC
        ("March 4, 2025 10:30 pm EDT", "2025-03-04T22:30:00-04:00"),
        ("4 March 2025", "2025-03-04"),
        ("4th of March 2025", "2025-03-04"),
        ("Sept. 9, 2024", "2024-09-09"),
        ("Updated 12 : 05 AM CDT Sep 26 , 2013", "2013-09-26T00:05:00-05:00"),
        ("2025/03/04", "2025-03-04"),
        (1741084200, "2025-03-04T10:30:00+00:00"),
        ("1741084200000", "2025-03-04T10:30:00+00:00"),
        ("04/03/2025", None),  # day or month first: unknown
        ("0001-01-01T00:00:00Z", None),
        ("2025-13-45", None),
        ("31 February 2025", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (1e300, None),
    ],
)
def test_a_stated_time_becomes_iso_8601(stated: object, time: str | None) -> None:
    assert timestamp.parse(stated) == time


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.text("0123456789-:T+Z apm/.,", max_size=40)))
def test_anything_gives_a_time_that_reads_back_or_nothing(stated: object) -> None:
    time = timestamp.parse(stated)
    assert time is None or timestamp.parse(time) == time
