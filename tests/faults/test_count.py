"""The count finds what is lost, doubled, stuck or extra; when all is well it is silent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.faults.count import Arrived, Found, Row, count, sha256
from tests.faults.newsroom import Drop, Fate, How

TEXT, OTHER = "The fair of Q1R000001Q opened.", "The fair of Q1R000002Q opened."
ONE = Drop("new", "one.txt", TEXT.encode(), marks=("Q1R000001Q",))
TWICE = replace(ONE, kind="duplicate", origin="twice.txt")
CHANGED = Drop("changed", "changed.txt", OTHER.encode(), marks=("Q1R000002Q",))
BAD = Drop("bad article", "bad.json", b"{}", Fate.quarantined)
BROKEN = Drop("bad file", "sub/broken.json", b"{", Fate.rejected)
LINK = Drop("bad file", "link.txt", b"/etc/hostname", Fate.rejected, how=How.linked)
DROPS = [Arrived(drop) for drop in (ONE, TWICE, CHANGED, BAD, BROKEN, LINK)]


def row(drop: Drop, version: int) -> Row:
    body = drop.data.decode()
    source = {"origin": drop.origin, "raw_sha256": sha256(drop.data), "raw_member": None}
    fact = {"fact_id": "f", "start": 4, "end": 8, "exact": body[4:8]}
    return {
        "article_id": "https://gazette.example/1",
        "version": version,
        "revision": 1,
        "seq": version,
        "batch_id": f"b{version}",
        "body": body,
        "sources": [source],
        **{kind: [fact] for kind in ("quotes", "mentions", "figures", "dates")},
    }


def sighting(drop: Drop) -> Row:
    return {"origin": drop.origin, "raw_key": f"raw/{sha256(drop.data)}", "raw_member": None}


def rejection(drop: Drop) -> Row:
    return {"input": drop.origin, "raw_key": f"raw/{sha256(drop.data)}", "reasons": [{"message": "It is bad."}]}


def well() -> Found:
    rows = [row(ONE, 1), row(CHANGED, 2)]
    taken = (ONE, TWICE, CHANGED, BAD)
    return Found(
        rows=rows,
        lines=rows,
        sightings=[sighting(TWICE)],
        quarantine=[rejection(BAD)],
        keys=["batches/done/b1.json", "raw/0", "records/views.sql"],
        done=[(drop.origin, sha256(drop.data)) for drop in taken],
        rejected={
            "sub/broken.json": (sha256(b"{"), "It is not valid JSON."),
            "link.txt": ("/etc/hostname", "It is a link."),
        },
        waiting=[],
    )


def test_when_all_is_well_the_count_is_silent() -> None:
    assert count(DROPS, well()) == []


def _moved(found: Found, **more: Any) -> Found:
    """The row of the second version, otherwise; in the JSON Lines too."""
    rows = [found.rows[0], found.rows[1] | more]
    return replace(found, rows=rows, lines=rows)


FAULTS: list[tuple[str, Callable[[Found], Found], str]] = [
    ("a row is gone", lambda f: replace(f, rows=f.rows[:1], lines=f.lines[:1]), "lost: of changed"),
    ("a sighting is gone", lambda f: replace(f, sightings=[]), "lost: of duplicate"),
    ("a sighting is there twice", lambda f: replace(f, sightings=[*f.sightings] * 2), "doubled: of duplicate"),
    ("a file is row and sighting", lambda f: replace(f, sightings=[*f.sightings, sighting(ONE)]), "doubled: of new"),
    ("a text is published twice", lambda f: replace(f, rows=[*f.rows, row(ONE, 3)]), "doubled: of new"),
    ("a version repeats the one before", lambda f: _moved(f, body=TEXT), "same text in two versions"),
    ("a version is missing", lambda f: _moved(f, version=3), "versions of"),
    ("a revision came from nowhere", lambda f: _moved(f, revision=2), "versions of"),
    ("a position is given out twice", lambda f: _moved(f, seq=1), "positions do not count"),
    ("a row has another file's text", lambda f: _moved(f, body="Another."), "has another text"),
    ("a row of a file never dropped", lambda f: replace(f, rows=[*f.rows, row(replace(ONE, origin="x"), 3)]), "extra"),
    ("a span is off", lambda f: _moved(f, quotes=[f.rows[0]["quotes"][0] | {"start": 5}]), "not the text at its"),
    ("a line is missing", lambda f: replace(f, lines=f.lines[:1]), "not in the JSON Lines"),
    ("a line is too many", lambda f: replace(f, lines=[*f.lines, row(ONE, 3)]), "not in the table"),
    ("a rejection is gone", lambda f: replace(f, quarantine=[]), "quarantine: 0 records"),
    ("a rejection is there twice", lambda f: replace(f, quarantine=[*f.quarantine] * 2), "quarantine: 2 records"),
    ("a good file is in quarantine", lambda f: replace(f, quarantine=[*f.quarantine, rejection(ONE)]), "1 records of"),
    (
        "a rejection says no reason",
        lambda f: replace(f, quarantine=[rejection(BAD) | {"reasons": []}]),
        "a record of bad article 'bad.json'",
    ),
    ("a bad file is gone", lambda f: replace(f, rejected={}), "is not in inbox/rejected"),
    (
        "a bad file has no reason",
        lambda f: replace(f, rejected={**f.rejected, "sub/broken.json": (sha256(b"{"), "")}),
        "has no reason beside it",
    ),
    (
        "a bad file lost its end",
        lambda f: replace(f, rejected={**f.rejected, "sub/broken.json": (sha256(b""), "Bad.")}),
        "has other bytes",
    ),
    ("a good file was turned away", lambda f: replace(f, rejected={**f.rejected, "one.txt": ("0", "Bad.")}), "extra"),
    (
        "a bad file is also taken",
        lambda f: replace(f, sightings=[*f.sightings, sighting(BROKEN)]),
        "rejected and taken",
    ),
    ("a file waits", lambda f: replace(f, waiting=["late.txt"]), "stuck"),
    ("a batch is under way", lambda f: replace(f, keys=["batches/pending/b.json"]), "left over"),
    ("staging is not empty", lambda f: replace(f, keys=["staging/b/accepted.jsonl"]), "left over"),
    ("a done file is gone", lambda f: replace(f, done=f.done[1:]), "inbox/done holds 1 files"),
    ("a done file is too many", lambda f: replace(f, done=[*f.done, f.done[0]]), "inbox/done holds 3 files"),
]


@pytest.mark.parametrize(("harm", "said"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
def test_every_fault_is_told(harm: Callable[[Found], Found], said: str) -> None:
    told = count(DROPS, harm(well()))
    assert any(said in sentence for sentence in told), told


def test_a_file_that_was_overtaken_may_be_there_or_not() -> None:
    early = Drop("overtaken", "changed.txt", b"Q1R000003Q", marks=("Q1R000003Q",), overtaken=True)
    assert count([*DROPS, Arrived(early)], well()) == []


def test_the_first_half_of_a_file_that_grew_is_no_extra() -> None:
    grown = [one if one.drop is not ONE else Arrived(ONE, (ONE.data[:10],)) for one in DROPS]
    early = sighting(replace(ONE, data=ONE.data[:10]))
    assert count(grown, replace(well(), sightings=[*well().sightings, early])) == []
