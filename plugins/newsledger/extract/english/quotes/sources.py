"""Noun phrases that say something: read to the left or to the right of a verb of speech.

There is no parser: a phrase ends at the verb and begins where nothing of a phrase can stand. What cannot be read with
confidence is None.
"""

import re

import msgspec

from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.quotes.cues import (
    CLAUSE_OPENERS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    can_speak,
)
from newsledger.extract.english.quotes.phrases import (
    PARTICLES,
    TITLES,
    before_bracket,
    is_verbish,
    modifies,
    name_at_end,
    name_in,
    over,
    phrase_end,
    phrase_start,
    run_start,
    skip_adverbials,
    without_lead,
    without_titles,
)
from newsledger.text import Span

ADVERBIAL_OPENERS = PREPOSITIONS | frozenset(
    """when while if although though because as since unless once where however meanwhile still instead today yesterday
    earlier later then now asked speaking according moreover furthermore additionally also thus therefore indeed
    nevertheless nonetheless similarly likewise overall ultimately finally first second third last next also yet but and
    so or""".split()
)
_NO_NAMES = ADVERBIAL_OPENERS | {"who", "which", "whose"}
_STAND_FOR_SOMEBODY = PRONOUNS - {"who", "it"}
_POINTING = frozenset("this that these those one all".split())


class Source(msgspec.Struct, frozen=True, gc=False):
    """A phrase that names who speaks."""

    span: Span
    kind: str
    """``name``, ``pronoun`` or ``description``."""
    phrase: Span
    """The whole phrase: the name with its titles and appositions as far as they were read."""


class Subject(msgspec.Struct, frozen=True, gc=False):
    """What stands before a verb."""

    source: Source | None
    skipped: tuple[str, ...]
    """Adverbs and auxiliaries between them, nearest first."""
    at: int
    """The token at which the phrase should end."""


def before(sentence: Sentence, verb: int) -> Subject:
    """The subject that stands before a verb."""
    tokens = sentence.tokens
    index, skipped = skip_adverbials(tokens, verb - 1)
    if index < 0 or "to" in skipped[:1]:
        return Subject(None, skipped, index)
    token = tokens[index]
    if token.kind == ",":
        source = _before_commas(sentence, index)
    elif token.kind == "—":
        source = _before_dashes(sentence, index)
    else:
        source = None if token.possessive else ending_at(sentence, index)
    return Subject(source, skipped, index)


def ending_at(sentence: Sentence, end: int) -> Source | None:
    """The phrase whose last word this is; a possessive ending is left out."""
    tokens = sentence.tokens
    last = tokens[end]
    if last.kind not in {NAME, WORD} or last.word == "to":
        return None
    if last.kind == WORD and last.word in PRONOUNS:
        return pronoun(sentence, end)
    if last.kind == WORD and (last.word in CLAUSE_OPENERS or last.word in PREPOSITIONS):
        return None
    start = phrase_start(tokens, end)
    return _classified(sentence, start, end) if start is not None else None


def pronoun(sentence: Sentence, index: int) -> Source | None:
    """A pronoun as a source; `who` is the phrase that it stands for."""
    token = sentence.tokens[index]
    if token.word in {"who", "which"}:
        return _antecedent(sentence, index)
    span = Span(token.start, token.end)
    return Source(span, "pronoun", span)


def _antecedent(sentence: Sentence, index: int) -> Source | None:
    """Whom `who` stands for: the phrase just before it, over a comma and an apposition."""
    tokens = sentence.tokens
    at = before_bracket(tokens, index - 1)
    if at >= 0 and tokens[at].kind == ",":
        for start, end in reversed(_parts(tokens, at)[-3:]):
            last = before_bracket(tokens, end)
            apposition = tokens[start].kind == WORD and start > 0 and tokens[start - 1].kind == ","
            if last >= start and tokens[last].kind == NAME and not tokens[last].possessive and not apposition:
                return name_ending_at(sentence, last)
        return _before_commas(sentence, at)
    if at >= 0 and tokens[at].kind == NAME and not tokens[at].possessive:
        return name_ending_at(sentence, at)
    return ending_at(sentence, at) if at >= 0 else None


def name_ending_at(sentence: Sentence, end: int) -> Source | None:
    """The run of capitals that ends here, whatever stands before it."""
    tokens = sentence.tokens
    first = run_start(tokens, 0, end)
    name = without_titles(tokens, first, end)
    return Source(over(tokens, *name), "name", over(tokens, first, end)) if name else None


def _classified(sentence: Sentence, start: int, end: int) -> Source | None:
    """Name or description; leading adverbials go first."""
    tokens = sentence.tokens
    start = without_lead(tokens, start, end)
    if start > end:
        return None
    if tokens[end].kind == WORD and tokens[end].word in PRONOUNS:
        return pronoun(sentence, end)
    name = name_at_end(tokens, start, end)
    if name and not _is_group(tokens, start, name):
        return Source(over(tokens, *name), "name", over(tokens, start, end))
    return _description(tokens, start, end)


def _description(tokens: tuple[Token, ...], start: int, end: int) -> Source | None:
    """A phrase without a name of its own: `a frustrated commander in the 47th Brigade`, `police`."""
    head = next((k - 1 for k in range(start + 1, end + 1) if modifies(tokens[k])), end)
    first = tokens[start]
    if first.word in PREPOSITIONS or (start == end and first.word in _POINTING):
        return None
    counted = first.word[:1].isdigit() and start < end
    introduced = first.word in DETERMINERS or first.possessive or first.kind == NAME or counted
    if end - start > 25 or not (introduced or can_speak(tokens[head].word)):
        return None
    span = over(tokens, start, end)
    return Source(span, "description", span)


def _before_dashes(sentence: Sentence, index: int) -> Source | None:
    """Her rival — a lawyer from Ohio — said: what stands before the dashes."""
    opening = next((k for k in range(index - 1, max(index - 40, 0), -1) if sentence.tokens[k].kind == "—"), None)
    return ending_at(sentence, opening - 1) if opening else None


def _before_commas(sentence: Sentence, comma: int) -> Source | None:
    """Jane Roe, who leads the group, said: the subject is the first phrase of the clause that has no verb."""
    parts = _parts(sentence.tokens, comma)
    for position, (start, end) in enumerate(parts):
        source = _part_subject(sentence, start, end)
        if source is None:
            continue
        if source.kind == "description" and position + 1 < len(parts):
            named = _pure_name(sentence, *parts[position + 1])
            return Source(named.span, named.kind, Span(source.span.start, named.span.end)) if named else source
        return source
    return None


def _parts(tokens: tuple[Token, ...], comma: int) -> list[tuple[int, int]]:
    """The stretches between commas to the left, as far as the clause goes, in order."""
    parts, end = [], comma - 1
    for index in range(comma - 1, max(comma - 90, -2), -1):
        if index == -1 or tokens[index].kind in {",", ";", ":", QUOTED, "—", "…", "?", "!"}:
            if index + 1 <= end:
                parts.append((index + 1, end))
            end = index - 1
            if index == -1 or tokens[index].kind != ",":
                break
            if tokens[index + 1].word in {"but", "and", "so", "yet"} and len(parts) > 1:
                break
    return parts[::-1]


def _part_subject(sentence: Sentence, start: int, end: int) -> Source | None:
    """The phrase that fills a stretch between commas, if one does."""
    tokens = sentence.tokens
    end = before_bracket(tokens, end)
    while start <= end and tokens[start].word in {"and", "but", "so", "yet", "that", "or", "as", "because", "while"}:
        start += 1
    if start > end:
        return None
    first = tokens[start]
    if first.kind == WORD and (first.word in _NO_NAMES or first.word.endswith(("ing", "ed"))):
        return None
    if any(is_verbish(token) or token.word == "to" for token in tokens[start : end + 1]):
        return None
    found = phrase_start(tokens, end)
    return _classified(sentence, max(start, found), end) if found is not None else None


def _pure_name(sentence: Sentence, start: int, end: int) -> Source | None:
    """A person's name that fills the stretch: `the acting governor, Jane Roe, said`."""
    tokens = sentence.tokens[start : end + 1]
    while tokens and tokens[0].word.rstrip(".") in TITLES:
        start, tokens = start + 1, tokens[1:]
    if 2 <= len(tokens) <= 5 and all(token.kind == NAME or token.word in PARTICLES for token in tokens):
        span = Span(tokens[0].start, tokens[-1].end)
        return Source(span, "name", span)
    return None


def after(sentence: Sentence, first: int) -> Source | None:
    """The phrase that begins here: `said [Jane Roe], a lawyer`, `according to [two people at the meeting]`."""
    tokens = sentence.tokens
    if first >= len(tokens):
        return None
    token = tokens[first]
    if token.kind == WORD and token.word in _STAND_FOR_SOMEBODY:
        return Source(Span(token.start, token.end), "pronoun", Span(token.start, token.end))
    end = phrase_end(tokens, first)
    if end < first:
        return None
    until = next((k - 1 for k in range(first + 1, end + 1) if tokens[k].word in PREPOSITIONS), end)
    name = name_in(tokens, first, until, end)
    if name and not _is_group(tokens, first, name):
        return Source(over(tokens, *name), "name", over(tokens, first, end))
    return _call_sign(tokens, first, end) or _description(tokens, first, end)


_QUANTIFIERS = frozenset("some many most several few other more these those all dozens hundreds thousands".split())
_CALLED = re.compile(
    r"(?:call ?sign|callsign|nickname|name|pseudonym|(?:named|identified|known|goes)(?: only)?(?: as| by)?)$"
)


def _is_group(tokens: tuple[Token, ...], start: int, name: tuple[int, int]) -> bool:
    """Some frustrated Norwegians: many people, none of them named."""
    first, last = name
    return first == last and start < first and tokens[last].word.endswith("s") and tokens[start].word in _QUANTIFIERS


def _call_sign(tokens: tuple[Token, ...], first: int, end: int) -> Source | None:
    """One operator with the brigade who uses the call sign [Fox]."""
    words = ""
    for index in range(end + 1, min(end + 9, len(tokens))):
        token = tokens[index]
        if token.kind == NAME and _CALLED.search(words):
            return Source(over(tokens, index, index), "name", over(tokens, first, index))
        if token.kind != WORD:
            return None
        words = f"{words} {token.word}"
    return None
