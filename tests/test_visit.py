"""One poll of one feed against a server that behaves in every way a server can."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from newsledger.collect.feed_list import FeedSource
from newsledger.collect.polling import FeedState
from newsledger.collect.reader import Readers
from newsledger.collect.visit import Visit, bounded, visit
from newsledger.collect.web import Client, Limits
from newsledger.extract.address import clean
from tests.feedworld import item, rss
from tests.world import Answer, World, dripping, gzipped, head, page, raw, redirect, reset, unless_known, world

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
LIMITS = Limits(seconds=2.0, silence=0.5, size=200_000)


@pytest.fixture
def web() -> Iterator[World]:
    with world() as served:
        yield served


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(count=1) as made:
        yield made


class Polite:
    """A client that may fetch every page."""

    def __init__(self, client: Client) -> None:
        self.fetch = client.fetch

    def allows(self, url: str) -> bool:
        return True


def go(url: str, readers: Readers, state: FeedState | None = None, **options: Any) -> Visit:
    source = FeedSource(name="example", url=url, **options)
    with Client("newsledger-tests", ("127.0.0.1", "localhost"), LIMITS) as client:
        before = state or FeedState(name="example", url=url)
        return visit(source, before, Polite(client), readers, clean, NOW)


ONE = rss(item(1))


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (page(b"", 404), "not_found"),
        (page(b"", 410), "gone"),
        (page(b"", 429, retry_after="60"), "rate_limited"),
        (page(b"", 403), "forbidden"),
        (page(b"", 500), "server"),
        (page(b"", 204), "refused"),
        (page(b"<html><body>Just a moment...</body></html>"), "unreadable"),
        (page(b""), "unreadable"),
        (page(b"x" * 300_000), "too_large"),
        (gzipped(b" " * 5_000_000), "too_large"),
        (dripping(head(200), b" ", 0.05), "timeout"),
        (raw(b"nonsense\r\n\r\n"), "protocol"),
        (raw(head(200, content_length=5000) + b"<rss"), "protocol"),
        (reset(head(200, content_length=5000) + b"<rss"), "connection"),
        (redirect("/feed", 301), "redirects"),
        (redirect("file:///etc/passwd"), "address"),
        (redirect("http://169.254.169.254/latest/meta-data/"), "address"),
        (redirect("http://10.0.0.1/"), "address"),
    ],
)
def test_every_misbehaviour_is_a_failure_of_its_class_in_words(
    answer: Answer, failure: str, web: World, readers: Readers
) -> None:
    done = go(web.on("/feed", answer), readers)
    assert (done.poll.failure, done.fresh) == (failure, ())
    assert (done.poll.error or "").endswith(".")
    assert done.after.next_due


def test_a_feed_is_read_whatever_its_content_type_says(web: World, readers: Readers) -> None:
    for kind in ("text/html", "text/plain", "application/octet-stream", "", "text/xml; charset=nonsense"):
        assert len(go(web.on("/feed", page(ONE, content_type=kind)), readers).fresh) == 1


def test_an_unchanged_feed_is_asked_for_by_what_it_said_of_itself(web: World, readers: Readers) -> None:
    url = web.on("/feed", unless_known(ONE, '"a"'))
    first = go(url, readers)
    again = go(url, readers, first.after)
    assert (again.poll.status, again.feed, again.fresh, again.size) == (304, None, (), 0)
    assert again.after.etag == '"a"'
    assert again.after.known == first.after.known


def test_a_server_that_lies_about_its_etag_is_seen_through_by_the_body(web: World, readers: Readers) -> None:
    url = web.on("/feed", page(ONE, etag='"1"'), page(ONE, etag='"2"'))
    again = go(url, readers, go(url, readers).after)
    assert (again.poll.status, again.feed) == (200, None)
    assert again.after.etag == '"2"'


def test_a_moved_feed_is_remembered_and_secrets_stay_at_home(web: World, readers: Readers) -> None:
    there = web.on("/new", page(ONE)).replace("127.0.0.1", "localhost")
    url = web.on("/feed", redirect(there, 301))
    headers = (("Authorization", "secret"),)
    moved = go(url, readers, headers=headers).after
    assert moved.address() == there
    go(url, readers, moved, headers=headers)
    assert [one.headers.get("authorization") for one in web.asked("/feed")] == ["secret"]
    assert [one.headers.get("authorization") for one in web.asked("/new")] == [None, None]


def test_a_temporary_redirect_is_not_remembered(web: World, readers: Readers) -> None:
    web.on("/new", page(ONE))
    assert go(web.on("/feed", redirect("/new", 302)), readers).after.moved_to is None


def test_a_missing_secret_is_a_failure_of_that_feed(web: World, readers: Readers) -> None:
    done = go(web.on("/feed", page(ONE)), readers, headers=(("X-Key", "${NO_SUCH_SECRET_HERE}"),))
    assert done.poll.failure == "settings"
    assert "NO_SUCH_SECRET_HERE" in (done.poll.error or "")


def test_a_feed_that_breaks_off_is_fetched_whole_the_next_time(web: World, readers: Readers) -> None:
    whole = rss(item(1), item(2))
    cut = whole[: whole.index(b"Part 2")]
    url = web.on("/feed", page(cut, etag='"a"'), page(whole, etag='"a"'))
    first = go(url, readers)
    second = go(url, readers, first.after)
    assert [[one.entry.title for one in done.fresh] for done in (first, second)] == [
        ["Story 1 of the day"],
        ["Story 2 of the day"],
    ]


def test_an_index_gives_the_entries_of_its_sitemaps(web: World, readers: Readers) -> None:
    def sitemap(name: str) -> bytes:
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://n.example/{name}</loc></url></urlset>'.encode()

    maps = "".join(f"<sitemap><loc>{web.url(f'/{n}.xml')}</loc></sitemap>" for n in range(3))
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()
    url = web.on("/feed", page(index, etag='"same"'))
    web.on("/0.xml", page(sitemap("a")), page(sitemap("b")))
    web.on("/1.xml", page(sitemap("c")))
    first = go(url, readers)
    second = go(url, readers, first.after)
    assert [one.entry.link for one in first.fresh] == ["https://n.example/a", "https://n.example/c"]
    assert [one.entry.link for one in second.fresh] == ["https://n.example/b"]
    assert first.feed is not None
    assert len(first.feed.problems) == 1  # the third is a 404


def test_patterns_choose_by_title_and_link_and_count_when_changed(web: World, readers: Readers) -> None:
    url = web.on("/feed", page(rss(item(1), item(2), item(3, link="https://news.example/sport/3"))))
    chosen = go(url, readers, include=("story",), exclude=("/sport/", "story 2"))
    assert [one.entry.title for one in chosen.fresh] == ["Story 1 of the day"]


def test_a_poll_takes_on_only_so_many_and_meets_the_others_again(web: World, readers: Readers) -> None:
    url = web.on("/feed", page(rss(*[item(n) for n in range(10)]), etag='"a"'))
    first = bounded(go(url, readers), 4, clean)
    second = bounded(go(url, readers, first.after), 40, clean)
    assert ([len(first.fresh), len(second.fresh)], first.poll.left) == ([4, 6], 6)
    assert first.after.etag is None


def test_ttl_and_cache_control_put_the_next_poll_off(web: World, readers: Readers) -> None:
    url = web.on("/feed", page(rss(item(1), channel="<ttl>90</ttl>"), cache_control="max-age=60"))
    assert go(url, readers).poll.wait_seconds == 5400
