"""What is wrong with an entry of ``feeds.yaml``, by line: each option has its check."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

from newsledger.collect.headers import is_name, unsendable
from newsledger.collect.web import FetchError, address_of

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
SECRET = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_INTERVAL = re.compile(r"(\d{1,5})\s*(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LEAST_SECONDS = 60
_MOST_SECONDS = 30 * 86_400
_OURS = frozenset(
    "accept-encoding connection content-length expect host if-modified-since if-none-match te trailer "
    "transfer-encoding upgrade user-agent".split()
)
"""Headers that belong to the client: most would break it, and the User-Agent is to be honest."""


def faults(key: yaml.Node, value: yaml.Node, lines: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """Line and words of each fault of one feed. ``lines``: where the feeds before it stand, by name."""
    name = key.value if isinstance(key, yaml.ScalarNode) else ""
    if not NAME.fullmatch(name):
        yield line_of(key), f"{name!r} is no name for a feed: use lower-case letters, digits and hyphens, at most 63"
    elif name in lines:
        yield line_of(key), f"there is a feed {name!r} in line {lines[name]} already: give this one another name"
    if isinstance(value, yaml.ScalarNode):
        yield from _one("url", value)
    elif isinstance(value, yaml.MappingNode):
        yield from _options(value)
    else:
        yield line_of(value), f"feed {name!r} is a URL, or a mapping with `url`"


def _options(value: yaml.MappingNode) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for option, content in value.value:
        name = option.value if isinstance(option, yaml.ScalarNode) else ""
        if name not in _CHECKS:
            yield line_of(option), f"there is no option {name!r}; there are {', '.join(_CHECKS)}"
        elif name in seen:
            yield line_of(option), f"`{name}` is stated twice"
        else:
            yield from _one(name, content)
        seen.add(name)
    if "url" not in seen:
        yield line_of(value), "`url` is missing"


def _one(option: str, content: yaml.Node) -> Iterator[tuple[int, str]]:
    try:
        fault = _CHECKS[option](plain(content))
    except (yaml.YAMLError, ValueError, RecursionError):  # such as the date 2024-13-45
        fault = "cannot be read"
    if fault:
        yield line_of(content), f"`{option}` {fault}"


# --- one check for each option ----------------------------------------------------------------------------------------


def _url_fault(value: Any) -> str | None:
    if not isinstance(value, str) or len(value.split()) != 1:
        return f"is {value!r}, which is no http or https address"
    try:
        address_of(value.strip())
    except FetchError:
        return f"is {value!r}, which is no http or https address"
    if "@" in value.split("://", 1)[-1].partition("/")[0]:
        return "holds a user or password: state them as a header whose secret comes from the environment"
    return None


def _flag_fault(value: Any) -> str | None:
    return None if isinstance(value, bool) else f"is {value!r}; write true or false"


def _text_fault(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else f"is {value!r}; write some text, in quotes if need be"


def _language_fault(value: Any) -> str | None:
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return None
    return f'is {value!r}; write a language tag, such as en or pt-BR (and "no" in quotes, which YAML takes for false)'


def _interval_fault(value: Any) -> str | None:
    if not isinstance(value, str) or not _INTERVAL.fullmatch(value.strip()):
        return f"is {value!r}; write a number and s, m, h or d, such as 15m"
    seconds = interval(value)
    if seconds < _LEAST_SECONDS:
        return f"is {value!r}; the least is 1m"
    return f"is {value!r}; the most is 30d" if seconds > _MOST_SECONDS else None


def _patterns_fault(value: Any) -> str | None:
    for pattern in listed(value):
        if not isinstance(pattern, str):
            return f"holds {pattern!r}; write regular expressions, in quotes"
        try:
            re.compile(pattern)
        except re.error as error:
            return f"holds {pattern!r}, which is no regular expression ({error})"
    return None


def _headers_fault(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "is a mapping of header names to values"
    for name, content in value.items():
        if not isinstance(name, str) or not is_name(name):
            return f"holds {name!r}, which is no name of a header"
        if name.lower() in _OURS:
            return f"holds {name!r}, which newsledger sets itself"
        if not isinstance(content, str) or not content.isascii() or unsendable({name: content.strip()}):
            return f"has a value for {name!r} that no header may have"
        if "${" in SECRET.sub("", content):
            return f"has a value for {name!r} with a `${{` that names no variable; write ${{NAME}}"
    return None


_CHECKS: Mapping[str, Callable[[Any], str | None]] = {
    "url": _url_fault,
    "enabled": _flag_fault,
    "full_text": _flag_fault,
    "every": _interval_fault,
    "headers": _headers_fault,
    "language": _language_fault,
    "publisher": _text_fault,
    "include": _patterns_fault,
    "exclude": _patterns_fault,
    "origin": _text_fault,
}


# --- values -----------------------------------------------------------------------------------------------------------


def interval(value: str) -> int:
    """Seconds of an interval such as ``15m``; 0 where it is none."""
    match = _INTERVAL.fullmatch(value.strip())
    return int(match[1]) * _SECONDS[match[2]] if match else 0


def listed(value: Any) -> list[Any]:
    """A list, also of one that is stated without its brackets."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def plain(node: yaml.Node) -> Any:
    """The Python value of a node."""
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
        return node.value
    return yaml.SafeLoader("").construct_object(node, deep=True)


def line_of(node: yaml.Node) -> int:
    """The line that a node starts in, from 1."""
    return int(node.start_mark.line) + 1
