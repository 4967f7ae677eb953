"""What the breaker remembers: of each batch how many articles failed each expectation. One object, bounded."""

import msgspec
from msgspec.structs import replace

from newsledger.errors import ConflictError, NotStoredError
from newsledger.records import Record
from newsledger.store.objects import Objects

KEY = "breaker/history.json"
KEPT = 200
"""Batches that are remembered, the newest."""


class Counted(Record, frozen=True, kw_only=True):
    """One batch."""

    batch_id: str
    articles: dict[str, int]
    """How many articles had a record of each kind (``article``: how many there were)."""
    failed: dict[str, int]
    """How many articles failed each expectation, by its key; none where it is not named."""


class History(Record, frozen=True, kw_only=True):
    """The batches that were not held, or that a person let through; the newest last."""

    batches: tuple[Counted, ...] = ()

    def without(self, batch_id: str) -> "History":
        """All others: a batch that runs again is not compared with itself."""
        return replace(self, batches=tuple(one for one in self.batches if one.batch_id != batch_id))


def load(objects: Objects) -> History:
    """What is remembered; nothing where there is nothing, or it cannot be read."""
    return _read(objects)[0]


def remember(objects: Objects, counted: Counted) -> None:
    """Add a batch; the same twice counts once. Of several who add at once all are heard."""
    while True:
        history, etag = _read(objects)
        kept = (*history.without(counted.batch_id).batches, counted)[-KEPT:]
        data = msgspec.json.encode(History(batches=kept))
        try:
            if etag is None:
                if objects.create(KEY, data):
                    return
            else:
                objects.replace(KEY, data, etag)
                return
        except ConflictError:
            continue


def _read(objects: Objects) -> tuple[History, str | None]:
    try:
        stored = objects.read(KEY)
    except NotStoredError:
        return History(), None
    try:
        return msgspec.json.decode(stored.data, type=History), stored.etag
    except msgspec.MsgspecError:  # torn: the store was killed while it wrote
        return History(), stored.etag
