"""Whatever is broken in the store is found, and a whole store is found whole."""

import gzip
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from newsledger.cli import cli
from newsledger.records import Extraction, sha256
from newsledger.settings import Settings
from newsledger.store import batches, heads
from newsledger.store.decisions import Head, Sighting
from newsledger.store.findings import Finding, Trouble, of_row
from newsledger.store.ledger import Ledger
from newsledger.store.objects import Objects
from newsledger.store.publish import jsonl_key, publish
from newsledger.store.repair import repair
from newsledger.store.rulings import Case, Ruling, Verdict, rule
from newsledger.store.schema import row
from newsledger.store.tables import Articles
from newsledger.store.verify import verify
from tests.ledger import AT, BODY, extraction

NOW = "2100-01-01T00:00:00Z"
"""Later than any patience."""


class Store:
    """A store into which batches go the whole way: raw bytes, manifest, staging, publishing, outcome."""

    def __init__(self, objects: Objects, settings: Settings) -> None:
        self.objects, self.settings = objects, settings

    def take(self, *bodies: str) -> tuple[batches.Manifest, list[Extraction]]:
        found = [extraction(f"x/{body[-9:]}", body) for body in bodies]
        for one, body in zip(found, bodies, strict=True):
            self.objects.create(one.article.sources[0].raw_key, body.encode())
        items = [
            batches.Item(raw_sha256=source.raw_sha256, origin="x.txt", size=1, retrieved_at=AT)
            for one in found
            for source in one.article.sources
        ]
        manifest = batches.new(items, AT, "extractor", "suites")
        batches.open_batch(self.objects, manifest)
        batches.stage(self.objects, manifest.batch_id, "accepted.jsonl", found)
        return manifest, found

    def publish(self, *bodies: str) -> str:
        manifest, found = self.take(*bodies)
        placed = publish(self.objects, self.settings, manifest.batch_id, found, AT).placed
        articles = tuple({"article_id": one.article_id, "seq": one.seq} for one in placed)
        batches.close(self.objects, manifest, AT, articles=articles)
        return manifest.batch_id

    def verify(self) -> list[Finding]:
        return [*verify(self.objects, self.settings, NOW)]

    def troubles(self) -> set[str]:
        return {finding.kind.value for finding in self.verify()}


@pytest.fixture
def store(objects: Objects, settings: Settings) -> Store:
    return Store(objects, settings)


def test_an_empty_store_is_whole(store: Store) -> None:
    assert store.verify() == []


def test_a_store_in_use_is_whole(store: Store) -> None:
    store.publish(BODY, BODY + " One.")
    store.publish(BODY + " Two.")
    assert store.verify() == []


def test_a_batch_that_waits_for_long_is_found_and_one_under_way_is_not(store: Store) -> None:
    store.publish(BODY)
    manifest, _ = store.take(BODY + " One.")
    assert store.troubles() == {"pending"}
    assert [*verify(store.objects, store.settings, AT, timedelta(hours=1))] == []
    assert manifest.batch_id in store.verify()[0].where


def test_a_batch_between_commit_and_json_lines_is_no_finding(store: Store) -> None:
    manifest, found = store.take(BODY)
    publish(store.objects, store.settings, manifest.batch_id, found, AT)
    store.objects.delete(jsonl_key(manifest.batch_id, AT[:10]))
    assert [*verify(store.objects, store.settings, AT, timedelta(hours=1))] == []


def _change(where: Callable[[Store, str], str], data: bytes) -> Callable[[Store, str], Any]:
    return lambda store, batch_id: store.objects.put(where(store, batch_id), data)


def _remove(where: Callable[[Store, str], str]) -> Callable[[Store, str], Any]:
    return lambda store, batch_id: store.objects.delete(where(store, batch_id))


def _raw(store: Store, _: str) -> str:
    return next(store.objects.list("raw/")).key


def _lines(_: Store, batch_id: str) -> str:
    return jsonl_key(batch_id, AT[:10])


def _position_ahead(store: Store, _: str) -> None:
    store.objects.put(heads.POSITION, b'{"seq": 9}')


def _head_that_differs(store: Store, _: str) -> None:
    where = heads.key(f"x/{BODY[-9:]}")
    head = msgspec.json.decode(store.objects.get(where), type=Head)
    other = msgspec.structs.replace(head.versions[0], parts=head.versions[0].parts | {"body": "0"})
    store.objects.put(where, msgspec.json.encode(msgspec.structs.replace(head, versions=(other,))))


def _head_of_nothing(store: Store, _: str) -> None:
    head = Head(article_id="x/none", seq=1, versions=())
    store.objects.put(heads.key("x/none"), msgspec.json.encode(head))


def _sighting_of_nothing(store: Store, _: str) -> None:
    sighting = Sighting(
        article_id="x/none",
        version=1,
        source="inbox",
        kind="inbox",
        url=None,
        origin=None,
        raw_key="raw/0",
        raw_member=None,
        retrieved_at=AT,
        batch_id="b",
    )
    store.objects.put("records/sightings/2026-05-03/b.jsonl", msgspec.json.encode(sighting) + b"\n")


def _table_file_gone(store: Store, _: str) -> None:
    (where,) = Articles.open(store.settings).files()
    store.objects.delete(where)


def _retracted_and_still_there(store: Store, _: str) -> None:
    row = Articles.open(store.settings).rows("seq = 1")[0]
    case = Case(id=row["quotes"][0]["fact_id"], kind="quotes", article_id=row["article_id"])
    rule(store.objects, case, Ruling(verdict=Verdict.retracted, by="ann", at=AT, reason="misheard"))


def _table_twice(store: Store, _: str) -> None:
    articles = Articles.open(store.settings)
    again = articles.rows("seq = 1")[0]
    articles.append([again | {"seq": articles.seq + 1}])


BREAKAGES: list[tuple[str, Callable[[Store, str], Any], set[str]]] = [
    ("raw bytes changed", _change(_raw, b"other"), {"raw_bytes"}),
    ("raw bytes gone", _remove(_raw), {"raw_missing"}),
    ("raw bytes of no batch", _change(lambda *_: f"raw/{sha256(b'x')}", b"x"), {"raw_unclaimed"}),
    ("JSON Lines gone", _remove(_lines), {"json_lines"}),
    ("JSON Lines changed", _change(_lines, gzip.compress(b"{}\n")), {"json_lines"}),
    ("JSON Lines torn", _change(_lines, b"\x1f\x8b"), {"json_lines"}),
    ("JSON Lines of no batch", _change(lambda *_: jsonl_key("f" * 64, "2026-05-03"), b""), {"json_lines"}),
    ("head gone", _remove(lambda *_: heads.key(f"x/{BODY[-9:]}")), {"head"}),
    ("head torn", _change(lambda *_: heads.key(f"x/{BODY[-9:]}"), b"{"), {"head"}),
    ("staging left", _change(lambda *_: "staging/none/accepted.jsonl", b""), {"staging"}),
    ("row published twice", _table_twice, {"row_key", "json_lines"}),
    ("count of attempts left", _change(lambda *_: "batches/tries/none.json", b"{}"), {"staging"}),
    ("probe left", _change(lambda *_: "probe/1", b"1"), {"staging"}),
    ("heads ahead of the table", _position_ahead, {"lost"}),
    ("head that differs", _head_that_differs, {"head"}),
    ("head of nothing", _head_of_nothing, {"head"}),
    ("torn head of nothing", _change(lambda *_: heads.key("x/none"), b"{"), {"head"}),
    ("sighting of nothing", _sighting_of_nothing, {"sighting"}),
    ("sightings torn", _change(lambda *_: "records/sightings/2026-05-03/b.jsonl", b"{"), {"sighting"}),
    ("rejection torn", _change(lambda *_: "quarantine/b/c.json", b"{"), {"quarantine"}),
    ("decision torn", _change(lambda *_: "rulings/c.json", b"{"), {"ruling"}),
    ("retraction that was not carried out", _retracted_and_still_there, {"ruling"}),
    ("manifest torn", _change(lambda *_: "batches/pending/b.json", b"{"), {"batch"}),
    ("outcome torn", _change(lambda _, batch_id: f"batches/done/{batch_id}.json", b"{"), {"batch", "raw_unclaimed"}),
    ("file of the table gone", _table_file_gone, {"table"}),
]


@pytest.mark.parametrize(("breaks", "found"), [(b, f) for _, b, f in BREAKAGES], ids=[name for name, _, _ in BREAKAGES])
def test_what_is_broken_is_found(store: Store, breaks: Callable[[Store, str], Any], found: set[str]) -> None:
    batch_id = store.publish(BODY, BODY + " One.")
    breaks(store, batch_id)
    assert store.troubles() == found


MENDED = {
    "JSON Lines gone",
    "JSON Lines changed",
    "JSON Lines torn",
    "JSON Lines of no batch",
    "head gone",
    "head torn",
}
MENDED |= {"staging left", "count of attempts left", "probe left", "head that differs", "head of nothing"}
MENDED |= {"torn head of nothing"}


@pytest.mark.parametrize("name", [name for name, _, _ in BREAKAGES])
def test_what_can_be_made_anew_is_mended_and_nothing_else_is_touched(store: Store, name: str) -> None:
    batch_id = store.publish(BODY, BODY + " One.")
    whole = everything(store.objects)
    next(breaks for each, breaks, _ in BREAKAGES if each == name)(store, batch_id)
    broken = everything(store.objects)
    done = [repair(store.objects, store.settings, finding) for finding in store.verify()]
    if name in MENDED:
        assert all(done)
        assert everything(store.objects) == whole
        assert store.verify() == []
    elif name != "row published twice":
        assert not any(done)
        assert everything(store.objects) == broken


def everything(objects: Objects) -> dict[str, bytes]:
    """What lies in the bucket, the table's own files aside."""
    return {one.key: objects.get(one.key) for one in objects.list("") if not one.key.startswith("records/articles/")}


def test_a_queue_that_moves_is_no_finding_however_long_it_is(store: Store) -> None:
    manifest, _ = store.take(BODY + " One.")
    store.publish(BODY)
    done = next(listed.modified for listed in store.objects.list("batches/done/"))
    later = timedelta(minutes=29)

    def pending(created: datetime, looked: datetime) -> list[str]:
        aged = msgspec.structs.replace(manifest, created_at=created.isoformat())
        store.objects.put(f"batches/pending/{manifest.batch_id}.json", msgspec.json.encode(aged))
        found = verify(store.objects, store.settings, looked.isoformat())
        return [finding.where for finding in found if finding.kind is Trouble.pending]

    assert pending(done - timedelta(hours=5), done + later) == []
    assert pending(done - timedelta(hours=5), done + later * 2) != []
    assert pending(done - timedelta(days=2), done + later) != []


def test_pages_behind_entries_belong_to_their_batch(store: Store) -> None:
    page = sha256(b"page")
    store.objects.create(f"raw/{page}", b"page")
    manifest, _ = store.take(BODY)
    item = msgspec.structs.replace(manifest.items[0], page_sha256=page)
    batches.close(store.objects, msgspec.structs.replace(manifest, items=(item,)), AT)
    assert store.verify() == []


def test_beside_writers_nobody_is_accused(store: Store) -> None:
    """Publishers go on in threads of their own while the store is looked at again and again."""
    stop, waits = threading.Event(), {Trouble.pending, Trouble.raw_unclaimed}

    def look() -> list[Finding]:
        """Without any patience: only what is truly waiting at this moment may be told of."""
        now = datetime.now(UTC).isoformat()
        found = verify(store.objects, store.settings, now, timedelta(0))
        return [finding for finding in found if finding.kind not in waits]

    def work(name: str) -> None:
        for number in itertools.takewhile(lambda _: not stop.is_set(), itertools.count()):
            manifest, found = store.take(f"{BODY} {name}{number}.", f"{BODY} {name}{number // 2}!")
            placed = publish(store.objects, store.settings, manifest.batch_id, found, AT).placed
            articles = tuple({"article_id": one.article_id, "seq": one.seq} for one in placed)
            batches.close(store.objects, manifest, AT, articles=articles)

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(work, name) for name in "ab"]
        try:
            found = [finding for _ in range(6) for finding in look()]
        finally:
            stop.set()
        assert [writer.result() for writer in writers] == [None, None]
    assert found == []
    assert store.verify() == []
    assert Articles.open(store.settings).seq > 6


def test_how_far_it_is_is_told(store: Store) -> None:
    store.publish(BODY, BODY + " One.")
    told: dict[str, int] = {}
    assert [*verify(store.objects, store.settings, NOW, told=told.__setitem__)] == []
    assert told["Rows"] == told["Raw bytes"] == told["Heads"] == 2


def test_rows_that_a_finished_batch_speaks_of_are_missed(store: Store) -> None:
    manifest, _ = store.take(BODY)
    store.publish(BODY + " One.")
    batches.close(store.objects, manifest, AT, articles=({"article_id": "x/a", "seq": 1},))
    articles = Articles.open(store.settings)
    articles.delta.delete("seq = 1")
    assert {"lost", "seq"} <= store.troubles()


def test_a_row_that_contradicts_itself_is_told_how() -> None:
    good = row(extraction(), "b", AT)
    assert [*of_row(good)] == []
    moved = good["quotes"][0] | {"start": 2}
    past = good["dates"][0] | {"end": 9_999}
    bad = good | {"body_sha256": "0", "quotes": [moved], "dates": [past], "figures": good["figures"] * 2}
    messages = " ".join(finding.message for finding in of_row(bad))
    for words in (
        "body_sha256",
        "not the text at 2-15",
        "prefix and suffix",
        "not the text at 3-9999",
        "there 2 times",
    ):
        assert words in messages


def test_a_speaker_elsewhere_than_said_is_found() -> None:
    whole = extraction()
    quote = msgspec.structs.replace(whole.quotes[0], speaker_text="Nia", speaker_start=0, speaker_end=3)
    (finding,) = of_row(row(msgspec.structs.replace(whole, quotes=(quote,)), "b", AT))
    assert "speaker_text 'Nia' is not the text" in finding.message


def test_gaps_and_twins_of_positions_are_found() -> None:
    ledger = Ledger()
    for seq, version in [(1, 1), (1, 2), (4, 4)]:
        ledger.add(row(extraction(), "b", AT) | {"seq": seq, "version": version, "revision": 1})
    found = [(finding.kind, finding.where) for finding in ledger.findings(3)]
    assert [where for kind, where in found if kind is Trouble.seq] == ["1", "4", "2-3"]
    assert [where for kind, where in found if kind is Trouble.row_key] == ["https://news.example/weir 4.1"]


def test_the_command_prints_findings_and_says_what_it_mended(store: Store) -> None:
    batch_id = store.publish(BODY)
    assert CliRunner().invoke(cli, ["verify"]).exit_code == 0
    store.objects.delete(jsonl_key(batch_id, AT[:10]))
    found = CliRunner().invoke(cli, ["verify"])
    assert found.exit_code == 1
    assert found.stdout.startswith(f"json_lines: {jsonl_key(batch_id, AT[:10])}: It is missing")
    assert "1 finding (1 json_lines)" in found.stderr
    mended = CliRunner().invoke(cli, ["verify", "--repair"])
    assert mended.exit_code == 0
    assert "Written anew from 1 rows" in mended.stdout
    assert "1 mended, nothing wrong" in mended.stderr
