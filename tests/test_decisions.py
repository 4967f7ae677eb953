"""What is new, a version, a revision, a duplicate: decided without a store."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from newsledger.records import Extraction
from newsledger.store.decisions import Decisions, Head, Outcome, decide, fold
from newsledger.store.schema import row
from tests.ledger import AT, BODY, extraction

LATER = "2026-05-04T09:00:00Z"


def place(*extractions: Extraction, heads: dict[str, Head] | None = None, seq: int = 0) -> Decisions:
    return decide([row(one, "batch", AT) for one in extractions], heads or {}, seq)


def outcomes(decisions: Decisions) -> list[tuple[str, int, int]]:
    return [(placed.outcome.value, placed.version, placed.revision) for placed in decisions.placed]


def test_an_unknown_article_is_new() -> None:
    decisions = place(extraction(), seq=41)
    assert outcomes(decisions) == [("new", 1, 1)]
    assert [one["seq"] for one in decisions.rows] == [42]
    assert decisions.sightings == ()


def test_the_same_article_by_another_arrival_leaves_a_sighting() -> None:
    first = place(extraction())
    again = place(extraction(at=LATER), heads=first.heads, seq=1)
    assert outcomes(again) == [("duplicate", 1, 1)]
    assert again.rows == ()
    assert [(seen.version, seen.retrieved_at, seen.source) for seen in again.sightings] == [(1, LATER, "inbox")]


def test_the_very_same_arrival_leaves_nothing() -> None:
    first = place(extraction())
    again = place(extraction(), heads=first.heads, seq=1)
    assert outcomes(again) == [("unchanged", 1, 1)]
    assert (again.rows, again.sightings) == ((), ())


def test_a_changed_body_is_a_new_version_that_says_so() -> None:
    first = place(extraction())
    second = place(extraction(body=BODY + " More.", at=LATER), heads=first.heads, seq=1)
    assert outcomes(second) == [("version", 2, 1)]
    assert second.rows[0]["changed"] == ["body"]


def test_a_changed_headline_is_a_new_version() -> None:
    first = place(extraction())
    second = place(extraction(raw="other bytes", headline="Weir breaks", at=LATER), heads=first.heads, seq=1)
    assert outcomes(second) == [("version", 2, 1)]
    assert second.placed[0].changed == ("headline",)


def test_other_facts_from_the_same_bytes_are_a_revision() -> None:
    first = place(extraction(speaker=None))
    second = place(extraction(), heads=first.heads, seq=1)
    assert outcomes(second) == [("revision", 1, 2)]
    assert second.rows[0]["changed"] == ["quotes"]


def test_a_better_headline_from_the_same_bytes_is_a_revision() -> None:
    first = place(extraction(headline=None))
    assert outcomes(place(extraction(at=LATER), heads=first.heads, seq=1)) == [("revision", 1, 2)]


def test_another_copy_that_lacks_the_publisher_is_a_duplicate() -> None:
    first = place(extraction(publisher="The Llan Echo"))
    assert outcomes(place(extraction(raw="a copy", at=LATER), heads=first.heads, seq=1)) == [("duplicate", 1, 1)]


def test_a_replay_of_an_older_version_revises_that_version() -> None:
    first = place(extraction(speaker=None))
    second = place(extraction(body=BODY + " More.", at=LATER), heads=first.heads, seq=1)
    replayed = place(extraction(), heads=second.heads, seq=2)
    assert outcomes(replayed) == [("revision", 1, 2)]
    newest = place(extraction(body=BODY + " More.", at=LATER), heads=replayed.heads, seq=3)
    assert outcomes(newest) == [("unchanged", 2, 1)]


def test_a_text_that_comes_back_is_a_version_again() -> None:
    first = place(extraction())
    second = place(extraction(body=BODY + " More.", at=LATER), heads=first.heads, seq=1)
    third = place(extraction(at="2026-05-05T09:00:00Z"), heads=second.heads, seq=2)
    assert outcomes(third) == [("version", 3, 1)]


def test_one_batch_may_hold_an_article_twice() -> None:
    decisions = place(
        extraction(),
        extraction(at=LATER),
        extraction(body=BODY + " More.", at=LATER),
        extraction("https://news.example/other"),
    )
    assert outcomes(decisions) == [("new", 1, 1), ("duplicate", 1, 1), ("version", 2, 1), ("new", 1, 1)]
    assert [one["seq"] for one in decisions.rows] == [1, 2, 3]


def test_heads_survive_their_json() -> None:
    head = place(extraction()).heads["https://news.example/weir"]
    assert msgspec.json.decode(msgspec.json.encode(head), type=Head) == head


ARRIVALS = st.lists(
    st.builds(
        lambda name, text, hour, speaker: extraction(
            f"https://news.example/{name}", BODY + text, at=f"2026-05-03T{hour:02}:00:00Z", speaker=speaker
        ),
        st.sampled_from("ab"),
        st.sampled_from(["", " One.", " Two."]),
        st.integers(0, 3),
        st.sampled_from([None, "Nia Pryce"]),
    ),
    max_size=12,
)


@given(ARRIVALS, st.integers(0, 12))
def test_however_arrivals_are_cut_into_batches_keys_and_positions_are_unique(
    arrivals: list[Extraction], cut: int
) -> None:
    first = place(*arrivals[:cut])
    second = place(*arrivals[cut:], heads=first.heads, seq=len(first.rows))
    rows = [*first.rows, *second.rows]
    assert [one["seq"] for one in rows] == [*range(1, len(rows) + 1)]
    keys = [(one["article_id"], one["version"], one["revision"]) for one in rows]
    assert len(set(keys)) == len(keys)
    for article_id in {one["article_id"] for one in rows}:
        versions = {one["version"] for one in rows if one["article_id"] == article_id}
        assert versions == set(range(1, len(versions) + 1))
    whole = place(*arrivals)
    assert [placed.outcome for placed in (*first.placed, *second.placed)] == [placed.outcome for placed in whole.placed]


@given(ARRIVALS)
def test_a_batch_decided_twice_publishes_nothing_more(arrivals: list[Extraction]) -> None:
    first = place(*arrivals[:1])
    again = place(*arrivals[:1], heads=first.heads, seq=len(first.rows))
    assert all(placed.outcome is Outcome.unchanged for placed in again.placed)


@given(ARRIVALS)
def test_folding_a_row_twice_changes_nothing(arrivals: list[Extraction]) -> None:
    for published in place(*arrivals).rows:
        once = fold(None, published)
        assert fold(once, published) == once
