"""Read the records back: which kind, from when or where on, under which condition; DuckDB lives here."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from newsledger.errors import NotStoredError, QueryError, StoreError
from newsledger.records import Record
from newsledger.settings import Settings
from newsledger.store import views
from newsledger.store.schema import ARTICLES, instant
from newsledger.store.tables import Articles

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_BATCH = 1_000


class Kind(StrEnum):
    """What can be read: whole articles, or one kind of fact, a row each."""

    articles = "articles"
    quotes = "quotes"
    figures = "figures"
    mentions = "mentions"
    dates = "dates"


class Question(Record, frozen=True, kw_only=True):
    """Which records are wanted."""

    kind: Kind = Kind.articles
    since: str | None = None
    """Published at this UTC date-time or later."""
    after: int | None = None
    """Published after this position: how a consumer goes on where it stopped."""
    where: str | None = None
    """A condition in DuckDB's SQL on the columns of the kind."""
    every: bool = False
    """Every version and revision, rather than the newest only."""
    canonical: bool = False
    """In an order that does not depend on the clock: by identity and position in the text."""


@contextmanager
def ask(settings: Settings, question: Question) -> "Iterator[pa.RecordBatchReader]":
    """The answer, as a stream that is good inside the ``with`` only; empty while nothing was published.

    Raises:
        QueryError: the time or the condition is not understood.
        StoreError: the store is out of reach.
    """
    import duckdb

    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("articles", _source(settings))
        connection.execute(views.sql())
        # A condition is for looking at the records, not at this machine's files.
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
        yield _answer(connection, sql(question))
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        if "IOError" in first:  # Arrow's word for a file that cannot be fetched, passed on by DuckDB
            raise StoreError(f"Cannot read {settings.table}: {first}; see that the object store runs.") from error
        raise QueryError(f"Cannot answer this about {question.kind.value}: {_plain(str(error))}") from error
    finally:
        connection.close()


def sql(question: Question) -> str:
    """The question in SQL.

    Raises:
        QueryError: ``since`` is not a date or date-time.
    """
    conditions = [f"published_at >= TIMESTAMPTZ '{_time(question.since)}'"] if question.since else []
    conditions += [f"seq > {question.after}"] if question.after is not None else []
    conditions += [f"({question.where}\n)"] if question.where else []  # the line end closes a comment
    where = " AND ".join(conditions) or "true"
    view = question.kind.value if question.every else f"{question.kind.value}_latest"
    whole = question.kind is Kind.articles
    place = "" if whole else ', start, "end", fact_id'
    order = f"article_id, version, revision{place}" if question.canonical else f"seq{place}"
    return f"SELECT * FROM {view} WHERE {where} ORDER BY {order}"  # noqa: S608  # the user's own SQL, on their own records


def _time(text: str) -> str:
    try:
        return instant(text).isoformat()
    except ValueError as error:
        raise QueryError(f"{text!r} is not a time such as 2026-05-03 or 2026-05-03T10:00:00Z.") from error


def _source(settings: Settings) -> object:
    try:
        return Articles.find(settings).dataset()
    except NotStoredError:
        return ARTICLES.empty_table()


def _answer(connection: "duckdb.DuckDBPyConnection", query: str) -> "pa.RecordBatchReader":
    if len(connection.extract_statements(query)) != 1:
        raise QueryError("A condition is one expression, without a semicolon.")
    answer: pa.RecordBatchReader = connection.sql(query).to_arrow_reader(_BATCH)
    return answer


def _plain(message: str) -> str:
    """What DuckDB says, without the drawing of where; with the columns that it thinks were meant."""
    return " ".join(message.partition("\n\n")[0].splitlines())
