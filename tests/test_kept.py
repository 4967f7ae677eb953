"""Where the bytes of an article are kept is told, and an entry can be taken out from among others."""

import io
import zipfile
from pathlib import Path

import msgspec

from newsledger.envelope import packed, unpacked, without
from newsledger.extract import document
from newsledger.pipeline import Wanted, replay
from newsledger.pipeline.words import now
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import batches, quarantine
from newsledger.store.kept import Kept, holding
from newsledger.store.objects import Objects
from tests.feedworld import TEXT, configured, item, rows, rss
from tests.flow import STORY, drop, run
from tests.strictness import stricter
from tests.test_poll import whole
from tests.world import page, world

ONE = "https://news.example/1"


def finish(settings: Settings) -> None:
    while run(settings):
        pass


def test_an_entry_is_found_by_every_feed_that_had_it(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    with world() as web:
        feeds = {
            "one": web.on("/one", page(rss(item(2), item(1)))),
            "other": web.on("/other", page(rss(item(1, guid="x")))),
        }
        whole(configured(quick, tmp_path, feeds))
    found = holding(objects, ONE)
    assert len({place.key for place in found}) == 2
    for place in found:
        line = dict(unpacked(objects.get(place.key)))[place.member or ""]
        assert msgspec.json.decode(line)["entry"]["link"] == ONE
        assert place.others == ()
    assert holding(objects, "https://news.example/9") == ()


def test_the_page_behind_an_entry_is_a_place_too(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    with world() as web:
        link = web.on("/1", page(f"<article><h1>Story</h1><p>{TEXT * 3}</p></article>", content_type="text/html"))
        url = web.on("/feed", page(rss(item(1, link=link))))
        settings = configured(quick, tmp_path, {"one": {"url": url, "full_text": True}})
        whole(settings)
    entry, behind = sorted(holding(objects, rows(settings)[0]["article_id"]), key=lambda place: place.member is None)
    assert behind.member is None
    assert TEXT.encode() in objects.get(behind.key)
    assert entry.key != behind.key


def test_who_else_was_read_from_a_file_is_told(quick: Settings, objects: Objects) -> None:
    both = io.BytesIO()
    with zipfile.ZipFile(both, "w") as archive:
        archive.writestr("one.txt", STORY)
        archive.writestr("two.txt", STORY.replace("Izium", "Kupiansk"))
    drop(quick, "both.zip", both.getvalue())
    finish(quick)
    one, two = (row["article_id"] for row in rows(quick))
    key = batches.raw_key(sha256(both.getvalue()))
    assert holding(objects, one) == (Kept(key=key, others=(two,)),)


def test_what_was_rejected_is_kept_as_well(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    strict = stricter(quick, tmp_path, "articles", "body", "every school")
    drop(strict, "a.txt")
    finish(strict)
    (rejection,) = quarantine.read(objects)
    assert holding(objects, rejection.article_id) == (Kept(key=batches.raw_key(sha256(STORY.encode()))),)


def test_an_entry_taken_out_leaves_the_others_to_be_read(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    with world() as web:
        settings = configured(quick, tmp_path, {"one": web.on("/one", page(rss(item(2), item(1))))})
        whole(settings)
    (place,) = holding(objects, ONE)
    objects.put(place.key, without(objects.get(place.key), {place.member or ""}))
    before = len(rows(settings))
    replay(settings, Wanted(every=True), now())
    finish(settings)
    assert len(rows(settings)) == before
    (rejection,) = quarantine.read(objects)
    assert rejection.raw_member == place.member
    assert "no longer kept" in rejection.reasons[0].message


def test_entries_that_are_kept_together_are_a_file_that_can_be_read(
    quick: Settings, objects: Objects, tmp_path: Path
) -> None:
    with world() as web:
        settings = configured(quick, tmp_path, {"one": web.on("/one", page(rss(item(2), item(1))))})
        whole(settings)
    sources = [row["sources"][0] for row in rows(settings)]
    data = objects.get(sources[0]["raw_key"])
    found = {one.member: one.article.headline for one in document.read(data, "poll.entries.jsonl")}
    assert found == {
        sources[0]["raw_member"]: "Story 1 of the day",
        sources[1]["raw_member"]: "Story 2 of the day",
    }


def test_taking_out_the_last_leaves_nothing() -> None:
    data = packed([b"{}", b"[]"])
    assert list(unpacked(data)) == [(sha256(b"{}"), b"{}"), (sha256(b"[]"), b"[]")]
    assert without(data, {sha256(b"{}")}) == b"[]\n"
    assert without(data, {sha256(b"{}"), sha256(b"[]")}) == b""
