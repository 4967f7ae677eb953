"""``config/feeds.yaml``: the feeds to watch, by name; every fault is told by file and line."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from newsledger.errors import SettingsError
from newsledger.records import Record

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_INTERVAL = re.compile(r"(\d{1,5})\s*(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SECRET = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_LEAST_SECONDS = 60


class FeedSource(Record, frozen=True, kw_only=True):
    """One feed as the configuration names it."""

    name: str
    url: str
    enabled: bool = True
    full_text: bool = False
    """Whether to fetch the page behind each entry."""
    every_seconds: int | None = None
    """Least time between two polls; null leaves it to what the feed publishes."""
    headers: tuple[tuple[str, str], ...] = ()
    """As written, secrets still by name (``${NAME}``): see ``resolved_headers``."""
    language: str | None = None
    publisher: str | None = None
    include: tuple[str, ...] = ()
    """Regular expressions; an entry is taken when one is found in its title or link."""
    exclude: tuple[str, ...] = ()
    origin: str | None = None
    """The agency or group that it belongs to."""
    line: int = 0

    def wants(self, title: str | None, link: str | None) -> bool:
        """Whether an entry passes the patterns."""
        text = f"{title or ''}\n{link or ''}"
        if any(re.search(pattern, text, re.IGNORECASE) for pattern in self.exclude):
            return False
        return not self.include or any(re.search(pattern, text, re.IGNORECASE) for pattern in self.include)

    def resolved_headers(self, environment: Mapping[str, str] | None = None) -> dict[str, str]:
        """The headers with their secrets from the environment.

        Raises:
            SettingsError: a secret is not set, or would break out of its header.
        """
        values = os.environ if environment is None else environment
        return {name: _filled(self, name, value, values) for name, value in self.headers}


def _filled(feed: FeedSource, name: str, value: str, values: Mapping[str, str]) -> str:
    for variable in _SECRET.findall(value):
        if variable not in values:
            raise SettingsError(f"Feed {feed.name}: header {name} needs the environment variable {variable}: set it.")
    filled = _SECRET.sub(lambda match: values[match[1]], value)
    if not filled.isprintable() or not filled.isascii():
        raise SettingsError(f"Feed {feed.name}: the value of header {name} holds characters that no header may have.")
    return filled


def load(path: Path) -> tuple[FeedSource, ...]:
    """All feeds, those that are off too; none where there is no such file.

    Raises:
        SettingsError: the first fault, by file and line.
    """
    feeds, problems = read(path)
    if problems:
        more = f" (and {len(problems) - 1} more, which `newsledger check` lists)" if len(problems) > 1 else ""
        raise SettingsError(problems[0] + more)
    return feeds


def read(path: Path) -> tuple[tuple[FeedSource, ...], list[str]]:
    """The feeds that can be read, and every fault as ``file:line: what is wrong``."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except FileNotFoundError:
        return (), []
    except (OSError, UnicodeDecodeError) as error:
        return (), [f"{path}:1: cannot be read ({error})"]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return (), [f"{path}:{line}: {error.problem or 'not YAML'}"]
    if root is None:
        return (), []
    if not isinstance(root, yaml.MappingNode):
        return (), [f"{path}:{_line(root)}: the file is a list of `name: URL` lines"]
    feeds: dict[str, FeedSource] = {}
    problems: list[str] = []
    for key, value in root.value:
        found = [f"{path}:{line}: {problem}" for line, problem in _faults(key, value, feeds)]
        problems += found
        if not found:
            feeds[key.value] = _feed(key, value)
    return tuple(feeds.values()), problems


def _feed(key: yaml.Node, value: yaml.Node) -> FeedSource:
    options = {"url": value.value} if isinstance(value, yaml.ScalarNode) else _plain(value)
    headers = tuple((str(name), str(content)) for name, content in (options.get("headers") or {}).items())
    return FeedSource(
        name=key.value,
        url=options["url"].strip(),
        enabled=options.get("enabled", True),
        full_text=options.get("full_text", False),
        every_seconds=_interval(options["every"]) if "every" in options else None,
        headers=headers,
        language=options.get("language"),
        publisher=options.get("publisher"),
        include=tuple(_listed(options.get("include"))),
        exclude=tuple(_listed(options.get("exclude"))),
        origin=options.get("origin"),
        line=_line(key),
    )


# --- faults -----------------------------------------------------------------------------------------------------------


def _faults(key: yaml.Node, value: yaml.Node, known: Mapping[str, FeedSource]) -> Iterator[tuple[int, str]]:
    name = key.value if isinstance(key, yaml.ScalarNode) else ""
    if not _NAME.fullmatch(str(name)):
        yield _line(key), f"{name!r} is no name for a feed: use lower-case letters, digits, hyphens, at most 63"
    elif name in known:
        yield _line(key), f"there is a feed {name!r} in line {known[name].line} already: give this one another name"
    if isinstance(value, yaml.ScalarNode):
        yield from _one("url", value)
    elif isinstance(value, yaml.MappingNode):
        yield from _option_faults(value)
    else:
        yield _line(value), f"feed {name!r} is a URL, or a mapping with `url`"


def _option_faults(value: yaml.MappingNode) -> Iterator[tuple[int, str]]:
    seen = {option.value: content for option, content in value.value}
    if "url" not in seen:
        yield _line(value), "`url` is missing"
    for option, content in value.value:
        if option.value not in _CHECKS:
            yield _line(option), f"there is no option {option.value!r}; there are {', '.join(_CHECKS)}"
        else:
            yield from _one(option.value, content)


def _one(option: str, content: yaml.Node) -> Iterator[tuple[int, str]]:
    try:
        fault = _CHECKS[option](_plain(content))
    except yaml.YAMLError:
        fault = "cannot be read"
    if fault:
        yield _line(content), f"`{option}` {fault}"


def _url_fault(value: Any) -> str | None:
    try:
        parts = urlsplit(value.strip()) if isinstance(value, str) else None
        good = parts and parts.scheme in {"http", "https"} and parts.hostname and value.strip().isprintable()
    except ValueError:
        good = False
    return None if good and " " not in value.strip() else f"is {value!r}, which is no http or https address"


def _flag_fault(value: Any) -> str | None:
    return None if isinstance(value, bool) else f"is {value!r}; write true or false"


def _text_fault(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else f"is {value!r}; write some text"


def _interval_fault(value: Any) -> str | None:
    if not isinstance(value, str) or not _INTERVAL.fullmatch(value.strip()):
        return f"is {value!r}; write a number and s, m, h or d, such as 15m"
    return None if _interval(value) >= _LEAST_SECONDS else f"is {value!r}; the least is 1m"


def _patterns_fault(value: Any) -> str | None:
    for pattern in _listed(value):
        try:
            re.compile(pattern)
        except (re.error, TypeError) as error:
            return f"holds {pattern!r}, which is no regular expression ({error})"
    return None


def _headers_fault(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "is a mapping of header names to values"
    wrong = [name for name in value if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name)]
    if wrong:
        return f"holds {wrong[0]!r}, which is no name of a header"
    unclear = [name for name, content in value.items() if not isinstance(content, str) or not content.isprintable()]
    return f"has a value for {unclear[0]!r} that no header may have" if unclear else None


_CHECKS = {
    "url": _url_fault,
    "enabled": _flag_fault,
    "full_text": _flag_fault,
    "every": _interval_fault,
    "headers": _headers_fault,
    "language": _text_fault,
    "publisher": _text_fault,
    "include": _patterns_fault,
    "exclude": _patterns_fault,
    "origin": _text_fault,
}


def _interval(value: str) -> int:
    match = _INTERVAL.fullmatch(value.strip())
    return int(match[1]) * _SECONDS[match[2]] if match else 0


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _plain(node: yaml.Node) -> Any:
    """The Python value of a node."""
    return yaml.SafeLoader("").construct_object(node, deep=True)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
