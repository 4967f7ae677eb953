"""The real DAG: what it is asked for waits to be read again."""

from tests.airflow_command import airflow, tried
from tests.flow import drop, run

from newsledger.settings import Settings  # isort: skip
from newsledger.store import batches  # isort: skip
from newsledger.store.objects import Objects  # isort: skip


def test_the_dag_leaves_what_is_wanted_and_says_what_it_can_not_find(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    run(quick)
    airflow(quick, "db", "migrate")
    airflow(quick, "dags", "test", "backfill", "--conf", '{"every": true}')
    (manifest,) = batches.pending(objects)
    assert (manifest.purpose, [item.origin for item in manifest.items]) == ("replay", ["a.txt"])
    failed = tried(quick, "dags", "test", "backfill", "--conf", '{"article": "nobody"}')
    assert "No article has the id 'nobody'" in failed.stdout + failed.stderr
    assert len(batches.pending(objects)) == 1
