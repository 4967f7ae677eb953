"""Header fields of HTTP: which may be sent, and how those of an answer are read."""

import re
from collections.abc import Iterable, Mapping

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?|")
"""RFC 9110, 5.5: no line ends, nor any other control character."""
_LONG = 4_096
"""A longer value of an answer is dropped: nobody should have to store it, or send it back."""
_LISTS = frozenset({"cache-control", "content-encoding"})


def unsendable(headers: Mapping[str, str]) -> str | None:
    """The name of a header that would break out of its line, if there is one."""
    for name, value in headers.items():
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            return name
    return None


def is_name(text: str) -> bool:
    """Whether a header may be called so."""
    return bool(_NAME.fullmatch(text))


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    """The same with their names in lower case."""
    return {name.lower(): value for name, value in headers.items()}


def as_sent(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Their bytes; a value that came from a server goes back as it came, ASCII or not."""
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]


def as_read(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers of an answer by name in lower case.

    Repeated ones are one list (RFC 9110, 5.2) where they are lists that matter to us, else the first one counts. A
    value that could not be sent back is dropped: else an ETag with a control character would end a feed for good.
    """
    found: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        if len(value) > _LONG or not _VALUE.fullmatch(value):
            continue
        if name in found and name in _LISTS:
            found[name] += f", {value}"
        else:
            found.setdefault(name, value)
    return found


def as_utf8(value: str) -> str:
    """A value whose raw bytes are UTF-8, as those of many redirects are."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
