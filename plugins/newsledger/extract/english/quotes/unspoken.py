"""Words between marks that nobody is quoted for: titles of works, nicknames."""

import re

from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence
from newsledger.extract.english.quotes.marks import Marked

_SMALL = frozenset("a an the of in on at by for to and or but with from as is".split())
_WORDS = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_TITLE_FOLLOWS = frozenset(
    """titled entitled headlined named nicknamed song film movie book show series album programme program episode column
    essay podcast single track play novel magazine musical documentary ballad hymn painting sitcom drama comedy
    newsletter tour exhibit exhibition""".split()
)
_STANDS_BEFORE_TITLE = frozenset("on in at during".split())
_SHOWN = frozenset("broadcast episode edition host author cast version airing star stars screening copy".split())
_BRACKETED = re.compile(r"[(\[].*[)\]][.,]?$", re.DOTALL)


def is_nickname(sentence: Sentence, index: int, pair: Marked) -> bool:
    """Robert “Bobby” Roe: capitals between the parts of a name."""
    tokens = sentence.tokens
    if not 0 < index < len(tokens) - 1 or pair.end - pair.start > 30:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    named = before.kind == NAME and not before.possessive and after.kind == NAME
    return named and _is_title_case(sentence.text[pair.start, pair.end], least=1)


def is_title(sentence: Sentence, index: int, pair: Marked) -> bool:
    """On the network’s “Morning Hour”; a song called “Grey Rain”; and `(APPLAUSE)`."""
    exact = sentence.text[pair.start, pair.end]
    if _BRACKETED.match(exact):
        return True
    before = sentence.tokens[index - 1] if index else None
    if before is None or before.kind == QUOTED or exact.endswith(("!", "?")):
        return False
    if before.kind == WORD and before.word in _TITLE_FOLLOWS:
        return _is_title_case(exact, least=1)
    if before.kind == WORD and before.word in {"a", "an", "the", "of"} and index > 1:
        earlier = sentence.tokens[index - 2].word
        return earlier in (_SHOWN if before.word == "of" else _STANDS_BEFORE_TITLE) and _is_title_case(exact, least=2)
    introduces = before.possessive or (before.kind == WORD and before.word in _STANDS_BEFORE_TITLE)
    return introduces and _is_title_case(exact, least=2)


def is_capitalised(sentence: Sentence, pair: Marked) -> bool:
    """Every Long Word With a Capital, as in a title."""
    return _is_title_case(sentence.text[pair.start, pair.end], least=2)


def _is_title_case(exact: str, least: int) -> bool:
    words = _WORDS.findall(exact)
    large = [word for word in words if word.lower() not in _SMALL]
    return (
        len(words) >= least
        and bool(large)
        and words[0][0].isupper()
        and all(word[0].isupper() or word[0].isdigit() for word in large)
    )
