"""Whether publishing stays as cheap as the table grows: the same batch into an empty table and a large one, in turn."""

import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
import pyarrow as pa
from deltalake import CommitProperties, Transaction, WriterProperties, write_deltalake
from msgspec.structs import replace

from bench.articles import article
from newsledger.extract import document
from newsledger.records import Extraction, Source, sha256
from newsledger.settings import Settings
from newsledger.store import heads
from newsledger.store.objects import Objects
from newsledger.store.publish import publish
from newsledger.store.schema import ARTICLES, row
from newsledger.store.tables import APP, Articles

BATCH = 100
"""Articles of a batch that is timed."""
STEP = 400
"""Articles of each commit by which the large table grew: as many as a run takes on."""
DAYS = 25
"""Over which its articles were published: the table is partitioned by day."""


class Commits(NamedTuple):
    """Seconds to publish a batch, median and all."""

    empty: list[float]
    large: list[float]

    @property
    def ratio(self) -> float:
        """Of the medians: 1 where the size of the table costs nothing."""
        return statistics.median(self.large) / statistics.median(self.empty)

    def __str__(self) -> str:
        large, empty = statistics.median(self.large), statistics.median(self.empty)
        return f"{self.ratio:.2f} ({large:.2f} s, empty {empty:.2f} s; medians of {len(self.large)})"


def measured(settings: Settings, size: int = 100_000, times: int = 7) -> Commits:
    """Publish batches of new articles into a new table and into one of ``size`` articles, in turn.

    The tables lie in buckets of their own at the settings' store.
    """
    found = Commits([], [])
    articles = [_extraction(number) for number in range(BATCH)]
    large = settings.model_copy(update={"bucket": f"bench-{size}"})
    grow(large, articles, size)
    for number in range(-1, times):  # the first of each is for warming up
        empty = settings.model_copy(update={"bucket": f"bench-empty-{number + 1}"})
        Objects.open(empty).ensure_bucket()
        Articles.open(empty)
        seconds = [_timed(where, articles, f"{size}-{number}") for where in (empty, large)]
        if number >= 0:
            found.empty.append(seconds[0])
            found.large.append(seconds[1])
    return found


def grow(settings: Settings, articles: Sequence[Extraction], size: int) -> None:
    """Make a table of so many articles, commit by commit; quick, for they are all the same but for their ids.

    It has no heads but their position: a batch of new articles looks for heads that are not there.
    """
    objects = Objects.open(settings)
    objects.ensure_bucket()
    table = Articles.open(settings).delta
    parts = [row(articles[number % len(articles)], "", _day(0)) for number in range(STEP)]
    same = pa.Table.from_pylist(parts, schema=ARTICLES)
    for begin in range(0, size, STEP):
        write_deltalake(
            table,
            _renamed(same, begin, begin * DAYS // size),
            mode="append",
            commit_properties=CommitProperties(app_transactions=[Transaction(APP, begin + STEP)]),
            writer_properties=WriterProperties(compression="ZSTD"),
        )
    objects.create(heads.POSITION, msgspec.json.encode(heads.Position(seq=size)))


def _renamed(same: pa.Table, begin: int, age: int) -> pa.Table:
    """The same rows at the positions after ``begin``, under ids of their own, of a day so long ago."""
    moment = datetime.fromisoformat(_day(age))
    columns = {
        "article_id": [f"old/{begin + number}" for number in range(STEP)],
        "seq": [*range(begin + 1, begin + STEP + 1)],
        "batch_id": [sha256(str(begin).encode())[:24]] * STEP,
        "published_on": [moment.date()] * STEP,
    }
    for name, values in columns.items():
        place = ARTICLES.get_field_index(name)
        same = same.set_column(place, ARTICLES.field(place), pa.array(values, ARTICLES.field(place).type))
    return same


def _timed(settings: Settings, articles: Sequence[Extraction], name: str) -> float:
    objects = Objects.open(settings)
    new = [replace(one, article=replace(one.article, article_id=f"new/{name}/{n}")) for n, one in enumerate(articles)]
    began = time.perf_counter()
    publish(objects, settings, sha256(name.encode())[:24], new, _day(0))
    return time.perf_counter() - began


def _extraction(number: int) -> Extraction:
    data = article(number).encode()
    (found,) = document.read(data, "bench.txt")
    digest = sha256(data)
    source = Source(
        name="inbox",
        kind="inbox",
        raw_key=f"raw/{digest}",
        raw_sha256=digest,
        retrieved_at=datetime.now(UTC).isoformat(),
    )
    return replace(found, article=replace(found.article, sources=(source,), extracted_at=datetime.now(UTC).isoformat()))


def _day(age: int) -> str:
    """This moment so many days ago."""
    return (datetime.now(UTC) - timedelta(days=age)).isoformat(timespec="milliseconds")
