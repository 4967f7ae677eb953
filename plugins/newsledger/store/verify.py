"""Read the whole store and check all that it promises, while readers and writers go on."""

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import batches
from newsledger.store.decisions import Head
from newsledger.store.findings import Finding, Ledger, Trouble, of_row
from newsledger.store.heads import Heads, key
from newsledger.store.objects import Listed, Objects, each
from newsledger.store.schema import instant
from newsledger.store.tables import Articles

PATIENCE = timedelta(minutes=30)
"""How long a batch may be pending, or something may be left over, before that is a finding."""


def verify(objects: Objects, settings: Settings, now: str, patience: timedelta = PATIENCE) -> Iterator[Finding]:
    """Everything that is wrong with the store; nothing, when all is well. ``now`` is a UTC date-time.

    What a batch under way has not written yet is no finding until it has been under way for longer than ``patience``.

    Raises:
        StoreError: the store is out of reach.
    """
    # Each list is taken before that which it is compared with, so that what comes in meanwhile is no finding.
    before = instant(now) - patience
    raws, jsonl = list(objects.list("raw/")), {item.key for item in objects.list("records/jsonl/")}
    staged, position = list(objects.list(batches.STAGING)), Heads(objects).position()
    pending, done = batches.pending(objects), list(batches.outcomes(objects))
    ledger, last = Ledger(), 0
    try:
        articles = Articles.find(settings)
    except NotStoredError:
        pass
    else:
        last = articles.seq
        for row in articles.stream():
            ledger.add(row)
            yield from of_row(row)
    yield from ledger.findings(last)
    yield from _raw_bytes(objects, raws)
    yield from _raw_missing(objects, ledger, {item.key for item in raws})
    yield from _raw_forgotten(raws, {item.raw_key for item in _items(pending, done)}, before)
    yield from _json_lines(objects, ledger, jsonl)
    yield from _heads(objects, ledger, position)
    yield from _lost(ledger, done, last)
    yield from _waiting(pending, before)
    yield from _left_over(objects, staged, {manifest.batch_id for manifest in pending}, before)


def _items(pending: list[batches.Manifest], done: list[batches.Outcome]) -> Iterator[batches.Item]:
    yield from (item for manifest in pending for item in manifest.items)
    yield from (item for outcome in done for item in outcome.items)


def _raw_bytes(objects: Objects, raws: list[Listed]) -> Iterator[Finding]:
    def fault(item: Listed) -> Finding | None:
        digest = sha256(objects.get(item.key))
        message = f"Its bytes have the SHA-256 {digest}."
        return None if item.key == f"raw/{digest}" else Finding(kind=Trouble.raw_bytes, where=item.key, message=message)

    left = iter(raws)
    while some := list(islice(left, 100)):
        yield from filter(None, each(fault, some))


def _raw_missing(objects: Objects, ledger: Ledger, listed: set[str]) -> Iterator[Finding]:
    for where, name in ledger.raws.items():
        if where not in listed and not objects.exists(where):
            yield Finding(kind=Trouble.raw_missing, where=where, message=f"{name} was read from it.")


def _raw_forgotten(raws: list[Listed], known: set[str], before: datetime) -> Iterator[Finding]:
    for item in raws:
        if item.key not in known and item.modified < before:
            message = f"Collected at {item.modified:%Y-%m-%d %H:%M}, it belongs to no batch: drop the file again."
            yield Finding(kind=Trouble.raw_forgotten, where=item.key, message=message)


def _json_lines(objects: Objects, ledger: Ledger, listed: set[str]) -> Iterator[Finding]:
    for where, expected in ledger.lines.items():
        fault = _lines_fault(objects, where, [expected[seq] for seq in sorted(expected)])
        if fault:
            yield Finding(kind=Trouble.json_lines, where=where, message=fault)
    for where in sorted(listed - ledger.lines.keys()):
        yield Finding(kind=Trouble.json_lines, where=where, message="The table has no rows of this batch.")


def _lines_fault(objects: Objects, where: str, expected: list[str]) -> str | None:
    batch_id = where.rsplit("/", 1)[1].partition(".")[0]
    try:
        if not objects.exists(where) and objects.exists(f"{batches.PENDING}{batch_id}.json"):
            return None  # committed a moment ago, and not finished
        packed = objects.get(where)
    except NotStoredError:
        return "It is missing, though the table has its rows."
    try:
        found = [sha256(line) for line in gzip.decompress(packed).splitlines(keepends=True)]
    except (OSError, EOFError) as error:
        return f"It cannot be unpacked: {error}."
    return None if found == expected else "Its lines are not the table's rows."


def _heads(objects: Objects, ledger: Ledger, position: int) -> Iterator[Finding]:
    def fault(article_id: str) -> Finding | None:
        where = key(article_id)
        try:
            seq = msgspec.json.decode(objects.get(where), type=Head).seq
        except (NotStoredError, msgspec.DecodeError):
            seq = 0
        message = f"It knows of positions up to {seq}; {article_id} was published at {ledger.newest[article_id]}."
        return None if seq >= ledger.newest[article_id] else Finding(kind=Trouble.head, where=where, message=message)

    left = (article_id for article_id, seq in ledger.newest.items() if seq <= position)
    while some := list(islice(left, 100)):
        yield from filter(None, each(fault, some))


def _lost(ledger: Ledger, done: list[batches.Outcome], last: int) -> Iterator[Finding]:
    for batch in done:
        for article in batch.articles:
            seq = article.get("seq")
            if seq is not None and seq <= last and seq not in ledger.seqs:
                message = f"Batch {batch.batch_id} published it at position {seq}, which the table lacks."
                yield Finding(kind=Trouble.lost, where=str(article.get("article_id", seq)), message=message)


def _waiting(pending: list[batches.Manifest], before: datetime) -> Iterator[Finding]:
    for manifest in pending:
        if instant(manifest.created_at) < before:
            message = f"It waits since {manifest.created_at}, after {manifest.attempts} attempts."
            yield Finding(kind=Trouble.pending, where=f"{batches.PENDING}{manifest.batch_id}.json", message=message)


def _left_over(objects: Objects, staged: list[Listed], pending: set[str], before: datetime) -> Iterator[Finding]:
    for item in staged:
        batch_id = item.key.removeprefix(batches.STAGING).partition("/")[0]
        if batch_id not in pending and item.modified < before and objects.exists(item.key):
            yield Finding(kind=Trouble.staging, where=item.key, message="Its batch is not pending any more.")
