"""What a function says of words, kept, since a text says the same words again and again."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_LONGEST = 20
"""Characters of what is kept: longer than a word, it hardly comes again."""
_MOST = 40_000
"""Words kept: as many as hundreds of articles have, and less than 100 MB whatever they are."""


class Memory(dict[str, T]):
    """The values of a pure function by word, each worked out when first asked for; bounded.

    Half as dear to ask as `functools.lru_cache`, which matters where every word is asked for.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> T:
        """Work it out, and keep it."""
        value = self._function(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[word] = value
        return value
