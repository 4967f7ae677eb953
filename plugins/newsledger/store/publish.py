"""Publish a batch: one serial order, nothing lost, nothing twice.

Load a snapshot, decide, commit; when another writer came first, decide again. What follows the commit (heads, JSON
Lines) is made from the committed rows, so a batch that was killed in between is finished by publishing it again.
"""

import gzip
import random
import time
from collections.abc import Collection, Sequence

import msgspec

from newsledger.errors import ConflictError, StoreError
from newsledger.records import Extraction, Record
from newsledger.settings import Settings
from newsledger.store import tombstones, views
from newsledger.store.decisions import Decisions, Outcome, Placed, Sighting, decide
from newsledger.store.heads import Heads
from newsledger.store.heads import key as head_key
from newsledger.store.objects import Objects, each
from newsledger.store.schema import SINCE, Row, instant, row
from newsledger.store.tables import Articles

SIGHTINGS = "records/sightings/"
_TRIES = 60
_LEVEL = 6


class Published(Record, frozen=True, kw_only=True):
    """What became of a batch."""

    batch_id: str
    placed: tuple[Placed, ...]
    """One for each article of the batch, in its order."""
    already: bool = False
    """Whether an earlier try had committed it, so that only the rest was finished."""
    keys: tuple[str, ...] = ()
    """The objects written beside the table."""

    def count(self, *outcomes: Outcome) -> int:
        """How many articles had one of these outcomes."""
        return sum(place.outcome in outcomes for place in self.placed)


def jsonl_key(batch_id: str, day: str) -> str:
    """Where the JSON Lines of a batch lie; ``day`` is the UTC date of publishing."""
    return f"records/jsonl/{day}/{batch_id}.jsonl.gz"


def sightings_key(batch_id: str, day: str) -> str:
    """Where the sightings of a batch lie."""
    return f"{SIGHTINGS}{day}/{batch_id}.jsonl"


def publish(
    objects: Objects,
    settings: Settings,
    batch_id: str,
    extractions: Sequence[Extraction],
    published_at: str,
    *,
    arrived: bool = True,
) -> Published:
    """Publish a batch, or finish the publishing of one that was killed on the way.

    ``published_at`` is the batch's own UTC date-time, the same at each try: its day is where an earlier try is looked
    for. ``arrived`` is False where the articles came in long ago and are only read again: that is no sighting.

    Raises:
        StoreError: the store is out of reach; nothing is lost by trying again.
    """
    given = [row(extraction, batch_id, published_at) for extraction in extractions]
    ids = {row["article_id"] for row in given}
    day = instant(published_at).date()
    heads = Heads(objects)
    known = heads.position()
    articles = Articles.open(settings)
    for attempt in range(_TRIES):
        heads.catch_up(articles, known)
        # After the snapshot: who forgets an article lays its tombstone first, and commits then, which refuses ours.
        gone = tombstones.among(objects, ids)
        candidates = [row for row in given if row["article_id"] not in gone]
        committed = [row for row in articles.batch(batch_id, day) if row["article_id"] not in gone]
        if committed:
            placed = _with_forgotten(given, gone, _recalled(candidates, committed))
            return Published(batch_id=batch_id, placed=placed, already=True, keys=write_lines(objects, committed))
        decisions = decide(candidates, heads.load((row["article_id"] for row in candidates), articles), articles.seq)
        sightings = decisions.sightings if arrived else ()
        keys = _write_sightings(objects, sightings_key(batch_id, str(day)), sightings)
        placed = _with_forgotten(given, gone, decisions.placed)
        if not decisions.rows:
            return Published(batch_id=batch_id, placed=placed, keys=_unsaid(objects, ids - gone.keys(), keys))
        if _committed(articles, decisions):
            keys += write_lines(objects, decisions.rows)
            heads.save(decisions.heads, articles.seq)
            views.publish(objects)
            return Published(batch_id=batch_id, placed=placed, keys=_unsaid(objects, ids - gone.keys(), keys))
        time.sleep(random.uniform(0, 0.02 * min(attempt + 1, 10)))
        known = heads.position()
        articles.refresh()
    raise StoreError(f"Cannot publish batch {batch_id}: {_TRIES} times another writer was first; try again later.")


def _committed(articles: Articles, decisions: Decisions) -> bool:
    try:
        articles.append(decisions.rows)
    except ConflictError:
        return False
    return True


def write_lines(objects: Objects, rows: Sequence[Row]) -> tuple[str, ...]:
    """Write the JSON Lines of a batch. The same rows give the same bytes."""
    key = jsonl_key(rows[0]["batch_id"], rows[0]["published_on"].isoformat())
    objects.put(key, gzip.compress(lines(rows), _LEVEL, mtime=0))
    # Who forgets an article of these lays its tombstone before he looks for lines: either he sees ours, or we see it.
    gone = tombstones.among(objects, {row["article_id"] for row in rows})
    if not gone:
        return (key,)
    left = [row for row in rows if row["article_id"] not in gone]
    if left:
        objects.put(key, gzip.compress(lines(left), _LEVEL, mtime=0))
        return (key,)
    objects.delete(key)
    return ()


def lines(rows: Sequence[Row]) -> bytes:
    """Rows as JSON Lines, fields in the schema's order: those of the schema version that each row was written by."""
    return b"".join(msgspec.json.encode(_as_written(row)) + b"\n" for row in rows)


def _as_written(row: Row) -> Row:
    return {name: value for name, value in row.items() if SINCE.get(name, 1) <= row["schema_version"]}


def _write_sightings(objects: Objects, key: str, sightings: Sequence[Sighting]) -> tuple[str, ...]:
    """Before the commit: afterwards nothing would tell them from the batch's own articles."""
    if not sightings:
        objects.delete(key)  # what an earlier try, which decided otherwise, may have left
        return ()
    objects.put(key, b"".join(msgspec.json.encode(sighting) + b"\n" for sighting in sightings))
    return (key,)


def _unsaid(objects: Objects, article_ids: Collection[str], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Take back what was written beside the table of articles that somebody began to forget meanwhile; what is left."""
    gone = tombstones.among(objects, article_ids)
    each(objects.delete, [head_key(article_id) for article_id in gone])
    if not gone:
        return keys
    for key in (key for key in keys if key.startswith(SIGHTINGS)):
        told = msgspec.json.Decoder(Sighting).decode_lines(objects.get(key))
        kept = _write_sightings(objects, key, [one for one in told if one.article_id not in gone])
        keys = tuple(one for one in keys if one != key) + kept
    return keys


def _with_forgotten(given: Sequence[Row], gone: Collection[str], placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """What became of each article that was given; ``placed`` of those that were not forgotten."""
    left = iter(placed)
    return tuple(
        Placed(article_id=row["article_id"], outcome=Outcome.forgotten, version=0, revision=0)
        if row["article_id"] in gone
        else next(left)
        for row in given
    )


def _recalled(candidates: Sequence[Row], committed: Sequence[Row]) -> tuple[Placed, ...]:
    """What an earlier try did with each article; its rows come in the order of the batch."""
    left, latest, placed = list(committed), {row["article_id"]: row for row in committed}, []
    for candidate in candidates:
        mine = left and left[0]["article_id"] == candidate["article_id"]
        of = left.pop(0) if mine else latest.get(candidate["article_id"], candidate)
        placed.append(
            Placed(
                article_id=candidate["article_id"],
                outcome=_outcome(of) if mine else Outcome.duplicate,
                version=of["version"],
                revision=of["revision"],
                seq=of["seq"] if mine else None,
                changed=tuple(of["changed"]),
            )
        )
    return tuple(placed)


def _outcome(row: Row) -> Outcome:
    if row["revision"] > 1:
        return Outcome.revision
    return Outcome.version if row["version"] > 1 else Outcome.new
