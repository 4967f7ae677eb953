"""Data Docs: Great Expectations' own pages, made from the suites and from kept validation reports.

Off the hot path: a page a batch and kind takes a tenth of a second or so. The pages are written below a folder; who
calls uploads them.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsledger.quality import engine
from newsledger.quality.columns import KINDS
from newsledger.quality.suite import Expectation, Suite
from newsledger.quality.suites import Suites


def build(reports: Iterable[Mapping[str, Any]], suites: Suites, folder: Path) -> list[Path]:
    """Write the pages of the suites and of the reports (``report.make``); returns every file of the folder, in order.

    What a report says of failures is shown as it was kept. Of what passed it keeps names only, so an expectation that
    passed and is no longer in the suites is left out. A report that was kept by an earlier layout is shown as far as
    it goes.
    """
    context = _context(folder)
    for kind in KINDS:
        context.suites.add(_ge_suite(suites.by_kind[kind]))
    for report in reports:
        for kind in KINDS:
            kept = report.get("kinds", {}).get(kind, {})
            if kept.get("expectations"):
                _keep(context, suites.by_kind[kind], report, kept)
    context.build_data_docs()
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _context(folder: Path) -> Any:
    made = engine.context()
    site = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.resolve())},
    }
    made.add_data_docs_site(site_name="newsledger", site_config=site)
    return made


def _ge_suite(suite: Suite) -> Any:
    """The suite with expectations of its own making, since a context that keeps one gives its expectations ids."""
    from great_expectations.core.expectation_suite import ExpectationSuite

    return ExpectationSuite(suite.kind, expectations=[expectation.build() for expectation in suite.expectations])


def _keep(context: Any, suite: Suite, report: Mapping[str, Any], kept: Mapping[str, Any]) -> None:
    """Put one kind of one report where the site builder looks for results."""
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    results = list(_results(suite, kept["expectations"]))
    batch = re.sub(r"[^\w.-]", "_", str(report.get("batch_id") or "batch"))  # it becomes the name of a folder
    met = sum(bool(result.success) for result in results)
    run = RunIdentifier(run_name=batch, run_time=_time(report.get("validated_at")))
    statistics = {
        "evaluated_expectations": len(results),
        "successful_expectations": met,
        "unsuccessful_expectations": len(results) - met,
        "success_percent": 100 * met / len(results) if results else None,
    }
    about = {
        "great_expectations_version": report.get("great_expectations_version"),
        "suite_version": report.get("suite_version"),
        "records": kept.get("evaluated"),
        "rejected": kept.get("rejected"),
        "run_id": run,
        "active_batch_definition": {"data_asset_name": suite.kind},
    }
    key = ValidationResultIdentifier(ExpectationSuiteIdentifier(suite.kind), run, batch_identifier=suite.kind)
    value = ExpectationSuiteValidationResult(
        success=met == len(results), results=results, suite_name=suite.kind, statistics=statistics, meta=about
    )
    context.validation_results_store.set(key, value)


def _results(suite: Suite, kept: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    from great_expectations.core.expectation_validation_result import expectationValidationResultSchema

    present = {expectation.name: expectation for expectation in suite.expectations}
    for one in kept:
        if one.get("result"):
            said = dict(one["result"])
            yield expectationValidationResultSchema.load({**said, "result": _escaped(said["result"])})
        elif one["name"] in present:
            yield _passed(present[one["name"]])


def _escaped(value: Any) -> Any:
    """Values as HTML text: Great Expectations puts them into its pages as they are, and they come from anywhere."""
    match value:
        case str():
            return html.escape(value)
        case dict():
            return {key: _escaped(one) for key, one in value.items()}
        case list():
            return [_escaped(one) for one in value]
    return value


def _passed(expectation: Expectation) -> Any:
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult

    result = {"unexpected_count": 0, "unexpected_percent": 0.0} if expectation.columns else {}
    return ExpectationValidationResult(
        success=True,
        expectation_config=expectation.build().configuration,
        result=result,
        exception_info={"raised_exception": False, "exception_message": None, "exception_traceback": None},
    )


def _time(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
