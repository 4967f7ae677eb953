"""The plug for recognisers of names: what a trained pipeline must look like to take part, and which one does."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from newsledger.errors import SettingsError
from newsledger.extract import recogniser_choice
from newsledger.extract.recogniser_choice import Choice
from newsledger.records import EXTRACTOR, Article, MentionType
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
        ...


class Reader(NamedTuple):
    """Who reads facts: the rules, or the rules with a recogniser."""

    recogniser: Recogniser | None
    extractor: str
    """What records name as their extractor."""


_RULES = Reader(None, EXTRACTOR)


def default() -> Reader:
    """What the configuration asks for, loaded once in this process and again when ``recogniser.yaml`` changes.

    Raises:
        SettingsError: the file is wrong, or what it names cannot be loaded; names file and line.
    """
    stamp = recogniser_choice.stamp()
    return _of(stamp) if stamp else _RULES


@lru_cache(maxsize=1)
def _of(stamp: recogniser_choice.Stamp) -> Reader:
    choice = recogniser_choice.load(stamp.path)
    return _loaded(choice) if choice else _RULES


def _loaded(choice: Choice) -> Reader:
    from newsledger.extract.spacy_recogniser import SpacyRecogniser

    recogniser = SpacyRecogniser(choice)
    return Reader(recogniser, f"{EXTRACTOR}+spacy:{recogniser.identity}")


def problems(config: Path) -> list[str]:
    """Every fault of the file in the folder ``config``, as ``file:line: what is wrong``; the pipeline is loaded too."""
    choice, found = recogniser_choice.read(config / recogniser_choice.FILE)
    if choice and not found:
        try:
            _loaded(choice)
        except SettingsError as error:
            return [str(error)]
    return found
