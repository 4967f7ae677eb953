"""One verification: what it looks at, since when, what it took note of, and whom it tells how far it is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import Record
from newsledger.settings import Settings
from newsledger.store import batches
from newsledger.store.ledger import Ledger
from newsledger.store.objects import Objects
from newsledger.store.schema import Row
from newsledger.store.tables import Articles

T = TypeVar("T")
R = TypeVar("R", bound=Record)

Told = Callable[[str, int], None]
"""Takes what is being looked at, and how many of them were."""


def nobody(what: str, done: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Look:
    """What the checks of one verification share."""

    objects: Objects
    settings: Settings
    before: datetime
    """What is younger may be under way."""
    told: Told = nobody
    ledger: Ledger = field(default_factory=Ledger)

    def counted(self, what: str, things: Iterable[T]) -> Iterator[T]:
        """The things, told of as they pass."""
        for number, thing in enumerate(things, 1):
            self.told(what, number)
            yield thing

    def under_way(self, batch_id: str) -> bool:
        """Whether a batch is pending at this moment, or waits for a person."""
        pending = self.objects.exists(f"{batches.PENDING}{batch_id}.json")
        return pending or self.objects.exists(batches.held_key(batch_id))

    def rows_now(self, predicate: str) -> list[Row]:
        """What the table holds at this moment; nothing where there is none."""
        try:
            return Articles.find(self.settings).rows(predicate)
        except NotStoredError:
            return []

    def decoded(self, where: str, kind: type[R]) -> R | msgspec.DecodeError | None:
        """What lies under a key; null when it is gone, and why it cannot be read."""
        try:
            return msgspec.json.decode(self.objects.get(where), type=kind)
        except NotStoredError:
            return None
        except msgspec.DecodeError as error:
            return error


def some(things: Iterator[T], number: int = 64) -> Iterator[list[T]]:
    """The things, so many at a time."""
    while part := list(islice(things, number)):
        yield part
