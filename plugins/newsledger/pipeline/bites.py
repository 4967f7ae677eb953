"""How much one batch takes on."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from newsledger.settings import Settings


class Sized(Protocol):
    """What has a size in bytes."""

    @property
    def size(self) -> int:
        """In bytes."""


S = TypeVar("S", bound=Sized)


def bites(settings: Settings, things: Iterable[S]) -> Iterator[list[S]]:
    """The things in order, in parts that are each small enough for a batch; one that is too large stands alone."""
    bite: list[S] = []
    size = 0
    for thing in things:
        if bite and (len(bite) == settings.batch_articles or size + thing.size > settings.batch_bytes):
            yield bite
            bite, size = [], 0
        bite.append(thing)
        size += thing.size
    if bite:
        yield bite
