"""Write records out: JSON Lines, the canonical form, CSV, Parquet, or a table for people. Rows stream through."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from newsledger.store.reading import Kind
from newsledger.store.schema import Row

if TYPE_CHECKING:
    import pyarrow as pa

CLOCK = frozenset("seq batch_id published_on published_at extracted_at retrieved_at".split())
"""Fields that depend on when and in what company an article was published, left out of the canonical form."""

_SHOWN = 50
_WIDEST = 70
_COLUMNS = {
    Kind.articles: ("seq", "article_id", "version", "date_published", "headline", "body"),
    Kind.quotes: ("seq", "speaker", "exact", "kind", "role"),
    Kind.mentions: ("seq", "type", "name", "exact", "country_code", "role"),
    Kind.figures: ("seq", "exact", "low", "high", "unit", "noun", "claimant"),
    Kind.dates: ("seq", "exact", "value", "kind"),
}
# What a spreadsheet takes for the beginning of a formula, in its wide forms too (OWASP, "CSV Injection").
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class Format(StrEnum):
    """How records are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    canonical = "canonical"


def write(reader: "pa.RecordBatchReader", kind: Kind, form: Format, out: BinaryIO) -> None:
    """Write all that the reader gives to a binary stream, which need not be able to seek."""
    writers: dict[Format, Callable[[], None]] = {
        Format.jsonl: lambda: out.writelines(msgspec.json.encode(row) + b"\n" for row in rows(reader)),
        Format.canonical: lambda: out.writelines(canonical(row) + b"\n" for row in rows(reader)),
        Format.csv: lambda: _write_csv(reader, out),
        Format.parquet: lambda: _write_parquet(reader, out),
        Format.table: lambda: _write_table(reader, kind, out),
    }
    writers[form]()
    out.flush()


def rows(reader: "pa.RecordBatchReader") -> Iterator[Row]:
    """The records one by one."""
    for batch in reader:
        yield from batch.to_pylist()


def canonical(row: Row) -> bytes:
    """One record as bytes that two equal readings of an article share: sorted, without clock and batch."""
    return msgspec.json.encode(_timeless(row), order="sorted")


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _timeless(part) for name, part in value.items() if name not in CLOCK}
    if isinstance(value, list):
        parts = [_timeless(part) for part in value]
        return sorted(parts, key=_place) if parts and isinstance(parts[0], dict) else parts
    return value


def _place(part: dict[str, Any]) -> tuple[int, int, bytes]:
    return part.get("start", 0), part.get("end", 0), msgspec.json.encode(part, order="sorted")


def cell(value: Any) -> Any:
    """A value as a CSV cell that no spreadsheet takes for a formula; lists and structs as JSON."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, list | dict):
        value = msgspec.json.encode(value).decode()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _write_csv(reader: "pa.RecordBatchReader", out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(reader.schema.names)
        writer.writerows([cell(value) for value in row.values()] for row in rows(reader))
    finally:
        text.detach()


def _write_parquet(reader: "pa.RecordBatchReader", out: BinaryIO) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(out, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _write_table(reader: "pa.RecordBatchReader", kind: Kind, out: BinaryIO) -> None:
    from rich.console import Console
    from rich.table import Table

    text = io.TextIOWrapper(out, "utf-8", write_through=True)
    table, count = Table(*_COLUMNS[kind]), 0
    for count, row in enumerate(rows(reader), 1):
        if count <= _SHOWN:
            table.add_row(*(_shown(row[name]) for name in _COLUMNS[kind]))
    console = Console(file=text)
    console.print(table)
    more = f", the first {_SHOWN} shown; --format jsonl prints all" if count > _SHOWN else ""
    console.print(f"{count} {kind.value if count != 1 else kind.value[:-1]}{more}", highlight=False)
    text.detach()


def _shown(value: Any) -> Any:
    """One line without control characters (a terminal would obey them) or markup."""
    from rich.text import Text

    if value is None:
        return Text("")
    plain = _CONTROL.sub(" ", value.isoformat() if isinstance(value, date) else str(value))
    if isinstance(value, float):
        plain = f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return Text(plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…")
