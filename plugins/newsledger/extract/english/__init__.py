"""The rules of English: everything that knows the language lives here."""

from newsledger.extract.english import dates, figures, names, places, quotes
from newsledger.records import Article, Facts
from newsledger.text import Text


def read(text: Text, article: Article) -> Facts:
    """All facts of one English body, each list in order of position, fact ids not yet set."""
    named = names.find(text, article)
    mentions = places.find(text, article, named)
    said = quotes.find(text, article, mentions)
    return Facts(
        quotes=said,
        mentions=mentions,
        figures=figures.find(text, article, mentions, said),
        dates=dates.find(text, article, mentions),
    )
