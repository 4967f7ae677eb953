"""Make few large files of many small ones in a table, and remove files that it needs no more, while others use it.

A day is written anew from one snapshot in the place of itself, so that Delta refuses it where anybody wrote to that day
or rewrote it meanwhile, and refuses a publisher who loaded his snapshot before, who then decides again. (Of two of
deltalake's own compactions from one snapshot, 1.6.6 lets both through, and every row is there twice.) Readers of an
earlier snapshot keep its files until they are vacuumed. Today is left alone, since files are still coming.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from newsledger.errors import ConflictError
from newsledger.settings import Settings
from newsledger.store.tables import explained, table_options

FEWEST = 8
"""Small files in a partition that are worth making one of."""
SMALL = 32_000_000
"""Bytes; a larger file is left as it is."""
TARGET = 128_000_000
"""Bytes of a file that is made of several."""


class Compacted(NamedTuple):
    """What was done to a table."""

    partitions: int = 0
    """Days that were written anew."""
    before: int = 0
    """Files in them before and after."""
    after: int = 0
    vacuumed: int = 0
    """Files that were removed, since no snapshot within the retention needs them."""


def compact(settings: Settings, address: str, partition: str, today: date, keep_hours: int) -> Compacted:
    """Compact each day before ``today`` that has many small files, then remove what is older than ``keep_hours``.

    ``partition`` is the column of the day. A table that is not there is left so. Where another writer is first, the day
    waits for the next time.

    Raises:
        StoreError: the store is out of reach.
    """
    from deltalake import DeltaTable

    options = table_options(settings)
    with explained(address):
        if not DeltaTable.is_deltatable(address, options):
            return Compacted()
    done = Compacted()
    for day, before in _crowded(settings, address, partition, today):
        if after := _written_anew(settings, address, f"{partition} = '{day}'"):
            done = Compacted(done.partitions + 1, done.before + before, done.after + after)
    return done._replace(vacuumed=_vacuumed(settings, address, keep_hours))


def _written_anew(settings: Settings, address: str, predicate: str) -> int:
    """Put a day in the place of itself, a batch of rows in memory at a time; how many files it has then, 0 if not done.

    Raises:
        StoreError: the store is out of reach.
    """
    import pyarrow as pa
    from deltalake import WriterProperties, write_deltalake

    with explained(address):
        table = _table(settings, address)
        rows = pa.RecordBatchReader.from_stream(table.scan(predicate=predicate))
    try:
        with explained(address):
            write_deltalake(
                table,
                rows,
                mode="overwrite",
                predicate=predicate,
                target_file_size=TARGET,
                writer_properties=WriterProperties(compression="ZSTD"),
            )
            return len(table.file_uris(file_pruning_predicate=predicate))
    except ConflictError:
        return 0


def _crowded(settings: Settings, address: str, partition: str, today: date) -> Iterator[tuple[str, int]]:
    """The days with many small files, the oldest first, and how many files each has."""
    with explained(address):
        files = _table(settings, address).get_add_actions(flatten=True)
    columns = (files.column(name).to_pylist() for name in (f"partition.{partition}", "size_bytes"))
    found = [(str(day), size) for day, size in zip(*columns, strict=True) if day]
    every, small = Counter(day for day, _ in found), Counter(day for day, size in found if size < SMALL)
    crowded = sorted(day for day, number in small.items() if number >= FEWEST)
    yield from ((day, every[day]) for day in crowded if date.fromisoformat(day) < today)


def _vacuumed(settings: Settings, address: str, keep_hours: int) -> int:
    """Remove files, also those of commits that never came about; each look leaves no trace where there is nothing."""
    with explained(address):
        table = _table(settings, address)
        options = {"retention_hours": keep_hours, "enforce_retention_duration": False, "full": True}
        if not table.vacuum(dry_run=True, **options):
            return 0
        return len(table.vacuum(dry_run=False, **options))


def _table(settings: Settings, address: str):  # type: ignore[no-untyped-def]
    from deltalake import DeltaTable

    return DeltaTable(address, storage_options=table_options(settings))
