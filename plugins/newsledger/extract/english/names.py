"""People and organisations, as English news names them."""

from newsledger.records import Article, Mention
from newsledger.text import Text


def find(text: Text, article: Article) -> tuple[Mention, ...]:
    """Mentions of people and organisations in order of position."""
    return ()
