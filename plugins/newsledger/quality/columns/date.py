"""The columns of the suite ``dates``."""

from collections.abc import Callable, Mapping

from newsledger.quality import edtf
from newsledger.quality.columns.column import Column, Row, days, field, year
from newsledger.quality.columns.fact import fact_columns
from newsledger.records import FactKind

_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date": edtf.is_date,
    "duration": edtf.is_duration,
    "set": edtf.is_set,
}


def _value_ok(row: Row) -> bool:
    check = _CHECKS.get(row.record.kind)
    return check is not None and check(row.record.value)


def _value_year(row: Row) -> float | None:
    found = days(row.record.value) if row.record.kind == "date" and not row.record.value.startswith("XX") else None
    return year(found.first) if found else None


DATES: tuple[Column, ...] = (
    *fact_columns(FactKind.dates),
    field("value", "text", "ISO 8601 or EDTF"),
    field("kind", "text", "`date`, `duration` or `set`"),
    Column("value_ok", "flag", "`value` is well formed for its kind", _value_ok),
    Column("value_year", "number", "year of (the begin of) a date; null where its century is open", _value_year),
)
