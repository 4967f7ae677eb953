"""Prints of a text: hashes of its runs of words, by which its copies are found again without keeping the text."""

import re
from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from itertools import islice

RUN = 6
"""Words of a run: shorter ones are anybody's."""
MOST = 2_000
"""Prints that are kept of an article; of a longer one an even share."""
_WORD = re.compile(r"\w+")


def prints(text: str) -> Iterator[str]:
    """The print of each run of words: 16 hex digits. Case, punctuation and markup between words play no part."""
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = zip(*(islice(words, start, None) for start in range(RUN)), strict=False)
    return (blake2b(" ".join(run).encode(errors="replace"), digest_size=8).hexdigest() for run in runs)


def share(found: Collection[str]) -> frozenset[str]:
    """At most about ``MOST`` of the prints, always the same ones."""
    every = -(-len(found) // MOST) or 1
    return frozenset(one for one in found if int(one, 16) % every == 0)


def of_texts(texts: Iterable[str]) -> frozenset[str]:
    """The prints of some texts, all of them."""
    return frozenset(one for text in texts for one in prints(text))
