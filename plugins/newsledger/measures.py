"""What newsledger counts about itself, by OpenTelemetry's API: it costs nothing until somebody configures a receiver.

Names and units follow OpenTelemetry's semantic conventions: dotted names, units in braces or UCUM.

| instrument | unit | attributes |
|---|---|---|
| `newsledger.articles` | {article} | `outcome`: new, version, revision, duplicate, ... |
| `newsledger.facts` | {fact} | `kind`: quotes, people, organisations, places, figures, dates |
| `newsledger.rejections` | {record} | `kind`: file, article, quotes, mentions, figures, dates |
| `newsledger.collection.delay` | s | from collecting to the record |
| `newsledger.publication.delay` | s | from the time that the source states (with an offset) to the record |
| `newsledger.feed.polls` | {poll} | `status`: the health that the poll left, as in `records/feeds` |

Instruments are asked for when they are used, never kept: a worker that was forked has a provider of its own.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from opentelemetry import metrics
from opentelemetry.metrics import Meter

Summary = Mapping[str, Any]
FACTS = ("quotes", "people", "organisations", "places", "figures", "dates")


def published(articles: Iterable[Summary], rejected: Iterable[Summary], *, since: str, at: str) -> None:
    """Count what became of a batch that was collected at one time and is recorded at another.

    Args:
        articles: summaries of articles, with their ``outcome`` and ``date_published``.
        rejected: summaries of what went to quarantine, with their ``kind``.
        since: when the batch was collected, ISO 8601.
        at: when it was recorded, ISO 8601.
    """
    meter = _meter()
    for article in articles:
        meter.create_counter("newsledger.articles", "{article}").add(1, {"outcome": article["outcome"]})
        if article["outcome"] != "duplicate":
            for kind in FACTS:
                meter.create_counter("newsledger.facts", "{fact}").add(article[kind], {"kind": kind})
            _delay(meter, "newsledger.collection.delay", since, at)
            _delay(meter, "newsledger.publication.delay", article.get("date_published"), at)
    for rejection in rejected:
        turned_away(rejection["kind"])


def turned_away(kind: str) -> None:
    """Count one file, article or fact that was rejected."""
    _meter().create_counter("newsledger.rejections", "{record}").add(1, {"kind": kind})


def polled(status: str) -> None:
    """Count one poll of a feed."""
    _meter().create_counter("newsledger.feed.polls", "{poll}").add(1, {"status": status})


def flush() -> None:
    """Send what was counted now: the process of a task ends sooner than the next regular sending."""
    if send := getattr(metrics.get_meter_provider(), "force_flush", None):
        send()


def _meter() -> Meter:
    return metrics.get_meter("newsledger")


def _delay(meter: Meter, name: str, since: str | None, at: str) -> None:
    """Seconds between two times; a day without its time says too little, and a time to come nothing."""
    if not since or "T" not in since:
        return
    begun = datetime.fromisoformat(since)
    if begun.tzinfo and (seconds := (datetime.fromisoformat(at) - begun).total_seconds()) >= 0:
        meter.create_histogram(name, "s").record(seconds)
