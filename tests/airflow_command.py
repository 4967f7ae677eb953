"""Airflow's own command line, in the environment that the local stack gives it."""

import subprocess

from tests.airflow_home import PROJECT

from newsledger.local import airflow as local_airflow  # isort: skip
from newsledger.settings import Settings  # isort: skip


def airflow(settings: Settings, *command: str) -> str:
    """Run a command to its end, which must be a good one; what it printed."""
    done = tried(settings, *command)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + done.stderr


def tried(settings: Settings, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, good or bad."""
    return subprocess.run(
        [*local_airflow.airflow(), *command],
        env=local_airflow.environment(settings, PROJECT),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
