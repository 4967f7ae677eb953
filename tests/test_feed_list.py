from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect import feed_list
from newsledger.collect.feed_list import FeedSource
from newsledger.errors import SettingsError
from newsledger.pipeline import configuration
from tests.conftest import ROOT

PATH = Path("feeds.yaml")


def one(text: str) -> FeedSource:
    (feed,), problems = feed_list.parse(text, PATH)
    assert problems == []
    return feed


def fault(text: str) -> str:
    _, problems = feed_list.parse(text, PATH)
    (found,) = problems
    return found


def test_a_name_and_a_url_are_enough() -> None:
    assert one("wire: https://news.example/feed") == FeedSource(name="wire", url="https://news.example/feed", line=1)


def test_every_option_is_read() -> None:
    text = """
# ours
wire:
  url: "https://news.example/feed?a=1&b=2"
  enabled: false
  full_text: true
  every: 15m
  headers: {Authorization: "Bearer ${WIRE_KEY}", X-Plan: basic}
  language: pt-BR
  publisher: Example News
  origin: Example Agency
  include: ["ukrain", "kursk"]
  exclude: /sport/
"""
    assert one(text) == FeedSource(
        name="wire",
        url="https://news.example/feed?a=1&b=2",
        enabled=False,
        full_text=True,
        every_seconds=900,
        headers=(("Authorization", "Bearer ${WIRE_KEY}"), ("X-Plan", "basic")),
        language="pt-BR",
        publisher="Example News",
        include=("ukrain", "kursk"),
        exclude=("/sport/",),
        origin="Example Agency",
        line=3,
    )


@pytest.mark.parametrize(
    ("every", "seconds"), [("60s", 60), ("1m", 60), ("90m", 5400), ("2 h", 7200), ("1d", 86_400), ("30d", 2_592_000)]
)
def test_intervals(every: str, seconds: int) -> None:
    assert one(f"wire: {{url: 'https://news.example/', every: {every}}}").every_seconds == seconds


GOOD = "url: 'https://news.example/'"
FAULTS = {
    "wire: ftp://news.example/": "1: `url` is 'ftp://news.example/', which is no http or https address",
    "wire: news.example": "no http or https address",
    "wire: https://": "no http or https address",
    "wire: https://news.example:99999/": "no http or https address",
    'wire: "https://news.example/\\r\\nX-A: b"': "no http or https address",
    'wire: "https://news.exa\\0mple/"': "no http or https address",
    "wire: 5": "`url` is 5, which is no http or https address",
    "wire:": "no http or https address",
    "wire: https://me:word@news.example/": "`url` holds a user or password",
    "wire: [https://news.example/]": "feed 'wire' is a URL, or a mapping with `url`",
    "wire:\n  publisher: Example": "2: `url` is missing",
    "Wire News: https://news.example/": "'Wire News' is no name for a feed",
    "../wire: https://news.example/": "is no name for a feed",
    "? [a]\n: https://news.example/": "is no name for a feed",
    "a: https://news.example/1\na: https://news.example/2": "2: there is a feed 'a' in line 1 already",
    f"a:\n  {GOOD}\n  fulltext: true": "3: there is no option 'fulltext'; there are url, enabled, full_text, every,",
    f"a:\n  {GOOD}\n  ? [x]\n  : y": "3: there is no option ''",
    f"a:\n  {GOOD}\n  enabled: true\n  enabled: false": "4: `enabled` is stated twice",
    f"a:\n  {GOOD}\n  enabled: 'yes'": "3: `enabled` is 'yes'; write true or false",
    f"a:\n  {GOOD}\n  every: 15": "`every` is 15; write a number and s, m, h or d, such as 15m",
    f"a:\n  {GOOD}\n  every: 30s": "the least is 1m",
    f"a:\n  {GOOD}\n  every: 99999d": "the most is 30d",
    f"a:\n  {GOOD}\n  language: no": "write a language tag",
    f"a:\n  {GOOD}\n  language: English (UK)": "write a language tag",
    f"a:\n  {GOOD}\n  publisher: 7": "`publisher` is 7; write some text",
    f"a:\n  {GOOD}\n  include: ['a(']": "`include` holds 'a(', which is no regular expression",
    f"a:\n  {GOOD}\n  exclude: [5]": "`exclude` holds 5; write regular expressions",
    f"a:\n  {GOOD}\n  headers: [a]": "`headers` is a mapping of header names to values",
    f"a:\n  {GOOD}\n  headers: {{'X A': b}}": "'X A', which is no name of a header",
    f'a:\n  {GOOD}\n  headers: {{X-A: "b\\r\\nX-C: d"}}': "a value for 'X-A' that no header may have",
    f"a:\n  {GOOD}\n  headers: {{X-A: 5}}": "a value for 'X-A' that no header may have",
    f"a:\n  {GOOD}\n  headers: {{X-A: '${{1}}'}}": "that names no variable",
    f"a:\n  {GOOD}\n  headers: {{User-Agent: Mozilla}}": "'User-Agent', which newsledger sets itself",
    f"a:\n  {GOOD}\n  headers: {{host: inside}}": "'host', which newsledger sets itself",
    f"a:\n  {GOOD}\n  origin: 2024-13-45": "`origin` cannot be read",
    "- https://news.example/": "1: the file is a list of `name: URL` lines",
    "a: b: c": "1: this is not YAML: mapping values are not allowed",
    "a: https://news.example/\n  b": "1: `url` is 'https://news.example/ b', which",
    "a: 'https://news.example/": "this is not YAML",
    "a: \x07": "this is not YAML",
    "a: &x [*x]": "feed 'a' is a URL, or a mapping",
    "a: *nowhere": "this is not YAML",
    "---\na: https://news.example/\n---\nb: https://news.example/": "this is not YAML",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_told_by_file_line_and_words(text: str) -> None:
    found = fault(text)
    assert found.startswith("feeds.yaml:")
    assert FAULTS[text] in found
    assert "\n" not in found


def test_the_feeds_without_faults_are_read_all_the_same() -> None:
    feeds, problems = feed_list.parse("a: https://news.example/\nb: nothing\nc: https://c.example/", PATH)
    assert [feed.name for feed in feeds] == ["a", "c"]
    assert len(problems) == 1


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_breaks_it(text: str, value: str) -> None:
    for content in (text, f"a: {value}", f"a:\n  {GOOD}\n  headers: {value}"):
        feeds, problems = feed_list.parse(content, PATH)
        assert all(problem.startswith("feeds.yaml:") for problem in problems)
        assert all(feed.url.startswith("http") for feed in feeds)


def test_no_file_is_no_feeds_and_an_unreadable_one_is_a_fault(tmp_path: Path) -> None:
    assert feed_list.load(tmp_path / "feeds.yaml") == ()
    (tmp_path / "feeds.yaml").write_bytes(b"a: \xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        feed_list.load(tmp_path / "feeds.yaml")
    (tmp_path / "feeds.yaml").write_bytes(b"\xef\xbb\xbfa: https://news.example/")
    assert feed_list.load(tmp_path / "feeds.yaml")[0].name == "a"


def test_the_first_fault_is_raised_and_the_others_counted(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text("a: 1\nb: 2\nc: 3\n")
    with pytest.raises(SettingsError, match=r"feeds\.yaml:1: .* \(and 2 more, which `newsledger check` lists\)"):
        feed_list.load(tmp_path / "feeds.yaml")


# --- secrets ----------------------------------------------------------------------------------------------------------


def with_header(value: str) -> FeedSource:
    return FeedSource(name="a", url="https://news.example/", headers=(("Authorization", value),))


def test_secrets_come_from_the_environment_when_they_are_needed() -> None:
    assert with_header("Bearer ${A}-${B}").resolved_headers({"A": "1", "B": "2"}) == {"Authorization": "Bearer 1-2"}


def test_the_end_of_the_line_that_a_secret_was_read_from_is_not_part_of_it() -> None:
    assert with_header("${A}").resolved_headers({"A": "key\n"}) == {"Authorization": "key"}


@pytest.mark.parametrize("secret", ["a\r\nX-B: c", "a\0b", "schlüssel"])
def test_a_secret_cannot_break_out_of_its_header_and_is_not_repeated_in_the_error(secret: str) -> None:
    with pytest.raises(SettingsError, match="characters that no header may have") as caught:
        with_header("Bearer ${A}").resolved_headers({"A": secret})
    assert secret not in str(caught.value)


def test_a_secret_that_is_not_set_is_named() -> None:
    with pytest.raises(SettingsError, match="needs the environment variable A: set it"):
        with_header("${A}").resolved_headers({})


# --- patterns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("include", "exclude", "title", "link", "wanted"),
    [
        ((), (), None, None, True),
        (("kyiv",), (), "News from Kyiv", None, True),
        (("kyiv",), (), "News from Lviv", "https://news.example/KYIV/1", True),
        (("kyiv",), (), "News from Lviv", "https://news.example/1", False),
        ((), ("/sport/",), "A match", "https://news.example/sport/1", False),
        (("kyiv",), ("/sport/",), "A match in Kyiv", "https://news.example/sport/1", False),
        (("^brief",), (), "Briefing", "https://news.example/1", True),
    ],
)
def test_patterns_choose_by_title_and_link(
    include: tuple[str, ...], exclude: tuple[str, ...], title: str | None, link: str | None, wanted: bool
) -> None:
    feed = FeedSource(name="a", url="https://news.example/", include=include, exclude=exclude)
    assert feed.wants(title, link) is wanted


# --- the configuration that is shipped --------------------------------------------------------------------------------


def test_the_feeds_that_are_shipped_are_off_and_without_fault() -> None:
    feeds = feed_list.load(ROOT / "config" / "feeds.yaml")
    assert len(feeds) >= 5
    assert not [feed.name for feed in feeds if feed.enabled]
    assert not [feed.name for feed in feeds if not feed.url.startswith("https://")]


def test_check_covers_the_feeds(tmp_path: Path) -> None:
    (tmp_path / "expectations").mkdir()
    (tmp_path / "feeds.yaml").write_text("a: nothing\n")
    found = [problem for problem in configuration.problems(tmp_path) if "feeds.yaml:1:" in problem]
    assert len(found) == 1
