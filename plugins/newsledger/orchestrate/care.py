"""The tasks of housekeeping: each opens its own settings and calls one function of the pipeline."""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from newsledger import settings
from newsledger.orchestrate.groups import step

_HOUR = 3
"""Of the day (UTC), in which the runs clean Airflow's database."""


@step(priority_weight=1)
def compact() -> None:
    """Make few large files of many small ones in the tables of articles and of feeds, all days but today.

    No row changes. Writers and readers go on; earlier snapshots can be read for `NEWSLEDGER_KEEP_HISTORY_DAYS`.
    """
    from newsledger.pipeline import housekeeping

    housekeeping.compact(settings.load())


@step(priority_weight=1)
def expire() -> None:
    """Remove what was kept for long enough, by the settings `NEWSLEDGER_KEEP_..._DAYS`.

    What batches that are no more have staged, validation results, rejected records that somebody decided on, files in
    `done/` of the inbox, indexes of places that nobody opens.
    """
    from newsledger.pipeline import housekeeping

    housekeeping.expire(settings.load())


@step(priority_weight=1)
def forget_again() -> None:
    """Finish forgetting articles where that was interrupted, and take out what came in of them since."""
    from newsledger.pipeline import forget

    forget.again(settings.load(), lambda *_: None)


@step(priority_weight=1)
def clean_database(run_id: str | None = None) -> None:
    """Have Airflow forget runs older than `NEWSLEDGER_KEEP_RUNS_DAYS` (`airflow db clean`).

    Once a day, and whenever the DAG is started by hand.
    """
    from newsledger.pipeline import housekeeping

    if _waits(run_id, datetime.now(UTC)):
        raise AirflowSkipException(f"Nothing to do: the run after {_HOUR}:00 UTC does it, or one started by hand.")
    if not housekeeping.clean_database(settings.load()):
        raise AirflowSkipException("NEWSLEDGER_AIRFLOW_DATABASE does not name Airflow's database.")


def _waits(run_id: Any, now: datetime) -> bool:
    return str(run_id).startswith("scheduled") and now.hour != _HOUR
