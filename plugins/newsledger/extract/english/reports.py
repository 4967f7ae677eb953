"""Acts of reporting: a verb of speech (or `according to`) with the phrase that names who speaks."""

from typing import NamedTuple

from newsledger.extract.english import sources
from newsledger.extract.english.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.cues import (
    ARTICLES,
    DETERMINERS,
    NOUNS_TOO,
    PREPOSITIONS,
    SAID_THINGS,
    SAME_PAST,
    VERBS,
    WEEKDAYS,
    Cue,
    can_speak,
)
from newsledger.extract.english.sources import Source
from newsledger.text import Span

_BE = frozenset("is was are were be been being am wasn't isn't aren't weren't".split())
_MODALS = frozenset(
    """would will can could may might must shall should do does did won't can't couldn't wouldn't didn't doesn't
    don't""".split()
)
_POSSESSORS = frozenset("his her their my our its".split())
_COORDINATING = frozenset("and but or".split())
# Speak only right beside a quotation: “…,” she began.
_BESIDE_ONLY = frozenset("begin finish go sum reflect express start offer relate read".split())
_ACCORDING = Cue("according", "base", says=True, holds=True, means=False)


class Report(NamedTuple):
    """Somebody reports something; positions are indexes into the sentence's tokens."""

    source: Source
    cue: Cue
    first: int
    """First token of source and verb together."""
    verb: int
    last: int
    """Last token of source and verb together."""
    inverted: bool
    """Whether the verb stands before its subject."""
    shared: bool = False
    """Whether the subject stands with another verb: `voted against it and said`."""


def reports(sentence: Sentence) -> tuple[Report, ...]:
    """The reports of a sentence in order of their verbs."""
    found: list[Report] = []
    for index, token in enumerate(sentence.tokens):
        if token.kind != WORD:
            continue
        report = _according(sentence, index) if token.word in {"according", "per"} else None
        cue = VERBS.get(token.word)
        if report is None and cue is not None and not token.possessive:
            report = _verb(sentence, index, cue, found)
        if report is None and token.word in SAID_THINGS:
            report = _noun(sentence, index)
        if report is not None:
            found.append(report)
    return tuple(found)


def _noun(sentence: Sentence, index: int) -> Report | None:
    """Jane Roe’s claim that “…”; her words."""
    tokens = sentence.tokens
    for at in range(index - 1, max(index - 4, -1), -1):
        token = tokens[at]
        if token.word in _POSSESSORS and token.kind == WORD:
            span = Span(token.start, token.end)
            return _report(sentence, Source(span, "pronoun", span), _said(tokens[index].word), index, inverted=False)
        if token.possessive and token.kind == NAME:
            source = sources.ending_at(sentence, at)
            return _report(sentence, source, _said(tokens[index].word), index, inverted=False) if source else None
        if token.kind != WORD or token.word in DETERMINERS | PREPOSITIONS:
            return None
    return None


def _said(noun: str) -> Cue:
    return Cue(noun, "noun", says=False, holds=False, means=False)


def _according(sentence: Sentence, index: int) -> Report | None:
    tokens = sentence.tokens
    if tokens[index].word == "per":
        begins = index and tokens[index - 1].kind in {QUOTED, ","} and tokens[index - 1 : index]
        first = index + 1
        if not begins or first >= len(tokens) or not (tokens[first].kind == NAME or tokens[first].word in DETERMINERS):
            return None
    else:
        first = index + 2
        if first >= len(tokens) or tokens[index + 1].word != "to":
            return None
    source = sources.after(sentence, first)
    if source is None or (
        tokens[first].word == "a" and tokens[first + 1 : first + 2] and _is_plan(tokens[first + 1].word)
    ):
        return None
    return _report(sentence, source, _ACCORDING, index, inverted=True)


def _is_plan(word: str) -> bool:
    return word in {"plan", "schedule", "script", "timetable"}


def _report(sentence: Sentence, source: Source, cue: Cue, verb: int, *, inverted: bool, shared: bool = False) -> Report:
    if shared:
        return Report(source, cue, verb, verb, verb, inverted, shared)
    at, until = sentence.index_at(source.phrase.start), sentence.index_at(source.phrase.end - 1)
    return Report(source, cue, min(at, verb), verb, max(until, verb), inverted)


def _verb(sentence: Sentence, index: int, cue: Cue, found: list[Report]) -> Report | None:
    """Read a verb's subject: inverted, quoted by others, shared with an earlier verb, or before it."""
    if (report := _inverted(sentence, index, cue)) is not None:
        return report
    if _as_saying(sentence, index, cue):
        return _quoted(sentence, index, cue)
    if cue.form == "ing" and index and sentence.tokens[index - 1].word == "as":
        return None
    if _is_noun(sentence, index, cue):
        return None
    if cue.form == "ing" and index and _is_name(sentence.tokens[index - 1]):
        # Footage of Jane Roe saying ...
        source = sources.name_ending_at(sentence, index - 1)
        plain = token_is_verb(sentence, index)
        return _report(sentence, source, cue, index, inverted=False) if source and plain and cue.says else None
    if cue.form == "ing" and _opens(sentence, index):
        return _subject_follows(sentence, index, cue)
    source, skipped = sources.before(sentence, index)
    passive = cue.form == "ed" and (any(word in _BE for word in skipped) or _by_follows(sentence, index))
    if passive:
        return _agent(sentence, index, cue)
    at = index - 1 - len(skipped)
    progressive = any(word in _BE for word in skipped) or (at >= 0 and sentence.tokens[at].contracted)
    if (
        cue.form == "ing"
        and not progressive
        and not (source and source.kind == "name" and _beside(sentence, source, index))
    ):
        return _sharing(sentence, index, cue, found) if _is_participle(sentence, index) else None
    if cue.form == "base" and "to" in skipped[:1]:
        return _sharing(sentence, index, cue, found)
    if source is None:
        return _coordinated(sentence, index, cue, skipped, found)
    if not _agrees(sentence, source, cue, skipped) or not _puts_it(sentence, index, cue):
        return None
    return _report(sentence, source, cue, index, inverted=False)


def _is_name(token: Token) -> bool:
    return token.kind == NAME and not token.possessive


def token_is_verb(sentence: Sentence, index: int) -> bool:
    """Whether the form cannot as well be a noun: not `Senate hearing`."""
    return sentence.tokens[index].word not in NOUNS_TOO


def _opens(sentence: Sentence, index: int) -> bool:
    """Whether a participle opens its sentence: `Calling it …`, `After saying …`."""
    return index == 0 or (index == 1 and sentence.tokens[0].word in {"after", "before", "while", "by", "in", "when"})


def _subject_follows(sentence: Sentence, index: int, cue: Cue) -> Report | None:
    """After saying that it was “…,” [she] left: the subject comes after the first comma."""
    for position, token in enumerate(sentence.tokens[index + 1 : index + 60], index + 1):
        ends = token.kind == "," or (token.kind == QUOTED and sentence.text.body[token.end - 2] in ",-—")
        if ends and position + 1 < len(sentence.tokens):
            source = sources.after(sentence, position + 1)
            if source is not None and source.kind != "description":
                return _report(sentence, source, cue, index, inverted=False, shared=True)
    return None


def _beside(sentence: Sentence, source: Source, index: int) -> bool:
    """With President [Jane Roe] admitting that …"""
    return sentence.index_at(source.phrase.end - 1) == index - 1


def _inverted(sentence: Sentence, index: int, cue: Cue) -> Report | None:
    """“…,” said Jane Roe; …, said a spokesman."""
    tokens = sentence.tokens
    if not cue.says or cue.form == "ing" or cue.lemma == "tell" or index + 1 >= len(tokens):
        return None
    if cue.form == "base" and tokens[index].word not in SAME_PAST:
        return None
    back = index - 1
    if back >= 0 and tokens[back].kind in {",", "—"}:
        back -= 1
    beside = index == 0 or (back >= 0 and tokens[back].kind == QUOTED)
    after_comma = index > 0 and tokens[index - 1].kind == ","
    if not (beside or after_comma):
        return None
    source = sources.after(sentence, index + 1)
    if source is None or (source.kind == "pronoun" and not beside):
        return None
    end = sentence.index_at(source.phrase.end - 1) + 1
    closed = (
        end >= len(tokens) or tokens[end].kind in {",", ".", ":", ";", "—", "("} or tokens[end].word in PREPOSITIONS
    )
    closed = closed or tokens[end].word in WEEKDAYS | {"who", "after", "as", "when", "while", "yesterday"}
    if not beside and not (
        cue.lemma in {"say", "note", "warn", "add"} and closed and _before_is_clause(sentence, index)
    ):
        return None
    if index == 0 and not (cue.lemma == "say" or (end < len(tokens) and tokens[end].kind == ":")):
        return None
    return _report(sentence, source, cue, index, inverted=True)


def _before_is_clause(sentence: Sentence, index: int) -> bool:
    """Whether a whole clause stands before the comma rather than a subject with its apposition."""
    return any(sources.is_verbish(token) for token in sentence.tokens[: index - 1])


def _as_saying(sentence: Sentence, index: int, cue: Cue) -> bool:
    if cue.lemma not in {"quote", "cite"} or cue.form == "ing":
        return False
    tokens = sentence.tokens[index + 1 : index + 14]
    return any(
        token.word == "as" and after.word in {"saying", "telling"}
        for token, after in zip(tokens, tokens[1:], strict=False)
    )


def _quoted(sentence: Sentence, index: int, cue: Cue) -> Report | None:
    """The mayor was cited by local media as saying; the paper quoted the mayor as saying."""
    source, skipped = sources.before(sentence, index)
    if any(word in _BE for word in skipped):
        return _report(sentence, source, cue, index, inverted=False) if source else None
    source = sources.after(sentence, index + 1)
    return _report(sentence, source, cue, index, inverted=True) if source else None


def _by_follows(sentence: Sentence, index: int) -> bool:
    """The breaks used by Jane Roe: a participle, not the verb of the breaks."""
    following = sentence.tokens[index + 1 : index + 2]
    return bool(following) and following[0].word == "by"


def _agent(sentence: Sentence, index: int, cue: Cue) -> Report | None:
    """It was described by the judge as “…”."""
    for position in range(index + 1, min(index + 7, len(sentence.tokens))):
        if sentence.tokens[position].word == "by":
            source = sources.after(sentence, position + 1)
            possessed = source is not None and sentence.tokens[sentence.index_at(source.phrase.end)].possessive
            if source is not None and source.kind != "description" and not possessed:
                naming = cue._replace(says=False, holds=False)
                return _report(sentence, source, naming, index, inverted=True)
            return None
    return None


def _is_noun(sentence: Sentence, index: int, cue: Cue) -> bool:
    """`the claims`, `false reports`, `Roe's charges`: a noun where a verb's form could stand."""
    if index == 0:
        return cue.form != "ing"
    previous = sentence.tokens[index - 1]
    if previous.possessive or previous.kind in {"(", "["}:
        return True
    if previous.kind == WORD and previous.word in ARTICLES:
        return True
    if previous.kind == WORD and previous.word in PREPOSITIONS - {"to"} and cue.form != "ing":
        return True
    if sentence.tokens[index].word not in NOUNS_TOO:
        return False
    return (
        previous.kind == WORD
        and not sources.is_adverbial(previous)
        and not (can_speak(previous.word) or previous.word in {"he", "she", "they", "i", "we", "it", "who", "you"})
    )


def _is_participle(sentence: Sentence, index: int) -> bool:
    """`…, adding that` and `by calling it`, not `the meeting saying`."""
    if index == 0:
        return False
    previous = sentence.tokens[index - 1]
    return (
        previous.kind in {",", "—", QUOTED}
        or previous.word in {"by", "and", "while", "in", "despite", "before", "after", "without"}
        or (sources.is_adverbial(previous))
    )


def _coordinated(
    sentence: Sentence, index: int, cue: Cue, skipped: tuple[str, ...], found: list[Report]
) -> Report | None:
    """She laughed and said: the subject of the verb before."""
    at = index - 1 - len(skipped)
    if at < 0 or sentence.tokens[at].word not in _COORDINATING or "to" in skipped:
        return None
    source = sources.coordinated(sentence, at)
    if source is not None and not (found and found[-1].first >= sentence.index_at(source.span.start)):
        return _report(sentence, source, cue, index, inverted=False, shared=True)
    return _sharing(sentence, index, cue, found)


def _sharing(sentence: Sentence, index: int, cue: Cue, found: list[Report]) -> Report | None:
    """The subject of the last report before, else of the sentence."""
    source = found[-1].source if found else sources.lead(sentence, index)
    return _report(sentence, source, cue, index, inverted=False, shared=True) if source else None


def _puts_it(sentence: Sentence, index: int, cue: Cue) -> bool:
    """As she put it; `put` alone says nothing."""
    if cue.lemma != "put":
        return True
    following = sentence.tokens[index + 1 : index + 2]
    return not following or following[0].word == "it" or following[0].kind in {".", ","}


def _agrees(sentence: Sentence, source: Source, cue: Cue, skipped: tuple[str, ...]) -> bool:
    """Whether subject and form of the verb go together: `analysts say`, not `analyst say`."""
    if cue.form != "base" or cue.lemma in SAME_PAST or any(word in _MODALS for word in skipped):
        return True
    words = sentence.text[source.span].lower()
    if source.kind == "pronoun":
        return words in {"they", "we", "i", "you", "who"}
    plural = words.endswith(("s", "men", "people", "women", "police", "others", "some", "many", "most", "all"))
    return plural or source.kind == "description" or " and " in words


def beside_only(report: Report) -> bool:
    """Whether the verb reports only what stands right beside it."""
    return report.cue.lemma in _BESIDE_ONLY
