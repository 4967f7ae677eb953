"""What people do with single records: let one through, keep one out, take a published one back.

First the ruling is kept, then the article is read again: killed in between, the same command says the same again.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsledger.errors import QueryError
from newsledger.pipeline.deciding import ruling, undecided
from newsledger.pipeline.replay import Replay, of_rejection, of_row, reopen, replay_rejected
from newsledger.pipeline.words import now
from newsledger.quality.validate import releasable
from newsledger.records import FactKind, Rejection, sha256
from newsledger.settings import Settings
from newsledger.store import quarantine, reading, rulings
from newsledger.store.objects import Objects
from newsledger.store.reading import Question
from newsledger.store.rulings import Case, Verdict
from newsledger.store.schema import Row
from newsledger.store.tables import Articles

_FACT = re.compile(r"[0-9a-f]{8,32}")


class Decided(NamedTuple):
    """What came of a decision."""

    case: Case
    batch_ids: tuple[str, ...] = ()
    """The batches that carry it out, where one must."""


def open_rejections(settings: Settings) -> list[tuple[Rejection, Case | None]]:
    """Every rejected record, the oldest first, with what was decided of it."""
    objects = Objects.open(settings)
    newest = quarantine.newest(quarantine.read(objects))
    cases = rulings.among(objects, {rejection.rejection_id for rejection in newest})
    return [(rejection, cases.get(rejection.rejection_id)) for rejection in newest]


def look_up(settings: Settings, beginning: str) -> tuple[Rejection, Case | None]:
    """A rejected record by the beginning of its id, with what was decided of it.

    Raises:
        QueryError: there is none, or several are meant.
    """
    objects = Objects.open(settings)
    rejection = quarantine.find(objects, beginning)
    return rejection, rulings.find(objects, rejection.rejection_id)


def release(settings: Settings, beginning: str, by: str, reason: str) -> Decided:
    """Publish a rejected record after all: its article comes out in a new revision that names who released it.

    Raises:
        QueryError: there is no such record, or it can never be published.
    """
    objects = Objects.open(settings)
    rejection = quarantine.find(objects, beginning)
    if why := _unreleasable(rejection):
        raise QueryError(why)
    case = rulings.rule(objects, _subject(rejection), ruling(Verdict.released, by, reason))
    items = of_rejection(objects, rejection)
    return Decided(case, reopen(settings, objects, items, "release", _occasion(case)))


class Released(NamedTuple):
    """What came of releasing several records."""

    cases: tuple[Case, ...]
    refused: tuple[str, ...]
    """A sentence for each that can never be published."""
    batch_ids: tuple[str, ...]


def release_all(settings: Settings, rejections: Sequence[Rejection], by: str, reason: str) -> Released:
    """Publish rejected records after all, as ``release`` does, but read each article again only once."""
    objects = Objects.open(settings)
    made = ruling(Verdict.released, by, reason)
    refused = {one.rejection_id: why for one in rejections if (why := _unreleasable(one))}
    wanted = [one for one in rejections if one.rejection_id not in refused]
    cases = tuple(rulings.rule(objects, _subject(one), made) for one in wanted)
    items = [item for one in wanted for item in of_rejection(objects, one)]
    # The same decisions are the same occasion, so who was killed here leaves no other batch the next time.
    occasion = " ".join(sorted(_occasion(case) for case in cases))
    batch_ids = reopen(settings, objects, items, "release", sha256(occasion.encode())) if items else ()
    return Released(cases, tuple(refused.values()), batch_ids)


def _unreleasable(rejection: Rejection) -> str | None:
    """Why a record can never be published, as one sentence."""
    if not rejection.record:
        return f"Nothing could be read from {rejection.input}: there is nothing to release. Drop or replay it."
    if rejection.fact_id not in {None, rejection.rejection_id} or not releasable(rejection.reasons):
        return f"{rejection.rejection_id} contradicts its text or itself, and can only be dropped or replayed."
    return None


def drop(settings: Settings, beginning: str, by: str, reason: str) -> Decided:
    """Keep a rejected record out for good, also when it comes again.

    Raises:
        QueryError: there is no such record.
    """
    objects = Objects.open(settings)
    rejection = quarantine.find(objects, beginning)
    return Decided(rulings.rule(objects, _subject(rejection), ruling(Verdict.dropped, by, reason)))


def read_again(settings: Settings, rejections: Sequence[Rejection], by: str, reason: str) -> Replay:
    """Read the articles of rejected records again; what comes of it is judged anew."""
    objects = Objects.open(settings)
    made = ruling(Verdict.replayed, by, reason)
    for rejection in rejections:
        if undecided(rulings.find(objects, rejection.rejection_id)):  # what was decided stays decided
            rulings.rule(objects, _subject(rejection), made)
    return replay_rejected(settings, rejections, now())


def retract(settings: Settings, beginning: str, by: str, reason: str) -> Decided:
    """Take a published fact back: its article comes out in a new revision without it, and no replay brings it back.

    Raises:
        QueryError: no published fact has such an id, or several have.
    """
    objects = Objects.open(settings)
    kind, fact_id, article_id = _published(settings, beginning.lower())
    case = rulings.rule(
        objects, Case(id=fact_id, kind=kind.value, article_id=article_id), ruling(Verdict.retracted, by, reason)
    )
    items = [item for row in _holding(settings, kind, fact_id, article_id) for item in of_row(objects, row)]
    return Decided(case, reopen(settings, objects, items, "release", _occasion(case)))


def _published(settings: Settings, beginning: str) -> tuple[FactKind, str, str]:
    """Kind, id and article of a fact that was ever published."""
    if not _FACT.fullmatch(beginning):
        raise QueryError(f"{beginning!r} is no fact's id: give it, or 8 digits of it or more, as `records` shows it.")
    found: set[tuple[FactKind, str, str]] = set()
    for kind in FactKind:
        question = Question(kind=reading.Kind(kind.value), every=True, where=f"starts_with(fact_id, '{beginning}')")
        with reading.ask(settings, question) as rows:
            facts = rows.read_all().select(["fact_id", "article_id"]).to_pylist()
        found |= {(kind, fact["fact_id"], fact["article_id"]) for fact in facts}
    if not found:
        raise QueryError(f"No published fact has an id that begins with {beginning}: see `newsledger records quotes`.")
    if len(found) > 1:
        raise QueryError(f"{len(found)} published facts have ids that begin with {beginning}: give more of it.")
    return found.pop()


def _holding(settings: Settings, kind: FactKind, fact_id: str, article_id: str) -> list[Row]:
    """Of each version that has the fact the newest revision that has it."""
    literal = article_id.replace("'", "''")
    rows = Articles.find(settings).rows(f"article_id = '{literal}'")
    having = {row["version"]: row for row in rows if fact_id in {fact["fact_id"] for fact in row[kind.value]}}
    return list(having.values())


def _subject(rejection: Rejection) -> Case:
    return Case(id=rejection.rejection_id, kind=rejection.kind, article_id=rejection.article_id)


def _occasion(case: Case) -> str:
    return f"{case.ruling.verdict} {case.id} {case.ruling.at}"
