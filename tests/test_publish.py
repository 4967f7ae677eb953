"""Publishing against a real object store: one serial order, nothing lost, nothing twice."""

import gzip
import json
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from newsledger.errors import ConflictError, StoreError
from newsledger.records import Extraction
from newsledger.settings import Settings
from newsledger.store import heads, publish
from newsledger.store.decisions import Head, Outcome
from newsledger.store.objects import Objects
from newsledger.store.schema import row
from newsledger.store.tables import Articles
from tests.ledger import AT, BODY, batch, extraction

DAY = "2026-05-03"
LATER = "2026-05-04T09:00:00Z"


@pytest.fixture
def press(objects: Objects, settings: Settings) -> "Press":
    return Press(objects, settings)


class Press:
    """Publishes batches named by a word, and reads back what is there."""

    def __init__(self, objects: Objects, settings: Settings) -> None:
        self.objects, self.settings = objects, settings

    def __call__(self, name: str, *extractions: Extraction) -> publish.Published:
        return publish.publish(self.objects, self.settings, batch(name), extractions, AT)

    def keys(self) -> list[tuple[str, int, int, int]]:
        rows = Articles.open(self.settings).rows("true")
        return [(one["article_id"][-1], one["version"], one["revision"], one["seq"]) for one in rows]

    def lines(self, name: str) -> list[dict[str, Any]]:
        packed = self.objects.get(publish.jsonl_key(batch(name), DAY))
        return [json.loads(line) for line in gzip.decompress(packed).splitlines()]

    def heads(self) -> dict[str, bytes]:
        return {item.key: self.objects.get(item.key) for item in self.objects.list("heads/")}


def test_a_batch_is_published_to_table_json_lines_and_heads(press: Press) -> None:
    published = press("one", extraction("x/a"), extraction("x/b"))
    assert published.count(Outcome.new) == 2
    assert press.keys() == [("a", 1, 1, 1), ("b", 1, 1, 2)]
    first = press.lines("one")[0]
    assert (first["article_id"], first["seq"], first["batch_id"]) == ("x/a", 1, batch("one"))
    assert first["quotes"][0]["exact"] == BODY[1:15]
    assert (first["published_at"], first["published_on"]) == ("2026-05-03T10:00:05Z", "2026-05-03")
    head = msgspec.json.decode(press.objects.get(heads.key("x/b")), type=Head)
    assert (head.seq, head.versions[-1].version) == (2, 1)


def test_a_batch_published_twice_is_there_once(press: Press) -> None:
    press("one", extraction("x/a"), extraction("x/b"), extraction("x/a", at=LATER))
    before = press.objects.get(publish.jsonl_key(batch("one"), DAY))
    press.objects.delete(publish.jsonl_key(batch("one"), DAY))
    again = press("one", extraction("x/a"), extraction("x/b"), extraction("x/a", at=LATER))
    assert again.already
    assert [placed.outcome.value for placed in again.placed] == ["new", "new", "duplicate"]
    assert press.objects.get(publish.jsonl_key(batch("one"), DAY)) == before
    assert press.keys() == [("a", 1, 1, 1), ("b", 1, 1, 2)]


def test_versions_revisions_and_sightings_across_batches(press: Press) -> None:
    press("one", extraction("x/a", speaker=None))
    assert press("two", extraction("x/a")).count(Outcome.revision) == 1
    assert press("three", extraction("x/a", body=BODY + " More.", at=LATER)).count(Outcome.version) == 1
    seen = press("four", extraction("x/a", body=BODY + " More.", at="2026-05-05T09:00:00Z"))
    assert seen.count(Outcome.duplicate) == 1
    assert press.keys() == [("a", 1, 1, 1), ("a", 1, 2, 2), ("a", 2, 1, 3)]
    sighting = json.loads(press.objects.get(publish.sightings_key(batch("four"), DAY)))
    assert (sighting["article_id"], sighting["version"]) == ("x/a", 2)
    assert seen.keys == (publish.sightings_key(batch("four"), DAY),)


def test_heads_lost_by_a_killed_writer_are_caught_up(press: Press) -> None:
    press("one", extraction("x/a"))
    before = press.heads()
    press("two", extraction("x/a", body=BODY + " More.", at=LATER), extraction("x/b"))
    after = press.heads()
    for key in after:  # as though the second writer was killed right after its commit
        press.objects.delete(key)
    for key, data in before.items():
        press.objects.put(key, data)
    third = press("three", extraction("x/a", body=BODY + " Most.", at="2026-05-05T09:00:00Z"))
    assert third.placed[0].version == 3
    assert press.heads().keys() == after.keys()


def test_all_heads_are_made_anew_from_the_table(press: Press) -> None:
    press("one", extraction("x/a", speaker=None), extraction("x/b"))
    press("two", extraction("x/a"))
    before = press.heads()
    for key in before:
        press.objects.delete(key)
    press("three", extraction("x/b"))
    assert press.heads() == before


def test_a_torn_head_is_made_anew(press: Press) -> None:
    press("one", extraction("it's/a"))
    press.objects.put(heads.key("it's/a"), b'{"article_id": "it')
    assert press("two", extraction("it's/a", at=LATER)).placed[0].outcome is Outcome.duplicate
    assert press("three", extraction("it's/a", body=BODY + "!", at=LATER)).placed[0].version == 2


def test_a_torn_position_makes_heads_anew(press: Press) -> None:
    press("one", extraction("x/a"))
    before = press.heads()
    press.objects.put(heads.POSITION, b'{"se')
    press.objects.delete(heads.key("x/a"))
    assert press("two", extraction("x/a", at=LATER)).placed[0].outcome is Outcome.duplicate
    assert press.heads() == before


def test_a_table_that_lost_rows_is_refused_rather_than_continued(press: Press) -> None:
    press("one", extraction("x/a"), extraction("x/b"))
    for item in [*press.objects.list("records/articles/")]:
        press.objects.delete(item.key)
    with pytest.raises(StoreError, match=r"ends at position 0, but heads/ .* know of 2"):
        press("two", extraction("x/c"))


def test_of_two_that_decided_from_one_snapshot_the_second_is_refused(press: Press, settings: Settings) -> None:
    press("one", extraction("x/a"))
    first, second = Articles.open(settings), Articles.open(settings)
    first.append([row(extraction("x/b"), "two", AT) | {"seq": 2}])
    with pytest.raises(ConflictError, match="another writer was first"):
        second.append([row(extraction("x/c"), "three", AT) | {"seq": 2}])
    second.refresh()
    assert second.seq == 2
    second.append([row(extraction("x/c"), "three", AT) | {"seq": 3}])
    assert press.keys() == [("a", 1, 1, 1), ("b", 1, 1, 2), ("c", 1, 1, 3)]


def test_a_publisher_that_was_overtaken_decides_again(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Articles.append
    overtaken: list[bool] = []

    def overtake(self: Articles, rows: Sequence[Any]) -> None:
        if not overtaken:
            overtaken.append(True)
            press("rival", extraction("x/a", body=BODY + " Rival."))
        real(self, rows)

    monkeypatch.setattr(Articles, "append", overtake)
    mine = press("mine", extraction("x/a"), extraction("x/b"))
    assert [placed.outcome.value for placed in mine.placed] == ["version", "new"]
    assert press.keys() == [("a", 1, 1, 1), ("a", 2, 1, 2), ("b", 1, 1, 3)]
    assert [line["seq"] for line in press.lines("mine")] == [2, 3]


def test_compaction_disturbs_neither_publishing_nor_the_search_for_a_batch(press: Press, settings: Settings) -> None:
    for number in range(4):
        press(f"batch {number}", extraction(f"x/{number}"))
    rival = Articles.open(settings)
    Articles.open(settings).delta.optimize.compact()
    rival.append([row(extraction("x/9"), "late", AT) | {"seq": 5}])
    assert press("batch 2", extraction("x/2")).already
    assert len(press.keys()) == 5


def test_a_batch_of_nothing_publishes_nothing(press: Press) -> None:
    assert press("none").placed == ()
    assert press.keys() == []


def test_log_entries_state_what_files_are_skipped_by(press: Press, settings: Settings) -> None:
    for number in range(12):  # past a checkpoint
        press(f"batch {number}", extraction(f"x/{number}"))
    articles = Articles.open(settings)
    assert len(articles.delta.file_uris(file_pruning_predicate="seq > 11")) == 1
    assert len(articles.delta.file_uris(file_pruning_predicate=f"batch_id = '{batch('batch 3')}'")) == 1
    assert any("checkpoint" in item.key for item in press.objects.list("records/articles/_delta_log/"))
