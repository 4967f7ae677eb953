"""What must be remembered of the store while its rows and listings stream by: on disk, so that memory stays bounded."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from newsledger.records import sha256
from newsledger.store.batches import Item, Outcome
from newsledger.store.decisions import parts
from newsledger.store.findings import Finding, Trouble, name
from newsledger.store.heads import key as head_key
from newsledger.store.objects import Listed
from newsledger.store.publish import jsonl_key, lines
from newsledger.store.schema import Row
from newsledger.store.tombstones import Tombstone

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;
CREATE TABLE rows (article_id, version, revision, seq, head, lines, line, parts);
CREATE TABLE raws (key PRIMARY KEY, name) WITHOUT ROWID;
CREATE TABLE listed (key PRIMARY KEY, size, modified) WITHOUT ROWID;
CREATE TABLE known (key PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE given (seq, article_id, batch_id);
CREATE TABLE forgotten (seq PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE stones (id PRIMARY KEY) WITHOUT ROWID;
BEGIN;
"""
_INDEXES = """
CREATE INDEX by_key ON rows (article_id, version, revision, seq);
CREATE INDEX by_seq ON rows (seq);
CREATE INDEX by_lines ON rows (lines, seq);
CREATE INDEX by_head ON rows (head, seq);
"""
_TWINS = "SELECT article_id, version, revision, count(*) FROM rows GROUP BY 1, 2, 3 HAVING count(*) > 1"
_ORPHANS = """
SELECT article_id, version, revision FROM rows r WHERE (version > 1 OR revision > 1) AND NOT EXISTS (
  SELECT 1 FROM rows b WHERE b.article_id = r.article_id
  AND b.version = r.version - (r.revision = 1)
  AND b.revision = CASE WHEN r.revision = 1 THEN 1 ELSE r.revision - 1 END)
"""
_WRONG_SEQS = "SELECT seq, count(*) FROM rows GROUP BY seq HAVING count(*) > 1 OR seq > ? OR seq < 1"
_SEQS = "SELECT seq FROM rows UNION SELECT seq FROM forgotten UNION SELECT ? ORDER BY 1"
_LOST = """
SELECT seq, article_id, batch_id FROM given WHERE seq <= ?
AND seq NOT IN (SELECT seq FROM rows) AND seq NOT IN (SELECT seq FROM forgotten)
"""
_UNKNOWN = """
SELECT key, modified FROM listed WHERE key >= 'raw/' AND key < 'raw0' AND modified < ?
AND key NOT IN (SELECT key FROM known)
"""
_NO_LINES = """
SELECT key FROM listed WHERE key >= 'records/jsonl/' AND key < 'records/jsonl0'
AND key NOT IN (SELECT lines FROM rows)
"""
_NO_HEADS = """
SELECT key FROM listed WHERE key >= 'heads/' AND key < 'heads0' AND key NOT IN (SELECT head FROM rows)
"""
# SQLite takes the other columns from the row that has the maximum ("bare columns").
_NEWEST = "SELECT head, article_id, max(seq), parts FROM rows GROUP BY head HAVING max(seq) <= ?"


class Ledger:
    """Notes of one verification, in a file that is gone when it ends; no texts."""

    def __init__(self) -> None:
        """Nothing was seen."""
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_TABLES)
        self._indexed = False

    def add(self, row: Row) -> None:
        """Take note of a row."""
        where = jsonl_key(row["batch_id"], row["published_on"].isoformat())
        article_id = row["article_id"]
        values = (
            *(article_id, row["version"], row["revision"], row["seq"], head_key(article_id), where),
            *(sha256(lines([row])), msgspec.json.encode(parts(row))),
        )
        self._db.execute("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        raws = [(source["raw_key"], name(row)) for source in row["sources"]]
        self._db.executemany("INSERT OR IGNORE INTO raws VALUES (?, ?)", raws)

    def shelve(self, listed: Iterable[Listed]) -> None:
        """Take note of a listing."""
        rows = ((item.key, item.size, item.modified.timestamp()) for item in listed)
        self._db.executemany("INSERT OR REPLACE INTO listed VALUES (?, ?, ?)", rows)

    def know(self, items: Iterable[Item]) -> None:
        """Take note of what batches were made of."""
        keys = ((raw,) for item in items for raw in (item.raw_key, item.page_key) if raw)
        self._db.executemany("INSERT OR IGNORE INTO known VALUES (?)", keys)

    def hear(self, outcome: Outcome) -> None:
        """Take note of what a batch says that it published."""
        said = [(one["seq"], one.get("article_id"), outcome.batch_id) for one in outcome.articles if one.get("seq")]
        self._db.executemany("INSERT INTO given VALUES (?, ?, ?)", said)

    def bury(self, tombstone: Tombstone) -> None:
        """Take note of an article that was forgotten."""
        self._db.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", [(seq,) for seq in tombstone.seqs])
        if tombstone.proved_at:
            self._db.execute("INSERT OR IGNORE INTO stones VALUES (?)", (head_key_of(tombstone),))

    def findings(self, last: int) -> Iterator[Finding]:
        """What is wrong with row keys and positions, of which ``last`` is the table's own count."""
        for article_id, version, revision, count in self._ask(_TWINS):
            where = f"{article_id} {version}.{revision}"
            yield Finding(kind=Trouble.row_key, where=where, message=f"It was published {count} times.")
        for article_id, version, revision in self._ask(_ORPHANS):
            where = f"{article_id} {version}.{revision}"
            yield Finding(kind=Trouble.row_key, where=where, message="The version or revision before is missing.")
        for seq, count in self._ask(_WRONG_SEQS, last):
            message = f"{count} rows have this position; the last one given out is {last}."
            yield Finding(kind=Trouble.seq, where=str(seq), message=message)
        before = 0
        for (seq,) in self._ask(_SEQS, last + 1):
            if seq > before + 1:
                where = f"{before + 1}-{seq - 1}" if seq > before + 2 else str(seq - 1)
                message = f"No row has it; the last one given out is {last}."
                yield Finding(kind=Trouble.seq, where=where, message=message)
            before = max(seq, before)

    def lost(self, last: int) -> Iterator[tuple[int, str, str]]:
        """Position, article and batch of what was published up to ``last``, they say, and is not there."""
        return self._ask(_LOST, last)

    def unearthed(self) -> Iterator[tuple[str, int]]:
        """Article and position of rows of articles that were forgotten."""
        return self._ask("SELECT article_id, seq FROM rows WHERE head IN (SELECT id FROM stones) ORDER BY seq")

    def expected_lines(self) -> Iterator[tuple[str, list[str]]]:
        """Each key of JSON Lines, and the hash of each of its lines, in order."""
        rows = self._ask("SELECT lines, line FROM rows ORDER BY lines, seq")
        return ((where, [line for _, line in group]) for where, group in groupby(rows, lambda row: row[0]))

    def newest(self, upto: int) -> Iterator[tuple[str, str, int, bytes]]:
        """Of each article head's key, id, last position (up to ``upto``) and the digests of its newest row's parts."""
        return self._ask(_NEWEST, upto)

    def has(self, article_id: str, version: int) -> bool:
        """Whether the table has a version of an article."""
        where = "SELECT 1 FROM rows WHERE article_id = ? AND version = ? LIMIT 1"
        return any(True for _ in self._ask(where, article_id, version))

    def listed(self, prefix: str) -> Iterator[tuple[str, int, float]]:
        """Key, size and time of change of what was listed below a prefix, in order."""
        return self._ask("SELECT * FROM listed WHERE key >= ? AND key < ? ORDER BY key", prefix, prefix + "\U0010ffff")

    def unlisted_raws(self) -> Iterator[tuple[str, str]]:
        """Raw key, and an article that was read from it, where no such key was listed."""
        return self._ask("SELECT key, name FROM raws WHERE key NOT IN (SELECT key FROM listed)")

    def unknown_raws(self, before: float) -> Iterator[tuple[str, float]]:
        """Raw key, and when it came, of what came before a time and belongs to no batch."""
        return self._ask(_UNKNOWN, before)

    def lines_without_rows(self) -> Iterator[str]:
        """Keys of JSON Lines that were listed, of batches without a row."""
        return (where for (where,) in self._ask(_NO_LINES))

    def heads_without_rows(self) -> Iterator[str]:
        """Keys of heads that were listed, of articles without a row."""
        return (where for (where,) in self._ask(_NO_HEADS))

    def _ask(self, question: str, *values: object) -> Iterator[tuple]:  # type: ignore[type-arg]
        if not self._indexed:
            self._db.executescript(_INDEXES)
            self._indexed = True
        return iter(self._db.execute(question, values))


def head_key_of(tombstone: Tombstone) -> str:
    """Where the head of a forgotten article lay."""
    return f"heads/{tombstone.id}.json"
