"""Expressions of time, resolved against the day of publishing."""

from newsledger.records import Article, Date, Mention
from newsledger.text import Text


def find(text: Text, article: Article, mentions: tuple[Mention, ...]) -> tuple[Date, ...]:
    """Dates, durations and sets in order of position."""
    return ()
