"""The suites as a user edits them: what is sound, and what is refused with file and line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsledger.errors import SettingsError
from newsledger.quality import suites
from newsledger.quality.columns import COLUMNS, KINDS, Kind
from tests.quality_records import EXPECTATIONS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A suite of one expectation for each kind, over four lines from line 4 on."""
    for kind in KINDS:
        column = COLUMNS[kind][0].name
        write(tmp_path, kind, {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": column}})
    return tmp_path


def write(folder: Path, kind: Kind, *expectations: Any, name: str | None = None) -> Path:
    path = folder / f"{kind}.json"
    path.write_text(json.dumps({"name": name or kind, "expectations": expectations}, indent=2), encoding="utf-8")
    return path


def problems(folder: Path) -> list[str]:
    return [f"{problem.path.name}:{problem.line}: {problem.message}" for problem in suites.check(folder)]


def test_the_suites_of_the_project_are_sound() -> None:
    assert suites.check(EXPECTATIONS) == []


def test_every_expectation_of_the_project_has_a_name_and_a_sentence() -> None:
    for suite in suites.load(EXPECTATIONS).by_kind.values():
        for expectation in suite.expectations:
            assert "name" in expectation.config["meta"], expectation.line
            assert expectation.sentence, expectation.line
            assert expectation.sentence.endswith("."), expectation.line


def test_the_readme_of_the_suites_describes_every_column() -> None:
    readme = (EXPECTATIONS / "README.md").read_text(encoding="utf-8")
    for kind in KINDS:
        section = readme.split(f"\n### {kind}\n")[1].split("\n### ")[0]
        for column in COLUMNS[kind]:
            assert f"| `{column.name}` | {column.type} | {column.meaning} |" in section


def test_the_version_is_that_of_names_and_bytes(folder: Path) -> None:
    before = suites.version(folder)
    assert suites.load(folder).version == before
    path = folder / "dates.json"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert suites.version(folder) != before


def test_a_suite_without_expectations_is_sound(folder: Path) -> None:
    write(folder, "dates")
    assert problems(folder) == []


def test_broken_json_is_refused_with_its_line(folder: Path) -> None:
    (folder / "quotes.json").write_text('{\n  "name": "quotes",\n  "expectations": [}\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"quotes\.json:3: not valid JSON: Expecting value"):
        suites.load(folder)


def test_an_unknown_type_is_refused_with_its_line_and_the_nearest_one(folder: Path) -> None:
    write(folder, "dates", {"type": "expect_column_values_to_be_betwen", "kwargs": {"column": "start"}})
    (found,) = problems(folder)
    assert found.startswith('dates.json:5: there is no expectation "expect_column_values_to_be_betwen"; ')
    assert found.endswith("did you mean `expect_column_values_to_be_between`?")


def test_an_unknown_column_is_refused_with_its_line_and_the_nearest_one(folder: Path) -> None:
    write(folder, "articles", {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "body_word"}})
    assert problems(folder) == ['articles.json:7: articles have no column "body_word"; did you mean `body_words`?']


@pytest.mark.parametrize(
    "condition",
    [
        {"type": "nullity", "column": {"name": "sped"}, "is_null": False},
        {"type": "and", "conditions": [{"type": "nullity", "column": {"name": "sped"}, "is_null": False}]},
        {"type": "or", "conditions": [{"type": "nullity", "column": {"name": "sped"}, "is_null": False}]},
    ],
)
def test_an_unknown_column_in_a_condition_is_refused(folder: Path, condition: dict[str, Any]) -> None:
    kwargs = {"column": "start", "row_condition": condition}
    write(folder, "quotes", {"type": "expect_column_values_to_not_be_null", "kwargs": kwargs})
    (found,) = problems(folder)
    assert 'quotes have no column "sped"' in found


def test_an_unknown_column_in_a_condition_written_as_a_string_is_found_by_trying(folder: Path) -> None:
    kwargs = {"column": "start", "row_condition": "sped > 3", "condition_parser": "pandas"}
    write(folder, "quotes", {"type": "expect_column_values_to_not_be_null", "kwargs": kwargs})
    (found,) = problems(folder)
    assert found.startswith("quotes.json:4: ")
    assert "sped" in found


@pytest.mark.parametrize(
    ("kwargs", "line", "words"),
    [
        ({"column": "start", "min_value": 1, "maximum": 2}, 9, "maximum"),
        ({"column": "start"}, 6, "expect_column_values_to_be_between"),
        ({"column": "start", "min_value": 1, "row_condition": {"type": "sometimes"}}, 9, "row_condition"),
        ({"column": "start", "min_value": 1, "mostly": 3}, 9, "mostly"),
    ],
)
def test_wrong_arguments_are_refused_with_their_line(
    folder: Path, kwargs: dict[str, Any], line: int, words: str
) -> None:
    write(folder, "dates", {"type": "expect_column_values_to_be_between", "kwargs": kwargs})
    (found, *_) = problems(folder)
    assert found.startswith(f"dates.json:{line}: ")
    assert words in found


def test_a_regular_expression_that_does_not_compile_is_found_by_trying(folder: Path) -> None:
    write(folder, "dates", {"type": "expect_column_values_to_match_regex", "kwargs": {"column": "exact", "regex": "("}})
    (found,) = problems(folder)
    assert found.startswith("dates.json:4: ")
    assert "cannot be worked out" in found


def test_a_condition_that_great_expectations_would_ignore_is_refused(folder: Path) -> None:
    condition = {"type": "nullity", "column": {"name": "unit"}, "is_null": False}
    kwargs = {"column_A": "unit", "column_B": "noun", "value_pairs_set": [["m", "x"]], "row_condition": condition}
    write(folder, "figures", {"type": "expect_column_pair_values_to_be_in_set", "kwargs": kwargs})
    (found,) = problems(folder)
    assert "ignores the row_condition" in found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "a suite is an object"),
        ({"name": "date", "expectations": []}, '"name" must be "dates"'),
        ({"name": "dates"}, '"expectations" must be a list'),
        ({"name": "dates", "expectations": [], "expectation": []}, 'a suite has no "expectation"'),
        ({"name": "dates", "expectations": ["start"]}, "an expectation is an object"),
        ({"name": "dates", "expectations": [{"type": "x"}]}, '"kwargs" must be an object'),
        ({"name": "dates", "expectations": [{"kwargs": {}}]}, "an expectation needs a `type`"),
        (
            {"name": "dates", "expectations": [{"type": "x", "kwargs": {}, "severty": "info"}]},
            "did you mean `severity`?",
        ),
        ({"name": "dates", "expectations": [{"type": "x", "kwargs": {}, "meta": 1}]}, '"meta" must be an object'),
    ],
)
def test_a_suite_of_the_wrong_form_is_refused(folder: Path, content: Any, words: str) -> None:
    (folder / "dates.json").write_text(json.dumps(content), encoding="utf-8")
    (found,) = problems(folder)
    assert found.startswith("dates.json:1: ")
    assert words in found


def test_a_severity_that_does_not_exist_is_refused(folder: Path) -> None:
    item = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "start"}, "severity": "fatal"}
    write(folder, "dates", item)
    (found,) = problems(folder)
    assert found.startswith("dates.json:9: ")
    assert "severity" in found


def test_a_key_stated_twice_is_refused(folder: Path) -> None:
    (folder / "dates.json").write_text('{"name": "dates",\n"expectations": [],\n"expectations": []}', encoding="utf-8")
    assert problems(folder) == ['dates.json:3: "expectations" is stated twice in one object']


def test_a_name_used_twice_is_refused(folder: Path) -> None:
    item = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "start"}, "meta": {"name": "twin"}}
    write(folder, "dates", item, {**item, "kwargs": {"column": "end"}})
    (found,) = problems(folder)
    assert found.endswith('the name "twin" is taken by the expectation in line 4')


def test_a_file_of_an_unknown_kind_and_a_missing_one_are_refused(folder: Path) -> None:
    (folder / "quotes.json").rename(folder / "quote.json")
    found = problems(folder)
    assert [one.split(": ")[0] for one in found] == ["quote.json:1", "quotes.json:1"]
    assert "the suite is missing" in found[1]


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is not a folder"):
        suites.load(tmp_path / "nothing")
    assert len(suites.check(tmp_path / "nothing")) == 1


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "dates.json").write_bytes(b'{"name": "dat\xe9s"}')
    assert problems(folder) == ["dates.json:1: not UTF-8 (byte 13); save the file as UTF-8"]


def test_several_problems_are_counted_in_the_error(folder: Path) -> None:
    write(folder, "dates", {"type": "nonsense", "kwargs": {}}, {"type": "nonsense", "kwargs": {}})
    with pytest.raises(SettingsError, match=r"dates\.json:5: .*\(and 1 more, which `newsledger check` lists\)"):
        suites.load(folder)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from newsledger.quality import docs, engine, suites, validate; from pathlib import Path; "
        f"suites.version(Path({str(EXPECTATIONS)!r})); "
        "sys.exit(bool({'great_expectations', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
