"""The expectation suites below ``config/expectations``: one JSON file for each kind of record, read and checked."""

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsledger.errors import SettingsError
from newsledger.quality import layout
from newsledger.quality.columns import COLUMNS, KINDS, Kind
from newsledger.quality.suite import Expectation, Problem, Suite, columns_of, condition_columns

_KEYS = {"type", "kwargs", "meta", "notes", "description", "severity", "id"}
_SEVERITIES = ("critical", "warning", "info")


@dataclass(frozen=True)
class Suites:
    """All suites, and the version that is kept with everything they reject."""

    version: str
    folder: Path
    by_kind: Mapping[Kind, Suite]


def version(folder: Path) -> str:
    """Hash of the suites' file names and bytes, 16 hex digits; quick, for it reads no more than that.

    Raises:
        SettingsError: the folder or a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(f"{path.name}\0{hashlib.sha256(_bytes(path)).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def load(folder: Path) -> Suites:
    """Read all suites.

    Raises:
        SettingsError: one is broken or missing; the message names file and line.
    """
    found, problems = _read(folder)
    if problems:
        more = f" (and {len(problems) - 1} more, which `newsledger check` lists)" if len(problems) > 1 else ""
        raise SettingsError(f"{problems[0]}{more}")
    return Suites(version(folder), folder, found)


def check(folder: Path) -> list[Problem]:
    """Everything that is wrong with the suites, by file and line; sound suites are also tried on a record."""
    from newsledger.quality import engine, frames, sample

    try:
        found, problems = _read(folder)
    except SettingsError as error:
        return [Problem(folder, 1, str(error))]
    tries = frames.build([sample.extraction()])
    tried = [problem for kind, suite in found.items() for problem in engine.trial(suite, tries[kind])]
    return sorted([*problems, *tried], key=lambda problem: (str(problem.path), problem.line))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise SettingsError(f"{folder} is not a folder; it must hold the expectation suites ({_NAMES}).")
    return sorted(path for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))


_NAMES = ", ".join(f"{kind}.json" for kind in KINDS)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}); make it readable.") from error


def _read(folder: Path) -> tuple[dict[Kind, Suite], list[Problem]]:
    """The suites without a problem, and the problems of the others."""
    files = {path.stem: path for path in _files(folder)}
    found: dict[Kind, Suite] = {}
    problems = [
        Problem(path, 1, f'"{path.name}" is no suite that we know; the names are {_NAMES}')
        for stem, path in files.items()
        if stem not in KINDS
    ]
    for kind in KINDS:
        path = files.get(kind, folder / f"{kind}.json")
        if kind not in files:
            problems.append(Problem(path, 1, "the suite is missing; restore it, or write one without expectations"))
            continue
        suite, wrong = _suite(kind, path)
        problems += wrong
        if suite and not wrong:
            found[kind] = suite
    return found, problems


def _suite(kind: Kind, path: Path) -> tuple[Suite | None, list[Problem]]:
    try:
        text = _bytes(path).decode("utf-8-sig")
        content = layout.parse(text)
    except UnicodeDecodeError as error:
        return None, [Problem(path, 1, f"not UTF-8 (byte {error.start}); save the file as UTF-8")]
    except json.JSONDecodeError as error:
        return None, [Problem(path, error.lineno, f"not valid JSON: {error.msg} (column {error.colno})")]
    except layout.RepeatedKeyError as error:
        return None, [Problem(path, layout.last_line_of_word(text, error.key), str(error))]
    wrong = _shape(kind, content)
    if wrong:
        return None, [Problem(path, 1, wrong)]
    spans = layout.expectation_spans(text)
    problems: list[Problem] = []
    items = []
    for config, span in zip(content["expectations"], spans, strict=True):
        for keys, message in _mistakes(kind, path, config):
            problems.append(Problem(path, layout.line_of_path(text, span, keys), message))
        items.append(Expectation(kind, path, layout.line_at(text, span[0]), config))
    problems += _repeated_names(items if not problems else [])
    return Suite(kind, path, tuple(items)), problems


def _shape(kind: Kind, content: Any) -> str | None:
    """What is wrong with the suite as a whole."""
    if not isinstance(content, dict):
        return 'a suite is an object: {"name": ..., "expectations": [...]}'
    if content.get("name") != kind:
        return f'"name" must be "{kind}", as the file is called, not {json.dumps(content.get("name"))}'
    if not isinstance(content.get("expectations"), list):
        return '"expectations" must be a list'
    unknown = sorted(set(content) - {"name", "expectations", "meta", "notes", "id", "suite_parameters"})
    return f'a suite has no "{unknown[0]}"' if unknown else None


def _mistakes(kind: Kind, path: Path, config: Any) -> Iterator[tuple[list[str], str]]:
    """What is wrong with an expectation: the path of keys that leads to it, and a sentence."""
    for key, message in _form(config):
        yield [key], message
        return
    unknown = list(_unknown_columns(kind, config))
    yield from ((["kwargs", name], message) for name, message in unknown)
    if not unknown:
        yield from _refused(Expectation(kind, path, 0, config))


def _form(config: Any) -> Iterator[tuple[str, str]]:
    """Mistakes in an expectation's outer form, the gravest first."""
    if not isinstance(config, dict):
        yield "", "an expectation is an object with `type` and `kwargs`"
        return
    for key in sorted(set(config) - _KEYS):
        yield key, f'an expectation has no "{key}"{_nearest(key, _KEYS)}'
    if not isinstance(config.get("type"), str):
        yield "type", "an expectation needs a `type`, e.g. expect_column_values_to_not_be_null"
    for key in ("kwargs", "meta"):
        if not isinstance(config.get(key, {} if key == "meta" else None), dict):
            yield key, f'"{key}" must be an object'
    if config.get("severity", "critical") not in _SEVERITIES:
        yield "severity", f'"severity" is one of {", ".join(_SEVERITIES)}'


def _unknown_columns(kind: Kind, config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {"row", *(column.name for column in COLUMNS[kind])}
    kwargs = config["kwargs"]
    named = [
        *columns_of(kwargs),
        *condition_columns(kwargs.get("row_condition")),
        *config.get("meta", {}).get("show", ()),
    ]
    for name in dict.fromkeys(named):
        if name not in known:
            yield name, f'{kind} have no column "{name}"{_nearest(name, known)}'


def _refused(expectation: Expectation) -> Iterator[tuple[list[str], str]]:
    """What Great Expectations itself finds wrong when the expectation is built."""
    from great_expectations.compatibility.pydantic import ValidationError
    from great_expectations.exceptions.exceptions import ExpectationNotFoundError, GreatExpectationsError
    from great_expectations.expectations.registry import list_registered_expectation_implementations

    name = expectation.type
    try:
        built = expectation.build()
        if "row_condition" in expectation.config["kwargs"] and not _heeds_conditions(built):
            yield ["kwargs", "row_condition"], f"Great Expectations ignores the row_condition of {name}; leave it out"
    except ExpectationNotFoundError:
        names = set(list_registered_expectation_implementations())
        yield [name], f'there is no expectation "{name}"{_nearest(name, names)}'
    except ValidationError as error:
        yield from _wrong_arguments(name, error.errors())
    except (GreatExpectationsError, TypeError, ValueError) as error:
        yield ["kwargs"], f"{name}: {error}"


def _wrong_arguments(name: str, mistakes: Iterable[Mapping[str, Any]]) -> Iterator[tuple[list[str], str]]:
    """One mistake for each argument: of a row condition every form it might have had is reported."""
    first = {mistake["loc"][0]: mistake for mistake in reversed(list(mistakes))}
    for argument, mistake in first.items():
        if argument == "row_condition":
            yield ["kwargs", argument], f"{name}: the row_condition has none of the forms that README.md shows"
        elif argument == "__root__":
            yield ["kwargs"], f"{name}: {mistake['msg']}"
        else:
            yield ["kwargs", str(argument)], f"{name}: {argument}: {mistake['msg']}"


def _heeds_conditions(built: Any) -> bool:
    """Whether rows can be chosen: the metric of expect_column_pair_values_to_be_in_set drops the condition unsaid."""
    from great_expectations.expectations.registry import get_metric_kwargs

    metric = getattr(built, "map_metric", None)
    return metric is None or "row_condition" in get_metric_kwargs(f"{metric}.condition")["metric_domain_keys"]


def _repeated_names(items: list[Expectation]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for item in items:
        named = "name" in item.config.get("meta", {})
        if named and item.name in seen:
            message = f'the name "{item.name}" is taken by the expectation in line {seen[item.name]}'
            yield Problem(item.path, item.line, message)
        seen.setdefault(item.name, item.line)


def _nearest(word: str, known: set[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""
