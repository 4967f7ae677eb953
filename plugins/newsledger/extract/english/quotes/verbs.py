"""The subject of a verb of speech, by the first rule that fits."""

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

import msgspec

from newsledger.extract.english.quotes import phrases, sources, subjects
from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.quotes.cues import (
    ARTICLES,
    NOUNS_TOO,
    PREPOSITIONS,
    SAME_PAST,
    WEEKDAYS,
    Cue,
    can_speak,
)
from newsledger.extract.english.quotes.sources import Source

_BE = frozenset("is was are were be been being am wasn't isn't aren't weren't".split())
_MODALS = frozenset(
    """would will can could may might must shall should do does did won't can't couldn't wouldn't didn't doesn't
    don't""".split()
)
_SUBJECT_PRONOUNS = frozenset("he she they i we it who you".split())
_COORDINATING = frozenset("and but or".split())
_BEFORE_PARTICIPLE = frozenset("by and while in despite before after without".split())
_OPENS_PARTICIPLE = frozenset("after before while by in when".split())
_AFTER_SOURCE = WEEKDAYS | PREPOSITIONS | frozenset("who after as when while yesterday".split())
_BEFORE_NOUN = ARTICLES | (PREPOSITIONS - {"to"})
_ENDS_SOURCE = frozenset(", . : ; — (".split())
# Stand before their subject also where no quotation is beside them: …, said Jane Roe.
_INVERTS_ALONE = frozenset("say note warn add".split())
_PLURALS = ("s", "men", "people", "women", "police", "others", "some", "many", "most", "all")


class Found(msgspec.Struct, frozen=True, gc=False):
    """A verb's subject."""

    source: Source
    cue: Cue
    inverted: bool = False
    shared: bool = False


class Verb:
    """One form of a verb of speech at its place, and the report before it."""

    def __init__(self, sentence: Sentence, index: int, cue: Cue, earlier: Source | None, earlier_first: int) -> None:
        """Hold the verb; subjects are read when a rule asks."""
        self.sentence, self.tokens, self.index, self.cue = sentence, sentence.tokens, index, cue
        self.earlier, self.earlier_first = earlier, earlier_first
        self.inverted = _inverted(self)
        """The subject that stands after the verb, if it does."""

    @property
    def word(self) -> str:
        """The form, lower case."""
        return self.tokens[self.index].word

    @property
    def previous(self) -> Token | None:
        """The token before the verb."""
        return self.tokens[self.index - 1] if self.index else None

    @property
    def following(self) -> Token | None:
        """The token after the verb."""
        return self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None

    @cached_property
    def left(self) -> sources.Subject:
        """What stands before the verb."""
        return sources.before(self.sentence, self.index)

    @property
    def with_be(self) -> bool:
        """Whether a form of `be` stands before the verb."""
        at = self.left.at
        return any(word in _BE for word in self.left.skipped) or (at >= 0 and self.tokens[at].contracted)


def read(verb: Verb) -> Found | None:
    """The subject by the first rule that fits."""
    for applies, subject in _RULES:
        if applies(verb):
            return subject(verb)
    return None


def _nothing(_: Verb) -> None:
    return None


def _plain(verb: Verb) -> Found | None:
    source = verb.left.source
    return Found(source, verb.cue) if source and _agrees(verb, source) and _puts_it(verb) else None


def _agrees(verb: Verb, source: Source) -> bool:
    """Whether subject and form go together: `analysts say`, not `analyst say`."""
    if verb.cue.form != "base" or verb.cue.lemma in SAME_PAST or any(word in _MODALS for word in verb.left.skipped):
        return True
    words = verb.sentence.text[source.span].lower()
    if source.kind == "pronoun":
        return words in {"they", "we", "i", "you", "who"}
    return words.endswith(_PLURALS) or source.kind == "description" or " and " in words


def _puts_it(verb: Verb) -> bool:
    """As she put it; `put` alone says nothing."""
    return verb.cue.lemma != "put" or verb.following is None or verb.following.word in {"it", ",", "."}


# ---------------------------------------------------------------- “…,” said Jane Roe


def _is_inverted(verb: Verb) -> bool:
    return verb.inverted is not None


def _read_inverted(verb: Verb) -> Found | None:
    return Found(verb.inverted, verb.cue, inverted=True) if verb.inverted else None


def _inverted(verb: Verb) -> Source | None:
    """“…,” said Jane Roe; …, said a spokesman; Said Jane Roe: “…”."""
    cue, tokens, index = verb.cue, verb.tokens, verb.index
    form = cue.form in {"s", "ed"} or verb.word in SAME_PAST
    if not cue.says or not form or cue.lemma == "tell" or verb.following is None:
        return None
    beside = _is_beside_quotation(tokens, index)
    if not (beside or index == 0 or tokens[index - 1].kind == ","):
        return None
    source = sources.after(verb.sentence, index + 1)
    if source is None or (source.kind == "pronoun" and not beside):
        return None
    end = verb.sentence.index_at(source.phrase.end - 1) + 1
    follows = tokens[end] if end < len(tokens) else None
    if beside:
        return source
    if index == 0:
        return source if cue.lemma == "say" or (follows is not None and follows.kind == ":") else None
    closed = follows is None or follows.kind in _ENDS_SOURCE or follows.word in _AFTER_SOURCE
    # A whole clause stands before the comma, not a subject with its apposition.
    clause = any(phrases.is_verbish(token) for token in tokens[: index - 1])
    return source if cue.lemma in _INVERTS_ALONE and closed and clause else None


def _is_beside_quotation(tokens: tuple[Token, ...], index: int) -> bool:
    back = index - 2 if index and tokens[index - 1].kind in {",", "—"} else index - 1
    return back >= 0 and tokens[back].kind == QUOTED


# ---------------------------------------------------------------- was cited by local media as saying


def _is_quoted(verb: Verb) -> bool:
    if verb.cue.lemma not in {"quote", "cite"} or verb.cue.form == "ing":
        return False
    near = verb.tokens[verb.index + 1 : verb.index + 14]
    return any(token.word == "as" and after.word in {"saying", "telling"} for token, after in pairwise(near))


def _read_quoted(verb: Verb) -> Found | None:
    """The mayor was cited by local media as saying; the paper quoted the mayor as saying."""
    if verb.with_be:
        return Found(verb.left.source, verb.cue) if verb.left.source else None
    source = sources.after(verb.sentence, verb.index + 1)
    return Found(source, verb.cue, inverted=True) if source else None


# ---------------------------------------------------------------- nouns, participles, passives


def _is_noun(verb: Verb) -> bool:
    """`the claims`, `false reports`, `Roe's charges`, `as saying`: no verb of its own."""
    previous, participle = verb.previous, verb.cue.form == "ing"
    if previous is None:
        return not participle
    if previous.possessive or previous.kind in {"(", "["} or (participle and previous.word == "as"):
        return True
    if previous.kind != WORD:
        return False
    if previous.word in (ARTICLES if participle else _BEFORE_NOUN):
        return True
    noun_before = not (can_speak(previous.word) or previous.word in _SUBJECT_PRONOUNS or phrases.is_adverbial(previous))
    return verb.word in NOUNS_TOO and noun_before


def _is_said_of_name(verb: Verb) -> bool:
    previous = verb.previous
    return verb.cue.form == "ing" and previous is not None and previous.kind == NAME and not previous.possessive


def _read_said_of_name(verb: Verb) -> Found | None:
    """Footage of Jane Roe saying; but not `a Senate hearing`."""
    source = sources.name_ending_at(verb.sentence, verb.index - 1)
    return Found(source, verb.cue) if source and verb.cue.says and verb.word not in NOUNS_TOO else None


def _opens(verb: Verb) -> bool:
    opened = verb.index == 0 or (verb.index == 1 and verb.tokens[0].word in _OPENS_PARTICIPLE)
    return verb.cue.form == "ing" and opened


def _read_opening(verb: Verb) -> Found | None:
    """After saying that it was “…,” [she] left: the subject comes after the first comma."""
    for position in range(verb.index + 1, min(verb.index + 60, len(verb.tokens) - 1)):
        token = verb.tokens[position]
        if token.kind == "," or (token.kind == QUOTED and token.word in {",", "-", "—"}):
            source = sources.after(verb.sentence, position + 1)
            if source is not None and source.kind != "description":
                return Found(source, verb.cue, shared=True)
    return None


def _is_passive(verb: Verb) -> bool:
    by_follows = verb.following is not None and verb.following.word == "by"
    return verb.cue.form == "ed" and (by_follows or any(word in _BE for word in verb.left.skipped))


def _read_agent(verb: Verb) -> Found | None:
    """It was described by the judge as “…”; but not by the judge’s clerk."""
    tokens = verb.tokens
    by = next((k for k in range(verb.index + 1, min(verb.index + 7, len(tokens))) if tokens[k].word == "by"), None)
    source = sources.after(verb.sentence, by + 1) if by is not None else None
    if source is None or source.kind == "description":
        return None
    if tokens[verb.sentence.index_at(source.phrase.end - 1)].possessive:
        return None
    return Found(source, verb.cue._replace(says=False, holds=False), inverted=True)


def _is_participle(verb: Verb) -> bool:
    """`…, adding that`, not `is saying` and not `with President Roe saying`."""
    return verb.cue.form == "ing" and not verb.with_be


def _read_participle(verb: Verb) -> Found | None:
    previous = verb.previous
    if previous is None:
        return None
    introduced = previous.kind in {",", "—", QUOTED} or previous.word in _BEFORE_PARTICIPLE
    return _sharing(verb) if introduced or phrases.is_adverbial(previous) else None


def _is_infinitive(verb: Verb) -> bool:
    return verb.cue.form == "base" and "to" in verb.left.skipped[:1]


def _has_no_subject(verb: Verb) -> bool:
    return verb.left.source is None


def _read_coordinated(verb: Verb) -> Found | None:
    """She laughed and said: the subject of the verb before."""
    at = verb.left.at
    if at < 0 or verb.tokens[at].word not in _COORDINATING or "to" in verb.left.skipped:
        return None
    source = subjects.coordinated(verb.sentence, at)
    if source is not None and verb.earlier_first < verb.sentence.index_at(source.span.start):
        return Found(source, verb.cue, shared=True)
    return _sharing(verb)


def _sharing(verb: Verb) -> Found | None:
    """The subject of the report before, else of the clause, else of the sentence."""
    source = verb.earlier or subjects.acting(verb.sentence, verb.index) or subjects.lead(verb.sentence, verb.index)
    return Found(source, verb.cue, shared=True) if source else None


_RULES: tuple[tuple[Callable[[Verb], bool], Callable[[Verb], Found | None]], ...] = (
    (_is_inverted, _read_inverted),  # “…,” said Jane Roe
    (_is_quoted, _read_quoted),  # was quoted by the paper as saying
    (_is_noun, _nothing),  # the mayor’s claims
    (_is_said_of_name, _read_said_of_name),  # footage of Jane Roe saying
    (_opens, _read_opening),  # After saying so, she left
    (_is_passive, _read_agent),  # was described by Jane Roe as “…”
    (_is_participle, _read_participle),  # …, adding that
    (_is_infinitive, _sharing),  # went on to say
    (_has_no_subject, _read_coordinated),  # laughed and said
    (lambda _: True, _plain),  # Jane Roe said
)
