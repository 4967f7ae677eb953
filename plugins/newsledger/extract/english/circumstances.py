"""What the text ties to a figure: who claims it, as of when, where."""

from bisect import bisect_right

import msgspec

from newsledger.records import Article, Figure, Mention, Quote
from newsledger.text import Text


class Around:
    """The facts around figures of one article."""

    def __init__(self, text: Text, article: Article, mentions: tuple[Mention, ...], quotes: tuple[Quote, ...]) -> None:
        """Hold what figures may be tied to."""
        self._text, self._article, self._mentions, self._quotes = text, article, mentions, quotes

    def tie(self, figure: Figure) -> Figure:
        """The figure with claimant, date and place where the text has them."""
        return figure
