"""Forget an article: write its tombstone, then take it out of every place, the table first.

Each step can be done again, and the tombstone remembers what the places that are gone by then could have told. So
whoever is killed on the way is finished by running it again.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from newsledger.envelope import without
from newsledger.errors import ConflictError, NotStoredError, QueryError, StoreError
from newsledger.records import Rejection, sha256
from newsledger.settings import Settings
from newsledger.store import batches, erasure, kept, quarantine, rulings, tombstones
from newsledger.store.batches import Item, Outcome
from newsledger.store.decisions import Sighting
from newsledger.store.objects import Objects
from newsledger.store.prints import of_texts, prints, share
from newsledger.store.publish import write_lines
from newsledger.store.schema import Row, instant
from newsledger.store.tables import Articles
from newsledger.store.tombstones import Tombstone
from newsledger.store.verify_beside import of_article

DOCS = "reports/data-docs/"
_TRIES = 60


def begin(objects: Objects, settings: Settings, article_id: str, by: str, at: str, reason: str) -> Tombstone:
    """Write the tombstone: from now on nothing of the article is published. ``at`` is a UTC date-time.

    Raises:
        QueryError: there is no such article, and it was not forgotten before.
    """
    known = tombstones.find(objects, article_id)
    articles = Articles.open(settings)
    rows = articles.rows(of_article(article_id))
    rejections = [one for one in quarantine.read(objects) if one.article_id == article_id]
    places = kept.holding(objects, article_id)
    if not rows and not rejections and not places and known is None:
        raise QueryError(f"No article has the id {article_id!r}: see `newsledger records articles`.")
    words = of_texts(_texts(rows, rejections))
    stone = Tombstone(
        id=tombstones.identity(article_id),
        article_id=article_id,
        by=by,
        at=at,
        reason=reason,
        seqs=tuple(row["seq"] for row in rows),
        batches=tuple(sorted(_batches(objects, article_id, rows, rejections))),
        raws=tuple(digest for place in places if place.member is None and (digest := _digest(place.key))),
        entries=tuple(place.member for place in places if place.member),
        prints=tuple(sorted(_own(articles, article_id, share(words)))) if words else (),
    )
    return tombstones.lay(objects, stone)


def _digest(raw_key: str) -> str:
    return raw_key.removeprefix("raw/")


def _texts(rows: Iterable[Row], rejections: Iterable[Rejection]) -> Iterator[str]:
    for row in rows:
        yield row["headline"] or ""
        yield row["body"]
    for rejection in rejections:
        article = rejection.record.get("article", {})
        yield from (str(words) for words in (article.get("headline"), article.get("body"), rejection.context) if words)


def _own(articles: Articles, article_id: str, words: frozenset[str]) -> set[str]:
    """The prints that no other article has: a sentence that an agency gave to many stands in theirs by right."""
    left = set(words)
    for row in articles.texts():
        if row["article_id"] != article_id:
            left.difference_update(prints(row["headline"] or ""), prints(row["body"]))
    return left


def _batches(objects: Objects, article_id: str, rows: Iterable[Row], rejections: Iterable[Rejection]) -> Iterator[str]:
    yield from {row["batch_id"] for row in rows}
    yield from {one.batch_id for one in rejections if one.batch_id}
    for outcome in batches.outcomes(objects):
        if any(article.get("article_id") == article_id for article in outcome.articles):
            yield outcome.batch_id


def sweep(objects: Objects, settings: Settings, article_id: str, stone: Tombstone) -> tuple[Tombstone, Counter[str]]:
    """Take the article out of every place; the tombstone as it is then, and how much was removed or rewritten where."""
    articles = Articles.open(settings)
    done: Counter[str] = Counter()
    stone = _take_out_rows(objects, articles, article_id, stone, done)
    done["files of the table"] += len(erasure.purge(objects, articles, article_id))
    stone = _take_out_raw(objects, article_id, stone, done)
    _take_out_lines(objects, articles, stone, done)
    _take_out_sightings(objects, article_id, done)
    _take_out_rejections(objects, article_id, stone, done)
    _take_out_rulings(objects, article_id, done)
    _take_out_reports(objects, stone, done)
    _take_out_outcomes(objects, article_id, stone, done)
    _take_out_staging(objects, stone, done)
    _remove(objects, [f"heads/{stone.id}.json"], "heads", done)
    return stone, done


def _take_out_rows(
    objects: Objects, articles: Articles, article_id: str, stone: Tombstone, done: Counter[str]
) -> Tombstone:
    """Commit that its rows are no more, once nobody can add any: who decided before must decide again from here on."""
    _first_of_all(articles, articles.take_place)

    def delete() -> None:
        nonlocal stone
        rows = articles.rows(of_article(article_id))
        if rows:
            seqs, by = (row["seq"] for row in rows), {row["batch_id"] for row in rows}
            stone = tombstones.lay(objects, replace(stone, seqs=tuple(seqs), batches=tuple(by)))
            articles.delete([row["seq"] for row in rows])
            done["rows of the table"] += len(rows)

    _first_of_all(articles, delete)
    return stone


def _first_of_all(articles: Articles, act: Callable[[], None]) -> None:
    """Act on the newest snapshot, again and again until no other writer was first."""
    for attempt in range(_TRIES):
        articles.refresh()
        try:
            return act()
        except ConflictError:
            time.sleep(random.uniform(0, 0.02 * min(attempt + 1, 10)))
    raise StoreError(f"Cannot forget: {_TRIES} times another writer was first; run it again.")


def _take_out_raw(objects: Objects, article_id: str, stone: Tombstone, done: Counter[str]) -> Tombstone:
    """Remove what it was read from; of the entries of a poll only its own lines, the rest stays under the same key."""
    places = kept.holding(objects, article_id)
    whole = {_digest(place.key) for place in places if place.member is None}
    entries = {place.member for place in places if place.member}
    stone = tombstones.lay(objects, replace(stone, raws=tuple(whole), entries=tuple(entries)))
    for key in {place.key for place in places if place.member}:
        stone = _redact(objects, key, stone, done)
    _remove(objects, [batches.raw_key(digest) for digest in stone.raws], "raw bytes", done)
    return stone


def _redact(objects: Objects, key: str, stone: Tombstone, done: Counter[str]) -> Tombstone:
    while True:
        try:
            stored = objects.read(key)
        except NotStoredError:
            return stone
        left = without(stored.data, stone.entries)
        if left == stored.data:
            return stone
        if not left:
            stone = tombstones.lay(objects, replace(stone, raws=(_digest(key),)))
            _remove(objects, [key], "raw bytes", done)
            return stone
        stone = tombstones.lay(objects, replace(stone, redacted={_digest(key): sha256(left)}))
        try:
            objects.replace(key, left, stored.etag)
        except ConflictError:  # another article is being forgotten
            continue
        done["raw bytes"] += 1
        return stone


def _take_out_lines(objects: Objects, articles: Articles, stone: Tombstone, done: Counter[str]) -> None:
    """Write the JSON Lines of its batches anew from the rows that are left."""
    articles.refresh()
    for listed in list(objects.list("records/jsonl/")):
        batch_id, day = listed.key.rsplit("/", 1)[1].partition(".")[0], listed.key.split("/")[-2]
        if batch_id not in stone.batches:
            continue
        rows = articles.batch(batch_id, instant(day).date())
        before = objects.etag(listed.key)
        if rows:
            write_lines(objects, rows)
            done["JSON Lines"] += objects.etag(listed.key) != before
        else:
            _remove(objects, [listed.key], "JSON Lines", done)


def _take_out_sightings(objects: Objects, article_id: str, done: Counter[str]) -> None:
    decoder = msgspec.json.Decoder(Sighting)
    for listed in list(objects.list("records/sightings/")):
        data = objects.get(listed.key)
        lines = [line for line in data.splitlines(keepends=True) if decoder.decode(line).article_id != article_id]
        _rewrite(objects, listed.key, data, b"".join(lines), "sightings", done)


def _take_out_rejections(objects: Objects, article_id: str, stone: Tombstone, done: Counter[str]) -> None:
    keys = [quarantine.key(one) for one in quarantine.read(objects) if _is_of(one, article_id, stone)]
    _remove(objects, keys, "quarantine", done)


def _is_of(rejection: Rejection, article_id: str, stone: Tombstone) -> bool:
    return rejection.article_id == article_id or rejection.article_id in stone.raws  # one of bytes that gave nothing


def _take_out_rulings(objects: Objects, article_id: str, done: Counter[str]) -> None:
    keys = [rulings.key(case.id) for case in rulings.every(objects) if case.article_id == article_id]
    _remove(objects, keys, "rulings", done)


def _take_out_reports(objects: Objects, stone: Tombstone, done: Counter[str]) -> None:
    """Validation results show values that fell short, and not whose they were: of its batches only numbers stay."""
    for batch_id in stone.batches:
        try:
            data = objects.get(batches.report_key(batch_id))
        except NotStoredError:
            continue
        _rewrite(objects, batches.report_key(batch_id), data, numbers(data), "reports", done)
    pages = [listed.key for listed in objects.list(DOCS) if any(one in listed.key for one in stone.batches)]
    _remove(objects, pages, "Data Docs", done)


def numbers(report: bytes) -> bytes:
    """A validation result without any value of a record."""
    told: dict[str, Any] = msgspec.json.decode(report)
    for kind in told.get("kinds", {}).values():
        for one in kind.get("expectations", ()):
            one.pop("result", None)
    told["findings"] = []
    return msgspec.json.encode(told)


def _take_out_outcomes(objects: Objects, article_id: str, stone: Tombstone, done: Counter[str]) -> None:
    """Finished batches name files, headlines and reasons."""
    for listed in list(objects.list(batches.DONE)):
        while not _outcome_rewritten(objects, listed.key, article_id, stone, done):
            pass  # another article is being forgotten


def _outcome_rewritten(objects: Objects, key: str, article_id: str, stone: Tombstone, done: Counter[str]) -> bool:
    stored = objects.read(key)
    outcome = msgspec.json.decode(stored.data, type=Outcome)
    left = _without(outcome, article_id, stone)
    if left != outcome:
        try:
            objects.replace(key, msgspec.json.encode(left), stored.etag)
        except ConflictError:
            return False
        done["outcomes of batches"] += 1
    return True


def _came_from(item: Item, stone: Tombstone) -> bool:
    return item.raw_sha256 in stone.raws or item.read_sha256 in stone.entries or item.page_sha256 in stone.raws


def _without(outcome: Outcome, article_id: str, stone: Tombstone) -> Outcome:
    inputs = {item.origin for item in outcome.items if _came_from(item, stone)}
    return replace(
        outcome,
        items=tuple(
            replace(item, known_as=tuple(one for one in item.known_as if one[1] != article_id))
            for item in outcome.items
            if not _came_from(item, stone)
        ),
        articles=tuple(one for one in outcome.articles if one.get("article_id") != article_id),
        rejected=tuple(one for one in outcome.rejected if one.get("input") not in inputs),
    )


def _take_out_staging(objects: Objects, stone: Tombstone, done: Counter[str]) -> None:
    """What work that is no more has left; what is under way is refused when it comes to be published."""
    for batch_id in stone.batches:
        if not objects.exists(f"{batches.PENDING}{batch_id}.json"):
            keys = [listed.key for listed in objects.list(f"{batches.STAGING}{batch_id}/")]
            _remove(objects, keys, "staging", done)


def _rewrite(objects: Objects, key: str, before: bytes, after: bytes, what: str, done: Counter[str]) -> None:
    if after == before:
        return
    if after:
        objects.put(key, after)
    else:
        objects.delete(key)
    done[what] += 1


def _remove(objects: Objects, keys: Iterable[str], what: str, done: Counter[str]) -> None:
    for key in keys:
        if objects.exists(key):
            objects.delete(key)
            done[what] += 1
