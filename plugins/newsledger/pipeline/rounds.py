"""Which batches a reviewer is asked about, and when.

A run asks about some batches and waits for the answers. At most one such run is open for batches that are held, and
one for batches with rejected records; what comes meanwhile is asked by the next. A run that is not answered ends, and
the next asks again: nothing is lost, and no runs pile up.
"""

from datetime import UTC, datetime, timedelta

from newsledger.pipeline.deciding import undecided
from newsledger.records import Rejection
from newsledger.settings import Settings
from newsledger.store import held, quarantine, reviews, rulings
from newsledger.store.objects import Objects
from newsledger.store.reviews import Round, RoundKind

BATCHES = 30
"""Batches of one run at the most."""
_SLACK = timedelta(minutes=30)
"""A run that was deleted or killed is over so much later than one that ended."""


def waits(settings: Settings, now: datetime | None = None) -> bool:
    """Whether somebody should be asked who is not being asked already."""
    now = now or datetime.now(UTC)
    objects = Objects.open(settings)
    reviews.complete(objects, quarantine.batch_ids(objects))
    if reviews.open_round(objects, "held", now) is None and any(held.every(objects)):
        return True
    return reviews.open_round(objects, "rejected", now) is None and bool(reviews.waiting(objects, now))


def begin(settings: Settings, run_id: str, patience: timedelta, now: datetime | None = None) -> tuple[str, ...]:
    """The batches that this run asks about: those that are held, else those with rejected records, if there are any.

    The same run is told the same again. ``patience`` is how long it waits for answers.
    """
    now = now or datetime.now(UTC)
    objects = Objects.open(settings)
    under_way = {kind: reviews.open_round(objects, kind, now) for kind in reviews.KINDS}
    for known in under_way.values():
        if known and known.run_id == run_id:
            return known.batch_ids
    for kind in reviews.KINDS:
        if under_way[kind] is None and (ids := _asked(objects, kind, now)):
            until = (now + patience + _SLACK).isoformat()
            reviews.begin_round(objects, kind, Round(run_id=run_id, until=until, batch_ids=ids))
            return ids
    return ()


def end(settings: Settings, run_id: str) -> None:
    """Note that a run asks no more."""
    objects = Objects.open(settings)
    for kind in reviews.KINDS:
        known = reviews.open_round(objects, kind, datetime.now(UTC))
        if known and known.run_id == run_id:
            reviews.end_round(objects, kind)


def open_of(objects: Objects, batch_id: str) -> list[Rejection]:
    """The rejected records of a batch that nobody has decided on; its note goes where there are none."""
    found = quarantine.of_batch(objects, batch_id)
    cases = rulings.among(objects, {rejection.rejection_id for rejection in found})
    left = [rejection for rejection in found if undecided(cases.get(rejection.rejection_id))]
    if not left:
        reviews.forget(objects, batch_id)
    return left


def _asked(objects: Objects, kind: RoundKind, now: datetime) -> tuple[str, ...]:
    if kind == "held":
        return tuple(one.batch_id for one in held.every(objects))[:BATCHES]
    found: list[str] = []
    for batch_id in reviews.waiting(objects, now):
        if len(found) == BATCHES:
            break
        if open_of(objects, batch_id):
            found.append(batch_id)
    return tuple(found)
