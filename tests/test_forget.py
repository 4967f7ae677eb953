"""An article is forgotten: nothing of it is left anywhere, the others are whole, and it does not come back."""

import gzip
import io
import itertools
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from newsledger import pipeline
from newsledger.cli import cli
from newsledger.errors import QueryError
from newsledger.pipeline import forget as forgetting
from newsledger.pipeline import review
from newsledger.pipeline.forget import Forgotten, forget
from newsledger.pipeline.status import of_file
from newsledger.settings import Settings
from newsledger.store import batches, quarantine, tombstones
from newsledger.store.objects import Objects
from newsledger.store.publish import publish
from newsledger.store.tables import Articles
from newsledger.store.verify import verify
from tests.feedworld import configured, item, rss
from tests.flow import drop, folder, run
from tests.ledger import AT, batch, extraction
from tests.world import World, page, world

MINE = "https://news.example/well"
OTHER = "https://news.example/mill"
SECRET = "Quietly the Zanzibarri well keeper Ilse Umbrage sold eleven brass buckets to a passing stranger on Tuesday."
HEADLINE = "Zanzibarri well keeper Ilse Umbrage sells her eleven brass buckets"
WORDS = ("Umbrage", "Zanzibarri")
"""Words that no other article has: whatever holds one of them holds something of it."""


def story(url: str = MINE, body: str = SECRET, headline: str = HEADLINE, **more: str) -> str:
    said = "“We shall never sell a bucket again in this town,” Umbrage told reporters." if url == MINE else ""
    article = {"@type": "NewsArticle", "url": url, "headline": headline, "articleBody": f"{body}\n\n{said}"} | more
    return json.dumps(article | {"datePublished": "2026-05-03"})


def other(number: int = 0) -> str:
    body = (
        f"The mill of Aberllan turned for {number + 3} days, its owner Nia Pryce said on 3 May, and 40 people watched."
    )
    return story(f"{OTHER}{number or ''}", body, f"Mill of Aberllan turns for the time number {number}")


def gone(settings: Settings, article_id: str = MINE, patience: float = 0) -> Forgotten:
    return forget(settings, article_id, "ann", "a court ordered it", lambda *_: None, patience)


def holding(objects: Objects, settings: Settings) -> list[str]:
    """Everything in the bucket, the inbox and the logs that holds a word of it, whatever it is packed in."""
    found = [one.key for one in objects.list("") if any(_said(objects.get(one.key)))]
    files = [path for place in (folder(settings), settings.home) for path in place.rglob("*") if path.is_file()]
    return found + [str(path) for path in files if any(_said(path.read_bytes()))]


def _said(data: bytes) -> Iterator[str]:
    text = str(list(_plain(data)))
    return (word for word in WORDS if word in text)


def _plain(data: bytes) -> Iterator[Any]:
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    elif data[:4] == b"PAR1":
        yield pq.read_table(io.BytesIO(data)).to_pylist()
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    yield data.decode(errors="replace")


def sound(objects: Objects, settings: Settings) -> bool:
    return [*verify(objects, settings, "2100-01-01T00:00:00Z")] == []


def ids(settings: Settings) -> list[str]:
    return sorted({row["article_id"] for row in Articles.find(settings).rows("true")})


@pytest.fixture
def lived(quick: Settings, objects: Objects) -> Settings:
    """A store in which the article came in many ways and left its traces everywhere."""
    drop(quick, "umbrage.json", story())
    drop(quick, "mill.json", other())
    run(quick)
    drop(quick, "again/umbrage.json", story(publisher=""))
    drop(quick, "mill2.json", other(2))
    run(quick)
    drop(quick, "changed.json", story(body=SECRET + " She wept, and the Zanzibarri council wept with her all night."))
    run(quick)
    (fact, *_) = Articles.find(quick).rows(f"article_id = '{MINE}'")[-1]["quotes"]
    review.retract(quick, fact["fact_id"], "ann", "Umbrage never said so")
    run(quick)
    for log in (quick.home / "airflow/logs/a.log", quick.home / "logs/scheduler.log"):
        log.parent.mkdir(parents=True)
        log.write_text(f"collected\n'{HEADLINE}' (umbrage.json)\ndone\n")
    assert sound(objects, quick)
    places = {where.split("/")[0] for where in holding(objects, quick)}
    assert {"raw", "records", "batches", "rulings"} <= places
    return quick


def test_nothing_of_a_forgotten_article_is_left_and_the_others_are_whole(lived: Settings, objects: Objects) -> None:
    before = [row for row in Articles.find(lived).rows("true") if row["article_id"] != MINE]
    pipeline.build_data_docs(lived)
    done = gone(lived)
    assert done.left == done.others == done.pending == ()
    assert holding(objects, lived) == []
    assert Articles.find(lived).rows("true") == before
    assert sound(objects, lived)
    assert done.searched.objects > 10
    assert (lived.home / "airflow/logs/a.log").read_text() == "collected\ndone\n"


def test_its_tombstone_says_who_when_and_why_and_nothing_of_its_text(lived: Settings, objects: Objects) -> None:
    seqs = {row["seq"] for row in Articles.find(lived).rows(f"article_id = '{MINE}'")}
    gone(lived)
    stone = tombstones.find(objects, MINE)
    assert stone
    assert (stone.by, stone.reason, set(stone.seqs)) == ("ann", "a court ordered it", seqs)
    assert stone.proved_at
    assert stone.article_id is None
    assert stone.prints == ()


def test_the_same_bytes_are_turned_away(lived: Settings, objects: Objects) -> None:
    gone(lived)
    path = drop(lived, "umbrage.json", story())
    assert run(lived) is None
    assert "was forgotten for good" in of_file(lived, path)
    assert not any("Umbrage" in str(one) for one in objects.list("raw/"))


def test_the_same_article_in_other_bytes_is_not_published_and_swept_up(lived: Settings, objects: Objects) -> None:
    gone(lived)
    drop(lived, "anew.json", story(body=SECRET + " More."))
    drop(lived, "mill3.json", other(3))
    run(lived)
    assert ids(lived) == [OTHER, f"{OTHER}2", f"{OTHER}3"]
    (rejection,) = quarantine.read(objects)
    assert rejection.record == {}
    assert "forgotten by ann" in rejection.reasons[0].message
    assert {where.split("/")[0] for where in holding(objects, lived) if "inbox" not in where} == {"raw"}
    assert forgetting.again(lived, lambda *_: None) == 1
    assert holding(objects, lived) == []
    assert forgetting.again(lived, lambda *_: None) == 0
    assert sound(objects, lived)


def test_of_an_archive_the_bytes_go_and_the_other_articles_stay(quick: Settings, objects: Objects) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("umbrage.json", story())
        archive.writestr("mill.json", other())
    drop(quick, "both.zip", packed.getvalue())
    run(quick)
    before = Articles.find(quick).rows(f"article_id = '{OTHER}'")
    gone(quick)
    assert holding(objects, quick) == []
    assert Articles.find(quick).rows("true") == before
    assert sound(objects, quick)
    pipeline.replay(quick, pipeline.Wanted(every=True), "later")
    assert run(quick) is None
    assert sound(objects, quick)


@pytest.fixture
def web() -> Iterator[World]:
    with world() as made:
        yield made


def test_of_a_poll_only_its_entry_goes(quick: Settings, objects: Objects, tmp_path: Path, web: World) -> None:
    mine = item(1, title=HEADLINE, link=MINE, guid=MINE, description=SECRET)
    feed = web.on("/rss", page(rss(mine, item(2), item(3)), content_type="application/rss+xml"))
    settings = configured(quick, tmp_path, {"news": feed})
    pipeline.poll(settings, ["news"])
    run(settings)
    kept = ids(settings)
    assert MINE in kept
    gone(settings)
    assert ids(settings) == [one for one in kept if one != MINE]
    assert holding(objects, settings) == []
    assert sound(objects, settings)
    found = pipeline.replay(settings, pipeline.Wanted(every=True), "later")
    assert len(found.items) == 2
    while run(settings):
        pass
    assert list(quarantine.read(objects)) == []
    assert sound(objects, settings)


class Crash(BaseException):
    """Ends the forgetting where no handler expects it."""


def _fused(write: Callable[..., Any], fuse: Iterator[int]) -> Callable[..., Any]:
    """Lets some writes through; the next crashes before it takes effect."""

    def fused(*arguments: Any) -> Any:
        if next(fuse, None) is None:
            raise Crash
        return write(*arguments)

    return fused


def test_killed_at_any_write_and_run_again_it_finishes(
    quick: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(quick, "umbrage.json", story())
    drop(quick, "again.json", story(publisher=""))
    drop(quick, "mill.json", other())
    run(quick)
    crashes = 0
    for writes in itertools.count():
        with monkeypatch.context() as patch, suppress(Crash):
            fuse = iter(range(writes))
            for home, name in [
                *((Objects, name) for name in ("put", "create", "replace", "delete")),
                (Articles, "delete"),
            ]:
                patch.setattr(home, name, _fused(getattr(home, name), fuse))
            gone(quick)
            break
        crashes += 1
    assert crashes > 8
    assert holding(objects, quick) == []
    assert ids(quick) == [OTHER]
    assert sound(objects, quick)
    stone = tombstones.find(objects, MINE)
    assert stone
    assert stone.proved_at


def test_what_was_begun_is_finished_by_whoever_comes_next(
    lived: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, suppress(Crash):
        patch.setattr(Articles, "delete", _fused(Articles.delete, iter(())))
        gone(lived)
    assert holding(objects, lived)
    assert forgetting.again(lived, lambda *_: None) == 1
    assert holding(objects, lived) == []


def test_a_publisher_that_decided_before_is_refused_and_decides_again(
    settings: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article is forgotten between a publisher's decision and its commit."""
    publish(objects, settings, batch("one"), [extraction("x/a")], AT)
    real = Articles.append

    def late(self: Articles, rows: Any) -> None:
        monkeypatch.undo()
        gone(settings, "x/a")
        real(self, rows)

    monkeypatch.setattr(Articles, "append", late)
    told = publish(objects, settings, batch("two"), [extraction("x/a", headline="New"), extraction("x/b")], AT)
    assert [one.outcome.value for one in told.placed] == ["forgotten", "new"]
    assert ids(settings) == ["x/b"]


def test_lines_of_a_publisher_that_committed_before_are_taken_back(
    settings: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article is forgotten between a publisher's commit and all that follows it."""
    real = Articles.append

    def early(self: Articles, rows: Any) -> None:
        real(self, rows)
        monkeypatch.undo()
        gone(settings, "x/a")

    monkeypatch.setattr(Articles, "append", early)
    publish(objects, settings, batch("one"), [extraction("x/a"), extraction("x/b")], AT)
    assert ids(settings) == ["x/b"]
    (lines,) = (gzip.decompress(objects.get(one.key)) for one in objects.list("records/jsonl/"))
    assert [json.loads(line)["article_id"] for line in lines.splitlines()] == ["x/b"]
    assert not objects.exists(f"heads/{tombstones.identity('x/a')}.json")


def test_while_writers_go_on_they_lose_nothing_and_verify_accuses_nobody(lived: Settings, objects: Objects) -> None:
    stop = threading.Event()

    def write(name: str) -> list[str]:
        numbers = itertools.takewhile(lambda _: not stop.is_set(), itertools.count())
        return [f"{name}/{number}" for number in numbers if _published(objects, lived, f"{name}/{number}")]

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write, name) for name in "ab"]
        try:
            done = gone(lived)
        finally:
            stop.set()
        expected = sorted([OTHER, f"{OTHER}2", *(one for writer in writers for one in writer.result())])
    assert done.left == ()
    assert ids(lived) == expected
    seqs = [row["seq"] for row in Articles.find(lived).rows("true")]
    stone = tombstones.find(objects, MINE)
    assert stone
    assert sorted([*seqs, *stone.seqs]) == [*range(1, Articles.find(lived).seq + 1)]


def _published(objects: Objects, settings: Settings, article_id: str) -> bool:
    return bool(publish(objects, settings, batch(article_id), [extraction(article_id)], AT).placed)


def test_a_batch_under_way_is_waited_for(quick: Settings, objects: Objects) -> None:
    drop(quick, "umbrage.json", story())
    run(quick)
    drop(quick, "changed.json", story(body=SECRET + " It rained for a long time in the evening."))
    drop(quick, "mill.json", other())
    work = pipeline.collect(quick)
    assert work
    pipeline.extract(quick, work.batch_id, 0)
    done = gone(quick)
    assert done.pending == (work.batch_id,)
    pipeline.validate(quick, work.batch_id)
    pipeline.publish(quick, work.batch_id)
    assert ids(quick) == [OTHER]
    assert forgetting.again(quick, lambda *_: None) == 1
    assert holding(objects, quick) == []
    assert sound(objects, quick)


def test_what_was_never_there_cannot_be_forgotten(quick: Settings, objects: Objects) -> None:
    with pytest.raises(QueryError, match="No article has the id 'x'"):
        gone(quick, "x")


def test_the_command_asks_first_and_tells_what_it_searched(lived: Settings, objects: Objects) -> None:
    asked = CliRunner().invoke(cli, ["forget", MINE, "--reason", "a court"], input="n\n")
    assert asked.exit_code == 1
    assert holding(objects, lived)
    done = CliRunner().invoke(cli, ["forget", MINE, "--reason", "a court", "--yes"])
    assert done.exit_code == 0, done.output
    assert "Nothing of it is left." in done.output
    assert "Searched " in done.output
    assert holding(objects, lived) == []


def test_pending_manifests_do_not_name_it(lived: Settings, objects: Objects) -> None:
    gone(lived)
    assert MINE not in str([msgspec.to_builtins(one) for one in batches.outcomes(objects)])
