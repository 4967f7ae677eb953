"""Great Expectations run on frames: the only place that calls it for validation.

Its context is ephemeral (nothing is written, nobody is called), progress bars and analytics are off. Importing it takes
seconds, so every import of it is inside a function; ``warm`` does it ahead of time.
"""

import importlib
import logging
import math
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from newsledger.errors import SettingsError
from newsledger.quality import memo, pairs
from newsledger.quality.columns import Kind
from newsledger.quality.frames import Frame
from newsledger.quality.suite import Expectation, Problem, Suite, number_of

_FULL_LISTS = ("unexpected_list", "unexpected_index_list", "unexpected_index_query", "unexpected_rows")
_LONGEST = 200
"""Code points of an unexpected value that a report keeps."""
_IDENTITY: Mapping[Kind, list[str]] = {
    "articles": ["row", "article_id"],
    **{kind: ["row", "article_id", "fact_id"] for kind in ("quotes", "mentions", "figures", "dates")},
}


class Outcome(NamedTuple):
    """What one expectation said of one frame."""

    expectation: Expectation
    success: bool
    rows: Sequence[int] | None
    """Rows that failed; None where it failed and judges the table as a whole."""
    result: dict[str, Any] | None
    """Great Expectations' result as JSON, cut to its first twenty unexpected values; None where all is well."""
    exception: str | None
    """Why it could not be worked out."""


def warm() -> None:
    """Import everything that validation needs, and do nothing else.

    Beforehand the library's chatter is kept out of logs, and numpy from starting threads, which a fork would lose.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    importlib.import_module("pandas")
    importlib.import_module("great_expectations.core.expectation_suite")
    importlib.import_module("great_expectations.validator.v1_validator")
    pairs.register()


def context() -> Any:
    """A context that lives in memory, without analytics, progress bars and pages of its own."""
    warm()
    import great_expectations as gx
    from great_expectations.data_context.types import base

    config = base.DataContextConfig(
        store_backend_defaults=base.InMemoryStoreBackendDefaults(),
        progress_bars=base.ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def run(suites: Mapping[Kind, Suite], frames: Mapping[Kind, Frame]) -> dict[Kind, list[Outcome]]:
    """Validate the frames that have rows; the outcomes of each are in the order of its suite.

    Raises:
        SettingsError: an expectation could not be worked out at all (which says nothing about the records).
    """
    records = _batches()
    return {kind: _validated(records, suites[kind], frame) for kind, frame in frames.items() if frame.places}


def trial(suite: Suite, frame: Frame) -> Iterator[Problem]:
    """What shows only when a suite is run, such as a regular expression that does not compile."""
    for outcome in _outcomes(suite, _batch(_batches(), frame), suite.built, frame.kind, "COMPLETE"):
        yield from _problems(outcome)


def _validated(records: Any, suite: Suite, frame: Frame) -> list[Outcome]:
    """First whether each expectation holds, then for those that do not (mostly none) where it fails: twice as quick."""
    batch = _batch(records, frame)
    held = _sound(_outcomes(suite, batch, suite.built, frame.kind, "BOOLEAN_ONLY"))
    unclear = [number for number, outcome in enumerate(held) if not outcome.success or outcome.expectation.tolerant]
    closer = _sound(_outcomes(suite, batch, [suite.built[number] for number in unclear], frame.kind, "COMPLETE"))
    for number, outcome in zip(unclear, closer, strict=True):
        held[number] = outcome
    return held


def _sound(outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes, if all could be worked out."""
    for outcome in outcomes:
        for problem in _problems(outcome):
            raise SettingsError(str(problem))
    return outcomes


def _batches() -> Any:
    """What makes batches of frames; one serves all kinds, since each new definition costs a serialised context."""
    source = context().data_sources.add_pandas("newsledger")
    return source.add_dataframe_asset("records").add_batch_definition_whole_dataframe("frame")


def _batch(records: Any, frame: Frame) -> Any:
    return records.get_batch({"dataframe": frame.data})


def _outcomes(
    suite: Suite, batch: Any, built: Sequence[Any], kind: Kind, form: Literal["BOOLEAN_ONLY", "COMPLETE"]
) -> list[Outcome]:
    """The outcomes in the order of the expectations (Great Expectations puts those it could not run first)."""
    if not built:
        return []
    from great_expectations.core.expectation_suite import ExpectationSuite

    result_format = {"result_format": form, "unexpected_index_column_names": _IDENTITY[kind]}
    with warnings.catch_warnings(), memo.configurations():
        warnings.simplefilter("ignore")  # deprecations inside the library; what matters comes back as a result
        results = batch.validate(ExpectationSuite(suite.kind, expectations=built), result_format=result_format).results
    numbered = {number_of(result.expectation_config.meta): result for result in results}
    return [_outcome(suite.expectations[number], numbered[number]) for number in sorted(numbered)]


def _outcome(expectation: Expectation, result: Any) -> Outcome:
    details = result.result or {}
    failed = details.get("unexpected_index_list")
    rows: Sequence[int] | None = () if result.success else None
    if failed is not None:
        rows = tuple(sorted({int(place["row"]) for place in failed}))
    result.result = _cut({key: value for key, value in details.items() if key not in _FULL_LISTS})
    kept = result.to_json_dict() if details else None
    return Outcome(expectation, bool(result.success), rows, kept, _exception(result))


def _cut(value: Any) -> Any:
    """A result fit for a report: no text longer than a reader wants (no body!), no number that JSON lacks."""
    match value:
        case float() if not math.isfinite(value):
            return str(value)
        case str():
            return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        case dict():
            return {key: _cut(one) for key, one in value.items()}
        case list() | tuple():
            return [_cut(one) for one in value]
    return value


def _exception(result: Any) -> str | None:
    """What kept an expectation from being worked out, as Great Expectations caught it."""
    caught = result.exception_info
    several = [caught] if "raised_exception" in caught else list(caught.values())
    return next((str(one["exception_message"]) for one in several if one["raised_exception"]), None)


def _problems(outcome: Outcome) -> Iterator[Problem]:
    if outcome.exception is not None:
        item = outcome.expectation
        yield Problem(item.path, item.line, f"{item.name} cannot be worked out: {outcome.exception}")
