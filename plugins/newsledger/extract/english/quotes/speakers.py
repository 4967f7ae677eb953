"""From a phrase to a person: surnames to full names, pronouns to whom they stand for."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from newsledger.extract.english.quotes import subjects
from newsledger.extract.english.quotes.attribution import Read
from newsledger.extract.english.quotes.clauses import FUNCTION_WORDS
from newsledger.extract.english.quotes.cues import SPEAKERS
from newsledger.extract.english.quotes.gender import gender
from newsledger.extract.english.quotes.phrases import TITLES
from newsledger.extract.english.quotes.sources import Source
from newsledger.records import Mention
from newsledger.text import Span, Text

_FULL_NAME = re.compile(
    r"[A-Z](?<!\w.)(?:[\w’'\-]+|\.)"
    r"(?: (?:[A-Z][\w’'\-]*[^\W_]|[A-Z]\.|(?:de|van|von|bin|al|el|der|den|da|la)(?= [A-Z]))){1,3}"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_NOMINATIVE = {"his": "he", "her": "she", "he’s": "he", "she’s": "she", "he's": "he", "she's": "she"}
_NO_NAME_BEGINS = TITLES | FUNCTION_WORDS
_HONORIFICS = frozenset("mr mrs ms miss dr".split())
# Words that close the name of an organisation; a pronoun `he` never means one.
_ORGANISATIONS = frozenset(
    """times post journal news tribune herald guardian telegraph agency ministry department university college institute
    council committee commission house court party union bank group company corporation inc corp brigade army navy force
    forces police association foundation fund center centre bureau network press senate congress parliament campaign
    kremlin pentagon office board service organization organisation states kingdom nations report poll republicans
    democrats church school hospital team club league federation alliance coalition administration government
    """.split()
)


class Speaker(NamedTuple):
    """Who a source is: the mention in the text, and what the article calls and tells about it."""

    span: Span
    name: str | None
    role: str | None = None
    affiliation: str | None = None


class Speakers:
    """The names of one article."""

    def __init__(self, text: Text, mentions: tuple[Mention, ...]) -> None:
        """Hold what others found; nothing is read yet."""
        self.text = text
        self.mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._pronouns: dict[Span, str | None] = {}
        self._found: dict[Span, Mention | None] = {}

    def follow(self, read: Iterable[Read]) -> None:
        """Read the article from start to end and keep whom each pronoun that speaks stands for."""
        read = tuple(read)
        speaking = [
            number for number, (_, reports) in enumerate(read) if any(one.source.kind == "pronoun" for one in reports)
        ]
        memory = _Memory()
        for sentence, reports in read[: speaking[-1] + 1] if speaking else ():  # what comes later is of no account
            lead = subjects.lead(sentence, len(sentence.tokens)) if sentence.tokens else None
            if lead is not None:
                self._hear(memory, lead, speaks=False)
            for report in reports:
                self._hear(memory, report.source, speaks=True)
            if lead is not None and reports:
                # The subject of the sentence is what the next one's pronoun means, not who is named last.
                self._hear(memory, lead, speaks=False)

    def _hear(self, memory: "_Memory", source: Source, *, speaks: bool) -> None:
        words = self.text[source.span]
        if source.kind == "pronoun":
            if source.span not in self._pronouns:
                self._pronouns[source.span] = memory.resolve(_NOMINATIVE.get(words.lower(), words.lower()))
        elif source.kind == "name":
            name = self.name_of(source.span)
            if self._is_person(source.span, name, speaks=speaks):
                told = self._told.get(name)
                memory.hear(name, gender(self.text[source.phrase], name, told.role if told else None))
        elif _is_somebody(words):
            memory.hear(None, gender(words, None, words))

    def _is_person(self, span: Span, name: str, *, speaks: bool) -> bool:
        mention = self._mention_at(span)
        if mention is not None:
            return mention.type == "person"
        if self._told and not speaks:
            return False
        return bool(name) and name.rsplit(maxsplit=1)[-1].lower() not in _ORGANISATIONS

    def read(self, source: Source) -> Speaker:
        """The speaker that a source names; the name is null where it names nobody."""
        if source.kind == "pronoun":
            name = self._pronouns.get(source.span)
            mention = self._told.get(name) if name else None
            return _speaker(source.span, name, mention)
        span, mention = source.span, self._mention_at(source.span)
        if source.kind == "name":
            name = self.name_of(span)
            if mention is not None and Span(*span).within(Span(mention.start, mention.end)):
                span = Span(mention.start, mention.end)
        else:
            # The [Red Cross]; but not a doctor of the Red Cross.
            covers = mention is not None and mention.end >= span.end - 1 and mention.start <= span.start + len("the ")
            name = mention.name if mention is not None and covers and mention.type != "place" else None
        return _speaker(span, name, self._told.get(name, mention) if name else None)

    def _mention_at(self, span: Span) -> Mention | None:
        """The mention that shares most characters with a span."""
        if span not in self._found:
            self._found[span] = self._most_shared(span)
        return self._found[span]

    def _most_shared(self, span: Span) -> Mention | None:
        index = bisect_right(self._starts, span.end)
        best, most = None, 0
        for mention in self.mentions[max(index - 6, 0) : index]:
            if mention.end - span.start > most:
                shared = min(mention.end, span.end) - max(mention.start, span.start)
                if shared > most:
                    best, most = mention, shared
        return best

    @cached_property
    def _told(self) -> dict[str, Mention]:
        """What the article tells about a name: its first mention that states a role, else its first."""
        found: dict[str, Mention] = {}
        for mention in self.mentions:
            known = found.get(mention.name)
            if known is None or (known.role is None and mention.role is not None):
                found[mention.name] = mention
        return found

    @cached_property
    def _fullest(self) -> dict[str, str]:
        """Surname to the full name that most often ends in it; the shorter of two equals."""
        counts: Counter[tuple[str, str]] = Counter()
        for match in _FULL_NAME.finditer(self.text.body):
            words = [_POSSESSIVE.sub("", word) if word[-1] in "'’s" else word for word in match[0].split()]
            while words and words[0].strip(".").lower() in _NO_NAME_BEGINS:
                words = words[1:]
            if len(words) > 1 and words[-1].lower() not in TITLES:
                counts[words[-1], " ".join(words)] += 1
        ranked = sorted(counts.items(), key=lambda item: (-item[1], len(item[0][1]), item[0][1]))
        found: dict[str, str] = {}
        for (surname, name), _ in ranked:
            found.setdefault(surname, name)
        return found

    def name_of(self, span: Span) -> str:
        """Canonical name for a name's span."""
        mention = self._mention_at(span)
        if mention is not None and mention.end >= span.end - 2:
            return mention.name
        words = [word for word in self.text[span].split() if word.strip(".").lower() not in _HONORIFICS]
        name = _POSSESSIVE.sub("", " ".join(words)) or self.text[span]
        return self._fullest.get(name, name) if len(words) == 1 else name


def _speaker(span: Span, name: str | None, mention: Mention | None) -> Speaker:
    if mention is None:
        return Speaker(span, name)
    return Speaker(span, name, mention.role, mention.affiliation)


def _is_somebody(words: str) -> bool:
    """A single person without a name: `a witness`, `one drone operator with the brigade`."""
    tokens = words.lower().split()
    return (
        bool(tokens)
        and tokens[0] in {"a", "an", "one", "another", "his", "her"}
        and any(token in SPEAKERS for token in tokens)
    )


class _Memory:
    """Who was spoken of last, by pronoun, while an article is read from start to end."""

    def __init__(self) -> None:
        self._last: dict[str, str | None] = {}
        self._gender: dict[str, str] = {}

    def hear(self, name: str | None, pronoun: str) -> None:
        """A name, or somebody without one, was the subject or spoke; the pronoun is empty where nothing tells it."""
        pronoun = pronoun or self._gender.get(name or "", "")
        if pronoun and name:
            self._gender[name] = pronoun
        for each in ("he", "she"):
            if pronoun in {"", each}:
                self._last[each] = name

    def resolve(self, pronoun: str) -> str | None:
        """Whom a pronoun stands for, if somebody fits; from then on the name keeps to that pronoun."""
        name = self._last.get(pronoun)
        if name is not None:
            self._gender.setdefault(name, pronoun)
        return name
