"""The store, the inbox and the configuration, tried before anything is started on them."""

import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from newsledger.errors import NewsledgerError, NotStoredError, StoreError
from newsledger.local.up import drop_first_articles
from newsledger.pipeline.configuration import problems
from newsledger.settings import Settings
from newsledger.store import migrations
from newsledger.store.objects import Objects

PATIENCE = 30.0
"""Seconds for which a store that is out of reach is tried again: it may still be starting."""


class DeployError(NewsledgerError):
    """The deployment cannot start as it is configured."""


def prepare(settings: Settings, say: Callable[[str], None]) -> None:
    """Make the bucket, try the store and the inbox, bring the table to this release, read the configuration.

    Raises:
        NewsledgerError: one of them cannot be worked with; one sentence.
    """
    if settings.embedded:
        raise DeployError("NEWSLEDGER_S3_ENDPOINT is not set: a deployment has no embedded store; name one in .env.")
    objects = Objects.open(settings)
    _wait_for_store(objects)
    objects.probe()
    say(f"The bucket {settings.bucket} at {settings.endpoint} is there, and honours conditional writes")
    with suppress(NotStoredError):  # before the first article there is no table
        for step in migrations.migrate(settings):
            say(f"The table is of schema version {step.version} now: {step.about}")
    if isinstance(settings.inbox, Path):
        _check_folder(settings.inbox)
    if found := problems(settings.config):
        raise DeployError(f"{found[0]} ({len(found)} in all: `newsledger check` names them).")


def first_articles(settings: Settings) -> None:
    """Put the first articles into the inbox, unless they were collected before."""
    drop_first_articles(settings, Objects.open(settings))


def _wait_for_store(objects: Objects) -> None:
    deadline = time.monotonic() + PATIENCE
    while fault := _reached(objects):
        if "out of reach" not in str(fault) or time.monotonic() > deadline:
            raise fault
        time.sleep(1)


def _reached(objects: Objects) -> StoreError | None:
    """What keeps us from the bucket; it is made where it is not there."""
    try:
        objects.ensure_bucket()
    except StoreError as error:
        return error
    return None


def _check_folder(inbox: Path) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=inbox, prefix=".newsledger-"):
            pass
    except OSError as error:
        raise DeployError(
            f"The inbox cannot be written ({error.strerror}): give the folder that NEWSLEDGER_INBOX_DIR names to the "
            "user NEWSLEDGER_UID of .env, or let that be your own (`id -u`)."
        ) from None
