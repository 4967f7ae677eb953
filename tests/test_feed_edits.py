from pathlib import Path

import pytest

from newsledger.collect import feed_edits, feed_list
from newsledger.collect.feed_edits import Wanted, name_of
from newsledger.errors import SettingsError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feeds.yaml"


def test_lines_are_added_at_the_end_and_all_else_is_left_to_the_letter(path: Path) -> None:
    before = "# ours\n\nwire:   https://wire.example/feed   # the wire\n\n# more to come"
    path.write_text(before)
    added = feed_edits.add(path, [Wanted("https://news.example/feed", "World News – Example")])
    assert path.read_text() == f"{before}\nworld-news-example: https://news.example/feed\n"
    assert [(feed.name, feed.line) for feed in added] == [("world-news-example", 6)]


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "config" / "feeds.yaml"
    (feed,) = feed_edits.add(path, [Wanted("https://news.example/feed", None, "wire", full_text=True)])
    assert feed_list.load(path) == (feed,)
    assert (feed.name, feed.full_text) == ("wire", True)


def test_line_ends_permissions_and_links_are_kept(tmp_path: Path, path: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    target.write_bytes(b"a: https://a.example/\r\n")
    target.chmod(0o640)
    path.symlink_to(target)
    feed_edits.add(path, [Wanted("https://news.example/feed", name="b")])
    assert target.read_bytes() == b"a: https://a.example/\r\nb: https://news.example/feed\r\n"
    assert target.stat().st_mode & 0o777 == 0o640
    assert path.is_symlink()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["elsewhere.yaml", "feeds.yaml"]


def test_what_is_listed_already_is_not_added_again(path: Path) -> None:
    wanted = [Wanted("https://news.example/feed", "One"), Wanted("https://news.example/feed", "Two")]
    assert len(feed_edits.add(path, wanted)) == 1
    before = path.stat().st_mtime_ns
    assert feed_edits.add(path, wanted) == ()
    assert path.stat().st_mtime_ns == before


def test_a_name_that_is_taken_is_refused_where_somebody_chose_it_and_numbered_where_not(path: Path) -> None:
    path.write_text("example: https://a.example/\n")
    with pytest.raises(SettingsError, match="There is a feed 'example' already"):
        feed_edits.add(path, [Wanted("https://b.example/", name="example")])
    (feed,) = feed_edits.add(path, [Wanted("https://b.example/", "Example")])
    assert feed.name == "example-2"


@pytest.mark.parametrize("name", ["Wire News", "../wire", "a: b", "a\nb: https://evil.example/", "#a", ""])
def test_a_name_that_is_none_changes_nothing(path: Path, name: str) -> None:
    path.write_text("a: https://a.example/\n")
    if name:
        with pytest.raises(SettingsError, match="cannot be added"):
            feed_edits.add(path, [Wanted("https://b.example/", name=name)])
        assert path.read_text() == "a: https://a.example/\n"


def test_a_file_that_lines_cannot_be_added_to_is_left_alone(path: Path) -> None:
    for before in ("{a: https://a.example/}\n", "a: https://a.example/\n...\n"):
        path.write_text(before)
        with pytest.raises(SettingsError, match=r"add these by hand:\nb: https://b\.example/"):
            feed_edits.add(path, [Wanted("https://b.example/", name="b")])
        assert path.read_text() == before


def test_addresses_that_mean_something_to_yaml_are_quoted(path: Path) -> None:
    url = "https://news.example/feed?a={b}&c='d':,#e"
    (feed,) = feed_edits.add(path, [Wanted(url, "Straße & Söhne: {news} #1")])
    assert (feed.name, feed.url) == ("strasse-sohne-news-1", url)


@pytest.mark.parametrize(
    ("title", "url", "name"),
    [
        ("BBC News - World", "https://feeds.bbci.co.uk/x", "bbc-news-world"),
        ("Українська правда", "https://www.pravda.com.ua/rss/", "ukrainska-pravda"),
        ("", "https://www.pravda.com.ua/rss/", "pravda-ua"),
        (None, "https://feeds.example.co.uk/", "example"),
        (None, "http://127.0.0.1:8080/", "127-0-0-1"),
        ("!!!", "https://www.com/", "www-com"),
        (
            "A very long title of a feed that nobody reads",
            "https://a.example/",
            "a-very-long-title-of-a-feed-that-nobody",
        ),
        ("x" * 100, "https://a.example/", "x" * 40),
    ],
)
def test_names_say_what_the_feed_is(title: str | None, url: str, name: str) -> None:
    found = name_of(title, url, [])
    assert found == name
    assert name_of(title, url, [found]) == f"{name}-2"
