"""Waits outages of the object store out: a task sleeps until the store is back, and nothing fails, however long.

Airflow's own retries are few and end in a failed run, and a run that starts anew counts against its batch. A task that
is *rescheduled* instead gives its worker back, keeps its place in its run, and says in its log why it waits.
"""

import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowRescheduleException

from newsledger.errors import AwayError, FullError

log = logging.getLogger(__name__)

FIRST, LONGEST = 2.0, 10.0
"""Seconds of the first wait, and of the longest: work resumes within so many seconds once the store is back."""


def patient(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function of a task, which is called again later where the store is away, or out of room."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (AwayError, FullError) as error:
            wait = seconds(get_current_context()["task_reschedule_count"], random.random())
            log.warning("%s Nothing is lost: this task goes on by itself, and looks again in %.0f s.", error, wait)
            later = datetime.now(UTC) + timedelta(seconds=wait)
            raise AirflowRescheduleException(later) from None  # type: ignore[no-untyped-call]  # Airflow leaves it so

    return run


def seconds(before: int, dice: float) -> float:
    """How long to wait after so many waits, with dice from 0 to 1 so that not all come back at once."""
    longest = min(LONGEST, FIRST * 2.0 ** min(before, 10))
    return longest * (1 + dice) / 2
