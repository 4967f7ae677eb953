"""Airflow's own hook: warms what tasks import before workers fork, so that a task starts in a tenth of a second.

Only the process whose workers are forked from it needs this: a scheduler with LocalExecutor, a Celery worker's parent.
Imports and pure functions only: no client, no connection and no thread of ours may exist before a fork.
"""

import sys
from importlib import import_module

__all__: list[str] = []  # nothing of this is a setting of Airflow

SAMPLE = b'"We are open," said Ann Example, the mayor of Lyon, on Monday. More than 5,000 people came from Spain.\n'


def warm() -> None:
    """Import Great Expectations (seconds) and the rules for facts; reading a text maps the gazetteer.

    A client of the object store is made too, and dropped: the next is made in a tenth of the time.
    """
    from newsledger import quality, settings
    from newsledger.extract import document
    from newsledger.store import objects

    import_module("newsledger.pipeline")
    quality.warm()
    list(document.read(SAMPLE, "warm.txt"))
    objects.warm(settings.load())


if {"scheduler", "celery"} & set(sys.argv[1:2]):
    try:
        warm()
    except Exception as error:  # noqa: BLE001  # it shows again in the task that needs it, with its log
        print(f"newsledger could not be warmed: {error!r}", file=sys.stderr)
