"""Expressions of time and what they come to, given the day of publishing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.english.dates import expressions
from newsledger.extract.english.dates import find as dates
from newsledger.extract.english.dates.timerules import RULES
from newsledger.records import Article, Mention
from newsledger.text import Text

WEDNESDAY = "2021-06-09"
SUNDAY = "2021-06-13"
NOVEMBER = "2021-11-10"


def read(body: str, published: str | None = WEDNESDAY, mentions: tuple[Mention, ...] = ()) -> list[tuple[str, str]]:
    article = Article(article_id="a", body_sha256="", language="en", body=body, date_published=published)
    return [(found.exact, found.value) for found in dates.find(Text(body), article, mentions)]


ABSOLUTE = [
    ("on 2021-03-04", [("2021-03-04", "2021-03-04")]),
    ("on March 15, 2007", [("March 15, 2007", "2007-03-15")]),
    ("the 15th of March 2007", [("15th of March 2007", "2007-03-15")]),
    ("Sunday, 19 August 2012", [("Sunday, 19 August 2012", "2012-08-19")]),
    ("Sep 26 , 2013", [("Sep 26 , 2013", "2013-09-26")]),
    ("from June 3-5, 2015", [("June 3-5, 2015", "2015-06-03/2015-06-05")]),
    ("in August 1988", [("August 1988", "1988-08")]),
    ("since 1972", [("1972", "1972")]),
    ("from 1995-2001", [("1995-2001", "1995/2001")]),
    ("in the 1990s", [("the 1990s", "199X")]),
    ("through the nineties", [("the nineties", "199X")]),
    ("a 20th century idea", [("20th century", "19XX")]),
    ("filed 3/14/2019", [("3/14/2019", "2019-03-14")]),
    ("in nineteen ninety-one", [("nineteen ninety-one", "1991")]),
    ("for two weeks", [("two weeks", "P2W")]),
    ("a three-hour meeting", [("three-hour", "PT3H")]),
    ("over the past five years", [("the past five years", "P5Y")]),
    ("in recent weeks", [("recent weeks", "PXW")]),
    ("over several years", [("several years", "PXY")]),
    ("every Monday", [("every Monday", "XXXX-WXX-1")]),
    ("each July", [("each July", "XXXX-07")]),
    ("each year", [("each year", "P1Y")]),
    ("trains leave daily.", [("daily", "XXXX-XX-XX")]),
]  # fmt: skip

RELATIVE = [
    (WEDNESDAY, "They met yesterday.", [("yesterday", "2021-06-08")]),
    (WEDNESDAY, "It will rain tomorrow.", [("tomorrow", "2021-06-10")]),
    (WEDNESDAY, "She left on Friday.", [("Friday", "2021-06-04")]),
    (WEDNESDAY, "She will leave on Friday.", [("Friday", "2021-06-11")]),
    (WEDNESDAY, "He arrived Wednesday.", [("Wednesday", "2021-06-09")]),
    (WEDNESDAY, "until last Friday", [("last Friday", "2021-06-04")]),
    (WEDNESDAY, "talks are set to resume Monday", [("Monday", "2021-06-14")]),
    (WEDNESDAY, "at 10 p.m. Tuesday, police said", [("10 p.m. Tuesday", "2021-06-08T22:00")]),
    (WEDNESDAY, "earlier this month", [("earlier this month", "2021-06")]),
    (WEDNESDAY, "last week", [("last week", "2021-W22")]),
    (SUNDAY, "last week", [("last week", "2021-W23")]),
    (SUNDAY, "this past week", [("this past week", "2021-06-07/2021-06-13")]),
    (WEDNESDAY, "over the past few days", [("the past few days", "2021-06-06~/2021-06-09")]),
    (WEDNESDAY, "last month", [("last month", "2021-05")]),
    (WEDNESDAY, "next year", [("next year", "2022")]),
    (WEDNESDAY, "around this time last year", [("this time last year", "2020-06")]),
    (WEDNESDAY, "two weeks ago", [("two weeks ago", "2021-05-26")]),
    (WEDNESDAY, "five months ago", [("five months ago", "2021-01")]),
    (WEDNESDAY, "three years ago", [("three years ago", "2018")]),
    (WEDNESDAY, "a year ago", [("a year ago", "2020")]),
    (WEDNESDAY, "The shop closed in August.", [("August", "2020-08")]),
    (WEDNESDAY, "The shop will close in August.", [("August", "2021-08")]),
    (WEDNESDAY, "a summit that they have called for in November", [("November", "2021-11")]),
    (WEDNESDAY, "if they win the vote in November", [("November", "2021-11")]),
    (WEDNESDAY, "It was finished by April.", [("April", "2021-04")]),
    (WEDNESDAY, "the plan to leave by April", [("April", "2022-04")]),
    (WEDNESDAY, "They agreed to finish it by March of next year.", [("March of next year", "2022-03")]),
    (WEDNESDAY, "They kept going until 2 a.m. Monday.", [("2 a.m. Monday", "2021-06-07T02:00")]),
    (WEDNESDAY, "It rains this weekend.", [("this weekend", "2021-06-12/2021-06-13")]),
    (WEDNESDAY, "It rained this weekend.", [("this weekend", "2021-06-05/2021-06-06")]),
    (WEDNESDAY, "in May, he said", [("May", "2021-05")]),
    (NOVEMBER, "last summer", []),
    (WEDNESDAY, "last summer", [("last summer", "2020-22")]),
    (WEDNESDAY, "more than at any point since May", [("May", "2021-05")]),
    (WEDNESDAY, "following an April 19 order", [("April 19", "2021-04-19")]),
    (WEDNESDAY, "It is payable Dec. 1.", [("Dec. 1", "2021-12-01")]),
    (NOVEMBER, "It was sold on Jan. 4.", [("Jan. 4", "2021-01-04")]),
    (NOVEMBER, "a dividend due Jan. 4", [("Jan. 4", "2022-01-04")]),
    (WEDNESDAY, "signed last May", [("last May", "2021-05")]),
    (WEDNESDAY, "this summer", [("this summer", "2021-22")]),
    (NOVEMBER, "profit in the third quarter", [("the third quarter", "2021-35")]),
    ("2021-01-20", "profit in the fourth quarter", [("the fourth quarter", "2020-36")]),
    (NOVEMBER, "the third quarter of 2019", [("the third quarter of 2019", "2019-35")]),
    (NOVEMBER, "Third-quarter sales rose from a year earlier.",
     [("Third-quarter", "2021-35"), ("a year earlier", "2020-35")]),
    (NOVEMBER, "Third-quarter sales rose. In the nine months, they fell from a year earlier.",
     [("Third-quarter", "2021-35"), ("the nine months", "P9M"), ("a year earlier", "2020")]),
    (WEDNESDAY, "by the end of the month", [("the end of the month", "2021-06")]),
    (WEDNESDAY, "over the weekend they lost", [("the weekend", "2021-06-05/2021-06-06")]),
    (WEDNESDAY, "In March it rained. The following month it snowed.",
     [("March", "2021-03"), ("The following month", "2021-04")]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ABSOLUTE, ids=[body for body, _ in ABSOLUTE])
def test_what_names_its_date_needs_no_day_of_publishing(body: str, expected: list[tuple[str, str]]) -> None:
    assert read(body, None) == expected


@pytest.mark.parametrize(("published", "body", "expected"), RELATIVE, ids=[f"{d} {b}" for d, b, _ in RELATIVE])
def test_what_is_relative_is_counted_from_the_day_of_publishing(
    published: str, body: str, expected: list[tuple[str, str]]
) -> None:
    assert read(body, published) == expected


@pytest.mark.parametrize(
    "body",
    [
        "At the end of the day, Gulls Today is a programme.",
        "She is 49 years old and has a 7-month-old twin.",
        "They sold Christmas trees in The Daily Gull.",
        "It may rain now, as they recently said.",
        "Soldiers march on, and some may march again.",
        "March on!",
        "At present this is soon.",
        "May Lind and August Berg spoke.",
        "Room 1234 and flight 2000 metres up",
        "filed 3/4/2019",
    ],
)
def test_verbs_names_and_vague_words_are_no_dates(body: str) -> None:
    assert [value for _, value in read(body) if not value.startswith("2000")] == []


@pytest.mark.parametrize("body", ["on Friday", "yesterday", "last week", "in August", "three years ago", "this summer"])
def test_nothing_relative_is_resolved_without_a_day_of_publishing(body: str) -> None:
    assert read(body, None) == []


def test_an_interval_of_publishing_gives_only_what_both_its_ends_agree_on() -> None:
    body = "Last year it fell. On Friday it rose."
    assert read(body, "2021-06-08/2021-06-15") == [("Last year", "2020")]


def test_kinds_tell_dates_durations_and_sets() -> None:
    body = "On June 3 it ran for two hours, as every Monday."
    article = Article(article_id="a", body_sha256="", language="en", body=body, date_published=WEDNESDAY)
    assert [found.kind for found in dates.find(Text(body), article, ())] == ["date", "duration", "set"]


def test_a_holiday_is_a_day_of_the_country_that_the_text_is_about() -> None:
    body = "Ukraine marked Independence Day."
    place = Mention(start=0, end=7, exact="Ukraine", type="place", name="Ukraine", country_code="UA")
    assert read(body, "2021-08-30", (place,)) == [("Independence Day", "2021-08-24")]
    assert read(body, "2021-08-30") == []
    assert read("They met on Christmas Eve.", "2021-12-29") == [("Christmas Eve", "2021-12-24")]


def test_a_weekday_inside_a_name_is_no_date() -> None:
    body = "The Friday Harbor Press said so."
    name = Mention(start=4, end=23, exact="Friday Harbor Press", type="organisation", name="Friday Harbor Press")
    assert read(body, WEDNESDAY, (name,)) == []


@pytest.mark.parametrize(("kind", "example"), [(kind, example) for _, kind, _, example in RULES])
def test_every_rule_matches_the_example_that_called_for_it(kind: str, example: str) -> None:
    assert kind in [found.kind for found in expressions.find(Text(example))]


WORDS = (
    "Monday June 5 2020 the last next this week month year ago a in May , . third quarter early of two 's – 10 p.m. "
    "day every end"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join), st.dates())
def test_spans_are_exact_in_order_and_apart_whatever_the_words(body: str, day: object) -> None:
    article = Article(article_id="a", body_sha256="", language="en", body=body, date_published=str(day))
    end = 0
    for found in dates.find(Text(body), article, ()):
        assert body[found.start : found.end] == found.exact == found.exact.strip()
        assert end <= found.start
        end = found.end


@given(st.text(max_size=80))
def test_any_text_can_be_read(body: str) -> None:
    for exact, value in read(body):
        assert exact in body
        assert value
