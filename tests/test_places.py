"""Places in English news: a catalogue of what names one and what does not, and of which place it is."""

import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.english.places import find as places
from newsledger.records import Article, Mention
from newsledger.text import Text, clean

CASES = json.loads((Path(__file__).parent / "data" / "places.json").read_text())


def read(body: str, named: tuple[Mention, ...] = (), url: str | None = None) -> tuple[Mention, ...]:
    article = Article(article_id="a", body_sha256="b", language="en", body=body, url=url)
    return places.find(Text(body), article, named)


def found(body: str, **kwargs: Any) -> list[str]:
    return [mention.exact for mention in read(body, **kwargs) if mention.type == "place"]


def named(body: str, exact: str, kind: Any, key: str | None = "person:x") -> Mention:
    start = body.index(exact)
    return Mention(start=start, end=start + len(exact), exact=exact, type=kind, name=exact, entity_key=key)


def ids(cases: list[dict[str, Any]]) -> Iterator[str]:
    return (case["because"] for case in cases)


@pytest.mark.parametrize("case", CASES["found"], ids=ids(CASES["found"]))
def test_names_places(case: dict[str, Any]) -> None:
    assert found(case["text"]) == case["places"]


@pytest.mark.parametrize("case", CASES["resolved"], ids=ids(CASES["resolved"]))
def test_knows_which_place_is_meant(case: dict[str, Any]) -> None:
    mentions = [mention for mention in read(case["text"], url=case.get("url")) if mention.exact == case["name"]]
    assert mentions, "not found"
    for mention in mentions:
        assert (mention.name, mention.country_code, mention.precision) == tuple(case["is"])


def test_a_place_has_key_point_and_country() -> None:
    (mention,) = read("Talks were held in Kyiv.")
    assert (mention.entity_key, mention.geonames_id, mention.country_code) == ("geonames:703448", 703448, "UA")
    assert mention.latitude == pytest.approx(50.45, abs=0.05)
    assert mention.longitude == pytest.approx(30.52, abs=0.05)
    assert mention.candidates == ()


def test_a_place_without_an_id_has_a_stable_key() -> None:
    first, second = (mention.entity_key for mention in read("Rain fell over the Donbas. The Donbass flooded."))
    assert first == second == "place:ua:donbas"


def test_abstains_with_candidates_where_nothing_decides() -> None:
    (mention,) = read("A parade was held in Springfield.")
    assert mention.latitude is None
    assert mention.geonames_id is None
    assert mention.country_code == "US", "all it may be lie there"
    assert len(mention.candidates) > 1
    assert {candidate.name for candidate in mention.candidates} == {"Springfield"}


def test_a_place_that_only_the_text_knows_has_no_point() -> None:
    (_, mention) = read("In Ukraine, soldiers left the village of Zozulivtsiane.")
    assert (mention.exact, mention.latitude, mention.country_code) == ("Zozulivtsiane", None, "UA")


def test_no_place_inside_a_person_or_an_organisation() -> None:
    body = "Paris Hilton spoke at the University of Glasgow to the Washington Post."
    claims = (
        named(body, "Paris Hilton", "person"),
        named(body, "University of Glasgow", "organisation"),
        named(body, "Washington Post", "organisation"),
    )
    assert read(body, claims) == claims


def test_a_public_body_is_named_after_its_place() -> None:
    body = "Hartford Police Department opened an inquiry."
    claim = named(body, "Hartford Police Department", "organisation")
    assert [mention.exact for mention in read(body, (claim,))] == ["Hartford", "Hartford Police Department"]


def test_a_person_that_nobody_knows_yields_to_a_place_with_a_cue() -> None:
    body = "A camp was set up near Tyler."
    (mention,) = read(body, (named(body, "Tyler", "person", key=None),))
    assert mention.type == "place"


def test_a_known_person_stands() -> None:
    body = "Mary Lincoln left. A camp was set up near Lincoln."
    claims = (named(body, "Mary Lincoln", "person"), Mention(start=42, end=49, exact="Lincoln", type="person",
              name="Mary Lincoln", entity_key="person:mary lincoln"))  # fmt: skip
    assert body[42:49] == "Lincoln"
    assert read(body, claims) == claims


def test_a_country_taken_for_an_organisation_is_a_place() -> None:
    body = "The Vatican declined to comment."
    (mention,) = read(body, (named(body, "Vatican", "organisation"),))
    assert (mention.type, mention.country_code) == ("place", "VA")


def test_mentions_come_in_order_of_position() -> None:
    body = "In Kyiv, Olha Tkach met envoys from Poland."
    starts = [mention.start for mention in read(body, (named(body, "Olha Tkach", "person"),))]
    assert starts == sorted(starts)
    assert len(starts) == 3


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_spans_are_exact_on_any_text(raw: str) -> None:
    check(clean(raw))


PIECES = [
    "Kyiv", "the", "village", "of", "Paris", ",", "Ohio", ".", "St.", "Lake", "’s", "and", "U.S.", "\n", "-", "Kursk",
    "region", "Lee", "counties", "OH", "said", "É", "\u0301", "😀", "$",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=100, deadline=None)
def test_spans_are_exact_whatever_follows_what(words: list[str]) -> None:
    check(clean(" ".join(words)))


def check(body: str) -> None:
    mentions = read(body)
    assert all(body[mention.start : mention.end] == mention.exact != "" for mention in mentions)
    assert mentions == read(body)
    taken = [(mention.start, mention.end) for mention in mentions]
    assert all(end <= start for (_, end), (start, _) in pairwise(taken)), "places never overlap"


@pytest.mark.parametrize(
    "piece", ["Kyiv ", "Springfield, ", "A. ", "of Of ", "the village of X, ", "Lake ", "Ohio and ", "Xyz’s ", "“"]
)
def test_time_grows_in_line_with_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        body = clean(piece * times)
        started = time.perf_counter()
        read(body)
        return time.perf_counter() - started

    seconds(100)
    short, long = max(seconds(2_000), 0.01), seconds(20_000)
    assert long < 40 * short
