"""A feed that is added while everything runs is polled at the next minute and published by the flow it rings for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stack import PROJECT, Running
from tests.feedworld import item, rss
from tests.world import page, world


class WithConfig(Running):
    """The same with a configuration of its own, and loopback allowed."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the user who starts it."""
        own = {"NEWSLEDGER_CONFIG": str(self.folder / "config"), "NEWSLEDGER_FETCH_HOSTS": "127.0.0.1"}
        return super().environment | own


@pytest.fixture
def fed(tmp_path: Path) -> Iterator[Running]:
    shutil.copytree(PROJECT / "config", tmp_path / "config")
    (tmp_path / "config" / "feeds.yaml").write_text("")
    running = WithConfig(tmp_path)
    running.start()
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.kill_everything()


def test_a_feed_that_is_added_is_published_within_two_minutes(fed: Running) -> None:
    with world() as web:
        url = web.on("/feed", page(rss(item(2), item(1))))
        (fed.folder / "config" / "feeds.yaml").write_text(f"example: {url}\n")
        fed.wait_for(lambda: web.asked("/feed"), 100, "the poll")
        fed.wait_for(lambda: fed.published("Part 1.") and fed.published("Part 2."), 60, "both articles")
