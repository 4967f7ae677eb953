"""The four tasks against a real object store: what is dropped is published once, whatever comes between."""

import json
import os
import shutil
from pathlib import Path

import pytest

from newsledger import pipeline
from newsledger.errors import SettingsError, StoreError
from newsledger.settings import Settings
from newsledger.store import batches, quarantine
from newsledger.store.batches import Outcome
from newsledger.store.objects import Objects
from tests.flow import STORY, drop, folder, run


def outcome(objects: Objects, batch_id: str | None) -> Outcome:
    assert batch_id is not None
    found = batches.outcome(objects, batch_id)
    assert found is not None
    return found


def published(objects: Objects) -> list[str]:
    """What became of every article of every batch, as `origin outcome`."""
    return sorted(f"{a['input']} {a['outcome']}" for done in batches.outcomes(objects) for a in done.articles)


def test_a_dropped_file_is_published_and_leaves_the_inbox(quick: Settings, objects: Objects) -> None:
    drop(quick, "kharkiv/story.txt")
    done = outcome(objects, run(quick))
    assert [article["outcome"] for article in done.articles] == ["new"]
    assert [path.name for path in folder(quick).glob("done/*/kharkiv/*")] == ["story.txt"]
    assert list(objects.list("staging/")) == []
    assert list(objects.list("batches/pending/")) == []
    assert all(objects.exists(key) for key in done.keys)


def test_an_empty_inbox_gives_nothing_to_do(quick: Settings, objects: Objects) -> None:
    assert run(quick) is None


def test_the_same_content_twice_is_one_article_and_a_duplicate(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    drop(quick, "b.txt")
    run(quick)
    drop(quick, "c.txt")
    run(quick)
    assert published(objects) == ["a.txt new", "b.txt duplicate", "c.txt duplicate"]


def test_what_cannot_be_an_article_is_rejected_and_the_rest_goes_on(quick: Settings, objects: Objects) -> None:
    small = quick.model_copy(update={"file_bytes": 1000})
    os.utime(drop(small, "empty.txt", b""), (1, 1))
    drop(small, "large.txt", b"x" * 1001)
    drop(small, "picture.png", b"\x89PNG\r\n\x1a\n")
    drop(small, "story.txt")
    (folder(small) / "link.txt").symlink_to("/etc/hostname")
    assert [a["input"] for a in outcome(objects, run(small)).articles] == ["story.txt"]
    rejected = folder(small) / "rejected"
    names = ["empty.txt", "large.txt", "link.txt", "picture.png"]
    assert sorted(p.name for p in rejected.iterdir() if not p.name.endswith(".reason.txt")) == names
    assert all((rejected / f"{name}.reason.txt").read_text().strip().endswith(".") for name in names)


def test_a_name_that_is_not_text_is_rejected(quick: Settings, objects: Objects) -> None:
    folder(quick).mkdir(parents=True)
    (folder(quick) / os.fsdecode(b"\xff\xfe.txt")).write_text(STORY)
    assert run(quick) is None
    assert len(list((folder(quick) / "rejected").glob("*.reason.txt"))) == 1


def test_a_run_takes_a_bounded_bite_oldest_first(quick: Settings, objects: Objects) -> None:
    bounded = quick.model_copy(update={"batch_articles": 2})
    for age in range(5):
        os.utime(drop(bounded, f"{age}.txt", f"{STORY} Part {age}."), (2_000_000 - age, 2_000_000 - age))
    taken = [[article["input"] for article in outcome(objects, run(bounded)).articles] for _ in range(3)]
    assert taken == [["4.txt", "3.txt"], ["2.txt", "1.txt"], ["0.txt"]]


def test_a_file_left_behind_by_a_kill_after_the_manifest_is_not_taken_twice(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    work = pipeline.collect(quick)
    (done,) = folder(quick).glob("done/*/a.txt")
    done.rename(folder(quick) / "a.txt")  # as if the kill had come before the move
    assert run(quick) == (work and work.batch_id)
    assert run(quick) is None
    assert published(objects) == ["a.txt new"]
    assert list(objects.list("records/sightings/")) == []


def test_every_task_can_run_again(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    work = pipeline.collect(quick)
    assert work is not None
    for _ in range(2):
        pipeline.extract(quick, work.batch_id, 0)
    for _ in range(2):
        pipeline.validate(quick, work.batch_id)
    for _ in range(2):
        pipeline.publish(quick, work.batch_id)
    pipeline.extract(quick, work.batch_id, 0)
    assert published(objects) == ["a.txt new"]


def test_a_batch_that_keeps_failing_is_halved_until_its_poison_stands_alone(quick: Settings, objects: Objects) -> None:
    for number in range(4):
        drop(quick, f"{number}.txt", f"{STORY} Part {number}.")
    for _ in range(60):
        work = pipeline.collect(quick)
        if work is None:
            break
        manifest = batches.load(objects, work.batch_id)
        assert manifest is not None
        if any(item.origin == "2.txt" for item in manifest.items):
            continue  # the worker dies of it
        pipeline.extract(quick, work.batch_id, 0)
        pipeline.validate(quick, work.batch_id)
        pipeline.publish(quick, work.batch_id)
    assert published(objects) == ["0.txt new", "1.txt new", "3.txt new"]
    (poison,) = quarantine.read(objects)
    assert poison.input == "2.txt"
    assert "broke the run 3 times" in poison.reasons[0].message
    assert list(objects.list("batches/pending/")) == []


def test_a_failed_batch_rests_while_fresh_files_go_first(settings: Settings, objects: Objects) -> None:
    resting = settings.model_copy(update={"settle_seconds": 0.0})
    drop(resting, "first.txt")
    first = pipeline.collect(resting)
    drop(resting, "second.txt", STORY + "More.")
    second = pipeline.collect(resting)
    assert first
    assert second
    assert first.batch_id != second.batch_id


def test_a_run_that_is_tried_again_gets_its_own_batch_back_at_once(settings: Settings, objects: Objects) -> None:
    resting = settings.model_copy(update={"settle_seconds": 0.0})
    drop(resting, "first.txt")
    first = pipeline.collect(resting, "run-1")
    assert first
    assert pipeline.collect(resting, "run-2") is None
    assert pipeline.collect(resting, "run-1") == first


def test_an_expectation_added_in_json_counts_at_the_next_run(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    shutil.copytree(quick.config / "expectations", tmp_path / "config/expectations")
    changed = quick.model_copy(update={"config": tmp_path / "config"})
    path = changed.config / "expectations/quotes.json"
    suite = json.loads(path.read_text())
    rule = {"type": "expect_column_values_to_not_match_regex", "kwargs": {"column": "exact", "regex": "every school"}}
    suite["expectations"].append(rule)
    path.write_text(json.dumps(suite))
    drop(changed, "a.txt")
    done = outcome(objects, run(changed))
    assert [article["outcome"] for article in done.articles] == ["new"]
    assert [rejection["kind"] for rejection in done.rejected] == ["quotes"]
    (rejection,) = quarantine.read(objects)
    assert rejection.record["exact"].startswith("We will rebuild every school")
    assert rejection.batch_id == done.batch_id


def test_a_broken_suite_stops_collecting_and_names_its_line(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    shutil.copytree(quick.config / "expectations", tmp_path / "config/expectations")
    changed = quick.model_copy(update={"config": tmp_path / "config"})
    (changed.config / "expectations/quotes.json").write_text('{\n "expectations": [\n}\n')
    path = drop(changed, "a.txt")
    with pytest.raises(SettingsError, match=r"quotes\.json:3"):
        pipeline.collect(changed)
    assert path.exists()


def test_files_wait_while_the_store_is_out_of_reach(quick: Settings) -> None:
    away = quick.model_copy(update={"s3_endpoint": "http://127.0.0.1:9"})
    path = drop(away, "a.txt")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9"):
        pipeline.collect(away)
    assert path.exists()


def test_a_page_without_an_article_is_quarantined_alone(quick: Settings, objects: Objects) -> None:
    drop(quick, "empty.html", "<html><body><nav>Home</nav></body></html>")
    drop(quick, "story.txt")
    done = outcome(objects, run(quick))
    assert [article["input"] for article in done.articles] == ["story.txt"]
    assert [rejection["input"] for rejection in done.rejected] == ["empty.html"]
