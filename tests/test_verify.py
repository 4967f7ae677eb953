"""Whatever is broken in the store is found, and a whole store is found whole."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from newsledger.records import Extraction, sha256
from newsledger.settings import Settings
from newsledger.store import batches, heads
from newsledger.store.findings import Finding, Ledger, Trouble, of_row
from newsledger.store.objects import Objects
from newsledger.store.publish import jsonl_key, publish
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


def _table_twice(store: Store, _: str) -> None:
    articles = Articles.open(store.settings)
    again = articles.rows("seq = 1")[0]
    articles.append([again | {"seq": articles.seq + 1}])


BREAKAGES: list[tuple[str, Callable[[Store, str], Any], set[str]]] = [
    ("raw bytes changed", _change(_raw, b"other"), {"raw_bytes"}),
    ("raw bytes gone", _remove(_raw), {"raw_missing"}),
    ("raw bytes of no batch", _change(lambda *_: f"raw/{sha256(b'x')}", b"x"), {"raw_forgotten"}),
    ("JSON Lines gone", _remove(_lines), {"json_lines"}),
    ("JSON Lines changed", _change(_lines, gzip.compress(b"{}\n")), {"json_lines"}),
    ("JSON Lines torn", _change(_lines, b"\x1f\x8b"), {"json_lines"}),
    ("JSON Lines of no batch", _change(lambda *_: jsonl_key("f" * 64, "2026-05-03"), b""), {"json_lines"}),
    ("head gone", _remove(lambda *_: heads.key(f"x/{BODY[-9:]}")), {"head"}),
    ("head torn", _change(lambda *_: heads.key(f"x/{BODY[-9:]}"), b"{"), {"head"}),
    ("staging left", _change(lambda *_: "staging/none/accepted.jsonl", b""), {"staging"}),
    ("row published twice", _table_twice, {"row_key", "json_lines"}),
]


@pytest.mark.parametrize(("breaks", "found"), [(b, f) for _, b, f in BREAKAGES], ids=[name for name, _, _ in BREAKAGES])
def test_what_is_broken_is_found(store: Store, breaks: Callable[[Store, str], Any], found: set[str]) -> None:
    batch_id = store.publish(BODY, BODY + " One.")
    breaks(store, batch_id)
    assert store.troubles() == found


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
    assert [where for kind, where in found if kind is Trouble.seq] == ["1", "2", "3", "4"]
    assert [where for kind, where in found if kind is Trouble.row_key] == ["https://news.example/weir 4.1"]
