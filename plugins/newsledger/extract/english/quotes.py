"""Who said what, as English news reports it."""

from newsledger.records import Article, Mention, Quote
from newsledger.text import Text


def find(text: Text, article: Article, mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:
    """Quotes in order of position."""
    return ()
