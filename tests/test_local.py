"""The local stack without Airflow: processes and their leftovers, what is refused, when something is started again."""

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from rich.console import Console

from newsledger.extract.document import FORMATS
from newsledger.local import airflow, failures, guide, keeper, preflight
from newsledger.local.processes import Component, LocalError, Program, end_leftovers
from newsledger.local.report import Report
from newsledger.local.up import drop_first_articles
from newsledger.records import sha256
from newsledger.settings import Settings
from newsledger.store import batches
from newsledger.store.batches import Item
from newsledger.store.objects import Objects
from tests.flow import folder

PROJECT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

# A leader with a child in a process group of its own, as Airflow's tasks are; its command line says newsledger.
FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)  # newsledger"], process_group=0)
print(child.pid, flush=True)
time.sleep(600)
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"


def python(code: str, name: str = "program", patience: float = 5.0) -> Program:
    return Program(name=name, argv=(sys.executable, "-c", code), environment=os.environ, patience=patience)


def first_line(component: Component) -> str:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if component.log.exists() and "\n" in (text := component.log.read_text()):
            return text.splitlines()[0]
        time.sleep(0.01)
    raise AssertionError("it said nothing")


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_stopping_ends_descendants_too(tmp_path: Path) -> None:
    component = Component(python(FAMILY), tmp_path)
    component.start()
    child = int(first_line(component))
    assert component.running()
    assert alive(child)
    component.stop()
    assert not component.running()
    assert not alive(child)
    assert not list((tmp_path / "run").iterdir())


def test_what_does_not_stop_when_asked_is_killed(tmp_path: Path) -> None:
    component = Component(python(STUBBORN, patience=0.2), tmp_path)
    component.start()
    first_line(component)
    component.stop()
    assert not component.running()


def test_the_next_start_ends_what_a_crash_left(tmp_path: Path) -> None:
    crashed = Component(python(FAMILY), tmp_path)
    crashed.start()
    child = int(first_line(crashed))
    leader = crashed.pid
    assert leader
    os.kill(leader, signal.SIGKILL)
    crashed.wait()
    assert alive(child)
    end_leftovers(tmp_path / "run" / "program.json")
    assert not alive(child)


def test_a_program_that_merely_carries_the_number_is_left_alone(tmp_path: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    try:
        pid_file = tmp_path / "program.json"
        pid_file.write_text(json.dumps({"pid": bystander.pid, "started": time.time() - 1000}))
        end_leftovers(pid_file)
        assert bystander.poll() is None
        assert not pid_file.exists()
    finally:
        bystander.kill()
        bystander.wait()


@pytest.mark.parametrize("written", ["", "{}", "[1]", '{"pid": "x", "started": 1}'])
def test_a_broken_pid_file_is_removed(tmp_path: Path, written: str) -> None:
    pid_file = tmp_path / "program.json"
    pid_file.write_text(written)
    end_leftovers(pid_file)
    assert not pid_file.exists()


def test_the_last_words_are_the_last_line_of_the_log(tmp_path: Path) -> None:
    component = Component(python("print('first'); print('Address already in use'); print()"), tmp_path)
    assert component.last_words() == "it said nothing"
    component.start()
    component.wait()
    assert component.last_words() == "Address already in use"
    component.kill()


def test_a_taken_port_is_one_sentence_with_the_way_out(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LocalError, match=rf"Port {port} is taken.*NEWSLEDGER_AIRFLOW_PORT\.$"):
            preflight.check(settings.model_copy(update={"airflow_port": port}), PROJECT)


def test_a_folder_that_cannot_be_made_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LocalError, match=r"cannot be written .* NEWSLEDGER_INBOX"):
        preflight.check(settings.model_copy(update={"inbox": tmp_path / "file" / "inbox"}), PROJECT)


@pytest.mark.parametrize("home", ["file", "file/var"])
def test_a_home_that_cannot_be_made_is_one_sentence(settings: Settings, tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LocalError, match=r"cannot be written .* NEWSLEDGER_HOME"):
        preflight.lock(settings.model_copy(update={"home": tmp_path / home}))


def test_two_programs_cannot_share_a_port(settings: Settings) -> None:
    port = settings.s3_port
    with pytest.raises(LocalError, match=rf"cannot share port {port}"):
        preflight.check(settings.model_copy(update={"airflow_port": port, "s3_endpoint": None}), PROJECT)


def test_one_home_is_for_one_run(settings: Settings) -> None:
    with preflight.lock(settings), pytest.raises(LocalError, match=rf"already runs .* \(process {os.getpid()}\)"):
        preflight.lock(settings)
    preflight.lock(settings).close()


def instance(state: str, seconds_ago: float) -> dict[str, Any]:
    return {"state": state, "queued_when": (NOW - timedelta(seconds=seconds_ago)).isoformat()}


@pytest.mark.parametrize(
    ("instances", "expected"),
    [
        ([], False),
        ([("queued", 5)], False),
        ([("queued", 60)], True),
        ([("queued", 60), ("running", 90), ("running", 90)], False),
        ([("queued", 60), ("running", 90)], True),
        ([("running", 900)], False),
    ],
)
def test_a_task_that_waits_though_a_worker_is_free_is_stuck(instances: list[tuple[str, float]], expected: bool) -> None:
    assert keeper.stuck([instance(*each) for each in instances], NOW, slots=2) is expected


@pytest.mark.parametrize(("seconds", "expected"), [(5, False), (100, True)])
def test_a_component_without_a_sign_of_life_is_silent(seconds: float, expected: bool) -> None:
    report = {"latest_scheduler_heartbeat": (NOW - timedelta(seconds=seconds)).isoformat()}
    assert keeper.silent(report, "scheduler", NOW) is expected
    assert keeper.silent({"latest_scheduler_heartbeat": None}, "scheduler", NOW) is False


class NoAnswer(airflow.Api):
    """An API server that never answers."""

    def get(self, path: str, **query: airflow.Query) -> Any:
        raise airflow.ApiError("no answer")


def test_what_died_is_started_again_until_it_is_hopeless(settings: Settings, tmp_path: Path) -> None:
    component = Component(python("pass"), tmp_path)
    said: list[str] = []
    watch = keeper.Keeper([component], NoAnswer(settings), 4, said.append)
    for _ in range(keeper.MANY):
        watch.tend()
        component.wait()
    assert said == ["The program stopped by itself; it is started again."] * keeper.MANY
    with pytest.raises(LocalError, match="again and again"):
        watch.tend()
    component.kill()


def test_everything_binds_to_loopback_and_the_user_may_tune(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "9")
    monkeypatch.setenv("AIRFLOW__API__PORT", "1")
    environment = airflow.environment(settings, PROJECT)
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__CORE__PARALLELISM"] == "9"
    assert environment["AIRFLOW__API__PORT"] == str(settings.airflow_port)
    assert all("--skip-serve-logs" in program.argv for program in airflow.programs(settings, PROJECT)[1::2])


def test_the_database_is_made_anew_when_its_making_was_interrupted(settings: Settings) -> None:
    assert airflow.migration(settings, PROJECT)
    (settings.home / "airflow" / "airflow.db").write_bytes(b"")
    airflow.migrated(settings)
    assert airflow.migration(settings, PROJECT)


def test_the_first_articles_are_dropped_once(settings: Settings, objects: Objects) -> None:
    settings = settings.model_copy(update={"config": PROJECT / "config"})
    folder(settings).mkdir(parents=True)
    drop_first_articles(settings, objects)
    names = sorted(path.name for path in folder(settings).iterdir())
    assert len(names) == 2
    first = folder(settings) / names[0]
    objects.put(batches.raw_key(sha256(first.read_bytes())), b"")
    first.unlink()
    drop_first_articles(settings, objects)
    assert sorted(path.name for path in folder(settings).iterdir()) == names[1:]


def shown(report: Report, console: Console) -> str:
    report.show_news()
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_console_tells_of_a_batch_from_collecting_to_publishing(settings: Settings, objects: Objects) -> None:
    console = Console(file=io.StringIO(), width=120)
    report = Report(settings, objects, console)
    item = Item(raw_sha256="0" * 64, origin="[odd] name.txt", size=3, retrieved_at="2026-03-04T12:00:00Z")
    manifest = batches.new([item], "2026-03-04T12:00:00+00:00", "extractor", "suites")
    batches.open_batch(objects, manifest)
    assert "Collected 1 file: [odd] name.txt" in shown(report, console)
    assert report.waiting() == 1
    article = {"input": item.origin, "title": "A headline", "outcome": "new", "seq": 1} | dict.fromkeys(
        ("words", "quotes", "people", "places", "figures"), 7
    )
    fault = {"kind": "figures", "input": item.origin, "rejection_id": "1", "reasons": ["low is more than high."]}
    batches.close(objects, manifest, "2026-03-04T12:00:02+00:00", articles=(article,), rejected=(fault,))
    told = shown(report, console)
    assert "A headline" in told
    assert "1 article accepted, in quarantine: 1 figure" in told
    assert "low is more than high." in told
    assert f"Published 1 new to {settings.table}, 2.0 s after collecting" in told
    assert report.waiting() == 0
    assert report.rejected == 0


def test_a_narrow_console_shortens_headlines_not_numbers(settings: Settings, objects: Objects) -> None:
    console = Console(file=io.StringIO(), width=80)
    report = Report(settings, objects, console)
    item = Item(raw_sha256="0" * 64, origin="a.txt", size=3, retrieved_at="2026-03-04T12:00:00Z")
    manifest = batches.new([item], "2026-03-04T12:00:00+00:00", "extractor", "suites")
    batches.open_batch(objects, manifest)
    report.show_news()
    article = {
        "input": "a.txt",
        "title": "Headline " * 9,
        "outcome": "new",
        "seq": 1,
        "words": 12_345,
        "quotes": 1,
    } | dict.fromkeys(("people", "places", "figures"), 7)
    batches.close(objects, manifest, "2026-03-04T12:00:02+00:00", articles=(article,))
    heading, row = [line for line in shown(report, console).splitlines() if "headline" in line or "12,345" in line]
    assert heading.split()[-5:] == ["words", "quotes", "people", "places", "figures"]
    assert row.split()[-5:] == ["12,345", "1", "7", "7", "7"]


def test_a_file_that_was_turned_away_is_told_once(settings: Settings, objects: Objects) -> None:
    console = Console(file=io.StringIO(), width=120)
    rejected = folder(settings) / "rejected"
    rejected.mkdir(parents=True)
    (rejected / "old.exe.reason.txt").write_text("Old news.")
    report = Report(settings, objects, console)
    (rejected / "new.exe.reason.txt").write_text("Its name ends wrongly.\n")
    told = shown(report, console)
    assert told.count("Rejected rejected/new.exe: Its name ends wrongly.") == 1
    assert "Old news" not in shown(report, console)
    assert console.file.getvalue() == told  # type: ignore[attr-defined]  # it is a StringIO
    assert report.rejected == 1


def test_the_reason_of_a_failed_task_is_read_from_its_log(tmp_path: Path) -> None:
    log = tmp_path / "attempt=1.log"
    assert failures.reason(log) is None
    lines = [
        {"event": "Starting"},
        {"event": "Task failed", "error_detail": [{"exc_type": "StoreError", "exc_value": "It is away."}]},
        {"event": "the end"},
    ]
    log.write_text("not JSON\n" + "\n".join(json.dumps(line) for line in lines))
    assert failures.reason(log) == "StoreError: It is away."


def test_a_secret_of_the_user_is_not_printed(settings: Settings) -> None:
    theirs = settings.model_copy(update={"s3_endpoint": None, "secret_key": "hunter2", "access_key": "me"})
    assert "hunter2" not in "\n".join(guide.describe(theirs))
    assert '"$AWS_SECRET_ACCESS_KEY"' in guide.exports(theirs)
    elsewhere = settings.model_copy(update={"s3_endpoint": "https://s3.example.org", "secret_key": "hunter2"})
    assert guide.exports(elsewhere) == f"export AWS_ENDPOINT_URL=https://s3.example.org AWS_REGION={settings.region}"


def test_the_console_names_only_endings_that_are_read(settings: Settings) -> None:
    (line,) = [line for line in guide.describe(settings) if "Inbox" in line]
    named = set(re.findall(r"\.[a-z]+\b", line.partition("drop")[2]))
    assert {".txt", ".html", ".json", ".pdf"} <= named <= set(FORMATS)
