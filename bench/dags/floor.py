"""The floor: as many tasks as `watch_inbox` has, watched in the same way, doing nothing.

The first task takes the files away, as it must for the bell to fall silent; the last leaves a mark.
"""

import os
from pathlib import Path

from airflow.sdk import Asset, AssetOrTimeSchedule, AssetWatcher, CronTriggerTimetable, dag, task

from newsledger.orchestrate.trigger import InboxTrigger

FOLDER = os.environ.get("NEWSLEDGER_BENCH_FLOOR", "/nowhere")
WATCHED = Asset("floor", watchers=[AssetWatcher(name="floor", trigger=InboxTrigger(FOLDER))])


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("*/2 * * * *", timezone="UTC"), assets=[WATCHED]),
    catchup=False,
    max_active_runs=1,
)
def floor() -> None:
    """Four tasks, one of them mapped."""

    @task
    def first() -> list[int]:
        for path in Path(FOLDER).glob("*.txt"):
            path.unlink()
        return [0]

    @task
    def second(chunk: int) -> None:
        del chunk

    @task
    def third() -> None:
        pass

    @task
    def fourth() -> None:
        Path(FOLDER, ".done").touch()

    second.expand(chunk=first()) >> third() >> fourth()


floor()
