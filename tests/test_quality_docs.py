"""Data Docs, built from kept reports."""

import json
from pathlib import Path
from typing import Any

import pytest

from newsledger.quality import docs, suites
from newsledger.quality.suites import Suites
from newsledger.quality.validate import validate
from tests.quality_records import EXPECTATIONS, broken

CHANGES: list[dict[str, Any]] = [{}, {"set": {"mentions.1.entity_key": "ü<script>alert(1)</script>"}}]


@pytest.fixture(scope="module")
def loaded() -> Suites:
    return suites.load(EXPECTATIONS)


@pytest.fixture(scope="module")
def report(loaded: Suites) -> dict[str, Any]:
    """A report as it is read back from where it was kept."""
    made = validate(loaded, [broken(one) for one in CHANGES], batch_id="0b5c", at="2025-03-01T08:00:00Z").report
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def test_there_is_a_page_for_each_suite_and_each_kind_of_a_batch(
    loaded: Suites, report: dict[str, Any], tmp_path: Path
) -> None:
    files = {path.relative_to(tmp_path).as_posix() for path in docs.build([report], loaded, tmp_path)}
    assert {"index.html", "expectations/quotes.html", "expectations/articles.html"} <= files
    pages = [path for path in files if path.startswith("validations/mentions/0b5c/")]
    assert len(pages) == 1
    page = (tmp_path / pages[0]).read_text(encoding="utf-8")
    assert "An entity key has its kind before a colon" in page
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert pages[0].split("/")[-1] in index


def test_what_a_text_holds_never_becomes_part_of_a_page(loaded: Suites, report: dict[str, Any], tmp_path: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in docs.build([report], loaded, tmp_path) if "html" in path.name]
    assert not any("<script>alert" in page for page in pages)
    assert any("&lt;script&gt;alert(1)" in page for page in pages)


def test_a_batch_named_like_a_path_stays_in_the_folder(loaded: Suites, report: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "site"
    files = docs.build([{**report, "batch_id": "../../up"}], loaded, folder)
    assert any(".._.._up" in str(path) for path in files)
    assert list(tmp_path.iterdir()) == [folder]


def test_reports_that_lack_something_are_shown_as_far_as_they_go(loaded: Suites, tmp_path: Path) -> None:
    kept = {"name": "an expectation that is gone", "success": True}
    old = {"batch_id": "old", "validated_at": "once", "kinds": {"dates": {"expectations": [kept]}}}
    files = docs.build([{}, old], loaded, tmp_path)
    assert any("validations/dates/old" in path.as_posix() for path in files)


def test_no_reports_give_pages_of_the_suites_alone(loaded: Suites, tmp_path: Path) -> None:
    files = docs.build([], loaded, tmp_path)
    assert not any("validations" in path.parts for path in files)
    assert tmp_path / "index.html" in files
