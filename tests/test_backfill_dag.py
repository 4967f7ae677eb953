"""The real DAG: what it is asked for waits to be read again."""

import subprocess

from tests.airflow_home import PROJECT
from tests.flow import drop, run

from newsledger.local import airflow as local_airflow  # isort: skip
from newsledger.settings import Settings  # isort: skip
from newsledger.store import batches  # isort: skip
from newsledger.store.objects import Objects  # isort: skip


def airflow(settings: Settings, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*local_airflow.airflow(), *command],
        env=local_airflow.environment(settings, PROJECT),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_the_dag_leaves_what_is_wanted_and_says_what_it_can_not_find(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    run(quick)
    airflow(quick, "db", "migrate")
    done = airflow(quick, "dags", "test", "backfill", "--conf", '{"every": true}')
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    (manifest,) = batches.pending(objects)
    assert (manifest.purpose, [item.origin for item in manifest.items]) == ("replay", ["a.txt"])
    failed = airflow(quick, "dags", "test", "backfill", "--conf", '{"article": "nobody"}')
    assert "No article has the id 'nobody'" in failed.stdout + failed.stderr
    assert len(batches.pending(objects)) == 1
