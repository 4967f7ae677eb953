"""Feeds for the tests of polling: built in Python, served by the world, listed in a configuration of their own."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsledger.settings import Settings
from newsledger.store.objects import Objects

TEXT = (
    "Mayor Olena Hrytsenko said on Tuesday that 1,200 people had left the town of Izium. “We will rebuild every school "
    "in this town before the winter comes,” Hrytsenko told reporters in Kharkiv."
)


def item(number: int = 1, **fields: str) -> str:
    """An item of RSS; a field of None is left out."""
    stated = {
        "title": f"Story {number} of the day",
        "link": f"https://news.example/{number}",
        "guid": f"tag:news.example,2025:{number}",
        "pubDate": f"Mon, 03 Feb 2025 10:{number % 60:02d}:00 GMT",
        "description": f"<p>{TEXT} Part {number}.</p>",
    } | {name.replace("__", ":"): value for name, value in fields.items()}
    inside = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in stated.items() if value)
    return f"<item>{inside}</item>"


def rss(*items: str, channel: str = "") -> bytes:
    """A feed of these items."""
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{head}<channel><title>Example News</title>{channel}{''.join(items)}</channel></rss>".encode()


def configured(settings: Settings, tmp_path: Path, feeds: Mapping[str, Any], **changes: Any) -> Settings:
    """Settings whose `feeds.yaml` lists these feeds, loopback allowed and no pause between visits."""
    config = tmp_path / "config"
    if not config.exists():
        shutil.copytree(settings.config / "expectations", config / "expectations")
    lines = [f"{name}: {feed if isinstance(feed, str) else _flow(feed)}" for name, feed in feeds.items()]
    (config / "feeds.yaml").write_text("\n".join(lines) + "\n")
    update = {"config": config, "fetch_hosts": ("127.0.0.1", "localhost"), "host_pause_seconds": 0.0, **changes}
    return settings.model_copy(update=update)


def _flow(feed: Mapping[str, Any]) -> str:
    import json

    return json.dumps(feed)


def rows(settings: Settings) -> Sequence[Mapping[str, Any]]:
    """Every published row, in order."""
    from newsledger.errors import NotStoredError
    from newsledger.store.tables import Articles

    try:
        return sorted(Articles.find(settings).stream(), key=lambda row: row["seq"])
    except NotStoredError:
        return []


def forget_when_due(objects: Objects) -> None:
    """Make every feed due again, all else as it is remembered."""
    import msgspec

    for listed in list(objects.list("feeds/state/")):
        states = msgspec.json.decode(objects.get(listed.key))
        due = {name: state | {"next_due": None} for name, state in states.items()}
        objects.put(listed.key, msgspec.json.encode(due))


def health(settings: Settings) -> list[dict[str, Any]]:
    """Every record of health, oldest first."""
    from deltalake import DeltaTable

    from newsledger.store import feed_health
    from newsledger.store.tables import table_options

    table = DeltaTable(feed_health.address(settings), storage_options=table_options(settings))
    return sorted(table.to_pyarrow_table().to_pylist(), key=lambda row: (row["polled_at"], row["feed"]))
