"""Figures: what counts as one, its value, unit, qualifier and noun, and what the text ties to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.english.figures import find as figures
from newsledger.records import Article, Figure, Mention, Quote
from newsledger.text import Text


def article(body: str) -> Article:
    return Article(article_id="a", body_sha256="", language="en", body=body, date_published="2021-06-09")


def read(body: str, mentions: tuple[Mention, ...] = (), quotes: tuple[Quote, ...] = ()) -> tuple[Figure, ...]:
    return figures.find(Text(body), article(body), mentions, quotes)


# Sentence, then for each figure: exact, low, high, unit, qualifier, noun.
COUNTED = [
    ("At least 75 villagers fled.", [("75", 75, None, None, "at_least", "villagers")]),
    ("More than 3,000 people voted.", [("3,000", 3000, None, "person", "over", "people")]),
    ("Nearly 200 homes burned.", [("200", 200, None, None, "about", "homes")]),
    ("Fewer than 40 whales remain.", [("40", 40, None, None, "under", "whales")]),
    ("Up to ten ferries wait.", [("ten", 10, None, None, "at_most", "ferries")]),
    ("Only 500 to 600 residents leave daily.", [("500 to 600", 500, 600, "person/day", "between", "residents")]),
    ("Squads of two to four men moved on.", [("two to four", 2, 4, None, "between", "men")]),
    ("The six-page letter arrived.", [("six", 6, None, None, "exact", "page")]),
    ("an eleven-member panel met", [("eleven", 11, None, None, "exact", "panel members")]),
    ("Two plainclothes police officers came.", [("Two", 2, None, None, "exact", "officers")]),
    ("Some 50,000 U.S. troops are there.", [("50,000", 50_000, None, None, "about", "troops")]),
    ("It spread to 11 of Norway's 15 counties.",
     [("11", 11, None, None, "exact", "counties"), ("15", 15, None, None, "exact", "counties")]),
    ("The town has a population of 9,400.", [("9,400", 9400, None, "person", "exact", "population")]),
    ("The number of confirmed cases rose to 97.", [("97", 97, None, None, "exact", "cases")]),
    ("The blast killed 12 and hurt dozens.", [("12", 12, None, "person", "exact", "people")]),
    ("It killed 5 out of 11 brown hares.",
     [("5", 5, None, None, "exact", "hares"), ("11", 11, None, None, "exact", "hares")]),
    ("They have 437 H1N1 samples.", [("437", 437, None, None, "exact", "samples")]),
    ("It left one man dead.", [("one", 1, None, None, "exact", "man")]),
    ("Only one case of the illness was reported.", [("one", 1, None, None, "exact", "case")]),
    ("Ana Lind, who was 38, died.", [("38", 38, None, "year", "exact", "age")]),
    ("She is a mother of three.", [("three", 3, None, None, "exact", "children")]),
    ("A crash leaves a mother of 2 dead.", [("2", 2, None, None, "exact", "children")]),
    ("They ordered 40 boats. Three of those have sunk.",
     [("40", 40, None, None, "exact", "boats"), ("Three", 3, None, None, "exact", "boats")]),
    ("All were women, 7 from Oslo and 1 from Bergen.",
     [("7", 7, None, None, "exact", "women"), ("1", 1, None, None, "exact", "women")]),
    ("About one in five trees fell.", [("one in five", 0.2, None, None, "about", "trees")]),
    ("They work 40-plus shifts.", [("40", 40, None, None, "over", "shifts")]),
    ("It has 1600 employees.", [("1600", 1600, None, None, "exact", "employees")]),
    ("It ran in 112 countries.", [("112", 112, None, None, "exact", "countries")]),
    ("A quarter of a million fled.", [("A quarter of a million", 250_000, None, None, "exact", None)]),
    ("That brought the toll up to 212 people.", [("212", 212, None, "person", "exact", "people")]),
    ("The team of 4 foreign and 3 local rescue workers left.",
     [("4", 4, None, None, "exact", "workers"), ("3", 3, None, None, "exact", "workers")]),
    ("Four shells fell; two landed near the mill.",
     [("Four", 4, None, None, "exact", "shells"), ("two", 2, None, None, "exact", "shells")]),
    ("She has one son and one daughter.",
     [("one", 1, None, None, "exact", "son"), ("one", 1, None, None, "exact", "daughter")]),
    ("Up to two million Sudanese fled.", [("two million", 2e6, None, None, "at_most", "Sudanese")]),
    ("They lost eight of their last 10 games.",
     [("eight", 8, None, None, "exact", "games"), ("10", 10, None, None, "exact", "games")]),
    ("One person was killed.", [("One", 1, None, "person", "exact", "person")]),
]  # fmt: skip

MEASURED = [
    ("barely 28 miles away", [("28 miles", 28, None, "mile", "about", None)]),
    ("It sells 10 and 16 ounce tins.",
     [("10", 10, None, "ounce", "exact", None), ("16 ounce", 16, None, "ounce", "exact", None)]),
    ("Boats of 12 and 15 metres sank.",
     [("12", 12, None, "m", "exact", None), ("15 metres", 15, None, "m", "exact", None)]),
    ("The 10- and 12-year-olds sang.",
     [("10", 10, None, "year", "exact", "age"), ("12-year-olds", 12, None, "year", "exact", "age")]),
    ("over 1,000 square kilometers of land", [("1,000 square kilometers", 1000, None, "km2", "over", "land")]),
    ("$1.2 billion in damage", [("$1.2 billion", 1.2e9, None, "USD", "exact", "damage")]),
    ("a €3m grant", [("€3m", 3e6, None, "EUR", "exact", None)]),
    ("It cost $ 4 . 5 million , they said . Fine , he .", [("$ 4 . 5 million", 4.5e6, None, "USD", "exact", None)]),
    ("between $3 million and $5 million", [("$3 million and $5 million", 3e6, 5e6, "USD", "between", None)]),
    ("It fell about a quarter mile away.", [("a quarter mile", 0.25, None, "mile", "about", None)]),
    ("It is three quarters of a mile off.", [("three quarters of a mile", 0.75, None, "mile", "exact", None)]),
    ("It ends no earlier than 31 days from now.", [("31 days", 31, None, "day", "at_least", "period of time")]),
    ("It ends no later than 31 days from now.", [("31 days", 31, None, "day", "at_most", "period of time")]),
    ("He was fined 200,000 dinars.", [("200,000 dinars", 200_000, None, "dinar", "exact", None)]),
    ("It closed at NT$53.80.", [("NT$53.80", 53.8, None, "TWD", "exact", None)]),
    ("a 67-yd run", [("67-yd", 67, None, "yard", "exact", None)]),
    ("the six-foot-six guard", [("six-foot-six", 6.5, None, "foot", "exact", "height")]),
    ("It fell to -15C at night.", [("-15C", -15, None, "°C", "exact", None)]),
    ("It fell to minus 20 degrees at night.", [("minus 20 degrees", -20, None, "degree", "exact", None)]),
    ("40 percent of voters", [("40 percent", 40, None, "%", "exact", "voters")]),
    ("outnumbered 4:1 there", [("4:1", 4, None, "ratio", "exact", None)]),
    ("up to ten times as many shells", [("ten times", 10, None, "x", "at_most", None)]),
    ("a 6.1-magnitude quake", [("6.1-magnitude", 6.1, None, "magnitude", "exact", "magnitude")]),
    ("an earthquake measuring 7.6 struck", [("7.6", 7.6, None, "magnitude", "exact", "magnitude")]),
    ("30 or 40 days at sea", [("30 or 40 days", 30, 40, "day", "between", "period of time")]),
    ("almost a month into it", [("a month", 1, None, "month", "about", "period of time")]),
    ("half an hour later", [("half an hour", 0.5, None, "hour", "exact", "period of time")]),
    ("three more weeks passed", [("three more weeks", 3, None, "week", "exact", "period of time")]),
    ("sentenced to two to six years in prison",
     [("two to six years", 2, 6, "year", "between", "prison sentence")]),
    ("a 27-year-old sailor", [("27-year-old", 27, None, "year", "exact", "age")]),
    ("Ana Lind, 49, escaped.", [("49", 49, None, "year", "exact", "age")]),
    ("her son, now aged 17, left", [("17", 17, None, "year", "exact", "age")]),
    ("children under five", [("five", 5, None, "year", "under", "age")]),
    ("CNY860 million and AUD$1 million",
     [("CNY860 million", 8.6e8, None, "CNY", "exact", None), ("AUD$1 million", 1e6, None, "AUD", "exact", None)]),
    ("a magnitude-7.9 quake", [("7.9", 7.9, None, "magnitude", "exact", "magnitude")]),
    ("a 6-foot-9 keeper", [("6-foot-9", 6.75, None, "foot", "exact", "height")]),
]  # fmt: skip

NOT_FIGURES = [
    "It affects versions 6, 7, 8, and 9 of the program.",
    "Call (831) 555-0123 now.",
    "They beat the 0-14 Herons.",
    "He drove on highway 94.",
    "It was day six of the strike.",
    "All versions of MX6 to 10 fail.",
    "The 20-something left.",
    "The Group of 20 met.",
    "The 47th Brigade crossed.",
    "The G7 met over H5N1 and the F-16.",
    "A Boeing 737 landed on Highway 61.",
    "It happened on March 15, 2007, at 9:40 p.m. local time.",
    "She was born in the 1960s and left in 1998.",
    "He served from 1995-2001.",
    "The reds won 3-2 and then lost 24-17.",
    "No. 2 seed Ystad is out.",
    "1. Wash the fruit.",
    "He lives at 200 West Oak Street.",
    "Call 555-0199 or dial 911.",
    "No one came, and one of them said so.",
    "One official said that one day they will go.",
    "The two met again.",
    "Thousands fled and hundreds stayed.",
    "It runs version 2.0.1 around 24/7.",
    "It holds UPC code 111073615.",
    "It struck at 0737 GMT.",
    "It is on chromosome 13.",
    "the class of '87",
    "a 12-all draw",
    "They left at quarter to six.",
    "A week or two passed.",
    "They swam 1,5 km.",
    "the Five-Star Movement",
    "a few hundred metres",
]


Told = tuple[str, float, float | None, str | None, str, str | None]


def told(found: tuple[Figure, ...]) -> list[Told]:
    return [(f.exact, f.low, f.high, f.unit, f.qualifier, f.noun) for f in found]


@pytest.mark.parametrize(("body", "expected"), COUNTED, ids=[body for body, _ in COUNTED])
def test_a_number_counts_a_noun(
    body: str, expected: list[tuple[str, float, float | None, str | None, str, str]]
) -> None:
    assert told(read(body)) == expected


@pytest.mark.parametrize(("body", "expected"), MEASURED, ids=[body for body, _ in MEASURED])
def test_a_number_measures(body: str, expected: list[Told]) -> None:
    assert told(read(body)) == expected


@pytest.mark.parametrize("body", NOT_FIGURES)
def test_dates_names_scores_and_pronouns_are_no_figures(body: str) -> None:
    assert read(body) == ()


def test_si_values_come_with_measures_and_with_nothing_else() -> None:
    length, money = read("The pipe of 28 miles cost $5 million.")
    assert length.si_low == pytest.approx(45061.632)
    assert (length.si_unit, length.dimension) == ("m", "length")
    assert (money.si_low, money.si_unit, money.dimension) == (None, None, "money")


def test_over_before_a_few_nights_is_no_bound() -> None:
    assert [f.qualifier for f in read("Arrests were made over four nights.")] == ["exact"]


def test_a_claimant_is_whoever_says_it_is_cited_or_is_quoted() -> None:
    said = (
        "Mayor Ana Lind said 40 boats were lost. “We need 12 more boats.” "
        "Some 30 homes burned, according to the fire brigade."
    )
    person = Mention(start=6, end=14, exact="Ana Lind", type="person", name="Ana Lind")
    quote = Quote(start=41, end=62, exact="We need 12 more boats.", kind="direct", speaker="Ana Lind")
    assert [f.claimant for f in read(said, (person,), (quote,))] == ["Ana Lind", "Ana Lind", "fire brigade"]


def test_a_date_and_a_place_are_tied_by_their_prepositions() -> None:
    body = "As of Monday, 40 families in Ystad had left."
    place = Mention(start=29, end=34, exact="Ystad", type="place", name="Ystad")
    (figure,) = read(body, (place,))
    assert (figure.as_of, figure.place) == ("2021-06-07", "Ystad")


def test_a_number_inside_a_name_is_no_figure() -> None:
    name = Mention(start=0, end=12, exact="Big 12 Union", type="organisation", name="Big 12 Union")
    assert read("Big 12 Union players left.", (name,)) == ()


WORDS = (
    "5 12 1,000 3.5 $4m €9 40% two half a an dozen million people years old of to - – and between about 4:1 in every "
    "miles magnitude June 1999 Ana , . \n"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join))
def test_spans_are_exact_in_order_and_apart_whatever_the_words(body: str) -> None:
    end = 0
    for figure in read(body):
        assert body[figure.start : figure.end] == figure.exact == figure.exact.strip()
        assert end <= figure.start
        assert figure.high is None or figure.low < figure.high
        assert (figure.qualifier == "between") <= (figure.high is not None)
        end = figure.end


@given(st.text(max_size=80))
def test_any_text_can_be_read(body: str) -> None:
    for figure in read(body):
        assert body[figure.start : figure.end] == figure.exact
