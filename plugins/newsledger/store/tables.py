"""The table of articles in object storage; deltalake lives here and nowhere else.

All writers commit under one Delta app id, and the version of their transaction is the last ``seq`` that they gave out.
Of two that decided from the same snapshot Delta lets one through (``Concurrent transaction failed``), so ``seq`` has
neither gaps nor twins. A compaction beside them disturbs nobody: it carries no transaction.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from newsledger.errors import AwayError, ConflictError, NotStoredError, StoreError
from newsledger.records import SCHEMA_VERSION
from newsledger.settings import Settings
from newsledger.store.schema import ARTICLES, PARTITION, STATISTICS, Row

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from pyarrow.dataset import Dataset

APP = "newsledger"
"""The app id of every commit that publishes."""

VERSION = "newsledger.schemaVersion"
"""The property of the table that states its schema version; the first release did not write it."""

_CONFIGURATION = {
    VERSION: str(SCHEMA_VERSION),
    "delta.checkpointInterval": "10",
    "delta.dataSkippingStatsColumns": ",".join(STATISTICS),
}
# What deltalake 1.6 says when another commit came first; a bare number is how often it tried to go after others.
_CONFLICT = re.compile(r"concurrent|since last commit|already exists|transaction: \d+$", re.IGNORECASE)
# What its network library says when nobody answers (rightly), or the answer is that the store cannot now.
_AWAY = re.compile(r"error sending request|tcp connect error|dns error|timed out|non-2xx status code:? (429|5\d\d)")
_DRAWN = re.compile(r"\x1b\[\d*m|[↳\n]")


# Some seconds, not the minutes of the defaults: a task that fails says why, and is tried again by its scheduler.
_PATIENCE = {"connect_timeout": "5s", "timeout": "30s", "max_retries": "3", "retry_timeout": "60s"}


def storage_options(settings: Settings) -> dict[str, str]:
    """What Delta, and Polars, must know to reach the store: the same values that ``Objects`` uses."""
    options = {
        "AWS_ENDPOINT_URL": settings.endpoint,
        "AWS_REGION": settings.region,
        "AWS_ACCESS_KEY_ID": settings.access_key,
        "AWS_SECRET_ACCESS_KEY": settings.secret_key,
        "aws_conditional_put": "etag",
    }
    if settings.session_token:
        options["AWS_SESSION_TOKEN"] = settings.session_token
    if settings.endpoint.startswith("http://"):
        options["AWS_ALLOW_HTTP"] = "true"
    return options


class Articles:
    """A snapshot of the table, and the way to add to it."""

    def __init__(self, table: "DeltaTable") -> None:
        """Hold a loaded table; use ``open``."""
        self._table = table
        self._seq: int | None = None

    @classmethod
    def find(cls, settings: Settings, *, any_version: bool = False) -> "Articles":
        """The newest snapshot; with ``any_version`` also of a table that this release does not read or write.

        Raises:
            NotStoredError: nothing was ever published here.
            StoreError: out of reach, or not a table of the schema version of this release.
        """
        from deltalake import DeltaTable
        from deltalake.exceptions import TableNotFoundError

        with explained(settings.table):
            try:
                found = cls(DeltaTable(settings.table, storage_options=table_options(settings)))
                version = found.schema_version
            except TableNotFoundError as error:
                raise NotStoredError(f"There is no table at {settings.table} yet: nothing was published.") from error
        if version != SCHEMA_VERSION and not any_version:
            raise _other_version(settings.table, version)
        return found

    @classmethod
    def open(cls, settings: Settings) -> "Articles":
        """The newest snapshot; creates the table where there is none."""
        try:
            return cls.find(settings)
        except NotStoredError:
            _create(settings.table, table_options(settings))
            return cls.find(settings)

    @property
    def seq(self) -> int:
        """The last position that was given out in this snapshot; 0 in an empty table."""
        if self._seq is None:  # each look goes to the log
            with explained(self.address):
                self._seq = self._table.transaction_version(APP) or 0
        return self._seq

    @property
    def schema_version(self) -> int:
        """By which schema version it is laid out."""
        return int(self._table.metadata().configuration.get(VERSION) or 1)

    @property
    def delta(self) -> "DeltaTable":
        """The table as deltalake knows it, for readers."""
        return self._table

    def dataset(self) -> "Dataset":
        """The snapshot for engines that read Arrow, such as DuckDB; files are skipped by statistics."""
        with explained(self.address):
            return self._table.to_pyarrow_dataset()

    @property
    def address(self) -> str:
        """Where the table is: ``s3://bucket/records/articles``."""
        return self._table.table_uri

    def files(self) -> list[str]:
        """The keys of the files that hold the rows of this snapshot."""
        with explained(self.address):
            return ["/".join(uri.split("/")[3:]) for uri in self._table.file_uris()]

    def stream(self) -> Iterator[Row]:
        """Every row, in no order, a batch of them in memory at a time."""
        with explained(self.address):
            for batch in self._scan(None):
                yield from batch

    def _scan(self, predicate: str | None) -> Iterator[list[Row]]:
        for batch in pa.RecordBatchReader.from_stream(self._table.scan(predicate=predicate)):
            yield pa.Table.from_batches([batch]).select(ARTICLES.names).cast(ARTICLES).to_pylist()

    def sources(self) -> Iterator[Row]:
        """Of every row ``article_id``, ``seq``, ``batch_id`` and ``sources``, in no order."""
        with explained(self.address):
            scan = self._table.scan(columns=["article_id", "seq", "batch_id", "sources"])
            for batch in pa.RecordBatchReader.from_stream(scan):
                yield from batch.to_pylist()

    def refresh(self) -> None:
        """Move on to the newest snapshot."""
        with explained(self.address):
            self._seq = None
            self._table.update_incremental()

    def batch(self, batch_id: str, day: date) -> list[Row]:
        """The rows that a batch published on its day, in order; none where it has not."""
        predicate = f"{PARTITION} = '{day.isoformat()}' AND batch_id = '{batch_id}'"
        with explained(self.address):
            files = self._table.file_uris(file_pruning_predicate=predicate)
        return self.rows(predicate) if files else []

    def between(self, after: int, upto: int) -> list[Row]:
        """The rows at positions ``after + 1`` to ``upto``, in order."""
        return self.rows(f"seq > {after} AND seq <= {upto}")

    def rows(self, predicate: str) -> list[Row]:
        """The rows that a predicate (DataFusion SQL) selects, in order of ``seq``; files are skipped by statistics."""
        with explained(self.address):
            found = [row for batch in self._scan(predicate) for row in batch]
        return sorted(found, key=lambda row: row["seq"])

    def append(self, rows: Sequence[Row]) -> None:
        """Commit rows whose ``seq`` goes on from this snapshot's; moves on to the new snapshot.

        Raises:
            ConflictError: another writer committed since: ``refresh`` and decide again.
        """
        from deltalake import CommitProperties, Transaction, WriterProperties, write_deltalake

        if [row["seq"] for row in rows] != [*range(self.seq + 1, self.seq + 1 + len(rows))]:
            raise AssertionError("positions must go on from the snapshot's")
        with explained(self.address):
            write_deltalake(
                self._table,
                pa.Table.from_pylist(list(rows), schema=ARTICLES),
                mode="append",
                commit_properties=CommitProperties(app_transactions=[Transaction(APP, rows[-1]["seq"])]),
                writer_properties=WriterProperties(compression="ZSTD"),
            )
        self._seq = rows[-1]["seq"]

    def take_place(self) -> None:
        """Commit nothing, in the serial order of ``append``: whoever decided from an earlier snapshot is refused.

        Raises:
            ConflictError: another writer committed since: ``refresh`` and try again.
        """
        from deltalake import CommitProperties, Transaction

        commit = CommitProperties(app_transactions=[Transaction(APP, self.seq)])
        with explained(self.address):
            schema, by = self._table.schema(), [PARTITION]
            self._table.create_write_transaction([], "append", schema, by, commit_properties=commit)

    def delete(self, seqs: Sequence[int]) -> None:
        """Commit that rows are no more; beside appends, which it neither waits for nor undoes.

        Raises:
            ConflictError: another rewrote their files (a compaction): ``refresh`` and try again.
        """
        from deltalake import WriterProperties

        numbers, compressed = ", ".join(map(str, seqs)), WriterProperties(compression="ZSTD")
        with explained(self.address):
            self._table.delete(f"seq IN ({numbers})", writer_properties=compressed)

    def texts(self) -> Iterator[Row]:
        """Of every row ``article_id``, ``headline`` and ``body``, in no order."""
        with explained(self.address):
            for batch in pa.RecordBatchReader.from_stream(self._table.scan(columns=["article_id", "headline", "body"])):
                yield from batch.to_pylist()


def table_options(settings: Settings) -> dict[str, str]:
    """The same for deltalake, which is to give up within a minute."""
    return storage_options(settings) | _PATIENCE


def _create(address: str, options: dict[str, str]) -> None:
    """Two that create at once meet at the first log entry, and either's table is as good.

    Without retries: with them, the second would go on to write its own metadata over the first's.
    """
    from deltalake import CommitProperties, DeltaTable

    with explained(address):
        try:
            DeltaTable.create(
                address,
                ARTICLES,
                mode="error",
                partition_by=[PARTITION],
                name="articles",
                description="Every article with the facts read out of it: newsledger",
                configuration=_CONFIGURATION,
                raise_if_key_not_exists=False,  # the version is ours, not Delta's
                storage_options=options,
                commit_properties=CommitProperties(max_commit_retries=0),
            )
        except Exception:
            if not DeltaTable.is_deltatable(address, options):
                raise


def _other_version(address: str, version: int) -> StoreError:
    table = f"The table {address} is of schema version {version}, and this release reads and writes {SCHEMA_VERSION}"
    if version > SCHEMA_VERSION:
        return StoreError(f"{table}: install the newer release that wrote it.")
    return StoreError(f"{table}: stop the stack, run `newsledger migrate`, and start it again.")


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turn what deltalake raises into one sentence."""
    from deltalake.exceptions import CommitFailedError, DeltaError

    try:
        yield
    except CommitFailedError as error:
        if _CONFLICT.search(str(error)):
            raise ConflictError(f"Cannot commit to {address}: another writer was first ({_line(error)}).") from error
        raise _told(error, f"Cannot commit to {address}") from error
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise _told(error, f"Cannot use the table {address}") from error


def _told(error: Exception, what: str) -> StoreError:
    """One sentence, and whether waiting helps."""
    if _AWAY.search(str(error)):
        return AwayError(
            f"{what}: the object store is out of reach, or cannot answer now; "
            "see that it runs (`newsledger up` starts the embedded one) and that NEWSLEDGER_S3_ENDPOINT is right."
        )
    return StoreError(f"{what}: {_line(error)}; see that the object store runs.")


def _line(error: Exception) -> str:
    """The error without the tree that deltalake draws of its causes."""
    return " ".join(_DRAWN.sub(" ", str(error)).split())[:500]
