"""Why a record failed, as sentences that a reviewer understands."""

import math
from collections.abc import Mapping
from typing import Any

from newsledger.quality.suite import Expectation
from newsledger.records import Reason

_LONGEST = 120
"""Code points of a value that a reason quotes."""
_NOT_SAID = {"column", "column_A", "column_B", "column_list", "column_set", "row_condition", "condition_parser"}


def reason(expectation: Expectation, values: Mapping[str, Any]) -> Reason:
    """What should hold, and what was found in the columns that the expectation shows."""
    found = ", ".join(f"{name} {quoted(values[name])}" for name in expectation.show if name in values)
    message = f"{should(expectation)} Found {found}." if found else should(expectation)
    return Reason(expectation=expectation.type, column=", ".join(expectation.columns) or None, message=message)


def should(expectation: Expectation) -> str:
    """What should hold: the suite's own sentence, else one made from type and arguments."""
    said = expectation.sentence or _made(expectation)
    return said if said.endswith((".", "!", "?")) else f"{said}."


def quoted(value: Any) -> str:
    """A value as it stands in a sentence: text in quotation marks and cut, whole numbers without a fraction."""
    match value:
        case None:
            return "null"
        case float() if math.isnan(value):
            return "null"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case str():
            text = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
            return f"“{text}”"
        case bool():
            return "true" if value else "false"
    return str(value)


def _made(expectation: Expectation) -> str:
    rule = expectation.type.removeprefix("expect_").replace("_", " ")
    kwargs = expectation.config["kwargs"]
    said = ", ".join(f"{key} {value}" for key, value in kwargs.items() if key not in _NOT_SAID)
    columns = " and ".join(expectation.columns)
    return f"Expected {rule}" + (f" for {columns}" if columns else "") + (f" ({said})" if said else "")
