"""A batch that fails as none did before is held whole until somebody decides; it blocks nothing, and is never lost."""

from pathlib import Path

import msgspec
import pytest

from newsledger import pipeline
from newsledger.errors import QueryError
from newsledger.pipeline import Wanted, breaker, holds, replay, review
from newsledger.pipeline.words import now
from newsledger.settings import Settings
from newsledger.store import batches, held, quarantine, rulings
from newsledger.store import breaker as memory
from newsledger.store.breaker import Counted
from newsledger.store.objects import Objects
from newsledger.store.rulings import Verdict
from newsledger.store.verify import verify
from tests.feedworld import rows
from tests.flow import STORY, drop, run
from tests.strictness import stricter

WHO, WHY = "ana", "the source has changed its pages"
SIX = 6


@pytest.fixture
def broken(quick: Settings, objects: Objects, tmp_path: Path) -> Settings:
    """After twenty sound batches a rule that every story of these tests fails."""
    for number in range(20):
        memory.remember(objects, Counted(batch_id=f"old-{number}", articles={"article": 10, "quotes": 9}, failed={}))
    return stricter(quick, tmp_path, "quotes", "exact", "every school")


def stories(settings: Settings, number: int = SIX, mark: str = "Part") -> None:
    for each in range(number):
        drop(settings, f"{mark}-{each}.txt", f"{STORY}\n{mark} {each} of the report.")


def hold(settings: Settings) -> str:
    """Collect the stories and hold them; the batch."""
    stories(settings)
    batch_id = run(settings)
    assert batch_id
    return batch_id


def spoken(settings: Settings) -> list[int]:
    return [len(row["quotes"]) for row in rows(settings)]


def test_a_batch_that_fails_as_none_did_before_is_held_with_the_reason(broken: Settings, objects: Objects) -> None:
    batch_id = hold(broken)
    (one,) = holds.every(broken)
    assert one.batch_id == batch_id
    assert one.why[0].startswith("quotes: ")
    assert one.why[0].endswith("6 of 6 articles fail it, 100%, where 0.3% is usual.")
    assert rows(broken) == []
    assert list(quarantine.read(objects)) == []
    assert batches.pending(objects) == []
    assert not pipeline.more(broken)
    assert [record.kind for record in holds.contents(objects, one).rejected] == ["quotes"] * SIX


def test_the_others_go_on_meanwhile(broken: Settings, quick: Settings, objects: Objects) -> None:
    hold(broken)
    stories(broken, 2, "Other")  # too few to be told from chance
    assert run(broken)
    assert len(rows(broken)) == 2
    assert len(holds.every(broken)) == 1


def test_running_its_tasks_again_changes_nothing(broken: Settings, objects: Objects) -> None:
    batch_id = hold(broken)
    (before,) = holds.every(broken)
    pipeline.extract(broken, batch_id, 0)
    assert pipeline.validate(broken, batch_id) is None
    assert pipeline.publish(broken, batch_id) is False
    assert holds.every(broken) == [before]


def test_released_it_is_published_as_it_is(broken: Settings, objects: Objects) -> None:
    batch_id = hold(broken)
    case = holds.decide(broken, batch_id[:8], Verdict.released, WHO, WHY)
    assert run(broken) == batch_id
    assert spoken(broken) == [1] * SIX
    assert len(list(quarantine.read(objects))) == SIX
    assert holds.every(broken) == []
    kept = rulings.find(objects, batch_id)
    assert kept == case
    assert (case.ruling.by, case.ruling.reason) == (WHO, WHY)
    assert list(verify(objects, broken, now())) == []
    assert memory.load(objects).batches[-1].batch_id == batch_id  # the next one like it is less of a surprise


def test_replayed_it_is_judged_anew(broken: Settings, quick: Settings, objects: Objects) -> None:
    batch_id = hold(broken)
    holds.decide(broken, batch_id, Verdict.replayed, WHO, WHY)
    assert run(broken) == batch_id
    assert len(holds.every(broken)) == 1  # as broken as before
    holds.decide(broken, batch_id, Verdict.replayed, WHO, WHY)
    assert run(quick) == batch_id
    assert spoken(quick) == [2] * SIX
    assert list(quarantine.read(objects)) == []


def test_dropped_its_articles_stay_out_when_they_come_again(
    broken: Settings, quick: Settings, objects: Objects
) -> None:
    batch_id = hold(broken)
    holds.decide(broken, batch_id, Verdict.dropped, WHO, WHY)
    assert run(broken) == batch_id
    assert rows(broken) == []
    assert [case is not None for _, case in review.open_rejections(broken)] == [True] * SIX
    stories(quick)
    assert run(quick)
    replay(quick, Wanted(every=True), now())
    while run(quick):
        pass
    assert rows(quick) == []


def test_what_could_not_be_read_is_dropped_with_its_batch(broken: Settings, objects: Objects) -> None:
    drop(broken, "empty.html", "<html><body></body></html>")
    batch_id = hold(broken)
    holds.decide(broken, batch_id, Verdict.dropped, WHO, WHY)
    run(broken)
    assert [case is not None for _, case in review.open_rejections(broken)] == [True] * (SIX + 1)


def test_whoever_is_killed_between_loses_nothing(
    broken: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories(broken)
    work = pipeline.collect(broken)
    assert work
    pipeline.extract(broken, work.batch_id, 0)
    with monkeypatch.context() as killed:
        killed.setattr(batches, "set_aside", _killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.validate(broken, work.batch_id)
    assert len(batches.pending(objects)) == len(holds.every(broken)) == 1
    assert pipeline.collect(broken) is None
    assert batches.pending(objects) == []
    with monkeypatch.context() as killed:
        killed.setattr(batches, "reopen", _killed)
        with pytest.raises(KeyboardInterrupt):
            holds.decide(broken, work.batch_id, Verdict.released, WHO, WHY)
    assert holds.every(broken) == []  # looking finishes it
    assert run(broken) == work.batch_id
    assert spoken(broken) == [1] * SIX


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_batch_that_is_freed_while_it_is_set_aside_stays_pending(
    broken: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = hold(broken)
    (one,) = holds.every(broken)
    delete = Objects.delete

    def freeing(self: Objects, key: str) -> None:
        if key.startswith(batches.PENDING):
            monkeypatch.undo()
            held.free(objects, one, WHO)
        delete(self, key)

    monkeypatch.setattr(Objects, "delete", freeing)
    batches.set_aside(objects, batch_id)
    assert [manifest.batch_id for manifest in batches.pending(objects)] == [batch_id]


def test_a_batch_of_what_was_rejected_before_is_not_held(broken: Settings, objects: Objects) -> None:
    holds.decide(broken, hold(broken), Verdict.released, WHO, WHY)
    run(broken)
    review.read_again(broken, list(quarantine.read(objects)), WHO, WHY)
    while run(broken):
        pass
    assert holds.every(broken) == []
    assert len(list(quarantine.read(objects))) == SIX


def test_a_replay_by_an_extractor_that_broke_is_held(quick: Settings, broken: Settings, objects: Objects) -> None:
    stories(quick)
    run(quick)
    replay(broken, Wanted(every=True), now())
    assert run(broken)
    assert len(holds.every(broken)) == 1
    assert spoken(quick) == [2] * SIX


def test_decisions_of_people_are_no_failures(broken: Settings, objects: Objects) -> None:
    holds.decide(broken, hold(broken), Verdict.dropped, WHO, WHY)
    run(broken)
    assert memory.load(objects).batches[-1].failed == {}


def test_nothing_held_has_such_an_id(broken: Settings) -> None:
    for beginning in ("", "ffff"):
        with pytest.raises(QueryError, match="No batch is held"):
            holds.decide(broken, beginning, Verdict.released, WHO, WHY)
    with pytest.raises(QueryError, match="who decides, and why"):
        holds.decide(broken, hold(broken), Verdict.released, WHO, "")


def test_a_history_that_was_torn_is_begun_anew_and_stays_bounded(objects: Objects) -> None:
    objects.put(memory.KEY, b'{"batches": [')
    for number in range(memory.KEPT + 5):
        memory.remember(objects, Counted(batch_id=str(number % 203), articles={"article": 1}, failed={}))
    kept = memory.load(objects).batches
    assert len(kept) == memory.KEPT
    assert len({one.batch_id for one in kept}) == memory.KEPT


def test_an_article_that_fails_in_many_facts_is_one_failure(broken: Settings, objects: Objects) -> None:
    hold(broken)
    (one,) = holds.every(broken)
    found = holds.contents(objects, one)
    twice = [*found.rejected, *(msgspec.structs.replace(each, rejection_id="b" * 32) for each in found.rejected)]
    counted = breaker.count(one.manifest, found.accepted, twice)
    assert list(counted.failed.values()) == [SIX]
    assert counted.articles["article"] == SIX
