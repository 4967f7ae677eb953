"""The independent count: what was dropped against all that is there, read without a line of newsledger's own code."""

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from deltalake import DeltaTable

from tests.faults.newsroom import MARK, Drop, Fate, How

UNDER_WAY = ("batches/pending/", "batches/tries/", "batches/held/", "staging/", "feeds/handover/", "probe/")
"""Nothing may be left here once a round has settled."""
FACTS = ("quotes", "mentions", "figures", "dates")
Row = dict[str, Any]


@dataclass(frozen=True)
class Arrived:
    """A drop as it was written: when, and which of its first pieces somebody may have seen before it was whole."""

    drop: Drop
    pieces: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Found:
    """All that is there."""

    rows: Sequence[Row]
    lines: Sequence[Row]
    sightings: Sequence[Row]
    quarantine: Sequence[Row]
    keys: Sequence[str]
    done: Sequence[tuple[str, str]]
    """Name without folder, and SHA-256, of each file in ``inbox/done``."""
    rejected: Mapping[str, tuple[str, str]]
    """Path below ``inbox/rejected``: SHA-256 (of a link: where it points to), and the reason beside it."""
    waiting: Sequence[str]


@dataclass
class Traces:
    """What is there of each file, by its path below the inbox and its SHA-256."""

    rows: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    sightings: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    quarantine: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))


def count(arrived: Sequence[Arrived], found: Found) -> list[str]:
    """Everything that is lost, doubled, stuck, or there without reason; a sentence each, nothing when all is well."""
    return [
        *_left(found),
        *_files(arrived, found),
        *_versions(arrived, found.rows),
        *_positions(found.rows),
        *_lines(found),
        *_spans(found.rows),
    ]


def _left(found: Found) -> Iterator[str]:
    """What is under way although all should be done."""
    for name in found.waiting:
        yield f"stuck: {name} waits in the inbox"
    for key in found.keys:
        if key.startswith(UNDER_WAY):
            yield f"left over: {key}"


def _files(arrived: Sequence[Arrived], found: Found) -> Iterator[str]:
    """Each file has come to what it must come to, once, and nothing is there that was not dropped."""
    traces, done = _traces(found), Counter(digest for _, digest in found.done)
    rejected = dict(found.rejected)
    expected: Counter[str] = Counter()
    allowed: set[tuple[str, str]] = set()
    for one in arrived:
        drop, digest = one.drop, sha256(one.drop.data)
        allowed |= {(drop.origin, digest), *((drop.origin, sha256(piece)) for piece in one.pieces)}
        if drop.fate is Fate.rejected:
            where = rejected.pop(drop.origin, None)
            yield from _turned_away(drop, digest, where, traces)
            continue
        yield from _taken(drop, digest, traces)
        if not drop.overtaken:
            expected[digest] += 1
    loose = {sha256(data) for one in arrived for data in (one.pieces if not one.drop.overtaken else (one.drop.data,))}
    for digest in expected.keys() | done.keys():
        if done[digest] != expected[digest] and digest not in loose:
            yield f"inbox/done holds {done[digest]} files with the SHA-256 {digest}, not {expected[digest]}"
    for name in rejected:
        yield f"extra: inbox/rejected/{name} was no bad file: {rejected[name][1]}"
    for kind, there in (("row", traces.rows), ("sighting", traces.sightings), ("quarantine", traces.quarantine)):
        for trace in there.keys() - allowed:
            yield f"extra: a {kind} of {trace[0]!r} ({trace[1][:8]}), which was never dropped so"


def _traces(found: Found) -> Traces:
    traces = Traces()
    for row in found.rows:
        for source in row["sources"]:
            traces.rows[source["origin"], source["raw_sha256"]].append(row | {"member": source["raw_member"]})
    for sighting in found.sightings:
        traces.sightings[sighting["origin"], sighting["raw_key"].removeprefix("raw/")].append(sighting)
    for rejection in found.quarantine:
        traces.quarantine[rejection["input"], rejection["raw_key"].removeprefix("raw/")].append(rejection)
    return traces


def _turned_away(drop: Drop, digest: str, where: tuple[str, str] | None, traces: Traces) -> Iterator[str]:
    if where is None:
        yield f"lost: {drop.kind} {drop.origin!r} is not in inbox/rejected"
        return
    if where[0] != (sha256(drop.data) if drop.how is not How.linked else drop.data.decode()):
        yield f"wrong: inbox/rejected/{drop.origin} has other bytes than were dropped"
    if not where[1].strip():
        yield f"wrong: inbox/rejected/{drop.origin} has no reason beside it"
    if any(kind.get((drop.origin, digest)) for kind in (traces.rows, traces.sightings, traces.quarantine)):
        yield f"doubled: {drop.origin!r} was rejected and taken"


def _taken(drop: Drop, digest: str, traces: Traces) -> Iterator[str]:
    """An accepted file: each article in it is a row or a sighting, once; what is bad in it is in quarantine, once."""
    what, trace = f"{drop.kind} {drop.origin!r} ({digest[:8]})", (drop.origin, digest)
    rows, sightings = traces.rows.get(trace, []), traces.sightings.get(trace, [])
    bad = traces.quarantine.get(trace, [])
    came = len(rows) + len(sightings)
    if came < len(drop.marks) and not (drop.overtaken and came == 0):
        yield f"lost: of {what} {came} of {len(drop.marks)} articles came out; quarantine: {_why(bad)}"
    if came > len(drop.marks):
        yield f"doubled: of {what} {len(rows)} rows and {len(sightings)} sightings are there, not {len(drop.marks)}"
    members = Counter([row["member"] for row in rows] + [sighting["raw_member"] for sighting in sightings])
    yield from (f"doubled: {member} of {what} came out {times} times" for member, times in members.items() if times > 1)
    for row in rows:
        if sum(mark in row["body"] for mark in drop.marks) != 1:
            yield f"wrong: a row of {what} has another text"
    wanted = 1 if drop.fate is Fate.quarantined else drop.bad_facts
    if len(bad) != wanted and not (drop.overtaken and not bad):
        yield f"quarantine: {len(bad)} records of {what}, not {wanted}: {_why(bad)}"
    if any(not rejection["reasons"] or not rejection["reasons"][0]["message"] for rejection in bad):
        yield f"quarantine: a record of {what} has no reason"


def _why(bad: Sequence[Row]) -> str:
    return "; ".join(reason["message"] for rejection in bad for reason in rejection["reasons"]) or "none"


def _versions(arrived: Sequence[Arrived], rows: Sequence[Row]) -> Iterator[str]:
    """Each text is there once, or as often as it came back after another; versions count from 1 without gap."""
    articles: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["version"], row["revision"])):
        articles[row["article_id"]].append(row)
    for article_id, own in articles.items():
        if [(row["version"], row["revision"]) for row in own] != [(number, 1) for number in range(1, len(own) + 1)]:
            yield f"versions of {article_id}: {[(row['version'], row['revision']) for row in own]}"
        texts = [row["body"] for row in own]
        if any(first == second for first, second in pairwise(texts)):
            yield f"doubled: {article_id} has the same text in two versions that follow one another"
    dropped = Counter(mark for one in arrived for mark in one.drop.marks)
    there = Counter(mark for row in rows for mark in {*MARK.findall(row["body"])})
    for mark, times in (there - dropped).items():
        yield f"doubled: the text of {mark} is there {times} times more often than it was dropped"


def _positions(rows: Sequence[Row]) -> Iterator[str]:
    seqs = sorted(row["seq"] for row in rows)
    if seqs != [*range(1, len(rows) + 1)]:
        wrong = sorted((Counter(seqs) - Counter(range(1, len(rows) + 1))).elements())
        yield f"positions do not count from 1 to {len(rows)}: {wrong[:10]}"


def _lines(found: Found) -> Iterator[str]:
    """JSON Lines hold the rows of the table, and no others."""
    table = Counter(_identity(row) for row in found.rows)
    lines = Counter(_identity(row) for row in found.lines)
    for missing in (table - lines).elements():
        yield f"lost: {missing} is in the table, not in the JSON Lines"
    for extra in (lines - table).elements():
        yield f"extra: {extra} is in the JSON Lines, not in the table"


def _identity(row: Row) -> tuple[str, int, int, int, str, str, tuple[int, ...]]:
    facts = tuple(len(row[kind]) for kind in FACTS)
    return (
        row["article_id"],
        row["version"],
        row["revision"],
        row["seq"],
        row["batch_id"],
        sha256(row["body"].encode()),
        facts,
    )


def _spans(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        for kind in FACTS:
            for fact in row[kind]:
                if row["body"][fact["start"] : fact["end"]] != fact["exact"]:
                    yield f"wrong: {kind} {fact['fact_id']} of {row['article_id']} is not the text at its place"


def find(endpoint: str, bucket: str, inbox: Path) -> Found:
    """Read all that is there."""
    client, there = _client(endpoint), keys(endpoint, bucket)

    def below(prefix: str) -> list[tuple[str, bytes]]:
        return [
            (key, client.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in there if key.startswith(prefix)
        ]

    def lines(prefix: str) -> list[Row]:
        texts = (gzip.decompress(data) if key.endswith(".gz") else data for key, data in below(prefix))
        return [json.loads(line) for text in texts for line in text.splitlines()]

    return Found(
        rows=_table(endpoint, bucket) if any(key.startswith("records/articles/") for key in there) else [],
        lines=lines("records/jsonl/"),
        sightings=lines("records/sightings/"),
        quarantine=[json.loads(data) for _, data in below("quarantine/")],
        keys=there,
        done=[(path.name, sha256(path.read_bytes())) for path in _in(inbox / "done")],
        rejected=_rejected(inbox / "rejected"),
        waiting=waiting(inbox),
    )


def keys(endpoint: str, bucket: str, prefix: str = "") -> list[str]:
    """All keys with a prefix."""
    pages = _client(endpoint).get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [item["Key"] for page in pages for item in page.get("Contents", [])]


@cache
def _client(endpoint: str) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="newsledger",
        aws_secret_access_key="newsledger",
        config=Config(s3={"addressing_style": "path"}),
    )


def _table(endpoint: str, bucket: str) -> Sequence[Row]:
    options = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "newsledger",
        "AWS_SECRET_ACCESS_KEY": "newsledger",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }
    rows: list[Row] = (
        DeltaTable(f"s3://{bucket}/records/articles", storage_options=options).to_pyarrow_table().to_pylist()
    )
    return rows


def waiting(inbox: Path) -> list[str]:
    """Files in the inbox that nobody has dealt with."""
    there = (path.relative_to(inbox) for path in _in(inbox))
    return [str(path) for path in there if path.parts[0] not in {"done", "rejected"} and not path.name.startswith(".")]


def _in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]


def _rejected(folder: Path) -> dict[str, tuple[str, str]]:
    found = {}
    for path in _in(folder):
        if not path.name.endswith(".reason.txt"):
            beside = path.with_name(path.name + ".reason.txt")
            what = str(path.readlink()) if path.is_symlink() else sha256(path.read_bytes())
            found[str(path.relative_to(folder))] = (what, beside.read_text() if beside.exists() else "")
    return found


def sha256(data: bytes) -> str:
    """In hex."""
    return hashlib.sha256(data).hexdigest()
