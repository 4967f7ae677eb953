"""Heads: what is known of each article, one small object each, so that judging a batch never reads the table.

The table is the truth. ``heads/position.json`` states up to which ``seq`` every row has reached its head; what a killed
writer left undone is caught up from the table by whoever comes next. A head that knows more (a higher ``seq``) is never
overwritten by one that knows less: every write is conditional.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TypeVar

import msgspec

from newsledger.errors import ConflictError, NotStoredError, StoreError
from newsledger.records import Record, sha256
from newsledger.store.decisions import Head, fold
from newsledger.store.objects import Objects, each
from newsledger.store.tables import Articles

POSITION = "heads/position.json"
_CHUNK = 500
T = TypeVar("T")


class Position(Record, frozen=True, kw_only=True):
    """Up to which ``seq`` heads are complete."""

    seq: int = 0


def key(article_id: str) -> str:
    """Where an article's head lies."""
    return f"heads/{sha256(article_id.encode())}.json"


class Heads:
    """The heads of one bucket. Remembers etags, so one object serves one publishing at a time."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is read yet."""
        self._objects = objects
        self._etags: dict[str, str] = {}

    def position(self) -> int:
        """Up to which ``seq`` every row has reached its head; 0 where nothing readable says so."""
        return self._seq_at(POSITION, Position)

    def load(self, article_ids: Iterable[str], articles: Articles) -> dict[str, Head]:
        """The heads of those articles that have one; an unreadable one is made anew from the table."""
        wanted = [*dict.fromkeys(article_ids)]
        found = zip(wanted, each(lambda article_id: self._head(article_id, articles), wanted), strict=True)
        return {article_id: head for article_id, head in found if head is not None}

    def save(self, heads: Mapping[str, Head], seq: int) -> None:
        """Write heads that were made from all rows up to ``seq``, and then move the position there."""
        each(lambda head: self._raise_to(key(head.article_id), head, Head), [*heads.values()])
        self._raise_to(POSITION, Position(seq=seq), Position)

    def catch_up(self, articles: Articles, done: int) -> None:
        """Bring heads up to a snapshot; ``done`` is the ``position`` that was read before the snapshot was taken.

        Raises:
            StoreError: heads know more than the table, which therefore has lost rows.
        """
        if done > articles.seq:
            raise _lost_rows(articles, done)
        while done < articles.seq:
            upto = min(done + _CHUNK, articles.seq)
            rows = articles.between(done, upto)
            heads = self.load((row["article_id"] for row in rows), articles)
            for row in rows:
                heads[row["article_id"]] = fold(heads.get(row["article_id"]), row)
            self.save(heads, upto)
            done = upto

    def mend(self, where: str, article_id: str | None, articles: Articles) -> int:
        """Write a head anew from the table; the position that it knows now, 0 where the table has no such article.

        ``article_id`` is null where only the head itself could tell it. Nothing happens where another writer was first.
        """
        with suppress(msgspec.DecodeError):
            self._read(where, Head)  # the etag of what is there, torn or not, is what may be replaced
        head = None if article_id is None else _folded(article_id, articles)
        if head is None:
            self._objects.delete(where)
            return 0
        self._written(where, msgspec.json.encode(head))
        return head.seq

    def _head(self, article_id: str, articles: Articles) -> Head | None:
        try:
            return self._read(key(article_id), Head)
        except msgspec.DecodeError:
            return _folded(article_id, articles)

    def _read(self, where: str, kind: type[T]) -> T | None:
        try:
            stored = self._objects.read(where)
        except NotStoredError:
            self._etags.pop(where, None)
            return None
        self._etags[where] = stored.etag
        return msgspec.json.decode(stored.data, type=kind)

    def _raise_to(self, where: str, value: Head | Position, kind: type[Head] | type[Position]) -> None:
        """Write unless what is there knows as much already."""
        data = msgspec.json.encode(value)
        while not self._written(where, data):
            if self._seq_at(where, kind) >= value.seq:
                return

    def _seq_at(self, where: str, kind: type[Head] | type[Position]) -> int:
        try:
            there = self._read(where, kind)
        except msgspec.DecodeError:  # torn: the store was killed while it wrote
            return 0
        return there.seq if there else 0

    def _written(self, where: str, data: bytes) -> bool:
        etag = self._etags.get(where)
        if etag is None:
            return self._objects.create(where, data)
        try:
            self._etags[where] = self._objects.replace(where, data, etag)
        except ConflictError:
            return False
        return True


def _folded(article_id: str, articles: Articles) -> Head | None:
    """The head as the table's rows make it."""
    literal = article_id.replace("'", "''")
    head = None
    for row in articles.rows(f"article_id = '{literal}'"):
        head = fold(head, row)
    return head


def _lost_rows(articles: Articles, known: int) -> StoreError:
    return StoreError(
        f"The table {articles.address} ends at position {articles.seq}, but heads/ in its bucket know of {known}: it "
        "has lost rows. Restore it; or, to go on with what is there, delete all below heads/, and they are made anew."
    )
