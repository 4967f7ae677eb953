"""What can be wrong with the store, and what the rows alone tell of it; no I/O."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from newsledger.records import FactKind, Record, sha256
from newsledger.store.publish import jsonl_key, lines
from newsledger.store.schema import AROUND, Row


class Trouble(StrEnum):
    """Kinds of findings."""

    raw_bytes = "raw_bytes"
    """Raw bytes do not match their name."""
    raw_missing = "raw_missing"
    """An article's raw bytes are gone."""
    raw_forgotten = "raw_forgotten"
    """Raw bytes belong to no batch."""
    record = "record"
    """A row contradicts itself: a span, a hash."""
    row_key = "row_key"
    """(article_id, version, revision) is there twice, or one before it is missing."""
    seq = "seq"
    """A position is missing, or was given out twice."""
    json_lines = "json_lines"
    """JSON Lines and table differ."""
    head = "head"
    """A head does not know of a published row."""
    lost = "lost"
    """A finished batch says that it published what the table lacks."""
    pending = "pending"
    """A batch waits for long."""
    staging = "staging"
    """Something is left of a batch that is no more."""


class Finding(Record, frozen=True, kw_only=True):
    """One promise that does not hold."""

    kind: Trouble
    where: str
    """A key in the bucket, an article's id with version and revision, or a position."""
    message: str


class Ledger:
    """What must be remembered of the rows while they stream by: no texts."""

    def __init__(self) -> None:
        """No row was seen."""
        self.keys: Counter[tuple[str, int, int]] = Counter()
        self.seqs: Counter[int] = Counter()
        self.newest: dict[str, int] = defaultdict(int)
        """The last position of each article."""
        self.lines: dict[str, dict[int, str]] = defaultdict(dict)
        """For each key of JSON Lines the hash of the line at each position."""
        self.raws: dict[str, str] = {}
        """For each raw key an article that was read from it."""

    def add(self, row: Row) -> None:
        """Take note of a row."""
        self.keys[row["article_id"], row["version"], row["revision"]] += 1
        self.seqs[row["seq"]] += 1
        self.newest[row["article_id"]] = max(self.newest[row["article_id"]], row["seq"])
        where = jsonl_key(row["batch_id"], row["published_on"].isoformat())
        self.lines[where][row["seq"]] = sha256(lines([row]))
        self.raws |= {source["raw_key"]: name(row) for source in row["sources"]}

    def findings(self, last: int) -> Iterator[Finding]:
        """What is wrong with row keys and positions, of which ``last`` is the table's own count."""
        for (article_id, version, revision), count in self.keys.items():
            where = f"{article_id} {version}.{revision}"
            if count > 1:
                yield Finding(kind=Trouble.row_key, where=where, message=f"It was published {count} times.")
            before = (article_id, version, revision - 1) if revision > 1 else (article_id, version - 1, 1)
            if 0 not in before and before not in self.keys:
                yield Finding(kind=Trouble.row_key, where=where, message="The version or revision before is missing.")
        for seq in sorted(self.seqs.keys() | set(range(1, last + 1))):
            if self.seqs[seq] != 1 or seq > last:
                message = f"{self.seqs[seq]} rows have this position; the last one given out is {last}."
                yield Finding(kind=Trouble.seq, where=str(seq), message=message)


def name(row: Row) -> str:
    """A row's key as people read it."""
    return f"{row['article_id']} {row['version']}.{row['revision']}"


def of_row(row: Row) -> Iterator[Finding]:
    """What a row contradicts itself in."""
    for message in _faults(row):
        yield Finding(kind=Trouble.record, where=name(row), message=message)


def _faults(row: Row) -> Iterator[str]:
    body = row["body"]
    if sha256(body.encode()) != row["body_sha256"]:
        yield "body_sha256 is not that of the body."
    if row["published_at"].date() != row["published_on"]:
        yield "published_on is not the day of published_at."
    for kind in FactKind:
        facts = row[kind.value]
        for fact in facts:
            yield from (f"{kind.value} {fact['fact_id']}: {fault}" for fault in _misplaced(fact, body))
        for fact_id, count in Counter(fact["fact_id"] for fact in facts).items():
            if count > 1:
                yield f"{kind.value} {fact_id} is there {count} times."


def _misplaced(fact: dict[str, Any], body: str) -> Iterator[str]:
    start, end = fact["start"], fact["end"]
    if not 0 <= start < end <= len(body) or body[start:end] != fact["exact"]:
        yield f"exact {fact['exact']!r} is not the text at {start}-{end}."
    if (fact["prefix"], fact["suffix"]) != (body[max(start - AROUND, 0) : start], body[end : end + AROUND]):
        yield "prefix and suffix are not the text around it."
    if fact.get("speaker_start") is not None:
        spoken = body[fact["speaker_start"] : fact["speaker_end"]]
        if spoken != fact["speaker_text"]:
            yield f"speaker_text {fact['speaker_text']!r} is not the text at its place."
