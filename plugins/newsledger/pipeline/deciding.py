"""How a decision is put down: by whom, when and why."""

from newsledger.errors import QueryError
from newsledger.pipeline.words import now
from newsledger.store.rulings import Case, Ruling, Verdict


def ruling(verdict: Verdict, by: str, reason: str) -> Ruling:
    """A decision of this moment.

    Raises:
        QueryError: it names nobody, or no reason.
    """
    if not by.strip() or not reason.strip():
        raise QueryError("Say who decides, and why: both are kept with the record.")
    return Ruling(verdict=verdict, by=by.strip(), at=now(), reason=reason.strip())


def undecided(case: Case | None) -> bool:
    """Whether a rejected record waits for somebody: nothing was decided, or only that it be read again."""
    return case is None or case.ruling.verdict is Verdict.replayed
