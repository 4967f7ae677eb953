"""The day of publishing, worked out only from what fixes it."""

import pytest

from newsledger.extract.english.dates import holiday, published
from newsledger.text import Text

WAR = " The war that started back in 2019 goes on, more than two years after the first shots."


def test_a_holiday_yesterday_and_a_counted_year_fix_the_day() -> None:
    body = "Ukraine held Independence Day parades yesterday." + WAR
    assert published.infer(Text(body)) == "2021-08-25"


def test_a_full_date_beside_today_fixes_the_day() -> None:
    assert published.infer(Text("Today, March 3, 2011, the mayor of Ystad resigned.")) == "2011-03-03"


@pytest.mark.parametrize(
    "body",
    [
        "Ukraine held Independence Day parades yesterday.",  # which year?
        "Yesterday they held Founders Day parades in Atlantis." + WAR,  # whose calendar?
        "Ukraine kept Independence Day." + WAR,  # how long ago?
        "Today, March 3, 2011, he left. Yesterday, May 9, 2012, he came.",  # one of them is not today
        "It opened on March 3, 2011. Today it is closed.",
        "It will be the largest by 2050. Today, March 3, 2011, it is small.",
        "They met today.",
    ],
)
def test_whatever_leaves_the_day_open_gives_none(body: str) -> None:
    assert published.infer(Text(body)) is None


def test_a_day_that_is_suspended_in_a_war_is_still_known() -> None:
    assert str(holiday.in_year("Independence Day", 2023, "UA")) == "2023-08-24"


@pytest.mark.parametrize(
    ("name", "year", "country", "day"),
    [
        ("Victory Day", 2019, "RU", "2019-05-09"),
        ("Thanksgiving", 2021, None, "2021-11-25"),
        ("Easter", 2021, "GB", "2021-04-04"),
        ("Easter", 2021, "GR", "2021-05-02"),
        ("New Year’s Eve", 2021, None, "2021-12-31"),
        ("Labor Day", 2021, "US", "2021-09-06"),
    ],
)
def test_holidays_are_those_of_the_country(name: str, year: int, country: str | None, day: str) -> None:
    assert str(holiday.in_year(name, year, country)) == day


def test_a_name_without_a_calendar_is_no_holiday() -> None:
    assert holiday.in_year("Pancake Flipping Day", 2021, "US") is None
