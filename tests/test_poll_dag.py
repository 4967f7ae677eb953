"""The real DAGs, with a real feed on a real server: polled by one, published by the other."""

from pathlib import Path

import msgspec
import pytest

from tests.airflow_command import airflow
from tests.feedworld import configured, forget_when_due, health, item, rows, rss
from tests.world import (
    Answer,
    World,
    dripping,
    gzipped,
    head,
    late,
    page,
    raw,
    redirect,
    reset,
    unless_known,
    world,
)

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


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_ITEM = "<channel><item><title>&l9;</title></item></channel>"
_BOMB = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{_LAUGHS}]><rss version="2.0">{_ITEM}</rss>'

MISBEHAVING: dict[str, tuple[Answer, str]] = {
    "huge": (page(b"x" * 21_000_000), "too_large"),
    "endless": (dripping(head(), b"x" * 65_536, 0), "too_large"),
    "bomb": (gzipped(b" " * 30_000_000), "too_large"),
    "stalled": (dripping(head(content_length=9999) + b"<rss", b"", 60), "timeout"),
    "consent": (page(b"<html><body>Just a moment...</body></html>"), "unreadable"),
    "empty": (page(b""), "unreadable"),
    "packed-wrongly": (page(b"\x1f\x8b\x08" + b"not packed at all" * 9, content_encoding="gzip"), "protocol"),
    "truncated": (raw(head(content_length=5000) + b"<rss"), "protocol"),
    "nonsense": (raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "protocol"),
    "resetting": (reset(head(content_length=5000) + b"<rss"), "connection"),
    "circle": (redirect("/circle", 301), "redirects"),
    "inside": (redirect("http://169.254.169.254/latest/meta-data/"), "address"),
    "file": (redirect("file:///etc/passwd"), "address"),
    "away": (page(b"", 500), "server"),
    "missing": (page(b"", 404), "not_found"),
    "over": (page(b"", 410), "gone"),
}


def _well(web: World) -> dict[str, str]:
    """Feeds that can be read, each in its own way odd; the second answers of some."""
    edited = item(14, description="<p>Quite another text, which the newsroom put in its place an hour later.</p>")
    web.on("/new-place", page(rss(item(13))))
    return {
        "slow": web.on("/slow", late(1.0, page(rss(item(11))))),
        "same": web.on("/same", unless_known(rss(item(12)), '"twelve"')),
        "moved": web.on("/moved", redirect("/new-place", 301)),
        "edited": web.on("/edited", page(rss(item(14))), page(rss(edited))),
        "mis-encoded": web.on("/mis-encoded", page(rss(item(15, title="Caf\xe9 15")).decode().encode("cp1252"))),
        "half": web.on("/half", page(rss(item(17), item(16))[:-60])),
        "laughing": web.on("/laughing", page(_BOMB)),
    }


def test_whatever_servers_do_the_real_dag_ends_well_and_says_what_they_did(
    settings: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLEDGER_FETCH_HOSTS", "127.0.0.1")
    monkeypatch.setenv("NEWSLEDGER_HOST_PAUSE_SECONDS", "0")
    folder(settings).mkdir(parents=True)
    with world() as web, world() as busy:
        feeds = _well(web) | {name: web.on(f"/{name}", answer) for name, (answer, _) in MISBEHAVING.items()}
        feeds["busy"] = busy.on("/busy", page(b"", 429, retry_after="3600"))
        ours = configured(settings, tmp_path, feeds)
        airflow(ours, "db", "migrate")
        said = airflow(ours, "dags", "test", "poll_feeds")
        failures = {record["feed"]: record["failure"] for record in health(ours)}
        expected = {name: failure for name, (_, failure) in MISBEHAVING.items()} | {"busy": "rate_limited"}
        assert {name: failure for name, failure in failures.items() if failure} == expected
        assert all(f" {name}: " in said for name in feeds)
        airflow(ours, "dags", "test", "watch_inbox")
        _remember_a_habit(objects, "same")
        said = airflow(ours, "dags", "test", "poll_feeds")
        airflow(ours, "dags", "test", "watch_inbox")
        assert "same is silent for far longer than is its habit" in said
        assert (len(web.asked("/over")), len(web.asked("/moved")), len(web.asked("/new-place"))) == (1, 1, 2)
        last = {record["feed"]: record for record in health(ours)}
        assert (last["same"]["status"], last["edited"]["edited"]) == (304, 1)
    found = [(row["article_id"].rpartition("/")[2], row["version"]) for row in rows(ours)]
    assert sorted(found) == [("11", 1), ("12", 1), ("13", 1), ("14", 1), ("14", 2), ("15", 1), ("17", 1)]


def _remember_a_habit(objects: Objects, name: str) -> None:
    """Let every feed be due, and one of them have had news every hour, long ago."""
    forget_when_due(objects)
    for listed in list(objects.list("feeds/state/")):
        states = msgspec.json.decode(objects.get(listed.key))
        if name in states:
            hours = [f"2025-02-03T{hour:02d}:00:00+00:00" for hour in range(8, 12)]
            states[name] |= {"arrivals": hours, "news_at": hours[-1]}
            objects.put(listed.key, msgspec.json.encode(states))
