"""Read the whole store and check all that it promises, while readers and writers go on.

Each list is taken before that which it is compared with, so that what comes in meanwhile is no finding; and what still
looks wrong is looked at once more before it is told, since somebody may have been in the middle of it.
"""

from collections.abc import Iterator
from datetime import timedelta

from newsledger.errors import NotStoredError
from newsledger.records import FactKind, sha256
from newsledger.settings import Settings
from newsledger.store import rulings, tombstones, verify_beside, verify_work
from newsledger.store.findings import Finding, Trouble, of_row
from newsledger.store.heads import Heads
from newsledger.store.looking import Look, Told, nobody
from newsledger.store.objects import Objects, each
from newsledger.store.schema import Row, instant
from newsledger.store.tables import Articles

PATIENCE = timedelta(minutes=30)
"""How long a batch may be pending, or something may be left over, before that is a finding."""

LISTED = (
    "raw/",
    "records/jsonl/",
    "records/sightings/",
    "heads/",
    "quarantine/",
    "staging/",
    "batches/tries/",
    "probe/",
)
_AT_ONCE = 32_000_000
"""Bytes that are read at the same time; a larger object is read alone."""


def verify(
    objects: Objects, settings: Settings, now: str, patience: timedelta = PATIENCE, told: Told | None = None
) -> Iterator[Finding]:
    """Everything that is wrong with the store; nothing, when all is well. ``now`` is a UTC date-time.

    What a batch under way has not written yet is no finding until it has been under way for longer than ``patience``.
    ``told`` hears how far it is.

    Raises:
        StoreError: the store is out of reach.
    """
    look = Look(objects, settings, instant(now) - patience, told or nobody)
    for prefix in LISTED:
        look.ledger.shelve(look.counted(f"Listing {prefix}", objects.list(prefix)))
    position = Heads(objects).position()
    work = verify_work.Work()
    yield from verify_work.note(look, work)
    articles, missing = _table(settings, objects)
    yield from missing
    if articles and not missing:
        yield from _rows(look, articles)
    for tombstone in tombstones.every(objects):
        look.ledger.bury(tombstone)
    if not missing:
        last = articles.seq if articles else 0
        yield from look.ledger.findings(last)
        yield from _position(position, last)
        yield from _unearthed(look)
        yield from verify_work.lost(look, last)
        yield from verify_beside.json_lines(look)
        yield from verify_beside.heads(look, position)
        yield from verify_beside.sightings(look)
    yield from verify_beside.quarantined(look)
    yield from verify_work.waiting(look, work)
    yield from verify_work.left_over(look, work)
    yield from _raws(look)


def _table(settings: Settings, objects: Objects) -> tuple[Articles | None, list[Finding]]:
    """The newest snapshot, and what is missing of it."""
    try:
        articles = Articles.find(settings)
    except NotStoredError:
        return None, []
    stored = {listed.key for listed in objects.list("records/articles/")}
    gone = [key for key in articles.files() if key not in stored and not objects.exists(key)]
    message = "The table's log names it, and it is gone: restore it from a backup."
    return articles, [Finding(kind=Trouble.table, where=key, message=message) for key in gone]


def _rows(look: Look, articles: Articles) -> Iterator[Finding]:
    """What single rows are wrong in; what is taken back must be out of the newest revision of each version."""
    retracted = {case.id: case for case in rulings.every(look.objects) if _long_retracted(case, look)}
    concerned = {case.article_id for case in retracted.values()}
    holding: dict[tuple[str, int], tuple[int, list[str]]] = {}
    for row in look.counted("Rows", articles.stream()):
        look.ledger.add(row)
        yield from of_row(row)
        at = row["article_id"], row["version"]
        if row["article_id"] in concerned and row["revision"] > holding.get(at, (0, []))[0]:
            holding[at] = row["revision"], _retracted(row, retracted)
    for (article_id, version), (_, facts) in holding.items():
        for fact_id in facts:
            message = f"It was retracted, and is still in {article_id} version {version}: retract it again."
            yield Finding(kind=Trouble.ruling, where=rulings.key(fact_id), message=message)


def _long_retracted(case: rulings.Case, look: Look) -> bool:
    return case.ruling.verdict is rulings.Verdict.retracted and instant(case.ruling.at) < look.before


def _retracted(row: Row, retracted: dict[str, rulings.Case]) -> list[str]:
    return [fact["fact_id"] for kind in FactKind for fact in row[kind.value] if fact["fact_id"] in retracted]


def _position(position: int, last: int) -> Iterator[Finding]:
    if position > last:
        message = f"Heads know of positions up to {position}, and the table ends at {last}: it has lost rows."
        yield Finding(kind=Trouble.lost, where="heads/position.json", message=message)


def _unearthed(look: Look) -> Iterator[Finding]:
    for article_id, seq in look.ledger.unearthed():
        if look.rows_now(f"seq = {seq}"):
            message = f"It was forgotten, and is there at position {seq}: forget it again."
            yield Finding(kind=Trouble.forgotten, where=article_id, message=message)


def _raws(look: Look) -> Iterator[Finding]:
    stones = list(tombstones.every(look.objects))
    gone = {f"raw/{digest}" for stone in stones for digest in (*stone.raws, *stone.redacted)}
    for where, named in look.ledger.unlisted_raws():
        if where not in gone and not look.objects.exists(where):
            yield Finding(kind=Trouble.raw_missing, where=where, message=f"{named} was read from it.")
    yield from verify_work.unclaimed(look)
    left = {(raw, digest) for stone in stones for raw, digest in stone.redacted.items()}

    def fault(item: tuple[str, int, float]) -> Finding | None:
        where, _, _ = item
        try:
            digest = sha256(look.objects.get(where))
        except NotStoredError:  # forgotten meanwhile
            return None
        if where == f"raw/{digest}" or (where.removeprefix("raw/"), digest) in left:
            return None
        return Finding(kind=Trouble.raw_bytes, where=where, message=f"Its bytes have the SHA-256 {digest}.")

    for part in _by_size(look.counted("Raw bytes", look.ledger.listed("raw/"))):
        yield from filter(None, each(fault, part))


def _by_size(items: Iterator[tuple[str, int, float]]) -> Iterator[list[tuple[str, int, float]]]:
    part: list[tuple[str, int, float]] = []
    size = 0
    for item in items:
        if part and (size + item[1] > _AT_ONCE or len(part) == 100):
            yield part
            part, size = [], 0
        part.append(item)
        size += item[1]
    if part:
        yield part
