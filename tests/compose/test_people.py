"""People who log in: what each role may do, and what the UI shows to the admin."""

import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator

import httpx
import pytest

from tests.compose.browser import Browser
from tests.compose.stack import Stack

PASSWORD = "kV9xQ2mZr7Lp4TcY8w"


@pytest.fixture(scope="module")
def admin(stack: Stack) -> Iterator[httpx.Client]:
    with stack.login() as client:
        yield client


@pytest.fixture(scope="module")
def people(stack: Stack, admin: httpx.Client) -> Iterator[dict[str, httpx.Client]]:
    """Somebody of each role that the README speaks of."""
    clients, names = {}, []
    for role in ("Viewer", "User"):
        name = f"{role.lower()}-{uuid.uuid4().hex[:6]}"
        person = {
            "username": name,
            "password": PASSWORD,
            "email": f"{name}@example.org",
            "first_name": "A",
            "last_name": "B",
        }
        made = admin.post("/auth/fab/v1/users", json=person | {"roles": [{"name": role}]})
        assert made.status_code == 200, made.text
        names.append(name)
        clients[role] = _log_in(stack, name)
    yield clients
    for name in names:
        admin.delete(f"/auth/fab/v1/users/{name}")


def _log_in(stack: Stack, name: str) -> httpx.Client:
    """Logins are limited to five in forty seconds, and a test that comes too fast waits."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return stack.login(name, PASSWORD)
        except httpx.HTTPStatusError as error:
            if error.response.status_code != 429 or time.monotonic() > deadline:
                raise
        time.sleep(2)


@pytest.mark.parametrize("role", ["Viewer", "User"])
def test_everybody_sees_runs_and_nobody_but_the_admin_sees_secrets(people: dict[str, httpx.Client], role: str) -> None:
    person = people[role]
    assert person.get("/api/v2/dags/watch_inbox/dagRuns").status_code == 200
    for path in ("/api/v2/connections", "/api/v2/variables", "/api/v2/config", "/auth/fab/v1/users"):
        assert person.get(path).status_code == 403, path


def test_a_viewer_triggers_nothing_and_an_operator_replays(people: dict[str, httpx.Client]) -> None:
    run = {"logical_date": None, "conf": {"every": True, "dry_run": True}}
    assert people["Viewer"].post("/api/v2/dags/backfill/dagRuns", json=run).status_code == 403
    assert people["User"].post("/api/v2/dags/backfill/dagRuns", json=run).status_code == 200


def test_the_admin_sees_all(admin: httpx.Client) -> None:
    for path in ("/api/v2/connections", "/auth/fab/v1/users", "/api/v2/plugins", "/api/v2/dags"):
        assert admin.get(path).status_code == 200, path
    assert admin.get("/api/v2/importErrors").json()["import_errors"] == []


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium is installed")
def test_the_ui_shows_the_flow_after_a_login(stack: Stack) -> None:
    with Browser() as browser:
        browser.open(f"{stack.url}/dags/watch_inbox")
        browser.wait_for("input[name=username]")
        assert "watch_inbox" not in browser.text()
        browser.log_in(stack.env["NEWSLEDGER_ADMIN"], stack.env["NEWSLEDGER_ADMIN_PASSWORD"])
        browser.open(f"{stack.url}/dags/watch_inbox")
        browser.wait_for_text("collect")
        picture = stack.folder / "watch_inbox.png"
        picture.write_bytes(browser.picture())
    assert subprocess.run(["file", "--brief", str(picture)], capture_output=True, check=True).stdout.startswith(b"PNG")
