import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect import robots
from newsledger.collect.robots import CLOSED, OPEN, Robots, Rule, read
from newsledger.collect.web import Client, FetchError, Limits
from tests import world as w

SITE = "https://news.example"


def allowed(text: str, path: str) -> bool:
    return read(text.encode()).allows(SITE + path)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/story", True),
        ("User-agent: *\nDisallow:", "/story", True),
        ("User-agent: *\nDisallow: /", "/story", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: other\nDisallow: /", "/story", True),
        # the group that names us is the only one that counts, whatever its case, version and place
        ("User-agent: *\nDisallow: /\n\nUser-agent: NewsLedger/9.1\nDisallow: /private", "/story", True),
        ("User-agent: newsledger\nDisallow: /a\n\nUser-agent: *\nAllow: /", "/a/story", False),
        ("User-agent: newsledger\nDisallow: /a\nUser-agent: newsledger\nDisallow: /b", "/b", False),
        ("User-agent: other\nUser-agent: newsledger\nDisallow: /a", "/a", False),
        # the longest rule decides, wherever it stands; Allow where two are as long (RFC 9309, 2.2.2)
        ("User-agent: *\nDisallow: /news\nAllow: /news/world", "/news/world/1", True),
        ("User-agent: *\nAllow: /news/world\nDisallow: /news", "/news/sport", False),
        ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
        # stars and ends, which urllib.robotparser does not know
        ("User-agent: *\nDisallow: /*.pdf$", "/report.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/report.pdf?page=1", True),
        ("User-agent: *\nDisallow: /*?print=", "/story?print=1", False),
        ("User-agent: *\nDisallow: /*/amp/*", "/2024/amp/story", False),
        ("User-agent: *\nDisallow: /*/amp/*", "/2024/story", True),
        ("User-agent: *\nDisallow: /story$", "/story", False),
        ("User-agent: *\nDisallow: /story$", "/story/2", True),
        ("User-agent: *\nDisallow: *.php", "/a.php", False),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        # the same characters in another writing
        ("User-agent: *\nDisallow: /caf%c3%a9", "/café", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9/menu", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe/", False),
        # how people write it
        ("\ufeffuser-AGENT : * # all\r\n  disallow : /a # not this\r\n", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("Disallow: /\nUser-agent: *\nDisallow: /b", "/a", True),
        ("User-agent: *\nSitemap: https://news.example/map.xml\nDisallow: /a", "/a", False),
        ("<html><body>Not found</body></html>", "/a", True),
    ],
)
def test_rules_are_read_as_rfc_9309_says(text: str, path: str, expected: bool) -> None:
    assert allowed(text, path) is expected


@pytest.mark.parametrize(
    ("value", "pause"), [("5", 5.0), ("0.5", 0.5), ("0", None), ("-1", None), ("nan", None), ("inf", None), ("x", None)]
)
def test_a_pause_is_read_where_it_is_one(value: str, pause: float | None) -> None:
    assert read(f"User-agent: *\nCrawl-delay: {value}".encode()).pause == pause


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    for body in (data, b"User-agent: *\nDisallow: " + data):
        assert read(body).allows(SITE + "/story") in {True, False}


@given(st.text("ab*$", max_size=12), st.text("ab", max_size=12))
def test_patterns_match_as_their_plain_meaning_says(pattern: str, path: str) -> None:
    assert Rule(path=pattern, allow=True).matches(path) is _plainly(pattern, path)


def _plainly(pattern: str, path: str) -> bool:
    if pattern == "$":
        return path == ""
    if not pattern:
        return True
    if pattern[0] == "*":
        return any(_plainly(pattern[1:], path[at:]) for at in range(len(path) + 1))
    return bool(path) and path[0] == pattern[0] and _plainly(pattern[1:], path[1:])


def test_a_pattern_cannot_be_made_slow() -> None:
    started = time.monotonic()
    assert not Rule(path="/" + "*a" * 5000 + "b$", allow=False).matches("/" + "a" * 50_000)
    assert time.monotonic() - started < 1


def test_a_site_is_asked_once_and_each_answer_means_what_the_rfc_says() -> None:
    limits = Limits(seconds=20, silence=10, size=100_000, redirects=2)
    closed = w.page(b"User-agent: *\nDisallow: /private")
    cases = [
        (closed, read(b"User-agent: *\nDisallow: /private")),
        (w.gzipped(b"User-agent: *\nDisallow: /private"), read(b"User-agent: *\nDisallow: /private")),
        (w.page(b"", 404), OPEN),
        (w.page(b"", 403), OPEN),
        (w.redirect("/robots.txt"), OPEN),
        (w.page(b"", 500), CLOSED),
        (w.page(b"", 429), CLOSED),
        (w.reset(), CLOSED),
    ]
    for answer, expected in cases:
        with w.world() as site, Client("newsledger/0", ["127.0.0.1"], limits) as client:
            site.on("/robots.txt", answer)
            robots = Robots(client.fetch)
            assert robots.rules(site.url("/a")) == expected
            asked = len(site.asked("/robots.txt"))
            assert robots.rules(site.url("/private/b")) == expected
            assert len(site.asked("/robots.txt")) == asked


def test_a_site_that_cannot_be_reached_is_closed() -> None:
    def fetch(url: str) -> None:
        raise FetchError("dns", f"{url} has no address.")

    assert Robots(fetch).rules(SITE + "/a") == CLOSED  # type: ignore[arg-type]


def test_a_very_long_file_is_read_as_far_as_the_rfc_asks() -> None:
    long = b"User-agent: *\n" + b"Disallow: /a\n" * 100_000 + b"Disallow: /b\n"
    assert not read(long).allows(SITE + "/a")
    assert len(read(long).rules) < 50_000
    assert robots.PRODUCT == "newsledger"
