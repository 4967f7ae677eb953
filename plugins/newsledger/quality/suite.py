"""One expectation suite as its JSON file states it.

The format is Great Expectations' own (``ExpectationSuite``). Of each expectation we also read:

* ``description``: the sentence that a reviewer reads when it is not met;
* ``meta.name``: a short name for it, unique in its suite;
* ``meta.show``: columns whose values are set beside that sentence (by default the columns it checks);
* ``severity``: ``critical`` (the default) rejects records; ``warning`` and ``info`` only report them.
"""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from newsledger.quality.columns import Kind

_REFERENCE = "newsledger_expectation"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a suite, and where it stands."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """One line: file, line, what is wrong."""
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Expectation:
    """One expectation as its suite states it."""

    kind: Kind
    path: Path
    line: int
    config: Mapping[str, Any]

    @property
    def type(self) -> str:
        """Its type, e.g. ``expect_column_values_to_not_be_null``."""
        return str(self.config["type"])

    @property
    def name(self) -> str:
        """``meta.name``, else its type and columns."""
        return str(self._meta.get("name") or f"{self.type}({', '.join(self.columns)})")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it checks; none for one that speaks of the table as a whole."""
        return tuple(columns_of(self.config["kwargs"]))

    @property
    def sentence(self) -> str | None:
        """What should hold, in the words of whoever wrote it."""
        notes = self.config.get("notes") or self._meta.get("notes")
        text = self.config.get("description") or (" ".join(notes) if isinstance(notes, list) else notes)
        return str(text).strip() if text else None

    @property
    def show(self) -> tuple[str, ...]:
        """Columns whose values a reviewer wants to see."""
        return tuple(self._meta.get("show", self.columns))

    @property
    def severity(self) -> str:
        """``critical``, ``warning`` or ``info``."""
        return str(self.config.get("severity") or "critical")

    @property
    def tolerant(self) -> bool:
        """Whether it may hold although some records fail it."""
        return float(self.config["kwargs"].get("mostly", 1)) < 1

    @property
    def _meta(self) -> Mapping[str, Any]:
        return self.config.get("meta") or {}

    def build(self, reference: int = 0) -> Any:
        """It as an object of Great Expectations, which carries the reference in its meta.

        It carries no id: with one it would belong to another suite.

        Raises:
            GreatExpectationsError, ValueError, TypeError: its type is unknown or its kwargs are wrong.
        """
        from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

        config = {**self.config, "meta": {**self._meta, _REFERENCE: reference}, "id": None}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # row conditions as strings: old, but understood
            return ExpectationConfiguration(**config).to_domain_obj()


@dataclass(frozen=True)
class Suite:
    """The expectations of one kind of record."""

    kind: Kind
    path: Path
    expectations: tuple[Expectation, ...]

    @cached_property
    def built(self) -> tuple[Any, ...]:
        """The expectations as objects of Great Expectations, in order."""
        return tuple(expectation.build(number) for number, expectation in enumerate(self.expectations))


def number_of(meta: Mapping[str, Any]) -> int:
    """Which expectation of its suite a result belongs to, by the meta that the result carries."""
    return int(meta[_REFERENCE])


def columns_of(kwargs: Mapping[str, Any]) -> Iterator[str]:
    """The columns that an expectation checks, in order."""
    for key in ("column", "column_A", "column_B"):
        if key in kwargs:
            yield str(kwargs[key])
    for key in ("column_list", "column_set"):
        yield from map(str, kwargs.get(key) or ())


def condition_columns(condition: Any) -> Iterator[str]:
    """The columns that a row condition names (one written as a string names none that we can read)."""
    if isinstance(condition, Mapping):
        column = condition.get("column")
        if isinstance(column, Mapping) and "name" in column:
            yield str(column["name"])
        for part in condition.get("conditions") or ():
            yield from condition_columns(part)
