"""Plain words for logs and summaries."""

from datetime import UTC, datetime
from typing import Any

from newsledger.records import Extraction

_TITLE_WORDS = 9


def now() -> str:
    """This moment in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def count(number: int, noun: str) -> str:
    """``1 file``, ``2 files``, ``2 entries``, ``2 batches``."""
    many = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("ch") else "s")
    return f"{number:,} {noun if number == 1 else many}"


def size(number: int) -> str:
    """``12.3 MB``: bytes in the decimal unit that suits them."""
    unit, power = next((u, p) for u, p in (("GB", 9), ("MB", 6), ("kB", 3), ("bytes", 0)) if number >= 10**p or p == 0)
    return f"{number / 10**power:,.1f} {unit}" if power else f"{number} {unit}"


def fact_count(extraction: Extraction) -> int:
    """How many facts an article carries."""
    return sum(map(len, (extraction.quotes, extraction.mentions, extraction.figures, extraction.dates)))


def summary(extraction: Extraction) -> dict[str, Any]:
    """An article in one line: what a person wants to see of it first (people and organisations: how many)."""
    article = extraction.article
    words = article.body.split()
    names = {(mention.type, mention.name) for mention in extraction.mentions}
    return {
        "input": extraction.input,
        "article_id": article.article_id,
        "title": article.headline or " ".join(words[:_TITLE_WORDS]),
        "date_published": article.date_published,
        "words": len(words),
        "quotes": len(extraction.quotes),
        "people": sum(kind == "person" for kind, _ in names),
        "organisations": sum(kind == "organisation" for kind, _ in names),
        "places": sum(kind == "place" for kind, _ in names),
        "figures": len(extraction.figures),
        "dates": len(extraction.dates),
    }


def describe(line: dict[str, Any]) -> str:
    """A summary as a sentence for a log."""
    counted = ("words", "quotes", "people", "organisations", "places", "figures", "dates")
    return f"{line['title']!r} ({line['input']}): " + ", ".join(f"{line[name]} {name}" for name in counted)
