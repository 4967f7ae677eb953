import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest

from newsledger.collect import polling
from newsledger.collect.feed_list import FeedSource
from newsledger.collect.politeness import LONGEST_PAUSE, Turns
from newsledger.collect.reader import Readers
from newsledger.collect.visit import visit
from newsledger.collect.visitor import Visitor
from newsledger.collect.web import Client, FetchError, Limits
from newsledger.extract import address
from newsledger.settings import Settings
from tests import world as w
from tests.world import World


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock) -> Turns:
    return Turns(2.0, clock, clock.sleep)


@pytest.fixture
def world() -> Iterator[World]:
    with w.world() as made:
        yield made


def visitor(pause: float = 0.0) -> Visitor:
    return Visitor(
        Settings(fetch_hosts=("127.0.0.1", "127.0.0.2", "127.0.0.3"), host_pause_seconds=pause),
        Limits(seconds=20, silence=10),
    )


# --- turns ------------------------------------------------------------------------------------------------------------


def call_at(turns: Turns, host: str) -> None:
    with turns.turn(host):
        pass


def test_a_host_gets_a_pause_between_visits_and_others_do_not_wait_for_it(turns: Turns, clock: Clock) -> None:
    for host in ("a.example", "a.example", "b.example", "a.example"):
        call_at(turns, host)
    assert clock.slept == [2.0, 2.0]


def test_the_pause_counts_from_the_end_of_a_visit(turns: Turns, clock: Clock) -> None:
    with turns.turn("a.example"):
        clock.now += 30
    call_at(turns, "a.example")
    assert clock.slept == [2.0]


def test_a_visit_that_fails_is_a_visit(turns: Turns, clock: Clock) -> None:
    with pytest.raises(ValueError, match="no"), turns.turn("a.example"):
        raise ValueError("no")
    call_at(turns, "a.example")
    assert clock.slept == [2.0]


def test_a_site_may_ask_for_longer_pauses_within_bounds(turns: Turns, clock: Clock) -> None:
    turns.slow_down("a.example", 5)
    turns.slow_down("b.example", 1)
    turns.slow_down("c.example", 86_400)
    for host in ("a.example", "a.example", "b.example", "b.example", "c.example", "c.example"):
        call_at(turns, host)
    assert clock.slept == [5.0, 2.0, LONGEST_PAUSE]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_be_left_alone_is(turns: Turns, clock: Clock, status: int) -> None:
    turns.answered("a.example", status, {"retry-after": "120"})
    with pytest.raises(FetchError, match="asked to be left alone") as caught:
        call_at(turns, "a.example")
    assert (caught.value.failure, caught.value.wait_seconds) == ("rate_limited", 121)
    call_at(turns, "b.example")
    clock.now += 121
    call_at(turns, "a.example")


@pytest.mark.parametrize(
    ("status", "headers"),
    [(429, {}), (200, {"retry-after": "120"}), (404, {"retry-after": "120"}), (503, {"retry-after": "soon"})],
)
def test_other_answers_close_nothing(turns: Turns, status: int, headers: Mapping[str, str]) -> None:
    turns.answered("a.example", status, headers)
    call_at(turns, "a.example")


def test_one_at_a_time_is_at_a_host(world: World) -> None:
    url = world.on("/slow", w.late(0.02, w.page(b"x")))
    with Client("newsledger/0", ["127.0.0.1"], manners=Turns(0)) as client:
        threads = [threading.Thread(target=client.fetch, args=(url,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(world.seen) == 8
    assert world.busiest == 1
    assert len({seen.connection for seen in world.seen}) == 1


def test_redirects_take_turns_at_the_hosts_they_lead_to(world: World) -> None:
    taken: list[str] = []

    class Noted(Turns):
        def turn(self, host: str):  # type: ignore[no-untyped-def]
            taken.append(host)
            return super().turn(host)

    with w.world("127.0.0.2") as other:
        world.on("/a", w.redirect("/b"))
        world.on("/b", w.redirect(other.url("/c")))
        other.on("/c", w.page(b"x"))
        allowed = ["127.0.0.1", "127.0.0.2"]
        with Client("newsledger/0", allowed, manners=Noted(0)) as client:
            assert client.fetch(world.url("/a")).body == b"x"
        assert taken == [f"127.0.0.1:{world.port}", f"127.0.0.2:{other.port}"]


# --- the visitor ------------------------------------------------------------------------------------------------------


class Job(NamedTuple):
    host: str
    number: int


def url_of(job: Job) -> str:
    return f"http://{job.host}/{job.number}"


def test_hosts_are_visited_side_by_side_and_each_in_its_order() -> None:
    jobs = [Job(f"h{n % 5}.example", n) for n in range(50)]
    at_once: dict[str, int] = {}
    together = threading.Barrier(5, timeout=10)

    def work(job: Job) -> Job:
        at_once[job.host] = at_once.get(job.host, 0) + 1
        assert at_once[job.host] == 1
        if job.number < 5:
            together.wait()  # all five hosts are being visited now
        at_once[job.host] -= 1
        return job

    with visitor() as one:
        found = list(one.each(jobs, url_of, work, workers=5))
    assert sorted(found) == sorted(jobs)
    for host in at_once:
        numbers = [job.number for job in found if job.host == host]
        assert numbers == sorted(numbers)


def test_a_host_with_many_jobs_holds_nobody_up(world: World) -> None:
    with w.world("127.0.0.2") as other, visitor(pause=0.05) as one:
        urls = [world.on(f"/{n}", w.page(b"x")) for n in range(4)] + [other.on(f"/{n}", w.page(b"x")) for n in range(4)]
        found = list(one.each(urls, str, one.fetch, workers=1))
        seen = sorted([*world.seen, *other.seen], key=lambda request: request.at)
    assert [answer.status for answer in found] == [200] * 8
    # one worker goes to and fro, and keeps the pauses of both meanwhile
    assert [request in world.seen for request in seen] == [True, False] * 4
    assert all(b.at - a.at >= 0.05 for a, b in pairwise(world.seen))


def test_few_results_wait_for_who_reads_them() -> None:
    done = []

    def work(job: Job) -> bytes:
        done.append(job)
        return b"x"

    with visitor() as one:
        results = one.each([Job(f"h{n}.example", n) for n in range(1000)], url_of, work, workers=4)
        next(results)
        time.sleep(0.05)  # nothing to wait for: it is what must not happen that counts
        assert len(done) <= 1 + 2 * 4 + 4
        results.close()  # type: ignore[attr-defined]
    assert len(done) < 100
    assert not [thread for thread in threading.enumerate() if "_labour" in thread.name]


def test_what_the_work_raises_is_raised_to_the_caller() -> None:
    def work(job: Job) -> None:
        raise LookupError(job.host)

    with visitor() as one, pytest.raises(LookupError):
        list(one.each([Job("a.example", 1), Job("b.example", 1)], url_of, work))


def test_nothing_to_do_is_done_at_once() -> None:
    with visitor() as one:
        assert list(one.each([], str, one.fetch)) == []


def test_a_rate_limit_holds_for_all_of_a_host_for_the_rest_of_the_tick(world: World) -> None:
    first, second = world.on("/a", w.page(b"", 429, retry_after=600)), world.on("/b", w.page(b"x"))
    with visitor() as one:
        assert one.fetch(first).status == 429
        with pytest.raises(FetchError, match="left alone") as caught:
            one.fetch(second)
    assert caught.value.wait_seconds is not None
    assert 590 < caught.value.wait_seconds <= 601
    assert not world.asked("/b")


def test_the_other_feeds_of_a_host_that_is_rate_limiting_wait_as_long(world: World) -> None:
    now = datetime.now(UTC)
    sources = [FeedSource(name="a", url=world.on("/a", w.page(b"", 429, retry_after=7200)))]
    sources.append(FeedSource(name="b", url=world.on("/b", w.page(b"x"))))
    with visitor() as one, Readers(1) as readers:
        for source in sources:
            met = visit(source, polling.anew(None, source.name, source.url), one, readers, address.clean, now)
            assert met.poll.failure == "rate_limited"
            assert datetime.fromisoformat(met.after.next_due or "") - now > timedelta(seconds=7190)
    assert not world.asked("/b")


def test_pages_are_asked_for_only_where_robots_txt_allows(world: World) -> None:
    world.on("/robots.txt", w.page(b"User-agent: newsledger\nDisallow: /private\nCrawl-delay: 0.05"))
    with visitor() as one:
        assert one.allows(world.on("/story", w.page(b"x")))
        assert not one.allows(world.on("/private/story", w.page(b"x")))
        one.fetch(world.url("/story"))
        one.fetch(world.url("/story"))
    (robots,), (a, b) = world.asked("/robots.txt"), world.asked("/story")
    assert b.at - a.at >= 0.05
    assert robots.headers["user-agent"].startswith("newsledger/")


def test_who_we_are_names_a_contact(world: World) -> None:
    settings = Settings(fetch_hosts=("127.0.0.1",), contact="https://example.org/reader")
    with Visitor(settings) as one:
        one.fetch(world.on("/a", w.page(b"x")))
    assert world.seen[0].headers["user-agent"].endswith("(+https://example.org/reader)")
