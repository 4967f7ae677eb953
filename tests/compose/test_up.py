"""From a fresh clone to published records, in the default profile."""

import stat
import subprocess

import httpx
import pytest

from newsledger.store import reading
from tests.compose.stack import Stack, inspect, wait_for

STORY = """Ferry line to Saint Anne reopens

HALE, Nov. 16 - The ferry to Saint Anne sails again, 12 kilometers across the bay, after repairs that cost $4 million.
"We are back on the water," said Ann Example, the mayor of Hale, on Monday.
"""
LONG_RUNNING = ("postgres", "store", "api-server", "scheduler", "dag-processor", "triggerer")


def headlines(stack: Stack) -> set[str]:
    """Of all articles that were published."""
    with reading.ask(stack.reader(), reading.Question(kind=reading.Kind.articles)) as found:
        return {row["headline"] for batch in found for row in batch.to_pylist()}


def published(stack: Stack, number: int) -> set[str] | None:
    """The headlines once there are so many."""
    found = headlines(stack)
    return found if len(found) >= number else None


def test_fresh_secrets_are_written_and_it_is_said(stack: Stack) -> None:
    assert "Wrote .env with fresh secrets" in stack.said
    assert stat.S_IMODE((stack.folder / ".env").stat().st_mode) == 0o600
    for name, value in stack.env.items():
        assert name == "NEWSLEDGER_ADMIN_PASSWORD" or value not in stack.said or len(value) < 16


def test_the_first_articles_and_a_dropped_file_are_published(stack: Stack) -> None:
    wait_for(lambda: published(stack, 2), "the first articles")
    stack.drop("ferry.txt", STORY)
    assert "Ferry line to Saint Anne reopens" in (wait_for(lambda: published(stack, 3), "the dropped file") or ())
    assert list((stack.inbox / "done").rglob("ferry.txt"))


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_a_container_can_do_little(stack: Stack, service: str) -> None:
    found = inspect(stack.container(service))
    host, config = found["HostConfig"], found["Config"]
    assert config["User"].split(":")[0] not in {"", "0", "root"}
    assert host["CapDrop"] == ["ALL"]
    assert host["CapAdd"] is None
    assert "no-new-privileges:true" in host["SecurityOpt"]
    assert host["ReadonlyRootfs"]
    assert host["Memory"] > 0
    assert host["RestartPolicy"]["Name"] == "unless-stopped"
    assert host["LogConfig"]["Config"]["max-size"]
    assert found["State"]["Health"]["Status"] == "healthy"
    assert not host["Privileged"]


def test_only_the_ui_and_s3_are_published_and_on_loopback(stack: Stack) -> None:
    open_to = {}
    for service in LONG_RUNNING:
        for port, bound in (inspect(stack.container(service))["NetworkSettings"]["Ports"] or {}).items():
            if bound:
                open_to[service, port] = {each["HostIp"] for each in bound}
    assert open_to == {("store", "8333/tcp"): {"127.0.0.1"}, ("api-server", "8080/tcp"): {"127.0.0.1"}}


def test_the_admins_password_is_in_no_container_that_keeps_running(stack: Stack) -> None:
    for service in LONG_RUNNING:
        assert stack.env["NEWSLEDGER_ADMIN_PASSWORD"] not in str(inspect(stack.container(service))["Config"])


def test_started_again_it_is_as_it_was(stack: Stack) -> None:
    before = (stack.folder / ".env").read_text()
    again = stack.make("up")
    assert again.returncode == 0, again.stderr
    assert "Wrote .env" not in again.stdout
    assert (stack.folder / ".env").read_text() == before


def test_code_that_is_mounted_is_the_code_that_runs(stack: Stack) -> None:
    mounted = stack.folder / "plugins"
    (mounted / "newsledger" / "mounted_probe.py").write_text("FOUND = __file__\n")
    try:
        probe = "from newsledger.mounted_probe import FOUND; print(FOUND)"
        command = (
            "run",
            "--rm",
            "--no-deps",
            "-T",
            "-v",
            f"{mounted}:/opt/airflow/plugins:ro",
            "cli",
            "python",
            "-c",
            probe,
        )
        assert stack.compose(*command).stdout.strip() == "/opt/airflow/plugins/newsledger/mounted_probe.py"
    finally:
        (mounted / "newsledger" / "mounted_probe.py").unlink()


def test_the_image_holds_no_build_tools(stack: Stack) -> None:
    tools = "for each in gcc cc make hatchling; do command -v $each; done"
    look = f"{tools}; pip list --format freeze | grep -i -E '^(hatchling|pytest|mypy)=='"
    found = stack.compose("run", "--rm", "--no-deps", "-T", "cli", "bash", "-c", look)
    assert found.stdout == ""


def test_the_records_can_be_read_with_the_command_line_of_the_image(stack: Stack) -> None:
    wait_for(lambda: published(stack, 2), "the first articles")
    command = ("run", "--rm", "--no-deps", "-T", "cli", "newsledger", "records", "articles", "--format", "jsonl")
    assert len(stack.compose(*command).stdout.splitlines()) >= 2


def test_the_api_is_warm_once_it_is_called_ready(stack: Stack) -> None:
    assert httpx.get(f"{stack.url}/execution/health", timeout=5).elapsed.total_seconds() < 2


def test_down_keeps_the_data_and_destroy_asks(stack: Stack) -> None:
    before = wait_for(lambda: published(stack, 2), "the first articles")
    assert stack.make("down").returncode == 0
    refused = stack.make("destroy", say="yes\n")
    assert refused.returncode != 0
    assert "Nothing was deleted" in refused.stderr
    assert stack.make("up").returncode == 0
    assert (before or set()) <= headlines(stack)


def test_the_volumes_are_the_stacks_own(stack: Stack) -> None:
    listed = subprocess.run(
        ["docker", "volume", "ls", "-q", "--filter", f"label=com.docker.compose.project={stack.project}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {name.removeprefix(f"{stack.project}_") for name in listed} >= {"postgres", "store", "logs", "cache"}
