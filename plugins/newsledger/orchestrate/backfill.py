"""The task of reading again: it opens its own settings and calls one function of the pipeline."""

from typing import Any

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from newsledger import settings
from newsledger.errors import QueryError
from newsledger.orchestrate.groups import RINGS, ring, step


@step(outlets=[RINGS])
def replay(params: dict[str, Any] | None = None, run_id: str | None = None, outlet_events: Any = None) -> None:
    """Find what is to be read again, and leave it as pending batches.

    The flow of the inbox takes them on when nothing fresh waits. Run again, this task finds its batches there or done,
    and leaves no others.
    """
    from newsledger import pipeline

    chosen = params or {}
    wanted = pipeline.Wanted(chosen.get("since"), chosen.get("article"), bool(chosen.get("every")))
    try:
        found = pipeline.replay(settings.load(), wanted, run_id or "", dry_run=bool(chosen.get("dry_run")))
    except QueryError as error:
        raise AirflowFailException(str(error)) from error  # another try would fare no better
    if not found.batch_ids:
        raise AirflowSkipException("Nothing is read again: a dry run, or nothing that fits.")
    ring(outlet_events)
