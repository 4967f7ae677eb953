"""The validation result of a batch, as it is kept under ``reports/validation/``."""

from collections.abc import Mapping, Sequence
from typing import Any

from newsledger.quality import reasons
from newsledger.quality.columns import KINDS, Kind
from newsledger.quality.engine import Outcome
from newsledger.quality.frames import Frame
from newsledger.quality.suites import Suites


def make(
    suites: Suites,
    frames: Mapping[Kind, Frame],
    outcomes: Mapping[Kind, Sequence[Outcome]],
    rejected: Mapping[Kind, int],
    **stamps: str | None,
) -> dict[str, Any]:
    """The report, stamped with whatever else is given (the batch, the time).

    ``kinds`` holds for each kind the records evaluated, those ``rejected`` (the facts of a rejected article are not
    counted with it), and each expectation's ``unexpected`` count (null where it judges the whole table).
    ``findings`` are sentences about what was not met without rejecting anything. Of an expectation that was not met
    ``result`` is what Great Expectations said, cut to twenty unexpected values; Data Docs are made from it.
    """
    from great_expectations import __version__

    found = (_finding(frames[kind], outcome) for kind in KINDS for outcome in outcomes.get(kind, ()))
    return {
        **stamps,
        "suite_version": suites.version,
        "great_expectations_version": __version__,
        "kinds": {kind: _kind(frames[kind], outcomes.get(kind, ()), rejected[kind]) for kind in KINDS},
        "findings": [finding for finding in found if finding],
    }


def _kind(frame: Frame, outcomes: Sequence[Outcome], rejected: int) -> dict[str, Any]:
    return {
        "evaluated": len(frame.places),
        "rejected": rejected,
        "expectations": [_expectation(outcome) for outcome in outcomes],
    }


def _expectation(outcome: Outcome) -> dict[str, Any]:
    expectation = outcome.expectation
    said = {
        "name": expectation.name,
        "type": expectation.type,
        "columns": list(expectation.columns),
        "severity": expectation.severity,
        "success": outcome.success,
        "unexpected": None if outcome.rows is None else len(outcome.rows),
    }
    return said if outcome.result is None else {**said, "result": outcome.result}


def _finding(frame: Frame, outcome: Outcome) -> dict[str, Any] | None:
    """What was not met and rejected nothing: a warning, or a rule about the table as a whole."""
    expectation = outcome.expectation
    if outcome.success or (outcome.rows is not None and expectation.severity == "critical"):
        return None
    observed = outcome.result["result"].get("observed_value") if outcome.result else None
    found = f"Found {reasons.quoted(observed)}."
    if outcome.rows is not None:
        found = f"Of {len(frame.places)} {frame.kind} {len(outcome.rows)} did not meet it."
    return {
        "kind": frame.kind,
        "name": expectation.name,
        "severity": expectation.severity,
        "message": f"{reasons.should(expectation)} {found}",
        "rows": None if outcome.rows is None else len(outcome.rows),
    }
