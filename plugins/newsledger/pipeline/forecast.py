"""What a replay would change, said without changing anything: articles are read and judged, and nothing is written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newsledger.extract.reader import Reader
from newsledger.pipeline.extract import bounded, read_items
from newsledger.pipeline.replay import prepare
from newsledger.pipeline.validate import judged
from newsledger.pipeline.words import now
from newsledger.records import FactKind
from newsledger.settings import Settings
from newsledger.store.batches import Item, Manifest
from newsledger.store.decisions import Outcome, Placed, decide
from newsledger.store.heads import Heads
from newsledger.store.objects import Objects
from newsledger.store.schema import Row, row
from newsledger.store.tables import Articles

_SAME = {Outcome.duplicate, Outcome.unchanged}


class Change(NamedTuple):
    """What would become of one article."""

    article_id: str
    input: str
    outcome: str
    """``new``, ``version``, ``revision``; ``unchanged`` too where records of it would be rejected."""
    changed: tuple[str, ...]
    added: Mapping[str, int]
    """Facts that the newest revision lacks, by kind."""
    removed: Mapping[str, int]
    rejected: int
    """Records that would be rejected."""


def forecast(settings: Settings, items: Iterable[Item]) -> Iterator[Change]:
    """The articles that a replay of these items would change, or of which it would reject something."""
    with bounded(settings) as reader:  # first, since it is a fork: before connections
        objects = Objects.open(settings)
        for manifest in prepare(settings, objects, items, "replay", "forecast"):
            yield from _of_batch(settings, objects, reader, manifest)


def _of_batch(settings: Settings, objects: Objects, reader: Reader, manifest: Manifest) -> Iterator[Change]:
    read, failed = read_items(objects, reader, manifest, manifest.items)
    verdict = judged(settings, objects, manifest, read)
    candidates = [row(extraction, manifest.batch_id, now()) for extraction in verdict.accepted]
    articles = Articles.open(settings)
    heads = Heads(objects).load((each["article_id"] for each in candidates), articles)
    placed = decide(candidates, heads, articles.seq).placed
    rejected = [rejection.article_id for rejection in (*failed, *verdict.rejected)]
    for extraction, candidate, place in zip(verdict.accepted, candidates, placed, strict=True):
        lost = rejected.count(place.article_id)
        if place.outcome not in _SAME or lost:
            before = _before(articles, place)
            added, removed = _difference(before, candidate), _difference(candidate, before)
            said = place.outcome.value if place.outcome not in _SAME else "unchanged"
            yield Change(place.article_id, extraction.input, said, place.changed, added, removed, lost)
    passed = {extraction.article.article_id for extraction in verdict.accepted}
    for rejection in (*failed, *verdict.rejected):
        if rejection.article_id not in passed:
            yield Change(rejection.article_id, rejection.input, "rejected", (), {}, {}, 1)


def _before(articles: Articles, place: Placed) -> Row | None:
    literal = place.article_id.replace("'", "''")
    rows = [each for each in articles.rows(f"article_id = '{literal}'") if each["version"] <= place.version]
    return rows[-1] if rows else None


def _difference(less: Row | None, more: Row | None) -> dict[str, int]:
    """How many facts of each kind the one has that the other lacks."""
    found = {kind.value: len(_ids(more, kind) - _ids(less, kind)) for kind in FactKind}
    return {kind: number for kind, number in found.items() if number}


def _ids(of: Row | None, kind: FactKind) -> set[str]:
    return {fact["fact_id"] for fact in of[kind.value]} if of else set()
