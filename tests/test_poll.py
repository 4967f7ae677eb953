"""From a feed on a real server to published articles: nothing lost, nothing twice."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsledger.envelope import unpacked
from newsledger.errors import StoreError
from newsledger.pipeline import polled
from newsledger.pipeline import tick as polls
from newsledger.settings import Settings
from newsledger.store import batches, feed_health, handovers
from newsledger.store.feed_states import FeedStates
from newsledger.store.objects import Objects
from tests.feedworld import configured, forget_when_due, health, item, rows, rss
from tests.flow import run
from tests.world import World, late, page, unless_known, world


def tick(settings: Settings) -> list[str]:
    """What a run of `poll_feeds` does; ids of the batches."""
    return [batch for part in polls.due(settings) for batch in polls.poll(settings, part)]


def whole(settings: Settings) -> list[str]:
    """A tick and all runs that follow; the headlines that were published, in order."""
    tick(settings)
    while run(settings):
        pass
    return [row["headline"] for row in rows(settings)]


def sightings(objects: Objects) -> list[dict[str, Any]]:
    """Every sighting."""
    lines = (objects.get(listed.key).splitlines() for listed in objects.list("records/sightings/"))
    return [msgspec.json.decode(line) for some in lines for line in some]


def test_a_feed_becomes_articles_with_their_source(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    with world() as web:
        url = web.on("/feed", page(rss(item(2), item(1)), content_type="application/rss+xml"))
        settings = configured(quick, tmp_path, {"example": {"url": url, "origin": "Example Agency"}})
        assert whole(settings) == ["Story 1 of the day", "Story 2 of the day"]
    first = rows(settings)[0]
    assert first["article_id"] == first["url"] == "https://news.example/1"
    assert first["publisher"] == "Example News"
    assert first["date_published"].startswith("2025-02-03T10:01")
    assert first["date_published_basis"] == "feed"
    (source,) = first["sources"]
    assert (source["name"], source["kind"], source["origin"]) == ("example", "feed", "Example Agency")
    assert source["guid"] == "tag:news.example,2025:1"
    kept = dict(unpacked(objects.get(source["raw_key"])))
    assert msgspec.json.decode(kept[source["raw_member"]])["entry"]["title"] == "Story 1 of the day"
    assert len(list(objects.list("raw/"))) == 1
    (record,) = health(settings)
    assert (record["feed"], record["status"], record["entries"], record["new"]) == ("example", 200, 2, 2)
    assert record["next_due"] > record["polled_at"]


def test_an_unchanged_feed_gives_nothing_and_is_not_fetched_whole(
    quick: Settings, objects: Objects, tmp_path: Path
) -> None:
    with world() as web:
        url = web.on("/feed", unless_known(rss(item(1)), '"one"'))
        settings = configured(quick, tmp_path, {"example": url})
        whole(settings)
        assert polls.due(settings) == []
        forget_when_due(objects)
        assert tick(settings) == []
        assert [record["status"] for record in health(settings)] == [200, 304]
    assert len(rows(settings)) == 1


def test_only_what_is_new_is_taken_and_an_edit_is_a_version(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    edited = item(1, description="<p>Quite another text, which the newsroom put in its place an hour later.</p>")
    with world() as web:
        url = web.on("/feed", page(rss(item(1))), page(rss(item(2), edited)), page(rss(item(2), item(1))))
        settings = configured(quick, tmp_path, {"example": url})
        for _ in range(3):
            whole(settings)
            forget_when_due(objects)
    found = [(row["article_id"][-1], row["version"]) for row in rows(settings)]
    assert found == [("1", 1), ("1", 2), ("2", 1), ("1", 3)]
    assert [(record["new"], record["edited"]) for record in health(settings)] == [(1, 0), (1, 1), (0, 1)]


def test_one_article_in_two_feeds_is_one_article_with_a_sighting(
    quick: Settings, objects: Objects, tmp_path: Path
) -> None:
    with world() as web:
        one = web.on("/one", page(rss(item(1))))
        other = web.on("/other", page(rss(item(1, link="https://news.example/1?utm_source=rss", guid="x"))))
        settings = configured(quick, tmp_path, {"one": one, "other": other})
        assert whole(settings) == ["Story 1 of the day"]
    assert len(list(objects.list("records/sightings/"))) == 1


class Killed(BaseException):
    """As SIGKILL: nothing catches it."""


KILLED: dict[str, Any] = {
    "begin": handovers,
    "open_batch": batches,
    "append": feed_health,
    "save": FeedStates,
    "end": handovers,
}


@pytest.mark.parametrize("where", KILLED)
def test_a_poll_killed_anywhere_loses_nothing_and_counts_nothing_twice(
    where: str, quick: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_: Any, **__: Any) -> None:
        raise Killed

    with world() as web:
        feeds = {
            "one": web.on("/one", page(rss(item(1))), page(rss(item(2), item(1)))),
            "two": web.on("/two", page(rss(item(1, guid="x"))), page(rss(item(3), item(1, guid="x")))),
        }
        settings = configured(quick, tmp_path, feeds)
        monkeypatch.setattr(KILLED[where], where, kill)
        with pytest.raises(Killed):
            tick(settings)
        monkeypatch.undo()
        whole(settings)
        forget_when_due(objects)
        assert whole(settings) == ["Story 1 of the day", "Story 2 of the day", "Story 3 of the day"]
    assert [row["version"] for row in rows(settings)] == [1, 1, 1]
    assert len(sightings(objects)) == 1
    assert sum(record["new"] for record in health(settings)) == 4
    assert list(objects.list(handovers.PREFIX)) == []


def test_a_killed_task_that_is_tried_again_leaves_alone_what_is_under_way_beside_it(
    quick: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_: Any, **__: Any) -> None:
        raise Killed

    with world() as web:
        feeds = {name: web.on(f"/{name}", page(rss(item(n)))) for n, name in enumerate(["one", "two"], start=1)}
        settings = configured(quick, tmp_path, feeds)
        for name in feeds:
            monkeypatch.setattr(batches, "open_batch", kill)
            with pytest.raises(Killed):
                polls.poll(settings, [name])
            monkeypatch.undo()
        assert len(list(objects.list(handovers.PREFIX))) == 2
        assert len(polls.poll(settings, ["one"])) == 1
        assert len(list(objects.list(handovers.PREFIX))) == 1
        assert whole(settings) == ["Story 1 of the day", "Story 2 of the day"]


def test_what_was_torn_while_it_was_written_was_not_begun(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    objects.put(f"{handovers.PREFIX}torn.json", b'{"manifests": [')
    with world() as web:
        settings = configured(quick, tmp_path, {"example": web.on("/feed", page(rss(item(1))))})
        assert whole(settings) == ["Story 1 of the day"]
    assert list(objects.list(handovers.PREFIX)) == []


def test_a_store_that_is_away_is_an_error_and_nothing_is_lost(
    quick: Settings, objects: Objects, tmp_path: Path
) -> None:
    with world() as web:
        settings = configured(quick, tmp_path, {"example": web.on("/feed", page(rss(item(1))))})
        away = settings.model_copy(update={"s3_endpoint": "http://127.0.0.1:9"})
        with pytest.raises(StoreError):
            polls.poll(away, ["example"])
        assert whole(settings) == ["Story 1 of the day"]


def test_a_feed_of_ten_thousand_entries_comes_in_bounded_batches(
    quick: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polled, "ENTRIES", 25)
    with world() as web:
        url = web.on("/feed", page(rss(*[item(n) for n in range(60)])))
        settings = configured(quick, tmp_path, {"example": url}, batch_articles=10)
        sizes = []
        for _ in range(4):
            opened = tick(settings)
            sizes.append([len(batches.load(objects, one).items) for one in opened])  # type: ignore[union-attr]
            forget_when_due(objects)
    assert sizes == [[10, 10, 5], [10, 10, 5], [10], []]
    assert [record["left"] for record in health(settings)] == [35, 10, 0, 0]


def test_a_change_of_the_list_counts_at_the_next_tick(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    with world() as web:
        url = web.on("/feed", page(rss(item(1))))
        settings = configured(quick, tmp_path, {})
        assert polls.due(settings) == []
        settings = configured(quick, tmp_path, {"example": url})
        assert polls.due(settings) == [["example"]]
        settings = configured(quick, tmp_path, {"example": {"url": url, "enabled": False}})
        assert polls.due(settings) == []


def test_hosts_stay_together_and_parts_are_bounded(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    feeds = {f"f{n}": f"https://host{n % 7}.example/{n}" for n in range(1000)}
    parts = polls.due(configured(quick, tmp_path, feeds))
    assert sorted(name for part in parts for name in part) == sorted(feeds)
    assert len(parts) == 2
    assert max(map(len, parts)) <= polls.FEEDS + 1000 // 7 + 1
    where = {name: number for number, part in enumerate(parts) for name in part}
    assert all(len({where[f"f{n}"] for n in range(host, 1000, 7)}) == 1 for host in range(7))


@pytest.fixture
def web() -> Any:
    with world() as served:
        yield served


def test_the_schedule_can_be_lost_and_is_made_anew(
    quick: Settings, objects: Objects, tmp_path: Path, web: World
) -> None:
    settings = configured(quick, tmp_path, {"example": web.on("/feed", page(rss(item(1))))})
    tick(settings)
    assert polls.due(settings) == []
    objects.put("feeds/schedule.json", b"{torn")
    assert polls.due(settings) == []
    objects.delete("feeds/schedule.json")
    assert polls.due(settings) == []
    (listed,) = objects.list("feeds/state/")
    objects.put(listed.key, b"{torn")
    assert polls.due(settings) == [["example"]]
    assert tick(settings) != []


ARTICLE = "".join(
    f"<p>Councillor {name} said on Tuesday that the weir of Aberllan had held for {years} years, and that it would "
    "hold for many more if the town paid for the work that its engineers had asked for in the spring of last year.</p>"
    for years, name in enumerate(["Nia Pryce", "Tom Hale", "Anna Berg", "Io Marsh"], start=11)
)


def test_the_page_behind_an_entry_is_read_and_both_are_kept(
    quick: Settings, objects: Objects, tmp_path: Path, web: World
) -> None:
    shown = f"<html><body><article><h1>Weir holds</h1>{ARTICLE}</article></body></html>"
    link = web.on("/weir", page(shown, content_type="text/html; charset=utf-8"))
    url = web.on("/feed", page(rss(item(1, link=link, description="Short."))))
    settings = configured(quick, tmp_path, {"example": {"url": url, "full_text": True}})
    whole(settings)
    (row,) = rows(settings)
    assert row["body"].count("Councillor") == 4
    kept = msgspec.json.decode(objects.get(row["sources"][0]["raw_key"]))  # one entry is one line
    assert kept["entry"]["summary"] == "Short."
    assert objects.get(f"raw/{kept['page']['sha256']}").decode() == shown
    assert len(web.asked("/robots.txt")) == 1


def test_a_page_that_robots_txt_forbids_is_not_fetched_and_the_feed_speaks(
    quick: Settings, objects: Objects, tmp_path: Path, web: World
) -> None:
    web.on("/robots.txt", page("User-agent: *\nDisallow: /private/"))
    link = web.on("/private/weir", page(ARTICLE, content_type="text/html"))
    url = web.on("/feed", page(rss(item(1, link=link))))
    whole(configured(quick, tmp_path, {"example": {"url": url, "full_text": True}}))
    (row,) = rows(quick)
    assert "Izium" in row["body"]
    assert any("robots.txt" in note for note in row["notes"])
    assert web.asked("/private/weir") == []


def test_pages_of_one_poll_are_bounded_and_the_others_follow(
    quick: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: World
) -> None:
    monkeypatch.setattr(polled, "PAGES", 2)
    url = web.on("/feed", page(rss(*[item(n, link=web.url(f"/{n}")) for n in range(5)]), etag='"a"'))
    settings = configured(quick, tmp_path, {"example": {"url": url, "full_text": True}})
    for _ in range(3):
        tick(settings)
        forget_when_due(objects)
    assert [(record["new"], record["left"]) for record in health(settings)] == [(2, 3), (2, 1), (1, 0)]


def test_one_bad_feed_does_not_hold_up_the_others(
    quick: Settings, objects: Objects, tmp_path: Path, web: World
) -> None:
    feeds = {
        "slow": web.on("/slow", late(0.5, page(rss(item(1))))),
        "broken": web.on("/broken", page(b"<html>no</html>")),
        "gone": web.on("/gone", page(b"", 410)),
        "good": web.on("/good", page(rss(item(2)))),
        "nowhere": "http://localhost:9/feed",
    }
    settings = configured(quick, tmp_path, feeds)
    assert sorted(whole(settings)) == ["Story 1 of the day", "Story 2 of the day"]
    told = {record["feed"]: (record["failure"], record["health"]) for record in health(settings)}
    assert told == {
        "slow": (None, "ok"),
        "good": (None, "ok"),
        "broken": ("unreadable", "new"),
        "gone": ("gone", "gone"),
        "nowhere": ("connection", "new"),
    }
    forget_when_due(objects)
    assert "gone" not in [name for part in polls.due(settings) for name in part]


def test_a_silent_feed_is_told_of_though_it_answers(
    quick: Settings, objects: Objects, tmp_path: Path, web: World, caplog: pytest.LogCaptureFixture
) -> None:
    settings = configured(quick, tmp_path, {"example": web.on("/feed", page(rss(item(1))))})
    tick(settings)
    (listed,) = objects.list("feeds/state/")
    state = msgspec.json.decode(objects.get(listed.key))["example"]
    hours = [f"2025-02-03T{hour:02d}:00:00+00:00" for hour in range(8, 12)]
    state |= {"arrivals": hours, "news_at": hours[-1], "next_due": None}
    objects.put(listed.key, msgspec.json.encode({"example": state}))
    tick(settings)
    assert [record["silent"] for record in health(settings)] == [False, True]
    assert "silent for far longer" in caplog.text


def test_health_is_kept_for_each_poll_with_what_went_wrong_in_words(
    quick: Settings, objects: Objects, tmp_path: Path, web: World
) -> None:
    url = web.on("/feed", page(b"", 404), page(b"", 500), page(rss(item(1))))
    settings = configured(quick, tmp_path, {"example": url})
    for _ in range(3):
        tick(settings)
        forget_when_due(objects)
    found = [(record["status"], record["failure"], record["health"]) for record in health(settings)]
    assert found == [(404, "not_found", "new"), (500, "server", "new"), (200, None, "ok")]
    assert "404" in health(settings)[0]["error"]
