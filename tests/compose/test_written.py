"""What is written down is clean: the compose file, the Dockerfiles, the scripts."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compose.stack import COMPOSE, Stack
from tests.compose.standins import IMAGES, NAMES, ROOT

DOCKERFILES = [ROOT / "Dockerfile", *sorted(IMAGES.glob("*/Dockerfile"))]
SCRIPTS = [ROOT / "deploy/stack", *sorted(path for path in IMAGES.glob("*/*") if path.read_bytes().startswith(b"#!/"))]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tool(name: str) -> str:
    """A program of this environment."""
    return str(Path(sys.executable).parent / name)


@pytest.mark.parametrize("path", DOCKERFILES, ids=named)
def test_a_dockerfile_is_clean(path: Path) -> None:
    found = subprocess.run([tool("hadolint"), str(path)], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_a_script_is_clean(path: Path) -> None:
    found = subprocess.run([tool("shellcheck"), str(path)], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize("profile", ["", "celery", "monitoring", "cli"])
def test_the_compose_file_is_clean(stack: Stack, profile: str) -> None:
    chosen = ("--profile", profile) if profile else ()
    found = stack.run(*COMPOSE, *chosen, "config", "--quiet")
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_every_image_is_pinned_by_an_exact_tag() -> None:
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()
    images = re.findall(r"(?m)^\s*image: (.*)$|^FROM (.*)$", text)
    tags = [re.sub(r"\$\{\w+(?::-([^}]*))?\}", r"\1", one or other).rpartition(":")[2] for one, other in images]
    assert len(tags) >= 5
    assert [tag for tag in tags if not re.fullmatch(r"v?\d+\.\d+(\.\d+)?[\w.-]*", tag)] == []


def test_the_stand_ins_have_the_names_of_what_they_stand_for() -> None:
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()
    assert [name for name in NAMES.values() if name not in text] == []


def test_a_value_that_is_missing_stops_compose_with_its_name(tmp_path: Path) -> None:
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    (tmp_path / ".env").write_text("NEWSLEDGER_FERNET_KEY=\n")
    found = subprocess.run([*COMPOSE, "config"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode != 0
    assert re.search(r"NEWSLEDGER_\w+.*is missing, start with make up", found.stderr)


def test_the_lock_of_the_image_agrees_with_the_lock_of_the_project() -> None:
    pins = [
        dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ]+)", (ROOT / name).read_text()))
        for name in ("requirements.lock", "requirements-deploy.lock", "requirements-build.lock")
    ]
    shared = [(name, pin) for later in pins[1:] for name, pin in later.items() if name in pins[0]]
    assert len(shared) > 100
    assert [(name, pin, pins[0][name]) for name, pin in shared if pins[0][name] != pin] == []


def test_no_address_of_a_mirror_is_in_what_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    locks = [ROOT / name for name in listed if name.endswith(".lock")]
    assert [path.name for path in locks if re.search(r"https?://|--index-url|--find-links", path.read_text())] == []
    assert json.dumps(NAMES).count("://") == 0
