"""Bylines: who is named, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import byline


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Anna Berg", ["Anna Berg"]),
        ("By Anna Berg", ["Anna Berg"]),
        ("BY ANNA BERG", ["ANNA BERG"]),
        ("Words by Anna Berg", ["Anna Berg"]),
        ("By Anna Berg in Kyiv and Tom Hale", ["Anna Berg", "Tom Hale"]),
        ("Anna Berg, Tom Hale and Eva Roos", ["Anna Berg", "Tom Hale", "Eva Roos"]),
        ("By Anna Berg, Political Editor", ["Anna Berg"]),
        ("Anna Berg | The Courier", ["Anna Berg"]),
        ("By Anna Berg for the Evening Courier", ["Anna Berg"]),
        ("By Anna Berg and AP", ["Anna Berg", "AP"]),
        ("By Anna Berg, Reuters", ["Anna Berg", "Reuters"]),
        ("By Anna Berg, Kyiv", ["Anna Berg"]),
        ("By Anna Berg (AP)", ["Anna Berg"]),
        ("By Anna Berg of The Courier", ["Anna Berg"]),
        ("Voice of Norland", ["Voice of Norland"]),
        ("By Norland Digest with Agencies", ["Norland Digest", "Agencies"]),
        ("By staff reporters", ["staff reporters"]),
        ("Anna Berg anna@courier.example @annaberg", ["Anna Berg"]),
        ("By Anna Berg Published 3 May 2024", ["Anna Berg"]),
        ("Martin Berg, Jr.", ["Martin Berg"]),
        ("Anna Berg; anna berg", ["Anna Berg"]),
        ("admin", []),
        ("https://courier.example/anna", []),
        ("", []),
    ],
)
def test_a_byline_names(stated: str, names: list[str]) -> None:
    assert list(byline.names(stated)) == names


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Berg",
        "BY ANNA BERG AND TOM HALE",
        "By Anna Berg in Kyiv and Tom Hale",
        "By Norland Digest with Agencies",
        "By Maria de la Cruz, Political Editor",
        "By Jean-Pierre d'Arc",
    ],
)
def test_a_line_is_a_byline(line: str) -> None:
    assert byline.is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the army had taken both valleys.",
        "By then, nobody was left in Holt",
        "By design",
        "Anna Berg said no",
        "By Anna Berg, who was there when the ferry sank",
        "By the time the mayor came, Holt was dark",
        "Bystanders Saw It",
    ],
)
def test_a_line_is_no_byline(line: str) -> None:
    assert not byline.is_byline(line)


@given(st.text(max_size=400))
def test_names_are_clean_and_each_once(stated: str) -> None:
    names = byline.names(stated)
    assert all(name.strip() == name and name for name in names)
    assert len({name.casefold() for name in names}) == len(names)
