"""In the real Airflow: a rejected record is put to a person, who releases it by the API; a missed deadline is told."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from newsledger.local.airflow import Api
from tests.e2e.stack import PROJECT, Running, story

HEARD: list[dict[str, str]] = []


class WithRule(Running):
    """The same with a configuration of its own."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the user who starts it: a run may take three seconds."""
        own = {"NEWSLEDGER_CONFIG": str(self.folder / "config"), "NEWSLEDGER_DEADLINE_MINUTES": "0.05"}
        return super().environment | own


class Listener(BaseHTTPRequestHandler):
    def do_POST(self) -> None:  # the name that http.server calls
        HEARD.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def reviewed(tmp_path: Path) -> Iterator[Running]:
    shutil.copytree(PROJECT / "config", tmp_path / "config")
    path = tmp_path / "config" / "expectations" / "quotes.json"
    suite = json.loads(path.read_text())
    rule = {"type": "expect_column_values_to_not_match_regex", "kwargs": {"column": "exact", "regex": "We have waited"}}
    path.write_text(json.dumps(suite | {"expectations": [*suite["expectations"], rule]}))
    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hook = f"channels:\n  - webhook: http://127.0.0.1:{server.server_address[1]}/hook\n"
        (tmp_path / "config" / "alerts.yaml").write_text(hook)
        running = WithRule(tmp_path)
        running.start()
        try:
            running.wait_until_ready()
            yield running
        finally:
            running.kill_everything()
            server.shutdown()


def test_a_person_releases_a_record_in_airflow(reviewed: Running) -> None:
    api = Api(reviewed.settings)
    mark = "Alder {{ 7*7 }} <script>"
    reviewed.drop(story(mark))
    reviewed.wait_for(lambda: reviewed.published("fair of Alder"), 60, "the article is published without its quote")
    details = "/api/v2/dags/review_quarantine/dagRuns/~/hitlDetails"

    def asked() -> Any:
        found = api.get(details, response_received="false")["hitl_details"]
        return found[0] if found and found[0]["task_instance"]["state"] == "awaiting_input" else None

    question = reviewed.wait_for(asked, 90, "somebody is asked")
    assert "Alder {{ 7*7 }} <script>" in question["body"]
    task = question["task_instance"]
    reviewed.wait_for(lambda: not working(reviewed, task["id"]), 30, "it waits without a worker")
    run, where = quote(task["dag_run_id"]), f"taskInstances/{task['task_id']}/{task['map_index']}"
    answer = {"chosen_options": ["Release"], "params_input": {"reason": "a real speech"}}
    api.patch(f"/api/v2/dags/review_quarantine/dagRuns/{run}/{where}/hitlDetails", answer)
    reviewed.wait_for(lambda: reviewed.published("fair of Alder") == 2, 200, "the new revision is published")
    rows = reviewed.articles().sort("seq").to_dicts()
    assert (rows[-1]["revision"], rows[-1]["released_by"]) == (2, "admin")
    reviewed.wait_for(lambda: "deadline" in [heard["event"] for heard in HEARD], 60, "a missed deadline is told")


def working(stack: Running, instance: str) -> bool:
    """Whether a worker of the executor is at work on a task."""
    return any(instance in " ".join(worker.cmdline()) for worker in stack.workers(idle=False))
