"""Shared fixtures: a real object store over HTTP, one server for each test process, one bucket for each test."""

import os
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import hypothesis
import pytest

from newsledger.settings import Settings, load
from newsledger.store.objects import Objects

if TYPE_CHECKING:
    from newsledger.collect.web import Client
    from tests.world import World

# How long one example takes says nothing on a machine that does other things too.
hypothesis.settings.register_profile("newsledger", deadline=None)
hypothesis.settings.load_profile("newsledger")

ROOT = Path(__file__).parent.parent
_MINISTACK = ROOT / ".venv-store" / "bin" / "ministack"


@pytest.fixture(scope="session")
def store_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an object store: NEWSLEDGER_TEST_ENDPOINT where that is set, else a MiniStack of our own."""
    given = os.environ.get("NEWSLEDGER_TEST_ENDPOINT")
    if given:
        yield given
        return
    if not _MINISTACK.exists():
        pytest.fail("the embedded object store is not installed: run `make test`, which makes .venv-store")
    for _ in range(5):  # another process may take the free port first
        port = _free_port()
        server = _start(port, tmp_path_factory.mktemp("store"))
        try:
            if _ready(server, port):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    pytest.fail("MiniStack did not start")


@pytest.fixture
def settings(store_endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of this test alone, in the environment too, for processes that it starts."""
    for name in [name for name in os.environ if name.startswith("NEWSLEDGER_") and name != "NEWSLEDGER_TEST_ENDPOINT"]:
        monkeypatch.delenv(name)
    for name in ("AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    if "NEWSLEDGER_TEST_ENDPOINT" not in os.environ:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "newsledger")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "newsledger")
    monkeypatch.setenv("NEWSLEDGER_S3_ENDPOINT", store_endpoint)
    monkeypatch.setenv("NEWSLEDGER_BUCKET", f"test-{uuid.uuid4().hex}")
    monkeypatch.setenv("NEWSLEDGER_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("NEWSLEDGER_INBOX", str(tmp_path / "inbox"))
    return load()


@pytest.fixture
def quick(settings: Settings) -> Settings:
    """The same, without waiting for files to hold still or failed batches to rest."""
    return settings.model_copy(update={"settle_seconds": 0.0, "rest_seconds": 0.0})


@pytest.fixture
def objects(settings: Settings) -> Objects:
    """This test's own bucket, empty."""
    bucket = Objects.open(settings)
    bucket.ensure_bucket()
    return bucket


@pytest.fixture(scope="module")
def world() -> "Iterator[World]":
    """A web server that plays the world, for the tests of one module."""
    from tests.world import world as made

    with made() as web:
        yield web


@pytest.fixture(scope="module")
def client() -> "Iterator[Client]":
    """A client with small bounds that may visit it."""
    from newsledger.collect.web import Client
    from tests.fetching import AGENT, SMALL

    with Client(AGENT, ["127.0.0.1"], SMALL) as made:
        yield made


def _start(port: int, home: Path) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(home / "data"),
        "SERVICES": "s3",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "AWS_ACCESS_KEY_ID": "newsledger",
        "AWS_SECRET_ACCESS_KEY": "newsledger",
    }
    with (home / "log").open("wb") as log:
        return subprocess.Popen([_MINISTACK], env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=home)


def _ready(server: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_ministack/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            time.sleep(0.02)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
