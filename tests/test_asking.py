"""A reviewer is asked about each batch once at a time, is shown data and nothing else, and is obeyed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from newsledger.pipeline import asking, holds, review, rounds
from newsledger.pipeline.asking import Answer, Choice
from newsledger.pipeline.words import now
from newsledger.records import Reason, Rejection
from newsledger.settings import Settings
from newsledger.store import breaker, quarantine, reviews, rulings
from newsledger.store.breaker import Counted
from newsledger.store.objects import Objects
from newsledger.store.rulings import Verdict
from newsledger.store.verify import verify
from tests.feedworld import rows
from tests.flow import STORY, drop, run
from tests.strictness import stricter

FOUR = timedelta(hours=4)


@pytest.fixture
def strict(quick: Settings, objects: Objects, tmp_path: Path) -> Settings:
    """The direct quote of the story is rejected."""
    return stricter(quick, tmp_path, "quotes", "exact", "every school")


def finish(settings: Settings) -> None:
    while run(settings):
        pass


def rejected(settings: Settings, name: str = "a.txt", text: str = STORY) -> str:
    drop(settings, name, text)
    batch_id = run(settings)
    assert batch_id
    return batch_id


def answered(settings: Settings, batch_id: str, choice: Choice, *records: str, by: str | None = "ana") -> None:
    ids = asking.chosen(settings, batch_id, records)
    asking.answer(settings, Answer(batch_id, choice, ids, by, "seen in the UI"))


def test_the_question_shows_words_reasons_and_the_text_around(strict: Settings) -> None:
    batch_id = rejected(strict)
    asked = asking.question(strict, batch_id)
    assert asked
    assert asked.subject == f"Batch {batch_id}: 1 quote rejected"
    (fact_id,) = asked.records
    assert f"**1. quote** `{fact_id[:12]}`" in asked.body
    assert "words   We will rebuild every school" in asked.body
    assert "from    a.txt" in asked.body
    assert "Hrytsenko told" in asked.body


EVIL = (
    "```\n<script>alert(1)</script> ![x](http://evil.example/x.png) [click](javascript:alert(1)) {{ 7*7 }} # Title\n"
    "````text www.evil.example \u202egnp.exe \x1b[31m"
)


def test_what_an_article_says_stays_inside_a_code_block() -> None:
    rejection = Rejection(
        rejection_id="a" * 32,
        kind="quotes",
        article_id="x",
        fact_id="a" * 32,
        input=f"{EVIL}.txt",
        reasons=(Reason(expectation="x", message=f"Not so. Found {EVIL}."),),
        suite_version="1",
        record={"exact": EVIL},
        context=f"{EVIL}\n```\nout?\n",
    )
    asked = asking._of_rejected("b" * 24, [rejection])
    outside = outside_of_code(asked.body)
    assert not any(word in outside for word in ("script", "evil", "click", "7*7", "Title", "out?"))
    assert not any(bad in asked.body + "".join(asked.records.values()) for bad in ("\u202e", "\x1b"))
    assert "evil" not in asked.subject


def outside_of_code(markdown: str) -> str:
    """What CommonMark reads as text: a fence is closed by one as long as it, or longer, alone on its line."""
    fence, outside = "", []
    for line in markdown.splitlines():
        run = len(line) - len(line.lstrip("`"))
        if not fence and run >= 3:
            fence = "`" * run
        elif fence and run >= len(fence) and not line.strip("`"):
            fence = ""
        elif not fence:
            outside.append(line)
    assert not fence
    return "\n".join(outside)


def test_a_release_is_carried_out_and_says_who(strict: Settings, objects: Objects) -> None:
    batch_id = rejected(strict)
    answered(strict, batch_id, Choice.release)
    finish(strict)
    assert [(len(row["quotes"]), row["released_by"]) for row in rows(strict)] == [(1, None), (2, "ana")]
    assert asking.question(strict, batch_id) is None
    assert not rounds.waits(strict)
    assert list(verify(objects, strict, now())) == []


def test_only_the_chosen_records_are_decided(strict: Settings, objects: Objects) -> None:
    drop(strict, "a.txt")
    drop(strict, "b.txt", STORY.replace("Izium", "Kupiansk"))
    batch_id = run(strict)
    assert batch_id
    first, second = sorted(one.rejection_id for one in quarantine.of_batch(objects, batch_id))
    answered(strict, batch_id, Choice.drop, first)
    asked = asking.question(strict, batch_id)
    assert asked
    assert list(asked.records) == [second]
    case = rulings.find(objects, first)
    assert case
    assert (case.ruling.verdict, case.ruling.by, case.ruling.reason) == (Verdict.dropped, "ana", "seen in the UI")
    assert rulings.find(objects, second) is None


def test_the_same_answer_twice_is_carried_out_once(strict: Settings, objects: Objects) -> None:
    batch_id = rejected(strict)
    ids = asking.chosen(strict, batch_id, ())
    for _ in range(2):  # as when the task was killed after its last word, or before
        asking.answer(strict, Answer(batch_id, Choice.release, ids, "ana", "so"))
    finish(strict)
    asking.answer(strict, Answer(batch_id, Choice.release, ids, "ana", "so"))
    finish(strict)
    assert len(rows(strict)) == 2


def test_what_somebody_decided_meanwhile_stays_as_it_is(strict: Settings, objects: Objects) -> None:
    batch_id = rejected(strict)
    ids = asking.chosen(strict, batch_id, ())
    review.drop(strict, ids[0], "ben", "no")
    asking.answer(strict, Answer(batch_id, Choice.release, ids, "ana", "so"))
    case = rulings.find(objects, ids[0])
    assert case
    assert [one.verdict for one in case.rulings] == [Verdict.dropped]


def test_a_replay_asks_again_only_for_what_is_rejected_again(strict: Settings, quick: Settings) -> None:
    batch_id = rejected(strict)
    answered(strict, batch_id, Choice.replay)
    assert not rounds.waits(strict)  # not while it is being read again
    finish(quick)
    assert asking.question(quick, batch_id) is None
    assert [len(row["quotes"]) for row in rows(quick)] == [1, 2]
    answered(strict, other := rejected(strict, "b.txt", STORY + "\nMore."), Choice.replay)
    finish(strict)
    (again,) = rounds.begin(strict, "run", FOUR)
    assert again != other


def test_without_an_answer_nothing_is_decided_and_later_is_tomorrow(strict: Settings, objects: Objects) -> None:
    batch_id = rejected(strict)
    answered(strict, batch_id, Choice.later, by=None)  # timed out
    assert rounds.waits(strict)
    answered(strict, batch_id, Choice.later)
    assert not rounds.waits(strict)
    assert rounds.waits(strict, datetime.now(UTC) + timedelta(days=1, minutes=5))
    assert asking.question(strict, batch_id)


def test_what_can_never_be_published_is_left_for_another_choice(strict: Settings, objects: Objects) -> None:
    drop(strict, "empty.html", "<html><body></body></html>")
    batch_id = run(strict)
    assert batch_id
    answered(strict, batch_id, Choice.release)
    assert asking.question(strict, batch_id)
    answered(strict, batch_id, Choice.drop)
    assert asking.question(strict, batch_id) is None


def test_one_run_asks_at_a_time_and_the_next_asks_what_came_meanwhile(strict: Settings, objects: Objects) -> None:
    first = rejected(strict)
    assert rounds.waits(strict)
    assert rounds.begin(strict, "one", FOUR) == (first,)
    assert rounds.begin(strict, "one", FOUR) == (first,)  # its task ran again
    second = rejected(strict, "b.txt", STORY + "\nMore.")
    assert not rounds.waits(strict)
    assert rounds.begin(strict, "two", FOUR) == ()
    rounds.end(strict, "two")
    assert not rounds.waits(strict)
    rounds.end(strict, "one")
    assert set(rounds.begin(strict, "three", FOUR)) == {first, second}


def test_a_run_that_was_deleted_blocks_no_longer_than_it_would_have_waited(strict: Settings) -> None:
    rejected(strict)
    begun = datetime.now(UTC)
    rounds.begin(strict, "gone", FOUR, begun)
    assert not rounds.waits(strict, begun + FOUR)
    assert rounds.waits(strict, begun + FOUR + timedelta(minutes=31))


def test_a_held_batch_is_asked_about_at_once_beside_the_others(strict: Settings, objects: Objects) -> None:
    for number in range(20):
        breaker.remember(objects, Counted(batch_id=f"old-{number}", articles={"article": 10, "quotes": 9}, failed={}))
    other = rejected(strict)
    assert rounds.begin(strict, "one", FOUR) == (other,)
    for number in range(6):
        drop(strict, f"{number}.txt", f"{STORY}\nPart {number}.")
    held = run(strict)
    assert rounds.waits(strict)
    assert rounds.begin(strict, "two", FOUR) == (held,)
    assert held
    asked = asking.question(strict, held)
    assert asked
    assert asked.subject == f"Batch {held} is held: 6 files, 6 articles accepted"
    assert "6 of 6 articles fail it" in " ".join(asked.body.split())
    assert asked.records == {}
    answered(strict, held, Choice.release)
    assert holds.every(strict) == []
    run(strict)
    assert len(rows(strict)) == 7


def test_batches_of_before_there_were_notes_are_found(strict: Settings, objects: Objects) -> None:
    batch_id = rejected(strict)
    for listed in list(objects.list("reviews/")):
        objects.delete(listed.key)
    assert rounds.waits(strict)
    assert rounds.begin(strict, "one", FOUR) == (batch_id,)


def test_a_note_without_anything_to_decide_goes_away(strict: Settings, objects: Objects) -> None:
    reviews.note(objects, "0" * 24)
    assert rounds.begin(strict, "one", FOUR) == ()
    assert reviews.noted(objects) == []


def test_a_long_question_is_cut_and_says_so(strict: Settings) -> None:
    one = Rejection(
        rejection_id="a" * 32,
        kind="figures",
        article_id="x",
        input="a.txt",
        reasons=(Reason(expectation="x", message="word " * 5_000),),
        suite_version="1",
        record={"exact": "1"},
    )
    many = [msgspec.structs.replace(one, rejection_id=f"{number:032x}") for number in range(300)]
    asked = asking._of_rejected("b" * 24, many)
    assert "... and 280 more" in asked.body
    assert len(asked.records) == asking.CHOOSABLE
    assert len(asked.body) < 60_000
