"""What is read again keeps its identity, publishes what is new in it, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from newsledger.errors import QueryError
from newsledger.extract import document
from newsledger.pipeline import Wanted, collect, replay
from newsledger.pipeline.replay import replay_rejected
from newsledger.pipeline.words import now
from newsledger.records import Extraction, FactKind, identified
from newsledger.settings import Settings
from newsledger.store import batches, quarantine
from newsledger.store.objects import Objects
from newsledger.store.verify import verify
from tests.feedworld import configured, item, rows, rss
from tests.flow import STORY, drop, run
from tests.strictness import stricter
from tests.test_poll import whole
from tests.world import page, world

ALL = Wanted(every=True)
_READ = document.read


def finish(settings: Settings) -> None:
    while run(settings):
        pass


def placed(settings: Settings) -> list[tuple[str, int, int]]:
    return [(row["article_id"], row["version"], row["revision"]) for row in rows(settings)]


def without_quotes(data: bytes, name: str) -> Iterator[Extraction]:
    """An extractor that knows nothing of quotes yet."""
    return (msgspec.structs.replace(found, quotes=()) for found in _READ(data, name))


def elsewhere(data: bytes, name: str) -> Iterator[Extraction]:
    """An extractor that told articles apart otherwise."""
    for found in _READ(data, name):
        article = msgspec.structs.replace(found.article, article_id=f"https://old.example/{found.member or name}")
        facts = {kind.value: identified(article, kind, getattr(found, kind.value)) for kind in FactKind}
        yield msgspec.structs.replace(found, article=article, **facts)


def test_a_replay_that_yields_the_same_publishes_nothing(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    drop(quick, "b.txt")
    finish(quick)
    sightings = [listed.key for listed in objects.list("records/sightings/")]
    before = rows(quick)
    found = replay(quick, ALL, now())
    assert [one.origin for one in found.items] == ["a.txt"]  # the other one only repeated it
    finish(quick)
    assert rows(quick) == before
    assert [listed.key for listed in objects.list("records/sightings/")] == sightings
    outcome = batches.outcome(objects, found.batch_ids[0])
    assert outcome is not None
    assert (outcome.purpose, [article["outcome"] for article in outcome.articles]) == ("replay", ["unchanged"])


def test_what_the_extractor_learned_is_a_new_revision(
    quick: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "read", without_quotes)
    drop(quick, "a.txt")
    finish(quick)
    monkeypatch.setattr(document, "read", _READ)
    replay(quick, ALL, now())
    finish(quick)
    first, second = rows(quick)
    assert (second["article_id"], second["version"], second["revision"]) == (first["article_id"], 1, 2)
    assert (second["changed"], len(first["quotes"]), len(second["quotes"])) == (["quotes"], 0, 2)
    assert second["sources"] == first["sources"]
    assert list(verify(objects, quick, now())) == []


def test_articles_keep_the_identity_that_they_were_first_published_with(
    quick: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", STORY)
        archive.writestr("two.txt", STORY.replace("Izium", "Kupiansk"))
    monkeypatch.setattr(document, "read", elsewhere)
    drop(quick, "both.zip", packed.getvalue())
    finish(quick)
    before = placed(quick)
    assert before == [("https://old.example/one.txt", 1, 1), ("https://old.example/two.txt", 1, 1)]
    monkeypatch.setattr(document, "read", _READ)
    replay(quick, ALL, now())
    finish(quick)
    assert placed(quick) == before


def test_an_entry_of_a_feed_is_read_again_with_the_page_behind_it(
    quick: Settings, objects: Objects, tmp_path: Path
) -> None:
    with world() as web:
        url = web.on("/feed", page(rss(item(2), item(1)), content_type="application/rss+xml"))
        settings = configured(quick, tmp_path, {"example": url})
        whole(settings)
    before = placed(settings)
    assert len(replay(settings, Wanted(article=before[0][0]), now()).items) == 1
    assert len(replay(settings, ALL, now()).items) == 2
    finish(settings)
    assert placed(settings) == before
    assert list(objects.list(batches.PENDING)) == []


def test_what_was_rejected_leaves_quarantine_when_it_passes(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    strict = stricter(quick, tmp_path, "quotes", "exact", "every school")
    drop(strict, "a.txt")
    finish(strict)
    assert len(list(quarantine.read(objects))) == 1
    replay_rejected(strict, list(quarantine.read(objects)), now())
    finish(strict)
    (still,) = quarantine.read(objects)  # judged anew, and once
    assert batches.outcome(objects, still.batch_id or "").purpose == "replay"  # type: ignore[union-attr]
    replay_rejected(quick, [still], now())
    finish(quick)
    assert list(quarantine.read(objects)) == []
    assert [len(row["quotes"]) for row in rows(quick)] == [1, 2]


def test_fresh_files_go_first_and_a_waiting_replay_takes_none_of_them(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    finish(quick)
    replay(quick, ALL, now())
    again = drop(quick, "a.txt")  # the very same file once more
    work = collect(quick)
    assert work is not None
    manifest = batches.load(objects, work.batch_id)
    assert manifest is not None
    assert (manifest.purpose, manifest.items[0].origin, again.exists()) == ("collect", "a.txt", False)


def test_the_same_occasion_is_the_same_work(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    finish(quick)
    once = replay(quick, ALL, "manual__1").batch_ids
    assert replay(quick, ALL, "manual__1").batch_ids == once
    assert len(batches.pending(objects)) == 1
    finish(quick)
    assert replay(quick, ALL, "manual__1").batch_ids == once
    assert batches.pending(objects) == []
    assert replay(quick, ALL, "manual__2").batch_ids != once


def test_a_dry_run_and_a_time_to_come_leave_nothing(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    finish(quick)
    assert len(replay(quick, ALL, now(), dry_run=True).items) == 1
    assert replay(quick, Wanted(since="2999-01-01"), now()).items == ()
    assert len(replay(quick, Wanted(since="2001-01-01"), now(), dry_run=True).items) == 1
    assert batches.pending(objects) == []


def test_a_replay_comes_in_bites_and_its_halves_carry_all_of_it(quick: Settings, objects: Objects) -> None:
    for number in range(3):
        drop(quick, f"{number}.txt", f"{STORY} Part {number}.")
    finish(quick)
    bounded = quick.model_copy(update={"batch_articles": 2})
    assert len(replay(bounded, ALL, "once").batch_ids) == 2
    first = next(manifest for manifest in batches.pending(objects) if len(manifest.items) == 2)
    half, _ = batches.halves(first)
    assert (half.purpose, half.occasion, half.items) == ("replay", "once", first.items[:1])
    assert half.items[0].known_as[0][0] == ""


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(article="nobody"), Wanted(since="soon"), Wanted("2026", "x")])
def test_what_can_not_be_meant_is_an_error(quick: Settings, objects: Objects, wanted: Wanted) -> None:
    with pytest.raises(QueryError):
        replay(quick, wanted, now())
