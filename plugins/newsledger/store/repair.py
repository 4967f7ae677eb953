"""Mend what a verification found: only what can be made anew from the table, or is left of work that is no more."""

from collections.abc import Callable
from datetime import date

from newsledger.settings import Settings
from newsledger.store import tombstones
from newsledger.store.findings import Finding, Trouble
from newsledger.store.heads import Heads
from newsledger.store.objects import Objects
from newsledger.store.publish import write_lines
from newsledger.store.tables import Articles


def repair(objects: Objects, settings: Settings, finding: Finding) -> str | None:
    """Mend a finding and say what was done; null for what people must look at. Doing it twice does no harm."""
    mends: dict[Trouble, Callable[[], str | None]] = {
        Trouble.json_lines: lambda: _lines(objects, settings, finding.where),
        Trouble.head: lambda: _head(objects, settings, finding),
        Trouble.staging: lambda: _removed(objects, finding.where),
    }
    mend = mends.get(finding.kind)
    return mend() if mend else None


def _lines(objects: Objects, settings: Settings, where: str) -> str | None:
    """From the table; not while an article of the batch is being forgotten, which writes them itself."""
    batch_id = where.rsplit("/", 1)[1].partition(".")[0]
    if any(not stone.proved_at and batch_id in stone.batches for stone in tombstones.every(objects)):
        return None
    rows = Articles.find(settings).batch(batch_id, date.fromisoformat(where.split("/")[-2]))
    if not rows:
        objects.delete(where)
        return "Removed: the table has no such rows."
    write_lines(objects, rows)
    return f"Written anew from {len(rows)} rows of the table."


def _head(objects: Objects, settings: Settings, finding: Finding) -> str:
    done = Heads(objects).mend(finding.where, finding.article_id, Articles.open(settings))
    return f"Made anew from the table, up to position {done}." if done else "Removed: the table has no such article."


def _removed(objects: Objects, where: str) -> str:
    objects.delete(where)
    return "Removed."
