"""Texts that a tokeniser has set apart, read as they were before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import english, respacing
from newsledger.extract.respacing import Respaced
from newsledger.records import Article, Facts
from newsledger.text import Text

# Apart, and as it was.
BEFORE = (
    ("It rained , she said .", "It rained, she said."),
    ("Gov . Ann Hale ( pictured ) left .", "Gov. Ann Hale (pictured) left."),
    ("A . J . Hale of the U . S . Navy left at 7 a . m .", "A.J. Hale of the U.S. Navy left at 7 a.m."),
    ("It cost $ 1.2 billion , or US $ 40 each .", "It cost $1.2 billion, or US$40 each."),
    ("Some 20 , 000 people ran 5 . 9 miles in 11 : 29 .", "Some 20,000 people ran 5.9 miles in 11:29."),
    ("On June 7 , 2012 a 15 - year - old won .", "On June 7, 2012 a 15-year-old won."),
    ("A two - hour talk with a co - owner .", "A two-hour talk with a co-owner."),
    ("The site is norby . com , they say .", "The site is norby.com, they say."),
    ("They waited - and waited - all day .", "They waited - and waited - all day."),
    ("In 1999 , 300 came .", "In 1999, 300 came."),
)


@pytest.mark.parametrize(("apart", "before"), BEFORE, ids=[case[0] for case in BEFORE])
def test_a_text_is_put_together_again(apart: str, before: str) -> None:
    assert Respaced(apart).body == before


def test_only_a_text_with_most_marks_set_apart_is_taken_for_one() -> None:
    apart = "It rained , then snowed , then froze , she said .\nNobody came ."
    assert respacing.is_apart(apart)
    assert not respacing.is_apart(
        "It rained, then snowed, then froze, she said.\nOne slip , two slips , three , four ."
    )
    assert not respacing.is_apart("It rained .")


def _read(body: str) -> Facts:
    article = Article(article_id="a", body_sha256="0" * 64, language="en", body=body)
    return respacing.read(Text(body), article, english.read)


BODY = (
    "Rep . Ann K . Hale , a spokeswoman for the U . S . Coast Guard , left at 7 a . m . on Monday .\n"
    '"It cost $ 1.2 billion , " said Hale , 49 .\nSome 20 , 000 people cheered in Paris , France .'
)


def test_what_is_found_stands_where_it_says_in_the_text_as_it_came() -> None:
    facts = _read(BODY)
    for fact in (*facts.quotes, *facts.mentions, *facts.figures, *facts.dates):
        assert BODY[fact.start : fact.end] == fact.exact
    assert [one.exact for one in facts.mentions if one.type == "person"] == ["Ann K . Hale", "Hale"]
    assert [one.exact for one in facts.figures] == ["$ 1.2 billion", "49", "20 , 000"]
    (quote,) = facts.quotes
    assert (quote.exact, quote.speaker, quote.speaker_text) == ("It cost $ 1.2 billion ,", "Ann K. Hale", "Hale")
    assert BODY[quote.speaker_start : quote.speaker_end] == "Hale"


def test_names_come_as_they_are_written_elsewhere() -> None:
    person = next(one for one in _read(BODY).mentions if one.type == "person")
    assert (person.name, person.affiliation) == ("Ann K. Hale", "U.S. Coast Guard")


@given(st.text(alphabet=" .,:-$()aB1\n%", max_size=80))
def test_every_stretch_leads_back_to_the_same_marks(body: str) -> None:
    respaced = Respaced(body)
    for start in range(len(respaced.body)):
        for end in range(start + 1, len(respaced.body) + 1):
            there = body[slice(*respaced.back(start, end))]
            assert there.replace(" ", "") == respaced.body[start:end].replace(" ", "")
