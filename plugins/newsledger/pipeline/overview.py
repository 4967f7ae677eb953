"""How the whole ledger stands, a line each: what waits, what is held, what people decided, whether there is room."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from newsledger.inboxes import inbox
from newsledger.pipeline import capacity
from newsledger.pipeline.words import count
from newsledger.settings import Settings
from newsledger.store import batches, held, reviews, rulings
from newsledger.store.heads import Heads
from newsledger.store.objects import Objects


def overview(settings: Settings) -> Iterator[str]:
    """One line a thing.

    Raises:
        StoreError: the object store is out of reach.
    """
    objects = Objects.open(settings)
    yield f"inbox       {count(len(inbox(settings).look()), 'file')} in {settings.inbox}"
    pending = batches.pending(objects)
    again = sum(manifest.attempts > 1 for manifest in pending)
    yield f"under way   {count(len(pending), 'batch')}" + (f", {again} of them tried more than once" if again else "")
    for one in sorted(held.every(objects), key=lambda one: one.at):
        yield f"held        batch {one.batch_id} since {one.at[:16]}Z: {' '.join(one.why)}"
    waiting = len(reviews.noted(objects))
    yield f"quarantine  {count(waiting, 'batch')} with records that somebody should look at"
    verdicts = Counter(case.ruling.verdict.value for case in rulings.every(objects))
    said = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(verdicts.items()))
    yield f"decisions   {said or 'none'}"
    yield f"published   up to position {Heads(objects).position():,}"
    yield f"room        {capacity.shortage(settings, objects) or 'enough'}"
    for kind in reviews.KINDS:
        if asking := reviews.open_round(objects, kind, datetime.now(UTC)):
            yield f"review      {count(len(asking.batch_ids), 'batch')} put to people in Airflow (review_quarantine)"
