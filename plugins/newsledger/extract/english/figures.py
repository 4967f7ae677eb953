"""Numbers with what they measure or count."""

from newsledger.records import Article, Figure, Mention, Quote
from newsledger.text import Text


def find(text: Text, article: Article, mentions: tuple[Mention, ...], quotes: tuple[Quote, ...]) -> tuple[Figure, ...]:
    """Figures in order of position."""
    return ()
