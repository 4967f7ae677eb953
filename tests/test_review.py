"""What people decide is carried out once, and outlives replays, copies and changed expectations."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from newsledger.errors import QueryError, StoreError
from newsledger.pipeline import Wanted, collect, replay, review
from newsledger.pipeline.words import now
from newsledger.settings import Settings
from newsledger.store import batches, quarantine, rulings
from newsledger.store.objects import Objects
from newsledger.store.rulings import Case, Ruling, Verdict
from newsledger.store.verify import verify
from tests.feedworld import rows
from tests.flow import STORY, drop, run
from tests.strictness import stricter

WHO, WHY = "ana", "the mayor did say so"


@pytest.fixture
def strict(quick: Settings, tmp_path: Path) -> Settings:
    """The direct quote of the story is rejected."""
    return stricter(quick, tmp_path, "quotes", "exact", "every school")


def finish(settings: Settings) -> None:
    while run(settings):
        pass


def again(settings: Settings) -> None:
    """Replay everything."""
    replay(settings, Wanted(every=True), now())
    finish(settings)


def story(settings: Settings) -> tuple[str, str]:
    """Drop the story and run; ids of its rejection and its article."""
    drop(settings, "a.txt")
    finish(settings)
    ((rejection, _),) = review.open_rejections(settings)
    return rejection.rejection_id, rejection.article_id


def undecided(settings: Settings) -> list[str]:
    return [one.rejection_id for one, case in review.open_rejections(settings) if case is None]


def told(settings: Settings) -> list[tuple[int, int, int, str | None]]:
    """Version, revision, number of direct quotes and releaser of each row."""
    return [(row["version"], row["revision"], len(spoken(row)), row["released_by"]) for row in rows(settings)]


def spoken(row: Mapping[str, Any]) -> list[str]:
    return [quote["fact_id"] for quote in row["quotes"] if quote["kind"] == "direct"]


def sound(objects: Objects, settings: Settings) -> Sequence[Any]:
    return list(verify(objects, settings, now()))


def test_a_released_fact_is_published_in_a_new_revision_that_says_who_released_it(
    strict: Settings, objects: Objects
) -> None:
    fact_id, _ = story(strict)
    assert told(strict) == [(1, 1, 0, None)]
    done = review.release(strict, fact_id[:12], WHO, WHY)
    finish(strict)
    assert told(strict) == [(1, 1, 0, None), (1, 2, 1, WHO)]
    assert spoken(rows(strict)[1]) == [fact_id]
    assert rows(strict)[1]["changed"] == ["released_by", "quotes"]
    assert [batches.outcome(objects, one) is not None for one in done.batch_ids] == [True]
    assert list(quarantine.read(objects)) == []
    assert sound(objects, strict) == []


def test_a_released_fact_is_not_rejected_again(strict: Settings, quick: Settings, objects: Objects) -> None:
    review.release(strict, story(strict)[0], WHO, WHY)
    finish(strict)
    again(strict)
    again(quick)  # nobody would reject it now, and the article still says that it was released
    drop(strict, "copy.txt")
    finish(strict)
    assert len(told(strict)) == 2
    assert undecided(strict) == []


def test_a_dropped_fact_stays_dropped_when_the_same_article_comes_again(
    strict: Settings, quick: Settings, objects: Objects
) -> None:
    fact_id, _ = story(strict)
    assert review.drop(strict, fact_id, WHO, "an advertisement").batch_ids == ()
    drop(quick, "copy.txt")
    finish(quick)
    again(quick)  # nothing but the ruling rejects it now
    assert told(strict) == [(1, 1, 0, None)]
    assert undecided(strict) == []
    newest, case = review.look_up(strict, fact_id)
    assert newest.reasons[0].message.startswith("Dropped by ana on 20")
    assert newest.reasons[0].message.endswith(": an advertisement")
    assert case is not None
    assert case.ruling.verdict is Verdict.dropped


def test_a_released_article_is_published_while_its_bad_facts_stay(
    strict: Settings, objects: Objects, tmp_path: Path
) -> None:
    both = stricter(strict, tmp_path, "articles", "body", "Olena Hrytsenko said")
    article_record, _ = story(both)
    assert rows(both) == []
    review.release(both, article_record, WHO, WHY)
    finish(both)
    assert told(both) == [(1, 1, 0, WHO)]
    assert [(one.kind, case) for one, case in review.open_rejections(both)] == [("quotes", None)]
    review.release(both, undecided(both)[0], "ben", WHY)
    finish(both)
    again(both)
    assert told(both) == [(1, 1, 0, WHO), (1, 2, 1, "ana, ben")]
    assert sound(objects, both) == []


def test_a_dropped_article_stays_out_however_it_comes(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    strict = stricter(quick, tmp_path, "articles", "body", "Olena Hrytsenko said")
    record, _ = story(strict)
    review.drop(strict, record, WHO, WHY)
    again(quick)
    drop(quick, "copy.txt")
    finish(quick)
    assert rows(quick) == []
    assert undecided(quick) == []
    drop(quick, "other.txt", STORY + "\nHe left on Monday.")
    finish(quick)
    assert len(rows(quick)) == 1


def test_a_retracted_fact_is_taken_back_and_no_replay_brings_it_back(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    finish(quick)
    (fact_id,) = spoken(rows(quick)[0])
    review.retract(quick, fact_id[:10], WHO, "misheard")
    finish(quick)
    assert told(quick) == [(1, 1, 1, None), (1, 2, 0, None)]
    again(quick)
    drop(quick, "copy.txt")
    finish(quick)
    assert len(told(quick)) == 2
    assert undecided(quick) == []
    review.release(quick, fact_id, "ben", "heard rightly after all")
    finish(quick)
    assert told(quick)[2:] == [(1, 3, 1, "ben")]
    review.retract(quick, fact_id, WHO, "no")
    finish(quick)
    again(quick)
    assert told(quick)[3:] == [(1, 4, 0, None)]
    case = rulings.find(objects, fact_id)
    assert case is not None
    assert [one.verdict.value for one in case.rulings] == ["retracted", "released", "retracted"]
    assert sound(objects, quick) == []


def test_a_fact_is_retracted_from_a_version_that_is_not_the_newest(quick: Settings, objects: Objects) -> None:
    page = (
        '<html><head><link rel="canonical" href="https://news.example/izium"><title>Izium</title></head>'
        "<body><article><h1>Izium</h1>{}</article></body></html>"
    )
    paragraphs = "".join(f"<p>{one}</p>" for one in STORY.split("\n\n"))
    drop(quick, "a.html", page.format(paragraphs))
    finish(quick)
    drop(quick, "b.html", page.format(paragraphs + "<p>On Friday the bridge across the river was opened again.</p>"))
    finish(quick)
    assert [(row["article_id"], row["version"]) for row in rows(quick)] == [
        ("https://news.example/izium", 1),
        ("https://news.example/izium", 2),
    ]
    review.retract(quick, spoken(rows(quick)[0])[0], WHO, WHY)
    finish(quick)
    assert told(quick)[2:] == [(1, 2, 0, None)]


def test_who_was_killed_after_the_ruling_says_the_same_again(strict: Settings, objects: Objects) -> None:
    fact_id, article_id = story(strict)
    subject = Case(id=fact_id, kind="quotes", article_id=article_id)
    rulings.rule(objects, subject, Ruling(verdict=Verdict.released, by="first", at=now(), reason=WHY))
    once, twice = (review.release(strict, fact_id, WHO, WHY) for _ in range(2))
    assert once == twice
    finish(strict)
    assert told(strict) == [(1, 1, 0, None), (1, 2, 1, "first")]


def test_what_could_not_be_read_can_be_dropped_but_not_released(quick: Settings, objects: Objects) -> None:
    drop(quick, "empty.html", "<html><body></body></html>")
    finish(quick)
    (record,) = undecided(quick)
    with pytest.raises(QueryError, match=r"empty\.html: there is nothing to release"):
        review.release(quick, record, WHO, WHY)
    review.drop(quick, record, WHO, "a page of links")
    assert undecided(quick) == []


def test_what_contradicts_its_own_text_can_not_be_released(strict: Settings, objects: Objects) -> None:
    fact_id, _ = story(strict)
    (rejection,) = quarantine.read(objects)
    import msgspec

    from newsledger.records import Reason

    wrong = msgspec.structs.replace(rejection, reasons=(Reason(expectation="x", column="span_ok", message="No."),))
    quarantine.put(objects, [wrong])
    with pytest.raises(QueryError, match="can only be dropped"):
        review.release(strict, fact_id, WHO, WHY)
    assert rulings.find(objects, fact_id) is None


@pytest.mark.parametrize("beginning", ["", "xyz", "ffff"])
def test_an_id_that_is_not_in_quarantine_is_an_error(strict: Settings, objects: Objects, beginning: str) -> None:
    with pytest.raises(QueryError, match="Nothing in quarantine"):
        review.look_up(strict, beginning)


@pytest.mark.parametrize("fact", ["", "abc", "0123456789' OR 1=1 --", "0123456789abcdef"])
def test_a_fact_that_was_never_published_can_not_be_retracted(strict: Settings, objects: Objects, fact: str) -> None:
    with pytest.raises(QueryError):
        review.retract(strict, fact, WHO, WHY)


@pytest.mark.parametrize(("by", "reason"), [("", WHY), (WHO, " ")])
def test_a_decision_needs_somebody_and_a_reason(strict: Settings, objects: Objects, by: str, reason: str) -> None:
    fact_id, _ = story(strict)
    with pytest.raises(QueryError, match="who decides, and why"):
        review.drop(strict, fact_id, by, reason)


def test_a_batch_under_way_is_waited_for(strict: Settings, objects: Objects) -> None:
    fact_id, _ = story(strict)
    (rejection,) = quarantine.read(objects)
    objects.delete(f"{batches.DONE}{rejection.batch_id}.json")  # as between quarantine and the end of the batch
    with pytest.raises(StoreError, match="still under way"):
        review.release(strict, fact_id, WHO, WHY)


def test_a_release_waits_until_nothing_fresh_does(strict: Settings, objects: Objects) -> None:
    fact_id, _ = story(strict)
    (batch_id,) = review.release(strict, fact_id, WHO, WHY).batch_ids
    drop(strict, "fresh.txt", STORY + "\nHe left on Monday.")
    fresh = collect(strict)
    assert fresh is not None
    assert fresh.batch_id != batch_id
