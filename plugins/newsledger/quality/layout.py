"""Where in a suite's text things stand, so that a person who edits it is sent to the right line."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

_EXPECTATIONS = re.compile(r'"expectations"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def line_at(text: str, position: int) -> int:
    """Number of the line that holds a position, from 1."""
    return text.count("\n", 0, position) + 1


def expectation_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each item of the list `expectations`; the text must be valid JSON."""
    opening = _EXPECTATIONS.search(text)
    return list(_items(text, opening.end())) if opening else []


def _items(text: str, position: int) -> Iterator[tuple[int, int]]:
    decoder = json.JSONDecoder()
    while True:
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]  # the pattern matches nothing too
        if text[position] == "]":
            return
        _, end = decoder.raw_decode(text, position)
        yield position, end
        position = end


def line_of_path(text: str, span: tuple[int, int], path: Sequence[str]) -> int:
    """Line of the last key of a path of keys inside a span, as far as the path is there; else the span's own line."""
    position, end = span
    for key in path:
        found = text.find(json.dumps(key, ensure_ascii=False), position, end)
        position = found if found >= 0 else position
    return line_at(text, position)


def last_line_of_word(text: str, word: str) -> int:
    """Line of the last time that a string stands in quotation marks."""
    return line_at(text, max(text.rfind(json.dumps(word)), 0))


class RepeatedKeyError(ValueError):
    """An object states the same key twice."""

    def __init__(self, key: str) -> None:
        """Keep the key, so that its line can be found."""
        super().__init__(f'"{key}" is stated twice in one object')
        self.key = key


def parse(text: str) -> Any:
    """The JSON value of a text.

    Raises:
        json.JSONDecodeError: it is not JSON.
        RepeatedKeyError: an object states a key twice, so that one of them would be lost without a word.
    """
    return json.loads(text, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise RepeatedKeyError(key)
        found[key] = value
    return found
