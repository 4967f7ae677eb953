"""The real DAGs, with a real feed on a real server: polled by one, published by the other."""

from pathlib import Path

import pytest

from tests.airflow_command import airflow
from tests.feedworld import configured, health, item, rows, rss
from tests.world import page, world

from newsledger.settings import Settings  # isort: skip
from newsledger.store.objects import Objects  # isort: skip
from tests.flow import folder  # isort: skip


def test_a_feed_goes_through_both_dags_to_the_records(
    settings: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLEDGER_FETCH_HOSTS", "127.0.0.1")
    folder(settings).mkdir(parents=True)
    with world() as web:
        good = web.on("/feed", page(rss(item(2), item(1))))
        ours = configured(settings, tmp_path, {"good": good, "broken": web.on("/broken", page(b"<html>no</html>"))})
        airflow(ours, "db", "migrate")
        said = airflow(ours, "dags", "test", "poll_feeds")
        assert "2 entries, 2 new" in said
        assert [(record["feed"], record["failure"]) for record in sorted(health(ours), key=lambda r: r["feed"])] == [
            ("broken", "unreadable"),
            ("good", None),
        ]
        airflow(ours, "dags", "test", "watch_inbox")
    assert [row["headline"] for row in rows(ours)] == ["Story 1 of the day", "Story 2 of the day"]
