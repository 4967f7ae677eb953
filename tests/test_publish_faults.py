"""Publishers that are killed at random points, and publishers that race: nothing lost, nothing twice."""

import gzip
import itertools
import json
import multiprocessing
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from newsledger.errors import AwayError
from newsledger.records import Extraction
from newsledger.settings import Settings, load
from newsledger.store import heads
from newsledger.store.decisions import Head, Outcome, decide, fold
from newsledger.store.objects import Objects
from newsledger.store.publish import lines, publish
from newsledger.store.schema import Row, row
from newsledger.store.tables import Articles
from tests.ledger import AT, BODY, batch, extraction
from tests.proxy import before

# A server that has everything imported, but no client and no thread, and forks a publisher in some milliseconds.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["newsledger.store.publish", "deltalake", "boto3", "tests.ledger"])

SEEDS = int(os.environ.get("NEWSLEDGER_TEST_SEEDS", "1"))
"""How often killing is tried; a night's run sets more."""

Work = list[tuple[str, list[Extraction]]]


def work(seed: int, batches: int, articles: int) -> Work:
    """Batches in which the same few articles come again, unchanged, changed, or with other facts."""
    dice = random.Random(seed)
    return [
        (
            batch(f"{seed}/{number}"),
            [
                extraction(
                    f"x/{dice.randrange(articles)}",
                    BODY + dice.choice(["", " One.", " Two."]),
                    at=f"2026-05-03T{dice.randrange(24):02}:{number % 60:02}:00Z",
                    speaker=dice.choice([None, "Nia Pryce"]),
                )
                for _ in range(dice.randint(1, 4))
            ],
        )
        for number in range(batches)
    ]


def alone(todo: Work) -> tuple[list[Row], int]:
    """The rows, and the number of sightings, that one publisher makes of the batches in their order."""
    known: dict[str, Head] = {}
    rows: list[Row] = []
    sightings = 0
    for batch_id, extractions in todo:
        decided = decide([row(one, batch_id, AT) for one in extractions], known, len(rows))
        known |= decided.heads
        rows += decided.rows
        sightings += len(decided.sightings)
    return rows, sightings


def publish_all(todo: Work) -> None:
    """What a worker does: publish, then mark as done."""
    settings = load()
    objects = Objects.open(settings)
    for batch_id, extractions in todo:
        if not objects.exists(f"batches/done/{batch_id}.json"):
            publish(objects, settings, batch_id, extractions, AT)
            objects.create(f"batches/done/{batch_id}.json", b"{}")


def run(todo: Work, settings: Settings, kill_after: float | None = None) -> int | None:
    """A publisher in a process of its own; its exit status, negative when it was killed."""
    worker = start(todo, settings)
    worker.join(kill_after)
    if worker.is_alive():
        worker.kill()
        worker.join()
    return worker.exitcode


def start(todo: Work, settings: Settings) -> multiprocessing.process.BaseProcess:
    worker = _FORKS.Process(target=_work, args=(todo, settings.s3_endpoint, settings.bucket))
    worker.start()
    return worker


def _work(todo: Work, endpoint: str, bucket: str) -> None:
    os.environ.update(NEWSLEDGER_S3_ENDPOINT=endpoint, NEWSLEDGER_BUCKET=bucket)
    publish_all(todo)


def published(objects: Objects, settings: Settings) -> list[Row]:
    """The table's rows, once heads, JSON Lines and positions were found to agree with them."""
    rows = Articles.open(settings).rows("true")
    assert [one["seq"] for one in rows] == [*range(1, len(rows) + 1)]
    assert max(Counter((one["article_id"], one["version"], one["revision"]) for one in rows).values()) == 1
    assert _json_lines(objects) == _by_batch(rows)
    expected: dict[str, Head] = {}
    for one in rows:
        expected[one["article_id"]] = fold(expected.get(one["article_id"]), one)
    for article_id, head in expected.items():
        assert msgspec.json.decode(objects.get(heads.key(article_id)), type=Head) == head
    return rows


def _by_batch(rows: Sequence[Row]) -> dict[str, bytes]:
    batches = dict.fromkeys(one["batch_id"] for one in rows)
    return {batch_id: lines([one for one in rows if one["batch_id"] == batch_id]) for batch_id in batches}


def _json_lines(objects: Objects) -> dict[str, bytes]:
    found = objects.list("records/jsonl/")
    return {item.key.rsplit("/", 1)[1].split(".")[0]: gzip.decompress(objects.get(item.key)) for item in found}


def _sightings(objects: Objects) -> Counter[str]:
    return Counter(
        json.loads(line)["article_id"]
        for item in objects.list("records/sightings/")
        for line in objects.get(item.key).splitlines()
    )


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_publisher_killed_again_and_again_publishes_what_one_left_alone_does(
    objects: Objects, settings: Settings, seed: int
) -> None:
    todo, dice, kills = work(seed, batches=12, articles=5), random.Random(seed), 0
    for _ in range(12):
        kills += run(todo, settings, kill_after=dice.uniform(0.1, 0.5)) != 0
    assert run(todo, settings) == 0
    expected, seen = alone(todo)
    assert kills
    assert lines(published(objects, settings)) == lines(expected)
    assert _sightings(objects).total() == seen


def test_of_many_that_create_the_table_at_once_one_writes_its_metadata(objects: Objects, settings: Settings) -> None:
    for lap in range(3):
        here = settings.model_copy(update={"bucket": f"{settings.bucket[:50]}-{lap}"})
        Objects.open(here).ensure_bucket()
        with ThreadPoolExecutor(8) as pool:
            assert [one.seq for one in pool.map(lambda _, here=here: Articles.open(here), range(8))] == [0] * 8
        assert Articles.open(here).delta.version() == 0


class Crash(BaseException):
    """Ends a publisher where no handler expects it."""


class Fuse:
    """Lets so many writes pass; the next one crashes, before or after it took effect."""

    def __init__(self, writes: int, *, after: bool) -> None:
        self.left, self.after = writes, after

    def wrap(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def fused(*arguments: Any) -> Any:
            self.left -= 1
            if self.left < 0 and not self.after:
                raise Crash
            answer = write(*arguments)
            if self.left < 0:
                raise Crash
            return answer

        return fused


@pytest.mark.parametrize("after", [False, True])
def test_a_publisher_may_crash_at_every_single_write(
    objects: Objects, settings: Settings, monkeypatch: pytest.MonkeyPatch, *, after: bool
) -> None:
    todo, crashes = work(5, batches=8, articles=3), 0
    for batch_id, extractions in todo:
        for writes in itertools.count():
            fuse = Fuse(writes, after=after)
            with monkeypatch.context() as patch, suppress(Crash):
                for home, name in [(Objects, "put"), (Objects, "create"), (Objects, "replace"), (Articles, "append")]:
                    patch.setattr(home, name, fuse.wrap(getattr(home, name)))
                publish(objects, settings, batch_id, extractions, AT)
            if fuse.left >= 0:
                break
            crashes += 1
    assert crashes > 20
    expected, seen = alone(todo)
    assert lines(published(objects, settings)) == lines(expected)
    assert _sightings(objects).total() == seen


@pytest.mark.parametrize("how", ["cut", "busy", "broken"])
def test_while_the_store_is_away_publishing_fails_in_one_sentence_and_goes_on_afterwards(
    objects: Objects, settings: Settings, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    assert settings.s3_endpoint
    with before(settings.s3_endpoint) as proxy:
        through = settings.model_copy(update={"s3_endpoint": proxy.endpoint})
        bucket, real = Objects.open(through), Articles.append
        publish(bucket, through, batch("one"), [extraction("x/a")], AT)

        def fail(self: Articles, rows: Sequence[Row]) -> None:
            proxy.fail(how)
            real(self, rows)

        monkeypatch.setattr(Articles, "append", fail)
        with pytest.raises(AwayError) as away:
            publish(bucket, through, batch("two"), [extraction("x/b")], AT)
        monkeypatch.undo()
        assert "\n" not in str(away.value)
        with pytest.raises(AwayError, match=r"Cannot read .*heads/position\.json at http://"):
            publish(bucket, through, batch("two"), [extraction("x/b")], AT)
        proxy.fail(None)
        assert publish(bucket, through, batch("two"), [extraction("x/b")], AT).count(Outcome.new) == 1
    assert len(published(objects, settings)) == 2


def test_publishers_that_race_give_out_every_position_once(objects: Objects, settings: Settings) -> None:
    shares = [work(100 + number, batches=5, articles=4) for number in range(4)]
    workers = [start(share, settings) for share in shares]
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    rows = published(objects, settings)
    assert len({one["batch_id"] for one in rows}) <= 20
    assert {item.key for item in objects.list("batches/done/")} == {
        f"batches/done/{batch_id}.json" for share in shares for batch_id, _ in share
    }


def test_the_same_batch_published_by_many_at_once_is_there_once(objects: Objects, settings: Settings) -> None:
    todo = [(batch("one"), [extraction(f"x/{number}") for number in range(5)])]
    workers = [start(todo, settings) for _ in range(4)]
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert len(published(objects, settings)) == 5


def test_racing_publishers_that_are_killed_lose_nothing(objects: Objects, settings: Settings) -> None:
    dice = random.Random(7)
    shares = [work(200 + number, batches=4, articles=4) for number in range(3)]
    for _ in range(4):
        workers = [start(share, settings) for share in shares]
        for worker in workers:
            worker.join(dice.uniform(0.05, 0.4))
            worker.kill()
            worker.join()
    for share in shares:
        assert run(share, settings) == 0
    rows = published(objects, settings)
    arrivals = Counter(one.article.article_id for share in shares for _, batch_ in share for one in batch_)
    assert {one["article_id"] for one in rows} == set(arrivals)
