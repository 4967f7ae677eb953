"""Stacks for the tests; without a Docker engine, or without what the stand-in images are made with, they skip."""

import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.compose import standins
from tests.compose.stack import Stack

Maker = Callable[..., Stack]

CHOSEN = os.environ.get("NEWSLEDGER_TEST_COMPOSE", "")
"""1: a clone of its own. The folder of a clone: the stack that runs there, while one works on a test."""
if not CHOSEN:
    collect_ignore_glob = ["test_*.py"]  # a target of its own: `make test-compose`


@pytest.fixture(scope="session")
def pip_options() -> Iterator[str]:
    """How pip in a build finds the wheels; the stand-in images are there."""
    if not shutil.which("docker"):
        pytest.skip("Docker is not installed")
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        pytest.skip("no Docker engine answers")
    try:
        standins.build()
    except standins.CannotBuildError as error:
        pytest.skip(str(error))
    with standins.wheels() as options:
        yield options


@pytest.fixture(scope="session")
def make_stack(pip_options: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """Makes stacks, and removes each at the end."""
    made: list[Stack] = []

    def make(folder: Path | None = None, **settings: str) -> Stack:
        project = f"nl{uuid.uuid4().hex[:8]}"
        made.append(Stack.clone(folder or tmp_path_factory.mktemp("clone") / "news", project, pip_options, **settings))
        return made[-1]

    yield make
    for stack in made:
        stack.destroy()


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest) -> Stack:
    """The default profile, up and ready; what `make up` said is kept in `said`."""
    if CHOSEN != "1":
        return Stack.standing(Path(CHOSEN))
    fresh: Stack = request.getfixturevalue("make_stack")()
    started = fresh.make("up")
    assert started.returncode == 0, started.stderr
    fresh.said = started.stdout
    return fresh
