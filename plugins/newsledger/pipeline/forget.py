"""Forget an article for good: in the store, in the folders of the inbox, in the logs of this machine; and prove it.

Everything here can be done again. Work that was under way when it began may still bring something of the article; it
is refused when it comes to be published, and swept up once it is done.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsledger.errors import NewsledgerError
from newsledger.inboxes import inbox
from newsledger.pipeline.forgotten import NOT_FORGOTTEN
from newsledger.pipeline.words import count, now
from newsledger.records import Rejection, sha256
from newsledger.settings import Settings
from newsledger.store import batches, forgetting, quarantine, search, tombstones
from newsledger.store.objects import Objects
from newsledger.store.prints import prints
from newsledger.store.tombstones import Tombstone

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds to wait for work that was under way."""
Told = Callable[[str, int], None]


class Forgotten(NamedTuple):
    """What came of it."""

    removed: Counter[str]
    """How much was removed or rewritten, by place."""
    searched: search.Searched
    left: tuple[str, ...]
    """Where words of it still stand; none where it is proved."""
    others: tuple[str, ...]
    """Raw bytes of other articles in which words of it stand as well."""
    pending: tuple[str, ...]
    """Batches under way that may still hold something of it."""


def forget(
    settings: Settings, article_id: str, by: str, reason: str, told: Told, patience: float = PATIENCE
) -> Forgotten:
    """Remove an article and everything that was derived from it, and search for what is left.

    Raises:
        QueryError: there is no such article, and it was not forgotten before.
        StoreError: the object store is out of reach; run it again.
    """
    objects, until = Objects.open(settings), time.monotonic() + patience
    stone = forgetting.begin(objects, settings, article_id, by, now(), reason)
    under_way = {manifest.batch_id for manifest in batches.pending(objects)}  # what comes later sees the tombstone
    removed: Counter[str] = Counter()
    while True:
        told("Removing", removed.total())
        under_way = {one for one in under_way if objects.exists(f"{batches.PENDING}{one}.json")}
        stone, done = forgetting.sweep(objects, settings, article_id, stone)
        done["files"] += _from_inbox(settings, stone) + _from_logs(settings, stone)
        removed += done
        if under_way and time.monotonic() < until:
            time.sleep(1)
            continue
        searched = _search(objects, article_id, stone, told)
        others = {
            key for key in searched.found if key.startswith("raw/") and key.removeprefix("raw/") not in stone.raws
        }
        left = tuple(sorted(searched.found.keys() - others))
        if not left and not under_way:
            tombstones.prove(objects, stone, now())
        return Forgotten(removed, searched, left, tuple(sorted(others)), tuple(sorted(under_way)))


def _search(objects: Objects, article_id: str, stone: Tombstone, told: Told) -> search.Searched:
    """Its words, everywhere; its name, wherever names are kept. The text of others may hold a link to it."""
    found = search.search(objects, frozenset(stone.prints), (), told)
    names = search.search(objects, (), (article_id,), told, NAMED)
    found.found |= names.found
    return found


def _was_forgotten(rejection: Rejection) -> bool:
    return any(reason.expectation == NOT_FORGOTTEN for reason in rejection.reasons)


def told_of(done: Forgotten) -> list[str]:
    """What came of it, in lines."""
    removed = ", ".join(f"{number} {what}" for what, number in sorted(done.removed.items()) if number)
    lines = [f"Removed or rewritten: {removed or 'nothing was left'}"]
    looked = done.searched
    lines.append(f"Searched {count(looked.objects, 'object')}, {looked.bytes:,} characters unpacked, for its words")
    lines += [f"Cannot be looked into: {key}" for key in looked.unread]
    lines += [f"Also in the bytes of other articles, which stay: {key}" for key in done.others]
    lines += [f"Under way, and may hold it: batch {one}; run this again once it is done" for one in done.pending]
    lines += [f"Still there: {key}; run this again" for key in done.left]
    return lines if done.left or done.pending else [*lines, "Nothing of it is left."]


NAMED = ("batches/", "heads/", "quarantine/", "records/sightings/", "rulings/", "reports/", "staging/")
"""Where an article's id would stand."""


def _from_inbox(settings: Settings, stone: Tombstone) -> int:
    """Remove files of its bytes, done, rejected or waiting, with the notes beside them."""
    place, gone = inbox(settings), 0
    if not stone.raws:
        return 0
    for file in [*place.look(), *place.aside()]:
        with suppress(NewsledgerError):
            data = place.read(file) if file.regular else None
            gone += data is not None and sha256(data) in stone.raws and place.remove(file)
    return gone


def _from_logs(settings: Settings, stone: Tombstone) -> int:
    """Take lines that hold words of it out of the logs of this machine."""
    wanted, gone = frozenset(stone.prints), 0
    folders = (settings.home / "logs", settings.home / "airflow" / "logs")
    for path in (path for folder in folders if folder.is_dir() for path in folder.rglob("*.log")):
        with suppress(OSError):
            gone += _lines_removed(path, wanted)
    return gone


def _lines_removed(path: Path, wanted: Collection[str]) -> bool:
    lines = path.read_text("utf-8", "replace").splitlines(keepends=True)
    left = [line for line in lines if not any(one in wanted for one in prints(line))]
    if len(left) < len(lines):
        path.write_text("".join(left), "utf-8")
    return len(left) < len(lines)


def again(settings: Settings, told: Told) -> int:
    """Finish what was begun, and take out what came in again since and was turned away; how many articles that was."""
    objects = Objects.open(settings)
    begun = {stone.article_id: stone for stone in tombstones.every(objects) if stone.article_id}
    came = {one.article_id for one in quarantine.read(objects) if _was_forgotten(one)}
    found = begun | tombstones.among(objects, came)
    for article_id, stone in found.items():
        done = forget(settings, article_id, stone.by, stone.reason, told, patience=0)
        log.info("Forgot %s again: %s removed, %s left", stone.id, done.removed.total(), count(len(done.left), "place"))
    return len(found)
