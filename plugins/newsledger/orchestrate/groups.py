"""The tasks that DAGs are built from: each opens its own settings and calls one function of the pipeline.

Only ids travel between them: `chunks`, which the first task hands on, is `[{"batch_id": ..., "chunk": 0}, ...]`. The
pipeline is imported when a task runs, not when a DAG is read.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from inspect import getdoc
from pathlib import Path
from typing import Any, TypedDict

from airflow.sdk import Asset, AssetAlias, AssetWatcher, task
from airflow.sdk.exceptions import AirflowSkipException

from newsledger import settings
from newsledger.errors import FullError
from newsledger.orchestrate import alerts
from newsledger.orchestrate.outages import patient
from newsledger.orchestrate.trigger import InboxTrigger
from newsledger.orchestrate.watching import name_batch, watched

# The watcher sits on an asset of one DAG only: the same asset without it in a second file would remove it.
INBOX = Asset("inbox", watchers=[AssetWatcher(name="inbox", trigger=InboxTrigger())])
"""The watched folder; its events only ring."""
ARTICLES = Asset("articles", extra={"table": "records/articles"})
"""The table of articles; an event for each batch that was published. Schedule what comes after on it."""
BATCHES = Asset("batches", extra={"prefix": "batches/pending"})
"""Batches that wait for a run; its events only ring."""
RINGS = AssetAlias("rings")
"""What a task names that may ring for `BATCHES`: it does so where there is reason to."""

DEFAULTS = {
    "owner": "newsledger",
    "priority_weight": 10,  # fresh articles go before everything else that waits for a worker
    # A step can run again at any time: what it has done already it finds in the object store.
    "retries": 3,
    "retry_delay": timedelta(seconds=3),
    "retry_exponential_backoff": 2.0,  # each wait up to twice as long, so that not all come back at once
    "max_retry_delay": timedelta(minutes=2),
    "on_failure_callback": alerts.RunFailed(),
}


_WHERE = {"queue": "inbox"} if isinstance(settings.load().inbox, Path) else {}
"""A folder is collected where it is mounted: with Celery, by a worker that serves this queue."""


class Chunk(TypedDict):
    """One part of a batch, as it travels between tasks."""

    batch_id: str
    chunk: int


def step(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """`@task` whose documentation in the UI is the function's docstring, without the indentation of the source."""
    return lambda function: task(doc_md=getdoc(function), **options)(watched(patient(function)))


def ring(outlet_events: Any) -> None:
    """Have another run of the flow follow; only for a task that names `RINGS` among its outlets."""
    outlet_events[RINGS].add(BATCHES)


@step(**_WHERE)
def collect(params: dict[str, Any] | None = None, run_id: str | None = None) -> list[Chunk]:
    """Take on one batch of what waits in the inbox.

    A batch that is due goes first (entries of feeds take turns with the inbox), else the oldest files of the inbox:
    their bytes are stored under their hash, the batch is written down, and only then the files move to `done/`. A file
    that cannot be an article moves to `rejected/` with its reason beside it. When there is nothing to do, the run ends
    here, skipped. While disk or store are short of room, it waits and says so.
    """
    from newsledger import pipeline

    chosen = {name: value for name, value in (params or {}).items() if value is not None}
    try:
        work = pipeline.collect(settings.load().model_copy(update=chosen), run_id)
    except FullError as error:
        why = str(error)
        alerts.tell(lambda: [alerts.short_of_room(why)])
        raise  # it waits, and says why
    if work is None:
        raise AirflowSkipException("Nothing to do: no file waits in the inbox, and no batch is due.")
    name_batch(work.batch_id)
    return [Chunk(batch_id=work.batch_id, chunk=number) for number in range(work.chunks)]


@step()
def extract(batch_id: str, chunk: int) -> None:
    """Read the articles of one chunk of the batch, and the facts in them: quotes, people, places, figures, dates.

    Nothing is published yet: what was read is staged in object storage. What cannot be read is put down with its reason
    and does not stop the others.
    """
    from newsledger import pipeline

    pipeline.extract(settings.load(), batch_id, chunk)


@step(outlets=[RINGS])
def validate(chunks: Sequence[Chunk], outlet_events: Any = None) -> None:
    """Hold every article and every fact to the expectations of `config/expectations/` (Great Expectations).

    What falls short goes to quarantine with its reasons: a bad fact alone, a bad article with all its facts. The result
    of the validation is kept as JSON under `reports/validation/`. When an unusual share of the batch fails, then it is
    the extractor or a source that is broken: the batch is held whole until somebody decides (`review_quarantine`).
    """
    from newsledger import pipeline

    if batch := pipeline.validate(settings.load(), chunks[0]["batch_id"]):
        alerts.tell(lambda: [alerts.held(batch)])
        if pipeline.more(settings.load()):
            ring(outlet_events)


@step(outlets=[ARTICLES, RINGS])
def publish(chunks: Sequence[Chunk], outlet_events: Any = None) -> None:
    """Commit the accepted articles to the table, exactly once, and write down what became of the batch.

    The table is `records/articles`; the same rows lie as JSON Lines under `records/jsonl/`, the outcome of the batch
    under `batches/done/`. While more batches wait, the next run is rung for. A batch that is held is skipped.
    """
    from newsledger import pipeline

    if not pipeline.publish(settings.load(), chunks[0]["batch_id"]):
        raise AirflowSkipException("The batch is held: the log of `validate` says why, `review_quarantine` asks on.")
    if pipeline.more(settings.load()):
        ring(outlet_events)


@step(priority_weight=1)
def data_docs() -> None:
    """Build Great Expectations' Data Docs from the newest validation results and upload them.

    They begin at `reports/data-docs/index.html` in the bucket.
    """
    from newsledger import pipeline

    pipeline.build_data_docs(settings.load())
