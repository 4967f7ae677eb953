"""One running stack for all end-to-end tests, which share a worker of pytest-xdist."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stack import Running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here: it is slow, and must not run beside itself."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`newsledger up`, ready, in folders of its own. Tests that stop it start it again."""
    running = Running(tmp_path_factory.mktemp("stack"))
    running.start()
    try:
        running.wait_until_ready()
        running.first_said = running.said()
        yield running
    finally:
        running.kill_everything()
