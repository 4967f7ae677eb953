"""The plug for recognisers of names: what a trained pipeline must look like to take part."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from newsledger.records import Article, MentionType
from newsledger.text import Text


class Pointed(NamedTuple):
    """A stretch of text that a recogniser takes for a name, and of what."""

    start: int
    end: int
    type: MentionType


class Recogniser(Protocol):
    """Anything that points at names in a text. What it points at is evidence: the rules of precision stay in force."""

    def __call__(self, text: Text, article: Article) -> Sequence[Pointed]:
        """Names in any order; positions are code points into ``article.body``."""
