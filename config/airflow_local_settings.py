"""Airflow's own hook: warms what tasks import before workers fork. Imports only: no client, no thread, no connection.

Only the process whose workers are forked from it needs this: a scheduler with LocalExecutor, a Celery worker's parent.
"""

import contextlib
import sys

__all__: list[str] = []

if {"scheduler", "celery"} & set(sys.argv[1:2]):
    # A broken installation shows in the task that needs the module, with its log, not in a scheduler that dies.
    with contextlib.suppress(ImportError):
        import newsledger.extract.document
        import newsledger.quality.validate  # noqa: F401  # Great Expectations: 7 to 10 s
