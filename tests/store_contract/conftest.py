"""One bucket for all, given or made; a prefix of its own for each test, cleared afterwards."""

import os
import uuid
from collections.abc import Iterator

import pytest

from newsledger.settings import Settings
from newsledger.store.objects import Objects, each

LAPS = int(os.environ.get("NEWSLEDGER_TEST_LAPS", "1"))
"""How often each race and each kill is tried; the long form sets more."""

_GIVEN = {
    "bucket": os.environ.get("NEWSLEDGER_TEST_BUCKET"),
    "region": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
    "session_token": os.environ.get("AWS_SESSION_TOKEN"),
}
_GIVEN = {name: value for name, value in _GIVEN.items() if value} if "NEWSLEDGER_TEST_ENDPOINT" in os.environ else {}
"""Read before the tests' own settings clear the environment."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Those of the tests, with what is given for the store that is tried."""
    return settings.model_copy(update=_GIVEN)


@pytest.fixture
def place(settings: Settings) -> Iterator[str]:
    """A prefix that nobody else uses; nothing is left under it."""
    objects, prefix = Objects.open(settings), f"contract/{uuid.uuid4().hex}/"
    objects.ensure_bucket()
    yield prefix
    each(lambda item: objects.delete(item.key), [*objects.list(prefix)])
