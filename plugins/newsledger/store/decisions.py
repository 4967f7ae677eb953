"""Is an article new, a new version, a new revision, or a duplicate? Decided from rows and heads alone; no I/O.

- The *source* changed (body, headline, authors or dates differ, and it is not the very source that was read before):
  a new version.
- Same source, other facts (a replay by a better extractor, a release, a retraction): a new revision of its version.
- Nothing differs: a duplicate, which leaves a sighting; and not even that when the very same arrival is read again.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from newsledger.records import FactKind, Record, sha256
from newsledger.store.schema import Row

SOURCE_PARTS = ("body", "headline", "authors", "date_published", "date_modified")
"""What makes a new version when it differs."""
FACT_PARTS = tuple(kind.value for kind in FactKind)
OTHER_PARTS = ("url", "publisher", "date_published_basis", "dateline", "language", "facts_read", "notes", "released_by")
"""What makes a new revision, but only where the same bytes are read again: another copy of an article may lack them."""


class Outcome(StrEnum):
    """What publishing does with one article."""

    new = "new"
    version = "version"
    revision = "revision"
    duplicate = "duplicate"
    unchanged = "unchanged"
    forgotten = "forgotten"
    """It was forgotten for good, and nothing of it is published."""


class VersionHead(Record, frozen=True, kw_only=True):
    """What must be known of one version to judge what comes in next."""

    version: int
    revision: int
    parts: dict[str, str]
    """A digest of each part of its newest revision."""
    raws: tuple[str, ...]
    """Digests of the bytes it was read from."""
    arrivals: tuple[str, ...]
    """Digests of the sources it came in by, time of retrieval included."""


class Head(Record, frozen=True, kw_only=True):
    """All versions of one article, the newest last; kept in ``heads/``, and rebuilt from the table by ``fold``."""

    article_id: str
    seq: int
    """Position of the newest row that this head knows of."""
    versions: tuple[VersionHead, ...]


class Sighting(Record, frozen=True, kw_only=True):
    """The same article came in again, this way or another."""

    article_id: str
    version: int
    source: str
    """The source's name: the feed's, or ``inbox``."""
    kind: str
    url: str | None
    origin: str | None
    raw_key: str
    raw_member: str | None
    retrieved_at: str
    batch_id: str


class Placed(Record, frozen=True, kw_only=True):
    """What became of one article of a batch."""

    article_id: str
    outcome: Outcome
    version: int
    revision: int
    seq: int | None = None
    """Null where no row was published."""
    changed: tuple[str, ...] = ()


class Decisions(Record, frozen=True, kw_only=True):
    """What to do with a batch; ``placed`` is in its order."""

    placed: tuple[Placed, ...]
    rows: tuple[Row, ...]
    """The rows to commit, their version, revision, seq and changed set."""
    sightings: tuple[Sighting, ...]
    heads: dict[str, Head]
    """The heads of the rows to commit, once they are."""


def decide(rows: Sequence[Row], heads: Mapping[str, Head], seq: int) -> Decisions:
    """Judge a batch against the heads of its articles, its own rows included, and give out positions after ``seq``."""
    known = dict(heads)
    placed: list[Placed] = []
    publish: list[Row] = []
    sightings: list[Sighting] = []
    for row in rows:
        head = known.get(row["article_id"])
        verdict = _judge(row, head)
        if verdict.outcome in {Outcome.duplicate, Outcome.unchanged}:
            placed.append(verdict)
            if verdict.outcome is Outcome.duplicate:
                sightings += _sightings(row, verdict.version)
            continue
        verdict = msgspec.structs.replace(verdict, seq=seq + len(publish) + 1)
        final = row | {name: getattr(verdict, name) for name in ("version", "revision", "seq")}
        final["changed"] = list(verdict.changed)
        known[row["article_id"]] = fold(head, final)
        publish.append(final)
        placed.append(verdict)
    touched = {row["article_id"]: known[row["article_id"]] for row in publish}
    return Decisions(placed=tuple(placed), rows=tuple(publish), sightings=tuple(sightings), heads=touched)


def fold(head: Head | None, row: Row) -> Head:
    """The head once a published row is added; the same head where it knows the row already."""
    if head is not None and row["seq"] <= head.seq:
        return head
    older = {version.version: version for version in head.versions} if head else {}
    before = older.get(row["version"])
    older[row["version"]] = VersionHead(
        version=row["version"],
        revision=row["revision"],
        parts=parts(row),
        raws=_union(before.raws if before else (), _raws(row)),
        arrivals=_union(before.arrivals if before else (), _arrivals(row)),
    )
    versions = tuple(older[number] for number in sorted(older))
    return Head(article_id=row["article_id"], seq=row["seq"], versions=versions)


def parts(row: Row) -> dict[str, str]:
    """A digest of each part of a row by which two readings of an article are compared."""
    return {name: _digest(row[name]) for name in (*SOURCE_PARTS, *OTHER_PARTS, *FACT_PARTS)}


def _judge(row: Row, head: Head | None) -> Placed:
    if head is None:
        return Placed(article_id=row["article_id"], outcome=Outcome.new, version=1, revision=1)
    arrived = set(_arrivals(row))
    again = next((version for version in reversed(head.versions) if arrived & set(version.arrivals)), None)
    latest = again or head.versions[-1]
    now = parts(row)
    changed = tuple(name for name, digest in now.items() if latest.parts.get(name) != digest)
    same_bytes = again is not None or bool(set(_raws(row)) & set(latest.raws))
    outcome = _outcome(changed, same_bytes=same_bytes)
    if outcome is Outcome.duplicate and again is not None:
        outcome = Outcome.unchanged
    return Placed(
        article_id=row["article_id"],
        outcome=outcome,
        version=latest.version + (outcome is Outcome.version),
        revision=1 if outcome is Outcome.version else latest.revision + (outcome is Outcome.revision),
        changed=_worth_saying(changed, outcome),
    )


def _outcome(changed: Iterable[str], *, same_bytes: bool) -> Outcome:
    differs = set(changed)
    if same_bytes:
        return Outcome.revision if differs else Outcome.duplicate
    if differs & set(SOURCE_PARTS):
        return Outcome.version
    return Outcome.revision if differs & set(FACT_PARTS) else Outcome.duplicate


def _worth_saying(changed: tuple[str, ...], outcome: Outcome) -> tuple[str, ...]:
    """Of a new version only what changed at the source: its facts are other ones anyway."""
    if outcome is Outcome.version:
        return tuple(name for name in changed if name in SOURCE_PARTS)
    return changed if outcome is Outcome.revision else ()


def _sightings(row: Row, version: int) -> list[Sighting]:
    return [
        Sighting(
            article_id=row["article_id"],
            version=version,
            source=source["name"],
            retrieved_at=source["retrieved_at"].isoformat().replace("+00:00", "Z"),
            batch_id=row["batch_id"],
            **{name: source[name] for name in ("kind", "url", "origin", "raw_key", "raw_member")},
        )
        for source in row["sources"]
    ]


def _raws(row: Row) -> tuple[str, ...]:
    return tuple(_digest(_bytes(source)) for source in row["sources"])


def _bytes(source: Row) -> list[str | None]:
    """What names the bytes of a source; an entry of a feed is named by its own hash, whatever object keeps it."""
    entry = source["kind"] == "feed" and source["raw_member"]
    return [source["raw_member"], None] if entry else [source["raw_sha256"], source["raw_member"]]


def _arrivals(row: Row) -> tuple[str, ...]:
    return tuple(_digest(source) for source in row["sources"])


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first + second))


def _digest(value: object) -> str:
    return sha256(msgspec.json.encode(value, order="sorted"))[:32]
