"""Validation of records: each expectation is broken by a record, and sound records pass."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsledger.errors import SettingsError
from newsledger.extract import document
from newsledger.extract.english.numbers import units
from newsledger.extract.gazetteer_sources import Kind as PlaceKind
from newsledger.quality import engine, frames, memo, sample, suites
from newsledger.quality.columns import KINDS, Kind
from newsledger.quality.suites import Suites
from newsledger.quality.validate import Rulings, context, record_id, validate
from newsledger.records import Extraction, Reason, Source, sha256
from tests.quality_records import EXPECTATIONS, broken, broken_records, replaced

FIRST_ARTICLES = sorted((EXPECTATIONS.parent / "first_articles").glob("*.txt"))
Edit = Callable[[Kind, dict[str, Any]], Suites]


@pytest.fixture(scope="module")
def loaded() -> Suites:
    return suites.load(EXPECTATIONS)


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Suites of nothing but one expectation, written by a user."""

    def add(kind: Kind, expectation: dict[str, Any]) -> Suites:
        for name in KINDS:
            content = {"name": name, "expectations": [expectation] if name == kind else []}
            (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        return suites.load(tmp_path)

    return add


def messages(extraction: Extraction, loaded: Suites) -> list[str]:
    return [reason.message for rejection in validate(loaded, [extraction]).rejected for reason in rejection.reasons]


@pytest.mark.parametrize("kind", KINDS)
def test_every_expectation_is_broken_by_a_record_that_breaks_only_it(kind: Kind, loaded: Suites) -> None:
    records = broken_records(kind)
    frame = frames.build([broken(record) for record in records])[kind]
    broke: list[set[str]] = [set() for _ in records]
    for outcome in engine.run(loaded.by_kind, {kind: frame})[kind]:
        for row in outcome.rows or ():
            broke[frame.places[row].extraction].add(outcome.expectation.name)
    assert broke == [{record["breaks"], *record.get("also", ())} for record in records]
    assert {record["breaks"] for record in records} == {one.name for one in loaded.by_kind[kind].expectations}


def test_the_sample_passes_whole(loaded: Suites) -> None:
    extraction = sample.extraction()
    verdict = validate(loaded, [extraction])
    assert verdict.accepted == (extraction,)
    assert verdict.rejected == ()
    assert verdict.report["findings"] == []


def test_the_first_articles_pass_with_all_of_their_facts(loaded: Suites) -> None:
    extractions = [extraction for path in FIRST_ARTICLES for extraction in read(path)]
    verdict = validate(loaded, extractions)
    assert len(verdict.accepted) == len(extractions) == 2
    assert [reason.message for rejection in verdict.rejected for reason in rejection.reasons] == []


def read(path: Path) -> list[Extraction]:
    """What the pipeline hands over: extractions whose articles have a source."""
    data = path.read_bytes()
    digest = sha256(data)
    source = Source(
        name="inbox", kind="inbox", raw_key=f"raw/{digest}", raw_sha256=digest, retrieved_at="2026-01-01T00:00:00Z"
    )
    return [replaced(one, ["article", "sources"], (source,)) for one in document.read(data, path.name)]


def test_nothing_at_all_is_accepted_and_rejected_of_an_empty_batch(loaded: Suites) -> None:
    verdict = validate(loaded, [])
    assert (verdict.accepted, verdict.rejected) == ((), ())
    assert verdict.report["kinds"]["articles"]["evaluated"] == 0


def test_an_article_without_facts_is_accepted(loaded: Suites) -> None:
    bare = msgspec.structs.replace(sample.extraction(), quotes=(), mentions=(), figures=(), dates=())
    assert validate(loaded, [bare]).accepted == (bare,)


def test_a_bad_fact_is_rejected_alone(loaded: Suites) -> None:
    extraction = broken({"set": {"mentions.1.exact": "Jutta Brandt"}})
    verdict = validate(loaded, [sample.extraction(), extraction], batch_id="b1", at="2025-03-01T00:00:00Z")
    first, second = verdict.accepted
    assert first == sample.extraction()
    assert second.mentions == (extraction.mentions[0], *extraction.mentions[2:])
    assert second.quotes == extraction.quotes
    (rejection,) = verdict.rejected
    assert rejection.kind == "mentions"
    assert rejection.rejection_id == rejection.fact_id == extraction.mentions[1].fact_id
    assert rejection.article_id == extraction.article.article_id
    assert (rejection.batch_id, rejection.rejected_at) == ("b1", "2025-03-01T00:00:00Z")
    assert (rejection.input, rejection.suite_version) == ("bridge.txt", loaded.version)
    assert rejection.raw_key == extraction.article.sources[0].raw_key
    assert rejection.record == json.loads(msgspec.json.encode(extraction.mentions[1]))
    assert rejection.context is not None
    assert "mayor Jutta Brandes said" in rejection.context
    (reason,) = rejection.reasons
    assert (reason.expectation, reason.column) == ("expect_column_values_to_be_in_set", "span_ok")
    assert reason.message == (
        "`exact` is the body's text from start to end, to the letter. "
        "Found exact “Jutta Brandt”, text_at_span “Jutta Brandes”."
    )


def test_a_bad_article_takes_its_facts_along(loaded: Suites) -> None:
    extraction = broken({"set": {"article.url": "ftp://news.example", "mentions.1.exact": "Jutta Brandt"}})
    verdict = validate(loaded, [extraction, sample.extraction()])
    assert verdict.accepted == (sample.extraction(),)
    (rejection,) = verdict.rejected
    assert (rejection.kind, rejection.fact_id, rejection.context) == ("article", None, None)
    assert rejection.record == json.loads(msgspec.json.encode(extraction))
    assert [reason.column for reason in rejection.reasons] == ["url"]


def test_a_rejection_can_be_written_as_json_and_read_back(loaded: Suites) -> None:
    changes: list[dict[str, Any]] = [{"set": {"quotes.0.speaker_text": "Brands"}}, {"set": {"article.version": 0}}]
    for rejection in validate(loaded, [broken(change) for change in changes]).rejected:
        assert msgspec.json.decode(msgspec.json.encode(rejection), type=type(rejection)) == rejection


def test_of_two_equal_facts_the_first_is_kept_and_the_other_has_an_id_of_its_own(loaded: Suites) -> None:
    extraction = broken({"repeat": "quotes.0"})
    verdict = validate(loaded, [extraction])
    assert verdict.accepted[0].quotes == extraction.quotes[:1]
    (rejection,) = verdict.rejected
    assert rejection.fact_id == extraction.quotes[0].fact_id
    assert rejection.rejection_id != rejection.fact_id


def test_the_same_article_twice_in_a_batch_is_judged_twice(loaded: Suites) -> None:
    assert len(validate(loaded, [sample.extraction()] * 2).accepted) == 2


def test_all_reasons_against_a_record_are_given(loaded: Suites) -> None:
    found = messages(broken({"set": {"figures.0.low": 45, "figures.0.high": 40, "figures.0.noun": " "}}), loaded)
    assert found == [
        "The lower end of a range is not above the upper one. Found high 40, low 45.",
        (
            "Unit, noun, claimant, time and place are null or one line of text, neither blank nor padded. "
            "Found untidy_fields “noun”, exact “Between 40 and 45 lorries”."
        ),
    ]


def test_an_expectation_that_a_user_adds_counts(edited: Edit) -> None:
    item = {
        "type": "expect_column_values_to_be_between",
        "kwargs": {"column": "body_words", "min_value": 100},
        "id": "7f3c1f0e-5f0e-4f57-9c5e-0c9d1a2b3c4d",
    }
    assert messages(sample.extraction(), edited("articles", item)) == [
        "Expected column values to be between for body_words (min_value 100). Found body_words 54."
    ]


@pytest.mark.parametrize(
    ("kind", "kwargs", "rejected"),
    [
        ("quotes", {"column": "cue", "regex": "^said$"}, ["told"]),
        (
            "mentions",
            {
                "column": "role",
                "regex": "^president$",
                "row_condition": {
                    "type": "comparison",
                    "column": {"name": "name"},
                    "operator": "==",
                    "parameter": "Jutta Brandes",
                },
            },
            ["mayor"],
        ),
        (
            "mentions",
            {
                "column": "name",
                "regex": "^[^C]",
                "row_condition": "type == 'organisation'",
                "condition_parser": "pandas",
            },
            ["Celler Bote"],
        ),
    ],
)
def test_a_regular_expression_that_a_user_adds_counts_where_its_condition_holds(
    edited: Edit, kind: Kind, kwargs: dict[str, Any], rejected: list[str]
) -> None:
    verdict = validate(
        edited(kind, {"type": "expect_column_values_to_match_regex", "kwargs": kwargs}), [sample.extraction()]
    )
    assert [rejection.record[kwargs["column"]] for rejection in verdict.rejected] == rejected


def test_a_comparison_of_columns_that_a_user_adds_counts(edited: Edit) -> None:
    kwargs = {"column_A": "words", "column_B": "chars"}
    changed = edited("dates", {"type": "expect_column_pair_values_a_to_be_greater_than_b", "kwargs": kwargs})
    verdict = validate(changed, [sample.extraction()])
    assert [rejection.kind for rejection in verdict.rejected] == ["dates", "dates"]
    assert verdict.accepted[0].dates == ()


def test_several_columns_can_be_compared(edited: Edit) -> None:
    kwargs = {"column_list": ["fact_id", "article_id"]}
    changed = edited("dates", {"type": "expect_select_column_values_to_be_unique_within_record", "kwargs": kwargs})
    assert validate(changed, [sample.extraction()]).rejected == ()


def test_an_expectation_about_the_table_as_a_whole_is_reported_as_a_finding(edited: Edit) -> None:
    kwargs = {"min_value": 5}
    item = {"type": "expect_table_row_count_to_be_between", "kwargs": kwargs, "description": "A batch is of some size."}
    verdict = validate(edited("articles", item), [sample.extraction()])
    assert len(verdict.accepted) == 1
    (finding,) = verdict.report["findings"]
    assert finding["message"] == "A batch is of some size. Found 1."
    assert (finding["kind"], finding["severity"], finding["rows"]) == ("articles", "critical", None)


def test_a_mean_out_of_bounds_is_reported_as_a_finding(edited: Edit) -> None:
    kwargs = {"column": "words", "max_value": 1}
    changed = edited("quotes", {"type": "expect_column_mean_to_be_between", "kwargs": kwargs})
    (finding,) = validate(changed, [sample.extraction()]).report["findings"]
    assert finding["message"].endswith("Found 11.")


def test_a_warning_rejects_nothing_and_is_reported(edited: Edit) -> None:
    item = {
        "type": "expect_column_values_to_be_null",
        "kwargs": {"column": "speaker"},
        "severity": "warning",
        "meta": {"name": "nobody_speaks"},
    }
    verdict = validate(edited("quotes", item), [sample.extraction()])
    assert verdict.rejected == ()
    (finding,) = verdict.report["findings"]
    assert (finding["name"], finding["severity"], finding["rows"]) == ("nobody_speaks", "warning", 1)
    assert finding["message"].endswith("Of 1 quotes 1 did not meet it.")


@pytest.mark.parametrize(("mostly", "rejected"), [(0.75, []), (0.76, ["organisation"])])
def test_mostly_tolerates_failures_up_to_its_share(edited: Edit, mostly: float, rejected: list[str]) -> None:
    kwargs = {"column": "type", "value_set": ["person", "place"], "mostly": mostly}
    changed = edited("mentions", {"type": "expect_column_values_to_be_in_set", "kwargs": kwargs})
    verdict = validate(changed, [sample.extraction()])
    assert [rejection.record["type"] for rejection in verdict.rejected] == rejected
    assert verdict.report["kinds"]["mentions"]["expectations"][-1]["unexpected"] == 1


def test_an_expectation_that_cannot_be_worked_out_is_an_error_and_rejects_nothing(edited: Edit) -> None:
    kwargs = {"column": "exact", "regex": "("}
    changed = edited("quotes", {"type": "expect_column_values_to_match_regex", "kwargs": kwargs})
    with pytest.raises(SettingsError, match=r"quotes\.json:1: .* cannot be worked out"):
        validate(changed, [sample.extraction()])


def test_a_condition_that_no_record_meets_rejects_nothing(edited: Edit) -> None:
    condition = {"type": "comparison", "column": {"name": "kind"}, "operator": "==", "parameter": "indirect"}
    kwargs = {"column": "speaker", "row_condition": condition}
    changed = edited("quotes", {"type": "expect_column_values_to_be_null", "kwargs": kwargs})
    assert validate(changed, [sample.extraction()]).rejected == ()


def test_the_report_counts_and_is_json(loaded: Suites) -> None:
    changes: list[dict[str, Any]] = [{"set": {"article.version": 0}}, {"set": {"dates.0.kind": "era"}}, {}]
    verdict = validate(loaded, [broken(change) for change in changes], batch_id="b7", at="2025-03-01T00:00:00Z")
    report = json.loads(json.dumps(verdict.report, allow_nan=False))
    assert (report["batch_id"], report["validated_at"]) == ("b7", "2025-03-01T00:00:00Z")
    assert report["suite_version"] == loaded.version
    assert report["great_expectations_version"].startswith("1.")
    counts = {kind: (one["evaluated"], one["rejected"]) for kind, one in report["kinds"].items()}
    assert counts == {"articles": (3, 1), "quotes": (3, 0), "mentions": (12, 0), "figures": (6, 0), "dates": (6, 1)}
    unexpected = {one["name"]: one["unexpected"] for one in report["kinds"]["dates"]["expectations"]}
    assert unexpected["kind_is_known"] == 1
    assert unexpected["start_lies_in_the_body"] == 0


def test_the_report_of_every_broken_record_is_json(loaded: Suites) -> None:
    records = [broken(record) for kind in KINDS for record in broken_records(kind)]
    verdict = validate(loaded, records)
    json.dumps(verdict.report, allow_nan=False)
    counted = sum(kind["rejected"] for kind in verdict.report["kinds"].values())
    assert counted == len(verdict.rejected)


def test_the_report_holds_no_long_texts(loaded: Suites) -> None:
    body = "Zwei  Leerzeichen. " * 100
    report = validate(loaded, [broken({"set": {"article.body": body}})]).report
    assert body[:1000] not in json.dumps(report)


def test_the_suites_know_every_unit_that_is_extracted(loaded: Suites) -> None:
    pairs = next(
        expectation.config["kwargs"]["value_pairs_set"]
        for expectation in loaded.by_kind["figures"].expectations
        if expectation.name == "unit_is_known_and_of_its_dimension"
    )
    read = [*units.UNITS.values(), units.CELSIUS, units.FAHRENHEIT, units.X, units.RATIO]
    assert [unit.name for unit in read if unit.dimension != "money" and [unit.name, unit.dimension] not in pairs] == []


def test_the_suites_know_every_kind_of_place_that_is_extracted(loaded: Suites) -> None:
    known = next(
        expectation.config["kwargs"]["value_set"]
        for expectation in loaded.by_kind["mentions"].expectations
        if expectation.name == "precision_is_known"
    )
    assert {kind.name for kind in PlaceKind} <= set(known)


def test_what_is_remembered_within_a_run_changes_nothing(loaded: Suites, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [broken(record) for kind in KINDS for record in broken_records(kind)[-5:]]
    remembered = validate(loaded, records)
    monkeypatch.setattr(memo, "configurations", nullcontext)
    assert validate(loaded, records) == remembered


def test_many_bad_facts_take_no_longer_than_they_must(loaded: Suites) -> None:
    extraction = sample.extraction()
    many = msgspec.structs.replace(extraction, dates=extraction.dates[:1] * 20_000)
    verdict = validate(loaded, [many])
    assert len(verdict.accepted[0].dates) == 1
    assert len({rejection.rejection_id for rejection in verdict.rejected}) == 19_999


def test_warming_starts_no_thread_and_opens_no_connection() -> None:
    code = (
        "import os, threading; from newsledger import quality; quality.warm(); "
        "names = {open(f'/proc/self/task/{one}/comm').read().strip() for one in os.listdir('/proc/self/task')}; "
        "assert threading.active_count() == 1; assert len(names - {'jemalloc_bg_thd'}) == 1, names; "
        "import psutil; assert not psutil.Process().net_connections()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_context_is_the_text_around_a_span() -> None:
    body = "x" * 1000
    assert context(body, 0, 10) == "x" * 170 + "…"
    assert context(body, 500, 510) == "…" + "x" * 330 + "…"
    assert context("short", 0, 5) == "short"
    assert context("short", -1, 3) is None
    assert context("short", 5, 9) is None
    assert context("short", 3, 3) is None


def test_validation_makes_no_noise(tmp_path: Path) -> None:
    code = (
        "import logging; logging.basicConfig(level=logging.INFO); from pathlib import Path; "
        "from newsledger import quality; quality.warm(); from newsledger.quality import sample, suites, validate; "
        f"validate.validate(suites.load(Path({str(EXPECTATIONS)!r})), [sample.extraction()] * 3)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_a_released_fact_is_accepted_and_a_refused_one_rejected_with_the_reason(loaded: Suites) -> None:
    bad = broken({"set": {"quotes.0.kind": "shouted"}})
    (rejection,) = validate(loaded, [bad]).rejected
    refused = bad.mentions[0].fact_id
    why = Reason(expectation="is_not_dropped", message="Dropped by ana: no.")
    rulings = Rulings(frozenset({rejection.rejection_id}), {refused: why})
    verdict = validate(loaded, [bad], rulings=rulings)
    assert verdict.accepted[0].quotes == bad.quotes
    assert [(one.fact_id, one.reasons) for one in verdict.rejected] == [(refused, (why,))]


def test_an_article_is_released_and_refused_as_a_whole(loaded: Suites) -> None:
    bad = broken({"set": {"article.language": "English"}})
    record = record_id(bad.article)
    assert [one.rejection_id for one in validate(loaded, [bad]).rejected] == [record]
    assert validate(loaded, [bad], rulings=Rulings(frozenset({record}))).accepted == (bad,)
    good = sample.extraction()
    why = Reason(expectation="is_not_dropped", message="Dropped by ana: no.")
    refused = Rulings(refused={record_id(good.article): why})
    assert [one.kind for one in validate(loaded, [good], rulings=refused).rejected] == ["article"]


def test_no_release_makes_up_for_a_span_that_is_not_the_text(loaded: Suites) -> None:
    bad = broken({"set": {"quotes.0.exact": "words that nobody wrote here"}})
    (rejection,) = validate(loaded, [bad]).rejected
    released = Rulings(frozenset({rejection.rejection_id}))
    assert validate(loaded, [bad], rulings=released).rejected == (rejection,)
