"""The rules of English: everything that knows the language lives here."""

from newsledger.extract.english import pointing
from newsledger.extract.english.dates import find as dates
from newsledger.extract.english.figures import find as figures
from newsledger.extract.english.names import find as names
from newsledger.extract.english.places import find as places
from newsledger.extract.english.quotes import find as quotes
from newsledger.extract.recogniser import Recogniser
from newsledger.records import Article, Facts
from newsledger.text import Text


def read(text: Text, article: Article, recogniser: Recogniser | None = None) -> Facts:
    """All facts of one English body, each list in order of position, fact ids not yet set.

    What a recogniser points at is evidence for names beside what the rules see.
    """
    pointed = pointing.at(text, recogniser(text, article)) if recogniser else pointing.NOTHING
    named = names.find(text, article, pointed)
    mentions = places.find(text, article, named, pointed.places)
    said = quotes.find(text, article, mentions)
    dated = dates.find(text, article, mentions)
    return Facts(
        quotes=said,
        mentions=mentions,
        figures=figures.find(text, article, mentions, said, dated),
        dates=dated,
    )
