"""Housekeeping beside readers and writers, twice, at once, and killed anywhere: nothing is lost."""

import itertools
import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsledger.errors import StoreError
from newsledger.extract import gazetteer
from newsledger.pipeline import housekeeping
from newsledger.records import Reason, Rejection
from newsledger.settings import Settings
from newsledger.store import batches, compaction, feed_health, quarantine, rulings
from newsledger.store.compaction import Compacted
from newsledger.store.findings import Trouble
from newsledger.store.objects import Objects
from newsledger.store.publish import publish
from newsledger.store.rulings import Case, Ruling, Verdict
from newsledger.store.schema import PARTITION, Row
from newsledger.store.tables import Articles
from newsledger.store.verify import verify
from tests.flow import drop
from tests.ledger import AT, batch, extraction

LATER = date(2026, 5, 4)
"""The day after the batches of these tests."""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["newsledger.store.compaction", "deltalake", "tests.ledger"])


def compact(settings: Settings, keep_hours: int = 168, today: date = LATER) -> Compacted:
    return compaction.compact(settings, settings.table, PARTITION, today, keep_hours)


def rows(settings: Settings) -> list[Row]:
    return Articles.find(settings).rows("true")


def faults(objects: Objects, settings: Settings) -> list[str]:
    """What is wrong with the store, but for the raw bytes that these tests do without."""
    found = verify(objects, settings, "2100-01-01T00:00:00Z")
    return [str(one) for one in found if one.kind is not Trouble.raw_missing]


def files(objects: Objects) -> int:
    return sum(one.key.endswith("zstd.parquet") for one in objects.list("records/articles/"))


def fill(objects: Objects, settings: Settings, number: int, start: int = 0) -> None:
    for at in range(start, start + number):
        publish(objects, settings, batch(str(at)), [extraction(f"x/{at}"), extraction(f"y/{at}")], AT)


def test_a_compaction_changes_no_row(objects: Objects, settings: Settings) -> None:
    fill(objects, settings, 10)
    before = rows(settings)
    done = compact(settings)
    assert (done.partitions, done.before, done.after, done.vacuumed) == (1, 10, 1, 0)
    assert rows(settings) == before
    assert faults(objects, settings) == []
    assert compact(settings) == Compacted()


def test_today_and_what_is_not_worth_it_are_left_alone(objects: Objects, settings: Settings) -> None:
    assert compact(settings) == Compacted()
    fill(objects, settings, 7)
    assert compact(settings) == Compacted()
    fill(objects, settings, 3, start=7)
    assert compact(settings, today=date(2026, 5, 3)) == Compacted()


def test_a_reader_of_an_earlier_snapshot_goes_on_until_the_retention_is_over(
    objects: Objects, settings: Settings
) -> None:
    fill(objects, settings, 9)
    earlier, before = Articles.find(settings), rows(settings)
    compact(settings)
    assert earlier.rows("true") == before
    assert files(objects) == 10
    assert compact(settings, keep_hours=0).vacuumed == 9
    assert files(objects) == 1
    with pytest.raises(StoreError):
        earlier.rows("true")
    assert rows(settings) == before


def test_a_publisher_from_before_a_compaction_decides_again_and_publishes_once(
    objects: Objects, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(objects, settings, 9)
    real, commits = Articles.append, 0

    def beside(self: Articles, given: Any) -> None:
        nonlocal commits
        commits += 1
        if commits == 1:
            assert compact(settings).partitions == 1
        real(self, given)

    monkeypatch.setattr(Articles, "append", beside)
    publish(objects, settings, batch("a"), [extraction("x/a")], AT)
    assert commits == 2
    assert [row["seq"] for row in rows(settings)] == [*range(1, 20)]


@pytest.mark.parametrize("what", ["published", "compacted", "deleted"])
def test_a_compaction_gives_way_to_whoever_was_first(
    objects: Objects, settings: Settings, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    import deltalake

    fill(objects, settings, 9)
    real = deltalake.write_deltalake

    def late(*arguments: Any, **options: Any) -> None:
        monkeypatch.undo()
        if what == "published":
            publish(objects, settings, batch("a"), [extraction("x/a")], AT)
        elif what == "compacted":
            assert compact(settings).partitions == 1
        else:
            Articles.find(settings).delete([18])
        real(*arguments, **options)

    monkeypatch.setattr(deltalake, "write_deltalake", late)
    assert compact(settings).partitions == 0
    last = {"published": 19, "compacted": 18, "deleted": 17}[what]
    assert [row["seq"] for row in rows(settings)] == [*range(1, last + 1)]


def test_a_batch_that_was_published_before_a_compaction_is_recognised(objects: Objects, settings: Settings) -> None:
    fill(objects, settings, 9)
    compact(settings)
    assert publish(objects, settings, batch("4"), [extraction("x/4"), extraction("y/4")], AT).already
    assert len(rows(settings)) == 18


def test_beside_writers_and_one_another_compactions_lose_nothing(objects: Objects, settings: Settings) -> None:
    fill(objects, settings, 8)
    stop = threading.Event()

    def keep_house() -> None:
        while not stop.is_set():
            compact(settings, keep_hours=1)

    with ThreadPoolExecutor(3) as pool:
        others = [pool.submit(keep_house) for _ in range(2)]
        fill(objects, settings, 20, start=100)
        stop.set()
        assert [other.result() for other in others] == [None, None]
    assert [row["seq"] for row in rows(settings)] == [*range(1, 57)]
    assert faults(objects, settings) == []


def _compact_for_ever(endpoint: str, bucket: str) -> None:
    os.environ.update(NEWSLEDGER_S3_ENDPOINT=endpoint, NEWSLEDGER_BUCKET=bucket)
    settings = Settings()
    while True:
        compact(settings, keep_hours=0)


def test_a_compaction_that_is_killed_again_and_again_loses_nothing(objects: Objects, settings: Settings) -> None:
    dice = random.Random(3)
    for lap in range(6):
        fill(objects, settings, 9, start=lap * 10)
        worker = _FORKS.Process(target=_compact_for_ever, args=(settings.s3_endpoint, settings.bucket))
        worker.start()
        worker.join(dice.uniform(0.1, 0.8))
        worker.kill()
        worker.join()
    expected = [row["seq"] for row in rows(settings)]
    assert expected == [*range(1, 109)]
    compact(settings, keep_hours=0)
    assert files(objects) <= 2
    assert faults(objects, settings) == []


def test_the_health_of_feeds_is_compacted_too(objects: Objects, settings: Settings) -> None:
    for number in range(9):
        record = feed_health.FeedHealth(polled_at=AT, feed=f"f{number}", url="https://x.example/", health="ok")
        feed_health.append(settings, [record])
    where, by = feed_health.address(settings), feed_health.PARTITION
    assert compaction.compact(settings, where, by, LATER, 0) == Compacted(1, 9, 1, 9)


class Crash(BaseException):
    """Ends housekeeping where no handler expects it."""


def fused(remove: Callable[..., Any], fuse: Iterator[int]) -> Callable[..., Any]:
    def burning(*arguments: Any) -> Any:
        if next(fuse, None) is None:
            raise Crash
        return remove(*arguments)

    return burning


def rejection(number: int) -> Rejection:
    return Rejection(
        rejection_id=f"{number:032}",
        kind="article",
        article_id="x",
        batch_id="b",
        input="x.txt",
        reasons=(Reason(expectation="e", message="m"),),
        suite_version="s",
        record={},
    )


@pytest.fixture
def old(quick: Settings, objects: Objects) -> Settings:
    """A store and an inbox full of what was kept for long enough, and as much that was not or is in use."""
    for name in ("gone", "pending", "held"):
        objects.put(f"staging/{name}/accepted.jsonl", b"")
        objects.put(f"batches/tries/{name}.json", b"{}")
    objects.put("batches/pending/pending.json", b"{}")
    objects.put(batches.held_key("held"), b"{}")
    objects.put("probe/1", b"1")
    objects.put(batches.report_key("b"), b"{}")
    quarantine.put(objects, [rejection(1), rejection(2)])
    case = Case(id=rejection(1).rejection_id, kind="article", article_id="x")
    rulings.rule(objects, case, Ruling(verdict=Verdict.dropped, by="ann", at=AT, reason="old"))
    today = datetime.now(UTC).date()
    for name in ("done/2026-01-02/a/x.txt", f"done/{today}/y.txt", "done/mine.txt", "rejected/z.txt", "w.txt"):
        drop(quick, name)
    return quick.model_copy(update={"keep_done_days": 30, "keep_staging_days": 0.0, "keep_reports_days": 0.0})


LEFT = {
    *(f"staging/{name}/accepted.jsonl" for name in ("pending", "held")),
    *(f"batches/tries/{name}.json" for name in ("pending", "held")),
    *("batches/pending/pending.json", "batches/held/held.json"),
}


def left(objects: Objects, settings: Settings) -> tuple[set[str], set[str]]:
    keys = {one.key for one in objects.list("") if not one.key.startswith(("quarantine/", "rulings/", "reviews/"))}
    paths = {str(path.relative_to(folder(settings))) for path in folder(settings).rglob("*") if path.is_file()}
    return keys, paths


def folder(settings: Settings) -> Path:
    assert isinstance(settings.inbox, Path)
    return settings.inbox


def test_what_was_kept_for_long_enough_goes_and_what_is_in_use_stays(
    old: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "newsledger"
    cache.mkdir(parents=True)
    (cache / "gazetteer-0-little.bin").write_bytes(b"old")
    os.utime(cache / "gazetteer-0-little.bin", (1, 1))
    (cache / "gazetteer-1-little.bin").write_bytes(b"new")
    done = housekeeping.expire(old)
    keys, paths = left(objects, old)
    today = datetime.now(UTC).date()
    assert keys == LEFT
    assert paths == {f"done/{today}/y.txt", "done/mine.txt", "rejected/z.txt", "w.txt"}
    assert not (folder(old) / "done/2026-01-02").exists()
    assert [path.name for path in cache.iterdir()] == ["gazetteer-1-little.bin"]
    assert done["left in staging"] == 3
    assert set(housekeeping.expire(old).values()) == {0}


def test_only_decided_rejections_go_and_their_decisions_stay(old: Settings, objects: Objects) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    from newsledger.store import expiry

    assert expiry.decided(objects, datetime.fromisoformat(AT)) == 0
    assert expiry.decided(objects, soon) == 1
    assert [one.rejection_id for one in quarantine.read(objects)] == [rejection(2).rejection_id]
    assert rulings.find(objects, rejection(1).rejection_id)


def test_expiry_that_is_killed_at_each_removal_is_finished_by_the_next(
    old: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes = 0
    for _ in itertools.count():
        with monkeypatch.context() as patch, suppress(Crash):
            patch.setattr(Objects, "delete", fused(Objects.delete, iter(range(1))))
            housekeeping.expire(old)
            break
        crashes += 1
    assert crashes >= 1
    assert left(objects, old)[0] == LEFT


def test_two_at_once_do_what_one_does(old: Settings, objects: Objects) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: housekeeping.expire(old), range(2)))
    assert left(objects, old)[0] == LEFT


def test_an_index_that_is_mapped_stays_readable(tmp_path: Path) -> None:
    places = gazetteer.open_cached(None, tmp_path)
    assert gazetteer.prune(tmp_path, time.time() + 60) == 1
    assert places.find("paris")


def test_airflow_forgets_old_runs_by_its_own_command(quick: Settings, tmp_path: Path) -> None:
    home = tmp_path / "airflow"
    address = f"sqlite:///{home}/airflow.db"
    home.mkdir()
    environment = os.environ | {"AIRFLOW_HOME": str(home), "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": address}
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], env=environment, check=True, capture_output=True)
    with sqlite3.connect(home / "airflow.db") as database:
        database.executemany("INSERT INTO log (dttm, event) VALUES (?, 'x')", [("2020-01-01 00:00:00",), (_now(),)])
    assert housekeeping.clean_database(quick) is False
    assert housekeeping.clean_database(quick.model_copy(update={"airflow_database": address}))
    with sqlite3.connect(home / "airflow.db") as database:
        assert database.execute("SELECT count(*) FROM log WHERE event = 'x'").fetchall() == [(1,)]


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")


def test_a_command_that_fails_says_why(quick: Settings, tmp_path: Path) -> None:
    away = quick.model_copy(update={"airflow_database": f"sqlite:///{tmp_path}/none/airflow.db"})
    with pytest.raises(StoreError, match="airflow db clean"):
        housekeeping.clean_database(away)
