"""Every DAG: it imports, is documented, has retries; and the whole flow runs against a real object store."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.airflow_command import airflow
from tests.airflow_home import PROJECT

from newsledger.settings import Settings  # isort: skip
from newsledger.store import batches  # isort: skip
from newsledger.store.objects import Objects  # isort: skip
from tests.flow import folder  # isort: skip

DAGS = sorted(path.stem for path in (PROJECT / "dags").glob("*.py"))


@pytest.fixture(scope="session")
def bag() -> Any:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(PROJECT / "dags"))


def test_every_file_imports_and_holds_the_dag_of_its_name(bag: Any) -> None:
    assert bag.import_errors == {}
    assert sorted(bag.dags) == DAGS


@pytest.mark.parametrize("name", DAGS)
def test_dag_and_tasks_are_documented_without_indentation(bag: Any, name: str) -> None:
    dag = bag.dags[name]
    for document in (dag.doc_md, *(task.doc_md for task in dag.tasks)):
        assert document
        assert not any(line.startswith("    ") for line in document.splitlines())
    assert dag.tags


@pytest.mark.parametrize("name", DAGS)
def test_every_task_is_retried(bag: Any, name: str) -> None:
    assert all(task.retries >= 1 for task in bag.dags[name].tasks)


@pytest.mark.parametrize("name", DAGS)
def test_there_is_no_cycle_and_no_catching_up(bag: Any, name: str) -> None:
    dag = bag.dags[name]
    dag.check_cycle()
    assert dag.catchup is False
    # Beside a review of rejected records one of held batches may wait for people.
    assert dag.max_active_runs == (2 if name == "review_quarantine" else 1)


def test_the_flow_reads_as_its_four_tasks(bag: Any) -> None:
    dag = bag.dags["watch_inbox"]
    order = [task.task_id for task in dag.topological_sort()]
    assert order == ["collect", "extract", "validate", "publish"]
    assert type(dag.get_task("extract")).__name__ == "DecoratedMappedOperator"
    assert [asset.name for asset in dag.get_task("publish").outlets] == ["articles", "rings"]


def test_reading_the_dags_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.path.insert(0, 'dags'); import watch_inbox, poll_feeds, housekeeping, review_quarantine; "
        "print([name for name in ('boto3', 'great_expectations', 'deltalake', 'polars') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_whole_flow_runs_against_a_real_object_store(settings: Settings, objects: Objects) -> None:
    folder(settings).mkdir(parents=True)
    for article in (PROJECT / "config" / "first_articles").iterdir():
        (folder(settings) / article.name).write_bytes(article.read_bytes())
    settings = settings.model_copy(update={"config": PROJECT / "config"})
    airflow(settings, "db", "migrate")
    airflow(settings, "dags", "test", "watch_inbox", "--conf", '{"batch_articles": 1}')
    (first,) = batches.outcomes(objects)
    assert [article["outcome"] for article in first.articles] == ["new"]
    airflow(settings, "dags", "test", "watch_inbox")
    assert [len(outcome.articles) for outcome in batches.outcomes(objects)] == [1, 1]
    assert not list(objects.list(batches.PENDING))
    assert not [path for path in folder(settings).iterdir() if path.is_file()]
    assert Path(folder(settings), "done").is_dir()
