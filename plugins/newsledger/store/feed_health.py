"""How feeds are doing: the Delta table ``records/feeds``, one row for each feed and poll."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from newsledger.errors import ConflictError
from newsledger.records import Record
from newsledger.settings import Settings
from newsledger.store.tables import explained, table_options

_TEXT: pa.DataType = pa.string()
_WHOLE: pa.DataType = pa.int64()
_TIME: pa.DataType = pa.timestamp("us", tz="UTC")
PARTITION = "polled_on"
COLUMNS = pa.schema(
    [
        (PARTITION, pa.date32()),
        ("polled_at", _TIME),
        ("feed", _TEXT),
        ("url", _TEXT),
        ("moved_to", _TEXT),
        ("health", _TEXT),
        ("silent", pa.bool_()),
        ("status", _WHOLE),
        ("failure", _TEXT),
        ("error", _TEXT),
        ("kind", _TEXT),
        ("entries", _WHOLE),
        ("new", _WHOLE),
        ("edited", _WHOLE),
        ("left", _WHOLE),
        ("bytes", _WHOLE),
        ("ms", _WHOLE),
        ("next_due", _TIME),
        ("problems", pa.list_(_TEXT)),
    ]
)
_CONFIGURATION = {"delta.checkpointInterval": "10"}
_TRIES = 5


class FeedHealth(Record, frozen=True, kw_only=True):
    """What one poll of one feed came to."""

    polled_at: str
    """UTC date-time."""
    feed: str
    url: str
    """Where it was fetched from."""
    moved_to: str | None = None
    health: str
    """``ok``, ``failing`` or ``gone``."""
    silent: bool = False
    """Whether it gives nothing new for far longer than is its habit."""
    status: int | None = None
    failure: str | None = None
    """Class of the failure."""
    error: str | None = None
    """The failure in words."""
    kind: str | None = None
    """Of the feed, where it was read: null for one that is unchanged."""
    entries: int | None = None
    new: int = 0
    edited: int = 0
    left: int = 0
    """New ones that were left for the next poll."""
    bytes: int = 0
    """Of the answer, unpacked."""
    ms: int = 0
    next_due: str | None = None
    problems: tuple[str, ...] = ()
    """What had to be passed over or mended."""


def address(settings: Settings) -> str:
    """Address of the table."""
    return f"s3://{settings.bucket}/records/feeds"


def append(settings: Settings, records: Sequence[FeedHealth]) -> None:
    """Add what a few polls came to: one commit, that goes beside any other's.

    Raises:
        StoreError: the object store is out of reach.
    """
    for _ in range(_TRIES if records else 0):
        with suppress(ConflictError):  # housekeeping made one file of many in this moment
            _append(settings, records)
            return
    if records:
        _append(settings, records)


def _append(settings: Settings, records: Sequence[FeedHealth]) -> None:
    from deltalake import WriterProperties, write_deltalake

    where = address(settings)
    with explained(where):
        write_deltalake(
            where,
            pa.Table.from_pylist([_row(record) for record in records], schema=COLUMNS),
            mode="append",
            partition_by=[PARTITION],
            name="feeds",
            description="One row for each feed and poll: newsledger",
            configuration=_CONFIGURATION,
            storage_options=table_options(settings),
            writer_properties=WriterProperties(compression="ZSTD"),
        )


def missing(settings: Settings, records: Sequence[FeedHealth]) -> list[FeedHealth]:
    """Those that were not added yet.

    Raises:
        StoreError: the object store is out of reach.
    """
    from deltalake import DeltaTable
    from deltalake.exceptions import TableNotFoundError

    where = address(settings)
    with explained(where):
        try:
            table = DeltaTable(where, storage_options=table_options(settings)).to_pyarrow_dataset()
        except TableNotFoundError:
            return list(records)
        times = [datetime.fromisoformat(record.polled_at) for record in records]
        there = table.to_table(["feed", "polled_at"], filter=pc.field("polled_at").isin(pa.array(times, _TIME)))
    known = {(row["feed"], row["polled_at"]) for row in there.to_pylist()}
    return [record for record, at in zip(records, times, strict=True) if (record.feed, at) not in known]


def _row(record: FeedHealth) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(record, name) for name in COLUMNS.names if name != PARTITION}
    at = datetime.fromisoformat(record.polled_at)
    due = datetime.fromisoformat(record.next_due) if record.next_due else None
    return row | {PARTITION: at.date(), "polled_at": at, "next_due": due, "problems": list(record.problems)}
