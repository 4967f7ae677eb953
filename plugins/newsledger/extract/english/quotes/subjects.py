"""The subject that a verb shares with its sentence: `[Jane Roe] voted against it and said ...`."""

from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.quotes.cues import CLAUSE_OPENERS, PREPOSITIONS, can_speak
from newsledger.extract.english.quotes.phrases import (
    PARTICLES,
    REACH,
    TITLES,
    is_adverbial,
    is_past,
    is_verbish,
    run_start,
)
from newsledger.extract.english.quotes.sources import ADVERBIAL_OPENERS, Source, after, name_ending_at, pronoun
from newsledger.text import Span

_CONJUNCTIONS = frozenset("but and so yet or".split())


def acting(sentence: Sentence, before_verb: int) -> Source | None:
    """The nearest name or pronoun with a verb right after it: `The trouble is that [Jane Roe] took it back, saying`."""
    tokens = sentence.tokens
    for index in range(before_verb - 2, max(before_verb - REACH, -1), -1):
        token, following = tokens[index], tokens[index + 1]
        if token.kind in {";", QUOTED}:
            return None
        if is_verbish(following) or is_past(tokens, index + 1):
            if token.kind == NAME and not token.possessive and not _in_phrase(tokens, index):
                return name_ending_at(sentence, index)
            if token.kind == WORD and token.word in {"he", "she", "they"}:
                return pronoun(sentence, index)
    return None


def _in_phrase(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a name ends a longer phrase: `the plan for Norway failed`."""
    first = run_start(tokens, 0, index)
    return first > 0 and tokens[first - 1].kind == WORD and tokens[first - 1].word in PREPOSITIONS


def coordinated(sentence: Sentence, conjunction: int) -> Source | None:
    """The subject of the clause that `and` goes on from: `When it was late, [I] laughed and said`."""
    tokens = sentence.tokens
    for index in range(conjunction - 1, max(conjunction - 30, -1), -1):
        if tokens[index].kind in {",", ";", ":", "—", QUOTED}:
            break
    else:
        return None
    source = after(sentence, index + 1)
    if source is None or source.kind == "description":
        return None
    following = sentence.index_at(source.phrase.end - 1) + 1
    verb = following < conjunction and tokens[following].kind == WORD and tokens[following].word not in PREPOSITIONS
    return source if verb else None


def lead(sentence: Sentence, cue: int) -> Source | None:
    """The subject of the sentence that a later verb shares: `[Jane Roe] voted against it and said ...`."""
    tokens = sentence.tokens
    index, cue = 0, min(cue, 2 * REACH)
    while index < cue:
        token = tokens[index]
        if token.kind == WORD and token.word in ADVERBIAL_OPENERS and token.word not in _CONJUNCTIONS:
            comma = next((k for k in range(index, min(cue, index + 60)) if _ends_adverbial(tokens, k)), None)
            if comma is None:
                return None
            index = comma + 1
        elif token.kind in {NAME, WORD} and not is_adverbial(token) and token.word not in CLAUSE_OPENERS:
            return _subject_from(sentence, index)
        else:
            index += 1
    return None


def _ends_adverbial(tokens: tuple[Token, ...], index: int) -> bool:
    """A comma after a leading phrase, but not the one inside `On July 6, 2015,`."""
    following = tokens[index + 1 : index + 2]
    comma = tokens[index].kind == "," or (tokens[index].kind == QUOTED and tokens[index].word == ",")
    return comma and bool(following) and not following[0].word.isdigit()


def _subject_from(sentence: Sentence, first: int) -> Source | None:
    """A subject that begins here: a name counts when a verb can follow it."""
    tokens = sentence.tokens
    for index in range(first, min(first + 12, len(tokens))):
        token = tokens[index]
        if token.kind not in {NAME, WORD} or is_verbish(token):
            break
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.kind == NAME and not token.possessive and following is not None:
            ends = following.kind in {",", "("} or (following.kind == WORD and not _continues_name(following))
            if ends:
                source = name_ending_at(sentence, index)
                phrase = source and Span(tokens[first].start, source.span.end)
                return Source(source.span, source.kind, phrase) if source and phrase else None
        if token.kind == WORD and token.word in PREPOSITIONS:
            break
    return after(sentence, first)


def _continues_name(token: Token) -> bool:
    word = token.word
    return word in PREPOSITIONS or word in PARTICLES or word in {"and", "&"} or can_speak(word) or word in TITLES
