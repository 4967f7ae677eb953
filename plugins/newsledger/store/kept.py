"""Where the bytes are that an article was read from: what an erasure has to remove.

A dropped file and the page behind an entry are objects of their own. The entries of a poll share one: there the line of
the article is taken out and the rest is written back under the same key (``envelope.without``). What a file, an archive
or a page gave besides is told of as ``others``, for whoever erases to decide.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from newsledger.records import Record
from newsledger.store import batches, quarantine
from newsledger.store.batches import Outcome
from newsledger.store.objects import Objects

Place = tuple[str, str | None]
"""Raw key; and of an entry of a feed its member."""
_Read = tuple[str | None, str]
"""Batch and input."""


class Kept(Record, frozen=True, kw_only=True):
    """One place that an article was read from."""

    key: str
    """Raw key."""
    member: str | None = None
    """Of an entry of a feed: the SHA-256 of its line. Null: the whole object."""
    others: tuple[str, ...] = ()
    """Ids of further articles that were read from it."""


def holding(objects: Objects, article_id: str) -> tuple[Kept, ...]:
    """Every place that an article was read from, published, repeated or rejected, in order; reads all outcomes twice.

    A batch that is still pending has not said yet what it holds: ask again once it is done.
    """
    rejected = _rejected(objects)
    mine = {place for place, found in _told(objects, rejected) if article_id in found}
    others: dict[Place, set[str]] = defaultdict(set)
    for place, found in _told(objects, rejected):
        if place in mine:
            others[place] |= found - {article_id}
    return tuple(
        Kept(key=key, member=member, others=tuple(sorted(others[key, member])))
        for key, member in sorted(mine, key=lambda place: (place[0], place[1] or ""))
    )


def _told(objects: Objects, rejected: Mapping[_Read, AbstractSet[str]]) -> Iterator[tuple[Place, AbstractSet[str]]]:
    """Each place that a finished batch read, and the articles that it found there."""
    for outcome in batches.outcomes(objects):
        found = _found(outcome)
        for item in outcome.items:
            ids = found[item.origin] | rejected.get((outcome.batch_id, item.origin), set())
            yield (item.raw_key, item.raw_member), ids
            if item.page_key:
                yield (item.page_key, None), ids


def _found(outcome: Outcome) -> dict[str, set[str]]:
    """By input the articles that passed."""
    found: dict[str, set[str]] = defaultdict(set)
    for article in outcome.articles:
        found[article["input"]].add(article["article_id"])
    return found


def _rejected(objects: Objects) -> dict[_Read, set[str]]:
    """By batch and input the articles that lie in quarantine, or facts of which do."""
    found: dict[_Read, set[str]] = defaultdict(set)
    for rejection in quarantine.read(objects):
        found[rejection.batch_id, rejection.input].add(rejection.article_id)
    return found
