"""`newsledger feeds`: add, import, list and try, against a web server and an object store of the tests."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from newsledger.cli import cli
from newsledger.collect import feed_list
from newsledger.collect.polling import FeedState
from newsledger.errors import NewsledgerError
from newsledger.settings import Settings
from newsledger.store.feed_states import FeedStates, place_of
from newsledger.store.objects import Objects
from tests import world as w
from tests.world import World

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Example News</title>
<item><title>One</title><link>https://news.example/1</link><guid>1</guid><description>First.</description></item>
<item><title>Two</title><link>https://news.example/2</link><guid>2</guid></item></channel></rss>"""
LINK = b'<link rel="alternate" type="application/rss+xml" href="/%s">'
SITE = b"<html><head>" + LINK + b"</head><body>News</body></html>"

Run = Callable[..., Result]


@pytest.fixture
def world() -> Iterator[World]:
    with w.world() as made:
        yield made


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config" / "feeds.yaml"
    path.parent.mkdir()
    monkeypatch.setenv("NEWSLEDGER_CONFIG", str(path.parent))
    monkeypatch.setenv("NEWSLEDGER_FETCH_HOSTS", "127.0.0.1")
    monkeypatch.setenv("NEWSLEDGER_HOST_PAUSE_SECONDS", "0")
    return path


@pytest.fixture
def run(config: Path) -> Run:
    def command(*arguments: object) -> Result:
        return CliRunner().invoke(cli, ["feeds", *map(str, arguments)])

    return command


def refusal(result: Result) -> str:
    assert isinstance(result.exception, NewsledgerError), result.output
    return str(result.exception)


# --- add --------------------------------------------------------------------------------------------------------------


def test_a_feed_is_added_by_its_url(world: World, run: Run, config: Path) -> None:
    config.write_text("# ours\n")
    url = world.on("/feed.xml", w.page(FEED, content_type="application/rss+xml"))
    result = run("add", url, "--full-text")
    assert (result.exit_code, result.stdout) == (0, f"Added example-news: {url} (Example News, 2 entries now)\n")
    assert config.read_text() == f"# ours\nexample-news:\n  url: {url}\n  full_text: true\n"


def test_a_feed_is_found_on_the_page_of_a_site(world: World, run: Run, config: Path) -> None:
    world.on("/broken", w.page(b"<html>gone</html>"))
    world.on("/rss", w.page(FEED))
    world.on("/", w.page(b"".join(LINK % name for name in (b"broken", b"rss", b"other")), content_type="text/html"))
    result = run("add", world.url("/"), "--name", "wire")
    assert result.exit_code == 0
    assert f"the page also names {world.url('/other')}" in result.stderr
    (feed,) = feed_list.load(config)
    assert (feed.name, feed.url) == ("wire", world.url("/rss"))


def test_a_feed_is_found_in_a_usual_place_where_the_page_names_none(world: World, run: Run, config: Path) -> None:
    world.on("/", w.page(b"<html><body>News</body></html>"))
    world.on("/rss.xml", w.page(FEED))
    assert run("add", world.url("/")).exit_code == 0
    assert feed_list.load(config)[0].url == world.url("/rss.xml")


def test_a_feed_that_moved_for_good_is_added_where_it_lives_now(world: World, run: Run, config: Path) -> None:
    world.on("/new", w.page(FEED))
    assert run("add", world.on("/old", w.redirect("/new", 301))).exit_code == 0
    assert feed_list.load(config)[0].url == world.url("/new")
    assert "is feed 'example-news' already, in line 1" in refusal(run("add", world.url("/old")))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (w.page(b"<html><body>News</body></html>"), "is no feed"),
        (w.page(SITE % b"none"), "the page names none that works"),
        (w.page(b"", 404), "answers with status 404"),
        (w.reset(), "No connection to 127.0.0.1"),
        (w.redirect("http://10.0.0.1/"), "which is not a public address; NEWSLEDGER_FETCH_HOSTS names"),
        (w.redirect("http://169.254.169.254/latest"), "is not a public address"),
    ],
)
def test_where_there_is_no_feed_nothing_is_added(
    world: World, run: Run, config: Path, answer: w.Answer, said: str
) -> None:
    sentence = refusal(run("add", world.on("/", answer)))
    assert said.removeprefix("which ") in sentence
    assert "\n" not in sentence
    assert not config.exists()


def test_a_list_with_a_fault_is_told_of_before_anything_is_fetched(world: World, run: Run, config: Path) -> None:
    config.write_text("a: nothing\n")
    assert "feeds.yaml:1:" in refusal(run("add", world.on("/feed", w.page(FEED))))
    assert not world.seen


# --- import -----------------------------------------------------------------------------------------------------------


def test_an_opml_file_is_imported_once(run: Run, config: Path, tmp_path: Path) -> None:
    config.write_text("wire: https://wire.example/feed\n")
    (tmp_path / "mine.opml").write_text(
        '<opml><body><outline text="Wire" xmlUrl="https://wire.example/feed"/>'
        '<outline text="Wire" xmlUrl="https://news.example/a feed"/><outline xmlUrl="file:///etc/passwd"/>'
        '<outline xmlUrl="https://me:word@news.example/"/></body></opml>'
    )
    result = run("import", tmp_path / "mine.opml")
    assert result.exit_code == 0
    assert result.stdout == "Added wire-2: https://news.example/a%20feed\n"
    assert "Passed over 'file:///etc/passwd'" in result.stderr
    assert "1 feed added, 1 known already" in result.stderr
    before = config.read_text()
    assert "0 feeds added, 2 known already" in run("import", tmp_path / "mine.opml").stderr
    assert config.read_text() == before


def test_what_is_no_opml_is_refused_by_file_and_line(run: Run, config: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_text("<opml>\n<body>")
    assert "mine.opml:2: this is not well-formed XML" in refusal(run("import", tmp_path / "mine.opml"))
    assert not config.exists()


# --- try --------------------------------------------------------------------------------------------------------------


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_try_prints_entries_and_then_the_record_of_the_poll(world: World, run: Run, config: Path) -> None:
    result = run("try", world.on("/feed", w.page(FEED)))
    *entries, health = lines(result)
    assert result.exit_code == 0
    assert sorted((entry["title"], entry["link"]) for entry in entries) == [
        ("One", "https://news.example/1"),
        ("Two", "https://news.example/2"),
    ]
    assert (health["status"], health["kind"], health["entries"], health["new"]) == (200, "rss20", 2, 2)
    assert (health["failure"], health["health"], health["bytes"]) == (None, "ok", len(FEED))
    assert datetime.fromisoformat(health["next_due"]) > datetime.now(UTC)
    assert not config.exists()


def test_a_try_of_a_listed_feed_uses_its_options(
    world: World, run: Run, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIRE_KEY", "abc")
    world.on("/private", w.page(b"never"))
    world.on("/robots.txt", w.page(b"User-agent: *\nDisallow: /private"))
    feed = FEED.replace(
        b"https://news.example/1", world.on("/story", w.page(b"<p>x", content_type="text/html")).encode()
    )
    feed = feed.replace(b"https://news.example/2", world.url("/private").encode())
    url = world.on("/feed", w.page(feed))
    config.write_text(f"wire: {{url: '{url}', full_text: true, headers: {{X-Key: '${{WIRE_KEY}}'}}}}\n")
    *entries, _ = lines(run("try", "wire"))
    assert world.asked("/feed")[0].headers["x-key"] == "abc"
    told = {entry["title"]: entry["page"] for entry in entries}
    assert (told["One"]["status"], told["One"]["error"]) == (200, None)
    assert "robots.txt" in told["Two"]["error"]
    assert not world.asked("/private")
    assert "x-key" not in world.asked("/story")[0].headers
    config.write_text(f"wire: {{url: '{url}', include: one}}\n")
    assert [line.get("title") for line in lines(run("try", url))] == ["One", None]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (w.page(b"<html>Before you continue</html>", content_type="text/html"), "unreadable"),
        (w.page(b"", 410), "gone"),
        (w.page(b"", 429, retry_after=60), "rate_limited"),
        (w.raw(w.head(content_length=100) + b"<rss"), "protocol"),
        (w.redirect("http://127.0.0.2/"), "address"),
    ],
)
def test_a_try_that_fails_prints_its_record_and_says_so(world: World, run: Run, answer: w.Answer, failure: str) -> None:
    result = run("try", world.on("/feed", answer))
    (health,) = lines(result)
    assert result.exit_code == 1
    assert health["failure"] == failure
    assert health["error"]


def test_a_name_that_is_not_listed_is_no_url(run: Run) -> None:
    assert "There is no feed 'wire'" in refusal(run("try", "wire"))


# --- list -------------------------------------------------------------------------------------------------------------


def test_the_list_tells_how_each_feed_is_doing(settings: Settings, objects: Objects, run: Run, config: Path) -> None:
    config.write_text(
        "fine: https://fine.example/\nquiet: https://quiet.example/\nworse: https://worse.example/\n"
        "fresh: https://fresh.example/\nidle: {url: 'https://idle.example/', enabled: false}\n"
        "moved: https://moved.example/now\n"
    )
    now = datetime.now(UTC)
    long_ago = [(now - timedelta(days=30, hours=hours)).isoformat() for hours in (4, 3, 2, 1)]
    states = FeedStates(objects)
    for state in (
        FeedState(name="fine", url="https://fine.example/", health="ok", polled_at=now.isoformat(), polls=1),
        FeedState(
            name="quiet", url="https://quiet.example/", health="ok", arrivals=tuple(long_ago), news_at=long_ago[-1]
        ),
        FeedState(name="worse", url="https://worse.example/", health="failing", failures=9, error="It is not there."),
        FeedState(name="moved", url="https://moved.example/before", health="failing", failures=9),
    ):
        shelf, name = place_of(urlsplit(state.url).netloc, state.name)
        assert not states.save(shelf, {name: state}, {name: None})
    result = run("list", "--format", "jsonl")
    told = {line["name"]: line for line in lines(result)}
    assert {name: line["health"] for name, line in told.items()} == {
        "fine": "ok", "quiet": "silent", "worse": "failing", "fresh": "new", "idle": "off", "moved": "new"
    }  # fmt: skip
    assert told["worse"]["error"] == "It is not there."
    table = run("list").stdout
    assert all(word in table for word in ("fine", "silent", "failing"))


def test_the_list_is_printed_even_without_a_store(run: Run, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_S3_ENDPOINT", "http://127.0.0.1:1")
    config.write_text("fine: https://fine.example/\n")
    result = run("list", "--format", "jsonl")
    assert result.exit_code == 0
    assert lines(result)[0]["health"] == "unknown"
    assert "how they are doing is not known" in result.stderr


def test_an_empty_list_says_what_to_do(settings: Settings, run: Run) -> None:
    assert "newsledger feeds add URL" in run("list").stdout


# --- settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSLEDGER_CONTACT", "me@example.org)\r\nX-A: b"),
        ("NEWSLEDGER_CONTACT", "Jane (reader)"),
        ("NEWSLEDGER_FETCH_HOSTS", "http://inside.example/"),
        ("NEWSLEDGER_FETCH_HOSTS", "10.0.0.0/8"),
        ("NEWSLEDGER_FETCH_HOSTS", "*"),
        ("NEWSLEDGER_HOST_PAUSE_SECONDS", "-1"),
    ],
)
def test_settings_that_would_do_harm_are_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert name in refusal(run("list"))
