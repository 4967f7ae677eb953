"""What counts as new, with the traps that feeds set."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect import entries
from newsledger.collect.entries import news
from newsledger.envelope import Entry
from newsledger.extract.address import clean

LONG = (
    "The council of Aberllan voted on Tuesday to keep the weir, after a debate that lasted until two in the morning. "
)


def entry(number: int, **fields: Any) -> Entry:
    stated = {
        "guid": f"g{number}",
        "link": f"https://news.example/{number}",
        "title": f"Story {number}",
        "summary": f"{LONG} Part {number}.",
        "published": f"Mon, 03 Feb 2025 10:{number % 60:02d}:00 GMT",
    }
    return Entry(**(stated | fields))


def polls(*fetches: Sequence[Entry]) -> list[list[tuple[str | None, bool]]]:
    """Title and whether it counts as edited, of what is fresh in each fetch."""
    known: dict[str, str] = {}
    given = []
    for fetch in fetches:
        found = news(fetch, known, clean)
        known = found.known
        given.append([(one.entry.title, one.edited) for one in found.fresh])
    return given


def test_an_entry_is_new_once() -> None:
    assert polls([entry(1)], [entry(2), entry(1)], [entry(2), entry(1)]) == [
        [("Story 1", False)],
        [("Story 2", False)],
        [],
    ]


@pytest.mark.parametrize(
    ("again"),
    [
        entry(1, guid="another at each fetch"),
        entry(1, guid=None),
        entry(1, link="https://news.example/1?utm_source=rss&fbclid=x#top"),
        entry(1, link="https://news.example/session/8f3/1", guid="both at each fetch"),
        entry(1, published="Tue, 04 Feb 2025 11:00:00 GMT"),
        entry(1, summary=f"<p>{LONG} <b>Part</b> 1.</p><img src='https://pixel.example/7'>"),
        entry(1, enclosures=("https://cdn.example/other.jpg",)),
    ],
    ids=["guid", "no guid", "trackers", "guid and link", "date", "markup", "picture"],
)
def test_the_same_entry_under_another_sign_is_not_new(again: Entry) -> None:
    assert polls([entry(1)], [again]) == [[("Story 1", False)], []]


@pytest.mark.parametrize(
    "edit", [{"title": "Story 1, corrected"}, {"summary": f"{LONG} Corrected."}, {"updated": "2025-02-04"}]
)
def test_an_edited_entry_is_edited(edit: dict[str, Any]) -> None:
    assert [len(found) for found in polls([entry(1), entry(2)], [entry(1, **edit), entry(2)])] == [2, 1]
    assert polls([entry(1)], [entry(1, **edit)])[1][0][1] is True


def test_an_edit_that_is_taken_back_is_an_edit() -> None:
    edited = entry(1, summary=f"{LONG} Another end.")
    assert [len(found) for found in polls([entry(1)], [edited], [entry(1)])] == [1, 1, 1]


def test_one_guid_for_all_tells_nothing() -> None:
    feed = [entry(n, guid="same") for n in range(5)]
    assert [len(found) for found in polls(feed, feed, [entry(5, guid="same"), *feed[:4]])] == [5, 0, 1]


def test_one_link_for_all_tells_nothing_and_is_told() -> None:
    feed = [entry(n, link="https://news.example/") for n in range(5)]
    found = news(feed, {}, clean)
    assert all(one.shared_link for one in found.fresh)
    assert [len(fresh) for fresh in polls(feed, feed, [entry(5, link="https://news.example/"), *feed])] == [5, 0, 1]


def test_one_guid_and_one_link_for_all_leave_the_content() -> None:
    feed = [entry(n, guid="same", link="https://news.example/live") for n in range(5)]
    assert [len(fresh) for fresh in polls(feed, feed)] == [5, 0]
    bare = [Entry(guid="same", link="https://news.example/live", title=f"T{n}") for n in range(5)]
    assert [len(fresh) for fresh in polls(bare, bare)] == [5, 0]


def test_guids_that_number_the_places_of_a_feed_do_not_make_old_entries_new() -> None:
    before = [entry(n, guid=str(n)) for n in range(5)]
    after = [entry(9, guid="0"), *(entry(n, guid=str(n + 1)) for n in range(4))]
    assert [len(fresh) for fresh in polls(before, after)] == [5, 1]


def test_entries_with_neither_guid_nor_link_are_told_by_their_content() -> None:
    feed = [Entry(title="A"), Entry(title="B", summary="b")]
    assert [len(fresh) for fresh in polls(feed, feed, [Entry(title="C"), *feed])] == [2, 0, 1]


def test_briefings_of_one_title_are_different_entries() -> None:
    days = [entry(n, title="Morning briefing", summary="Read it.") for n in range(3)]
    assert [len(fresh) for fresh in polls(days[:1], days[:2], days)] == [1, 1, 1]
    undated = [entry(n, title="Morning briefing", summary="Read it.", published=None) for n in range(3)]
    assert [len(fresh) for fresh in polls(undated[:1], undated[:2], undated)] == [1, 1, 1]


def test_the_same_entry_twice_in_one_fetch_counts_once() -> None:
    assert [len(fresh) for fresh in polls([entry(1), entry(1)], [entry(1)])] == [1, 0]


def test_times_of_change_that_are_written_anew_at_each_fetch_mean_nothing() -> None:
    feeds = [[entry(n, updated=f"2025-02-0{day}") for n in range(4)] for day in range(1, 4)]
    assert [len(fresh) for fresh in polls(*feeds)] == [4, 0, 0]


def test_what_fell_out_of_a_feed_is_remembered_for_long_and_memory_is_bounded() -> None:
    known: dict[str, str] = {}
    for day in range(30):
        known = news([entry(100 * day + n) for n in range(100)], known, clean).known
    assert len(known) <= entries.KEPT + 3 * 100
    assert not news([entry(2850)], known, clean).fresh


def test_what_is_left_for_the_next_poll_is_met_again() -> None:
    feed = [entry(n) for n in range(10)]
    found = news(feed, {}, clean)
    known = entries.without(found.known, found.fresh[4:], feed, clean)
    assert [one.entry for one in news(feed, known, clean).fresh] == feed[4:]


_ANY = st.builds(
    Entry,
    guid=st.sampled_from([None, "a", "b", "c"]),
    link=st.sampled_from([None, "https://n.example/1", "https://n.example/2", "https://n.example/2#x", "mailto:x"]),
    title=st.sampled_from([None, "T", "U"]),
    summary=st.sampled_from([None, "s", LONG]),
    published=st.sampled_from([None, "p", "q"]),
)


@given(st.lists(_ANY, max_size=8))
def test_the_same_fetch_again_gives_nothing(feed: list[Entry]) -> None:
    first = news(feed, {}, clean)
    assert news(feed, first.known, clean).fresh == ()


@given(st.lists(_ANY, max_size=8))
def test_nothing_is_lost_at_the_first_fetch(feed: list[Entry]) -> None:
    taken = {
        (one.entry.guid, clean(one.entry.link), one.entry.title, one.entry.summary)
        for one in news(feed, {}, clean).fresh
    }
    assert taken == {(one.guid, clean(one.link), one.title, one.summary) for one in feed}
