"""Whether batches get done, and leave nothing behind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from newsledger.store import batches, handovers
from newsledger.store.batches import Manifest, Outcome, Tries
from newsledger.store.findings import Finding, Trouble
from newsledger.store.handovers import Handover
from newsledger.store.held import Held
from newsledger.store.looking import Look, some
from newsledger.store.objects import Listed, each
from newsledger.store.schema import instant

LONGEST = timedelta(days=1)
"""A batch that waits for longer is a finding, even while others get done."""


@dataclass
class Work:
    """What is known of batches."""

    pending: dict[str, Manifest] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    """Batches that will be pending: held, or about to be opened."""
    finished: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """When the newest was."""


def note(look: Look, work: Work) -> Iterator[Finding]:
    """Take note of every batch. Pending ones first: one that is done meanwhile is met twice rather than not at all."""
    for listed in look.objects.list(batches.PENDING):
        manifest = look.decoded(listed.key, Manifest)
        if isinstance(manifest, msgspec.DecodeError):
            yield _unreadable(listed.key, manifest)
        elif manifest is not None:
            work.pending[manifest.batch_id] = manifest
            look.ledger.know(manifest.items)
    _note_coming(look, work)
    done = look.counted("Batches", look.objects.list(batches.DONE))
    for part in some(done):
        for listed, outcome in zip(part, each(lambda one: look.decoded(one.key, Outcome), part), strict=True):
            if isinstance(outcome, msgspec.DecodeError):
                yield _unreadable(listed.key, outcome)
            elif outcome is not None:
                _hear(look, work, listed, outcome)


def _note_coming(look: Look, work: Work) -> None:
    for prefix, kind in ((batches.HELD, Held), (handovers.PREFIX, Handover)):
        for listed in look.objects.list(prefix):
            found = look.decoded(listed.key, kind)
            for manifest in _manifests(found):
                work.held.add(manifest.batch_id)
                look.ledger.know(manifest.items)


def _manifests(found: object) -> tuple[Manifest, ...]:
    """Of what is not pending and will be: batches that wait for a person, and those that a poll is about to open."""
    if isinstance(found, Held):
        return (found.manifest,)
    return found.manifests if isinstance(found, Handover) else ()


def _hear(look: Look, work: Work, listed: Listed, outcome: Outcome) -> None:
    work.finished = max(work.finished, listed.modified)
    look.ledger.know(outcome.items)
    look.ledger.hear(outcome)


def _unreadable(where: str, error: Exception) -> Finding:
    return Finding(kind=Trouble.batch, where=where, message=f"It cannot be read: {error}")


def lost(look: Look, last: int) -> Iterator[Finding]:
    """What finished batches say that they published, and the table lacks."""
    for seq, article_id, batch_id in look.ledger.lost(last):
        message = f"Batch {batch_id} published it at position {seq}, which the table lacks."
        yield Finding(kind=Trouble.lost, where=str(article_id or seq), message=message)


def waiting(look: Look, work: Work) -> Iterator[Finding]:
    """Batches that nobody gets done. A long queue that moves is none: what is read again waits for what is fresh."""
    for manifest in work.pending.values():
        where = f"{batches.PENDING}{manifest.batch_id}.json"
        since, longest = instant(manifest.created_at), look.before - LONGEST
        if since >= look.before or (work.finished >= look.before and since >= longest):
            continue
        tries = look.decoded(f"{batches.TRIES}{manifest.batch_id}.json", Tries)
        attempts, at = (tries.attempts, tries.attempted_at) if isinstance(tries, Tries) else (0, None)
        if (at and instant(at) >= look.before) or not look.objects.exists(where):
            continue
        message = f"It waits since {manifest.created_at}, after {attempts} attempts: see its runs in Airflow."
        yield Finding(kind=Trouble.pending, where=where, message=message)


def unclaimed(look: Look) -> Iterator[Finding]:
    """Raw bytes that came long ago and belong to no batch."""
    suspects = list(look.ledger.unknown_raws(look.before.timestamp()))
    if not suspects:
        return
    for _ in note(look, Work()):  # batches that came meanwhile
        pass
    for where, modified in look.ledger.unknown_raws(look.before.timestamp()):
        at = datetime.fromtimestamp(modified, UTC)
        if look.objects.exists(where):
            message = f"Collected at {at:%Y-%m-%d %H:%M}, it belongs to no batch: drop the file again if it is missed."
            yield Finding(kind=Trouble.raw_unclaimed, where=where, message=message)


def left_over(look: Look, work: Work) -> Iterator[Finding]:
    """What work that is no more has left."""
    for prefix in (batches.STAGING, batches.TRIES, "probe/"):
        for where, _, modified in look.ledger.listed(prefix):
            batch_id = where.removeprefix(prefix).partition("/")[0].removesuffix(".json")
            old = datetime.fromtimestamp(modified, UTC) < look.before
            under_way = batch_id in work.pending or batch_id in work.held
            if old and not under_way and look.objects.exists(where) and not look.under_way(batch_id):
                message = "It belongs to no batch that is pending."
                yield Finding(kind=Trouble.staging, where=where, message=message)
