"""When a feed is polled again, and how it is said to be doing."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from newsledger.collect import polling
from newsledger.collect.polling import FeedState, Poll, after

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
FRESH = FeedState(name="example", url="https://news.example/feed")


def at(minutes: float) -> str:
    return (NOW + timedelta(minutes=minutes)).isoformat()


def wait(state: FeedState) -> float:
    """Minutes until the next poll."""
    assert state.next_due
    assert state.polled_at
    return (datetime.fromisoformat(state.next_due) - datetime.fromisoformat(state.polled_at)).total_seconds() / 60


def news_every(minutes: float, times: int = 12) -> FeedState:
    state = FRESH
    for number in range(times):
        state = after(state, Poll(at=at(number * minutes), new=1), None)
    return state


@pytest.mark.parametrize(("gap", "least", "most"), [(20, 10, 11), (2, 5, 5.5), (120, 60, 66), (3000, 360, 396)])
def test_the_interval_follows_what_the_feed_publishes(gap: float, least: float, most: float) -> None:
    assert least <= wait(news_every(gap)) <= most


def test_an_interval_of_the_configuration_is_kept() -> None:
    assert 60 <= wait(after(FRESH, Poll(at=at(0), new=1), 3600)) <= 66
    assert 60 <= wait(after(news_every(2), Poll(at=at(60), new=1), 3600)) <= 66


def test_what_a_server_asks_for_is_kept_within_reason() -> None:
    assert 120 <= wait(after(FRESH, Poll(at=at(0), wait_seconds=7200), None)) <= 132
    assert wait(after(FRESH, Poll(at=at(0), wait_seconds=10**6), None)) <= 396
    limited = Poll(at=at(0), failure="rate_limited", wait_seconds=7200)
    assert 120 <= wait(after(FRESH, limited, None)) <= 132


def test_polls_of_many_feeds_spread_out() -> None:
    waits = {wait(after(replace(FRESH, name=f"f{n}"), Poll(at=at(0)), None)) for n in range(50)}
    assert len(waits) == 50
    assert max(waits) - min(waits) > 1


def test_failures_back_off_and_end_in_failing_and_one_success_mends_it() -> None:
    state, waits = FRESH, []
    for number in range(12):
        state = after(state, Poll(at=at(number), failure="not_found", error="It has no such feed."), None)
        waits.append(wait(state))
    assert waits[:7] == sorted(waits[:7])  # then they stay at a day, give or take a tenth
    assert all(24 * 60 <= minutes <= 24 * 60 * 1.1 for minutes in waits[8:])
    assert (state.health, state.error, state.failures) == ("failing", "It has no such feed.", 12)
    state = after(state, Poll(at=at(20)), None)
    assert (state.health, state.error, state.failures, state.points) == ("ok", None, 0, 0.0)


def test_what_mends_itself_weighs_less() -> None:
    def failing_after(failure: str) -> int:
        state, number = FRESH, 0
        while state.health != "failing":
            state, number = after(state, Poll(at=at(number), failure=failure), None), number + 1
        return number

    assert failing_after("not_found") == 4
    assert failing_after("timeout") == 8
    assert failing_after("rate_limited") == 16


def test_a_feed_that_is_gone_is_not_due_until_its_url_changes() -> None:
    state = after(FRESH, Poll(at=at(0), failure="gone", error="Gone."), None)
    assert state.health == "gone"
    assert not state.due(NOW + timedelta(days=400))
    assert polling.anew(state, "example", "https://news.example/feed") is state
    assert polling.anew(state, "example", "https://news.example/other").due(NOW)


def test_a_changed_url_starts_anew_but_knows_the_entries() -> None:
    state = replace(FRESH, known={"g1": "x"}, etag='"a"', moved_to="https://old.example/")
    anew = polling.anew(state, "example", "https://news.example/other")
    assert (anew.known, anew.etag, anew.moved_to) == ({"g1": "x"}, None, None)


def test_a_move_is_remembered_once_the_feed_was_read_there() -> None:
    there = "https://news.example/new"
    failed = after(FRESH, Poll(at=at(0), failure="not_found", moved_to=there), None)
    assert failed.address() == FRESH.url
    moved = after(FRESH, Poll(at=at(0), moved_to=there), None)
    assert moved.address() == there
    for number in range(3):
        moved = after(moved, Poll(at=at(number), failure="not_found", moved_to=there), None)
    assert moved.address() == FRESH.url  # in turn, when the new place keeps failing


def test_now_and_then_a_feed_is_fetched_whole() -> None:
    state = replace(FRESH, etag='"a"', last_modified="Mon, 03 Feb 2025 10:00:00 GMT")
    asked = [bool(polling.conditional_headers(replace(state, polls=number))) for number in range(40)]
    assert asked.count(False) == 2


def test_silence_is_told_by_the_feeds_own_habit() -> None:
    busy, rare = news_every(20), news_every(3000)
    assert not busy.silent(datetime.fromisoformat(busy.news_at or "") + timedelta(hours=20))
    assert busy.silent(datetime.fromisoformat(busy.news_at or "") + timedelta(hours=30))
    assert not rare.silent(datetime.fromisoformat(rare.news_at or "") + timedelta(days=9))
    assert not after(FRESH, Poll(at=at(0), new=1), None).silent(NOW + timedelta(days=900))


def test_what_was_left_makes_the_next_poll_come_soon() -> None:
    assert wait(after(news_every(3000), Poll(at=at(0), new=40, left=5), None)) <= 1.1


@pytest.mark.parametrize(
    ("headers", "failed", "seconds"),
    [
        ({"retry-after": "120"}, True, 120),
        ({"retry-after": "Mon, 03 Feb 2025 12:05:00 GMT"}, True, 300),
        ({"retry-after": "Mon, 03 Feb 2020 12:05:00 GMT"}, True, 0),
        ({"retry-after": "soon"}, True, None),
        ({"retry-after": "9" * 30}, True, 86_400),
        ({"cache-control": "public, max-age=600"}, False, 600),
        ({"cache-control": "max-age=oops"}, False, None),
        ({}, False, None),
    ],
)
def test_what_headers_ask_for(headers: dict[str, str], failed: bool, seconds: int | None) -> None:
    assert polling.wait_asked(headers, NOW, failed=failed) == seconds
