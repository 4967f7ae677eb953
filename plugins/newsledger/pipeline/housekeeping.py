"""What can wait until nobody waits for it. Every step can be run twice, at once, and killed anywhere."""

import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from newsledger.errors import StoreError
from newsledger.extract import gazetteer
from newsledger.inbox import DONE
from newsledger.inboxes import inbox
from newsledger.pipeline.words import count
from newsledger.settings import Settings
from newsledger.store import compaction, expiry, feed_health
from newsledger.store.objects import Objects
from newsledger.store.schema import PARTITION

log = logging.getLogger(__name__)

GAZETTEER_DAYS = 30
_WITHOUT_DAG = frozenset({"asset_event", "deadline", "task_reschedule"})
_FAILED = re.compile(r"error when attempting to clean table '(\w+)'")
_KEPT_BY_PEOPLE = "review_quarantine"
"""The DAG whose runs may wait for a person for long."""


def compact(settings: Settings) -> None:
    """Make few large files of many small ones in both tables, and remove those that no snapshot needs any more.

    Raises:
        StoreError: the object store is out of reach.
    """
    today, hours = datetime.now(UTC).date(), round(settings.keep_history_days * 24)
    for address, partition in ((settings.table, PARTITION), (feed_health.address(settings), feed_health.PARTITION)):
        done = compaction.compact(settings, address, partition, today, hours)
        what = count(done.partitions, "partition")
        log.info("%s: %s, %d files made %d, %d removed", address, what, done.before, done.after, done.vacuumed)


def expire(settings: Settings) -> dict[str, int]:
    """Remove what was kept for long enough; how many of each.

    Raises:
        StoreError: the object store is out of reach.
    """
    objects, now = Objects.open(settings), datetime.now(UTC)
    steps: dict[str, tuple[float | None, Callable[[datetime], int]]] = {
        "left in staging": (settings.keep_staging_days, lambda before: expiry.left_over(objects, before)),
        "validation results": (settings.keep_reports_days, lambda before: expiry.reports(objects, before)),
        "decided rejections": (settings.keep_quarantine_days, lambda before: expiry.decided(objects, before)),
        "files in done/": (settings.keep_done_days, lambda before: _files(settings, before)),
        "indexes of places": (GAZETTEER_DAYS, _indexes),
    }
    done = {what: act(now - timedelta(days=days)) for what, (days, act) in steps.items() if days is not None}
    for what, number in done.items():
        log.info("%s: %d removed", what, number)
    return done


def _files(settings: Settings, before: datetime) -> int:
    """Files that were dealt with on a day before; what lies there by another's hand is left alone."""
    place, gone = inbox(settings), 0
    for file in list(place.aside()):
        parts = file.origin.split("/")
        with suppress(ValueError):
            old = parts[0] == DONE and len(parts) > 2 and datetime.fromisoformat(parts[1]).date() < before.date()
            gone += old and place.remove(file)
    return gone


def _indexes(before: datetime) -> int:
    return gazetteer.prune(gazetteer.cache_folder(), before.timestamp())


def clean_database(settings: Settings) -> bool:
    """Have Airflow forget runs of long ago, by its own command; False where its database was not told to us.

    A process of its own, since tasks have no way to the database. Runs that wait for a person are left alone.

    Raises:
        StoreError: the command failed.
    """
    if settings.airflow_database is None:
        log.info("Airflow's database is left alone: NEWSLEDGER_AIRFLOW_DATABASE does not name it")
        return False
    before, began = datetime.now(UTC) - timedelta(days=settings.keep_runs_days), time.monotonic()
    # Where a DAG is to be spared, Airflow 3.3.2 passes over the tables that have no DAG's id, and in its log all lines
    # that name none.
    failed = _clean(settings.airflow_database, before, "--exclude-dag-ids", _KEPT_BY_PEOPLE) - _WITHOUT_DAG
    failed |= _clean(settings.airflow_database, before, "--tables", ",".join(sorted({*_WITHOUT_DAG, "log"})))
    if failed:
        names = ", ".join(sorted(failed))
        raise StoreError(f"`airflow db clean` could not clean {names}; it is tried again at the next housekeeping.")
    log.info("Airflow forgot what is older than %s, in %.0f s", before.date(), time.monotonic() - began)
    return True


def _clean(database: str, before: datetime, *options: str) -> set[str]:
    """The tables that could not be cleaned."""
    command = (sys.executable, "-m", "airflow", "db", "clean", "--clean-before-timestamp", before.isoformat(), "--yes")
    done = subprocess.run(
        (*command, "--skip-archive", "--batch-size", "1000", *options),
        env=_told(database),
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode:
        last = (said.strip() or "it said nothing").splitlines()[-1]
        raise StoreError(f"`airflow db clean` failed ({last[:200]}); it is tried again at the next housekeeping.")
    return set(_FAILED.findall(said))


def _told(database: str) -> dict[str, str]:
    """The environment with the address in place of the one that Airflow gives to tasks, which leads nowhere."""
    ours = {name: value for name, value in os.environ.items() if name != "AIRFLOW__CORE__SQL_ALCHEMY_CONN"}
    return ours | {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database}
