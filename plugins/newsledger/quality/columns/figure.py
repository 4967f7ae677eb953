"""The columns of the suite ``figures``."""

import math

from newsledger.quality.columns.column import Column, Row, field, untidy, well_formed
from newsledger.quality.columns.fact import fact_columns
from newsledger.records import FactKind


def _finite(row: Row) -> bool:
    numbers = (row.record.low, row.record.high, row.record.si_low, row.record.si_high)
    return all(number is None or math.isfinite(number) for number in numbers)


def _si_parts(row: Row) -> str:
    parts = (row.record.si_low is not None, row.record.si_unit is not None)
    return {0: "none", 2: "all"}.get(sum(parts), "some")


def _si_scale(row: Row) -> float | None:
    """What one unit is in SI units, to four digits; null for temperatures, whose zero lies elsewhere."""
    if row.record.dimension == "temperature":
        return None
    pairs = ((row.record.low, row.record.si_low), (row.record.high, row.record.si_high))
    scales = [si / value for value, si in pairs if value and si is not None]
    return float(f"{scales[0]:.4g}") if scales else None


def _si_high_ok(row: Row) -> bool:
    if row.record.si_low is None:
        return row.record.si_high is None
    return (row.record.high is None) == (row.record.si_high is None)


FIGURES: tuple[Column, ...] = (
    *fact_columns(FactKind.figures),
    field("low", "number", "the value, or the lower end of a range"),
    field("high", "number", "the upper end of a range"),
    Column("finite", "flag", "no value is infinite or not a number", _finite),
    field("unit", "text", "normalised unit"),
    Column(
        "physical_unit",
        "text",
        "`unit`, null where the dimension is `money` or `count`",
        lambda row: None if row.record.dimension in {"money", "count"} else row.record.unit,
    ),
    field("si_low", "number", "`low` in `si_unit`"),
    field("si_high", "number", "`high` in `si_unit`"),
    field("si_unit", "text", "SI unit"),
    Column("si_parts", "text", "`all`, `some` or `none` of `si_low` and `si_unit` are there", _si_parts),
    Column("si_high_ok", "flag", "`si_high` is there exactly where `si_low` and `high` are", _si_high_ok),
    Column(
        "si_scale",
        "number",
        "`si_low` / `low` (or `si_high` / `high`), to four digits; null for temperatures",
        _si_scale,
    ),
    untidy("unit", "noun", "claimant", "as_of", "place"),
    field("dimension", "text", "what the unit measures"),
    field("noun", "text", "what is counted or measured"),
    field("qualifier", "text", "`exact`, `about`, `over`, `under`, `at_least`, `at_most` or `between`"),
    field("claimant", "text", "who says so"),
    field("as_of", "text", "the time that the text ties to the number"),
    Column("as_of_ok", "flag", "`as_of` is well formed", lambda row: well_formed(row.record.as_of)),
    field("place", "text", "the place that the text ties to the number"),
)
