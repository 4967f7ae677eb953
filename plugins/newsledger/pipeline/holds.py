"""What people do with a batch that the breaker holds: let it through as it is, read it again, or drop it.

Whatever is decided, the batch goes on by the same way as any other; the decision is kept under its id.
"""

from collections.abc import Iterator
from typing import NamedTuple

from newsledger.errors import NotStoredError, QueryError
from newsledger.pipeline.deciding import ruling
from newsledger.quality.validate import record_id
from newsledger.records import Extraction, Rejection
from newsledger.settings import Settings
from newsledger.store import batches, held, rulings
from newsledger.store.held import Held
from newsledger.store.objects import Objects, each
from newsledger.store.rulings import Case, Verdict


def named(settings: Settings, beginning: str) -> Held | None:
    """The held batch whose id begins so, if there is exactly one."""
    found = [one for one in every(settings) if beginning and one.batch_id.startswith(beginning.lower())]
    return found[0] if len(found) == 1 else None


class Contents(NamedTuple):
    """What a held batch would publish, and what not."""

    accepted: tuple[Extraction, ...]
    rejected: tuple[Rejection, ...]


def every(settings: Settings) -> list[Held]:
    """The batches that are held, the oldest first."""
    return sorted(held.every(Objects.open(settings)), key=lambda one: one.at)


def contents(objects: Objects, one: Held) -> Contents:
    """What validation made of it; nothing where it is staged no more."""
    try:
        accepted = batches.staged(objects, one.batch_id, "accepted.jsonl", Extraction)
        return Contents(tuple(accepted), tuple(batches.staged(objects, one.batch_id, "rejected.jsonl", Rejection)))
    except NotStoredError:
        return Contents((), ())


def decide(settings: Settings, beginning: str, verdict: Verdict, by: str, reason: str) -> Case:
    """Release a held batch (it is published as it is), have it judged anew by the present rules, or drop it.

    Of a dropped one each article is dropped, and stays out when it comes again.

    Raises:
        QueryError: no batch is held whose id begins so, or several are; or that cannot be decided of a batch.
    """
    objects = Objects.open(settings)
    one = held.find(objects, beginning)
    made = ruling(verdict, by, reason)
    match verdict:
        case Verdict.dropped:
            each(lambda subject: rulings.rule(objects, subject, made), [*_subjects(objects, one)])
        case Verdict.retracted:
            raise QueryError("Nothing of a batch that is held was published: release, drop or replay it.")
    case = rulings.rule(objects, Case(id=one.batch_id, kind="batch", article_id=""), made)
    held.free(objects, one, None if verdict is Verdict.replayed else made.by)
    return case


def _subjects(objects: Objects, one: Held) -> Iterator[Case]:
    """Everything in a batch that is dropped with it: its articles, and what could not be read."""
    for extraction in batches.staged_chunks(objects, one.manifest, "extracted", Extraction):
        article = extraction.article
        yield Case(id=record_id(article), kind="article", article_id=article.article_id)
    for rejection in batches.staged_chunks(objects, one.manifest, "failed", Rejection):
        yield Case(id=rejection.rejection_id, kind="article", article_id=rejection.article_id)
