"""Builds the stand-in images: `python -m tests.compose.standins`. Each anew only where what it is made of changed.

Packages come from wherever this machine's apt and pip take them: a tree of Debian by mmdebstrap, and wheels that are
downloaded here and handed to the builds over the bridge of the engine. So no address of a mirror is written anywhere.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMAGES = Path(__file__).parent / "images"
CACHE = Path("~/.cache/newsledger-compose").expanduser()
REGISTRY = "stand-in.local/"
DEBIAN = f"{REGISTRY}debian:bookworm"
PACKAGES = (
    "ca-certificates,curl,dumb-init,gosu,libpq5,netcat-openbsd,postgresql-15,procps,python3.11,python3.11-venv,"
    "redis-server,tini"
)
NAMES = {
    "redis": "redis:7.2.14-bookworm",
    "postgres": "postgres:17.10-bookworm",
    "seaweedfs": "chrislusf/seaweedfs:4.47",
    "airflow": "apache/airflow:3.3.2-python3.11",
}
LOCKS = ("requirements-build.lock", "requirements-deploy.lock", "requirements-store.lock")
LABEL = "newsledger.made-of"


class CannotBuildError(Exception):
    """A stand-in cannot be made on this machine; the text says why."""


def build() -> None:
    """Make what is missing or out of date.

    Raises:
        CannotBuildError: mmdebstrap is not installed, or a build failed.
    """
    stale = {name: digest for name in NAMES if (digest := _digest(name)) != _made_of(f"{REGISTRY}{NAMES[name]}")}
    if not stale:
        return
    if not _made_of(DEBIAN, "{{.Id}}"):
        _import_debian()
    with wheels() as options:
        for name, digest in stale.items():
            _build(name, digest, options)


@contextmanager
def wheels() -> Iterator[str]:
    """Every wheel that a build may want, over HTTP; gives the options with which pip in a build finds them."""
    folder = _download()
    address = _run("docker", "network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}")
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer((address or "172.17.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = str(server.server_address[0])
        try:
            yield f"--no-index --find-links http://{host}:{server.server_address[1]}/ --trusted-host {host}"
        finally:
            server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the name it has there
        """Say nothing."""


def _digest(name: str) -> str:
    """What an image is made of, as a hash."""
    files = [*sorted((IMAGES / name).iterdir()), *(ROOT / lock for lock in LOCKS)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files) + PACKAGES.encode()).hexdigest()


def _made_of(image: str, template: str = '{{index .Config.Labels "newsledger.made-of"}}') -> str:
    found = subprocess.run(
        ["docker", "image", "inspect", "--format", template, image], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def _import_debian() -> None:
    if not shutil.which("mmdebstrap"):
        raise CannotBuildError("the stand-in images are made with mmdebstrap, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "debian.tar"
        _run("mmdebstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(tree))
        _run("docker", "import", str(tree), DEBIAN)


def _download() -> Path:
    """The folder of wheels; made once for each state of the lock files."""
    wanted = b"".join((ROOT / lock).read_bytes() for lock in LOCKS)
    folder = CACHE / f"wheels-{hashlib.sha256(wanted).hexdigest()[:16]}"
    if not folder.exists():
        half = folder.with_suffix(".half")
        for lock in LOCKS:
            _pip_download(half, "--require-hashes", "-r", str(ROOT / lock))
        half.rename(folder)
    return folder


def _pip_download(folder: Path, *what: str) -> None:
    _run(
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "-d",
        str(folder),
        *what,
    )


def _build(name: str, digest: str, options: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        context = Path(folder) / name
        shutil.copytree(IMAGES / name, context)
        for lock in LOCKS:
            shutil.copy(ROOT / lock, context)
        given = ("--build-arg", f"PIP_OPTIONS={options}", "--label", f"{LABEL}={digest}")
        _run("docker", "build", "--tag", f"{REGISTRY}{NAMES[name]}", *given, str(context))


def _run(*command: str) -> str:
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        words = (found.stderr or found.stdout).strip().splitlines()
        raise CannotBuildError(f"{' '.join(command[:3])}: {words[-1] if words else 'failed'}")
    return found.stdout.strip()


if __name__ == "__main__":
    try:
        build()
    except CannotBuildError as error:
        raise SystemExit(str(error)) from None
