"""Every fact is exactly what stands in the body, whatever the text and whatever file it came in."""

import contextlib
from collections.abc import Sequence
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.errors import UnreadableError
from newsledger.extract import document
from newsledger.records import Article, Extraction, Fact, FactKind, sha256
from newsledger.text import clean
from tests.fragments import FILES, LEAD, TEXTS

KINDS = [kind.value for kind in FactKind]


def hold(found: Extraction) -> None:
    """What is promised of every record."""
    body = found.article.body
    assert clean(body) == body
    assert body.encode().decode() == body
    assert msgspec.json.decode(msgspec.json.encode(found), type=Extraction) == found
    for kind in KINDS:
        facts: Sequence[Fact] = getattr(found, kind)
        for fact in facts:
            assert 0 <= fact.start < fact.end <= len(body)
            assert body[fact.start : fact.end] == fact.exact
            assert len(fact.fact_id) == 32
        spans = [(fact.start, fact.end) for fact in facts]
        assert spans == sorted(spans), kind
    _apart(found.figures)
    _apart(found.dates)
    _apart([one for one in found.quotes if one.kind != "indirect"])
    for kind in ("person", "organisation", "place"):
        _apart([one for one in found.mentions if one.type == kind])
    for quote in found.quotes:
        place = (quote.speaker_start, quote.speaker_end)
        if quote.speaker_text is None:
            assert place == (None, None)
        else:
            assert body[quote.speaker_start : quote.speaker_end] == quote.speaker_text != ""


def _apart(facts: Sequence[Fact]) -> None:
    for one, following in pairwise(facts):
        assert one.end <= following.start, (one, following)


def read(body: str) -> Extraction:
    """The facts of a body as if it were English, whatever it is made of."""
    article = Article(article_id="a", body_sha256=sha256(body.encode()), language="en", body=body)
    return document.extraction(article, "a.txt")


@settings(max_examples=400)
@given(st.one_of(TEXTS, st.text(max_size=300)))
def test_facts_of_any_text_are_exact(text: str) -> None:
    hold(read(clean(text)))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40)
@given(text=TEXTS)
def test_facts_are_exact_out_of_any_file(name: str, text: str) -> None:
    with contextlib.suppress(UnreadableError):
        for found in document.read(FILES[name](LEAD + text), name):
            hold(found)


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_gives_facts_behind_characters_outside_the_basic_plane(name: str) -> None:
    said = "We are open again, and we will stay open,"
    text = f"😀 {LEAD}\n👩‍👩‍👧 “{said}” said Ann Hale on May 3, 2024. More than 5,000 people came from e\u0301 Paris.\n"
    (found,) = document.read(FILES[name](text), name)
    hold(found)
    assert "😀" in found.article.body
    direct = [(quote.exact, quote.speaker_text) for quote in found.quotes if quote.kind == "direct"]
    assert direct == [(said, "Ann Hale")]
    assert {one.exact for one in found.mentions} == {"Ann Hale", "Paris"}
    assert [one.exact for one in found.dates] == ["May 3, 2024"]
    assert 5000 in [one.low for one in found.figures]


def test_lone_surrogates_of_json_are_left_out_and_pairs_are_one_character() -> None:
    data = rb'{"@type": "NewsArticle", "articleBody": "%s\ud83d\ude00\ud800 Ann Hale said \udc00 so."}' % LEAD.encode()
    (found,) = document.read(data, "a.json")
    hold(found)
    assert found.article.body.endswith("😀 Ann Hale said so.")


@settings(max_examples=200)
@given(st.one_of(TEXTS, st.text(alphabet="a\u0301\u0316\u0344\u0f73\u1100\u1161≠ \n", max_size=120)))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
