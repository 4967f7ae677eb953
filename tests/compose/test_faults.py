"""What people get wrong is answered by one sentence, before anything half-started is left."""

import socket
from pathlib import Path

import pytest

from tests.compose.conftest import Maker
from tests.compose.stack import Stack


@pytest.fixture(scope="module")
def fresh(make_stack: Maker, stack: Stack) -> Stack:
    """A second clone, configured as the first, and not started; the image is there already."""
    second = make_stack()
    (second.folder / ".env").write_bytes((stack.folder / ".env").read_bytes())
    return second


def refusal(stack: Stack, **settings: str) -> str:
    """The one sentence that `make up` ends with under these settings; all it started is gone again."""
    kept, stack.settings = stack.settings, stack.settings | settings
    try:
        failed = stack.make("up")
        assert failed.returncode != 0, failed.stdout
        lines = [line for line in failed.stderr.splitlines() if not line.startswith("make: ***")]
        assert len(lines) == 1, failed.stderr
        assert "Traceback" not in failed.stdout + failed.stderr
        return lines[0].removeprefix("newsledger: ")
    finally:
        stack.compose("down", "--volumes", "--timeout", "2")
        stack.settings = kept


def test_a_port_that_is_taken(fresh: Stack) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = refusal(fresh, NEWSLEDGER_AIRFLOW_PORT=port)
        assert said.startswith(f"Port {port} is taken: ")
        assert "NEWSLEDGER_AIRFLOW_PORT" in said


def test_a_secret_that_is_missing(fresh: Stack) -> None:
    env = fresh.folder / ".env"
    kept = env.read_text()
    env.write_text("\n".join(line for line in kept.splitlines() if not line.startswith("NEWSLEDGER_JWT_SECRET")) + "\n")
    try:
        assert refusal(fresh).startswith("NEWSLEDGER_JWT_SECRET is missing: ")
    finally:
        env.write_text(kept)


def test_a_secret_that_everybody_knows(fresh: Stack) -> None:
    said = refusal(fresh, NEWSLEDGER_POSTGRES_PASSWORD="airflow")
    assert said.startswith("NEWSLEDGER_POSTGRES_PASSWORD is one that everybody knows: ")


def test_too_little_room_on_the_disk(fresh: Stack) -> None:
    said = refusal(fresh, NEWSLEDGER_LEAST_DISK_MB="999999999")
    assert "MB left" in said


def test_a_disk_that_is_full(fresh: Stack, tmp_path: Path) -> None:
    small = tmp_path / "small.yml"
    small.write_text(
        "volumes:\n  postgres:\n    driver_opts: {type: tmpfs, device: tmpfs, o: 'size=20m,uid=999,gid=999'}\n"
    )
    said = refusal(fresh, COMPOSE_FILE=f"docker-compose.yml:{small}")
    assert "postgres" in said
    assert "No space left on device" in said


def test_a_store_that_is_out_of_reach(fresh: Stack) -> None:
    said = refusal(fresh, NEWSLEDGER_S3_ENDPOINT="http://store:1")
    assert said.startswith("airflow-init: ")
    assert "the object store is out of reach" in said


def test_credentials_that_the_store_refuses(fresh: Stack, stack: Stack) -> None:
    """Another store than ours, which knows other keys: the one of the stack that runs, over the host."""
    said = refusal(
        fresh,
        NEWSLEDGER_S3_ENDPOINT="http://store-of-others:8333",
        COMPOSE_FILE=f"docker-compose.yml:{_beside(fresh, stack)}",
    )
    assert "the object store refuses these credentials" in said


def _beside(fresh: Stack, stack: Stack) -> Path:
    """A compose file that puts airflow-init into the other stack's network too, under whose name its store is found."""
    path = fresh.folder / "beside.yml"
    path.write_text(
        "services:\n"
        "  store:\n"
        "    environment: {AWS_SECRET_ACCESS_KEY: another-secret-that-is-long-enough}\n"
        "    networks: {newsledger: {aliases: [store-of-others]}}\n"
    )
    return path


def test_an_inbox_that_cannot_be_written(fresh: Stack) -> None:
    said = refusal(fresh, NEWSLEDGER_UID="4711", NEWSLEDGER_INBOX_DIR=str(_closed(fresh)))
    assert "The inbox cannot be written" in said
    assert "NEWSLEDGER_UID" in said


def _closed(stack: Stack) -> Path:
    """A folder that belongs to root and nobody else may write; `make up` leaves the owner of a link's target alone."""
    folder = stack.folder / "closed"
    folder.mkdir(mode=0o755, exist_ok=True)
    return folder


def test_workers_without_their_executor(fresh: Stack) -> None:
    assert "NEWSLEDGER_EXECUTOR=CeleryExecutor" in refusal(fresh, COMPOSE_PROFILES="celery")


def test_a_fault_in_the_configuration(fresh: Stack) -> None:
    feeds = fresh.folder / "config" / "feeds.yaml"
    kept = feeds.read_text()
    feeds.write_text("feeds: [1, 2\n")
    try:
        said = refusal(fresh)
        assert "feeds.yaml" in said
    finally:
        feeds.write_text(kept)
