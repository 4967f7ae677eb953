"""``config/feeds.yaml``: the feeds to watch, by name; every fault is told by file and line."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from newsledger.collect.feed_faults import SECRET, faults, interval, line_of, listed, plain
from newsledger.errors import SettingsError
from newsledger.records import Record

# The loader in C takes a tenth of the time: the list is read at every tick, and may be long.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    for variable in SECRET.findall(value):
        if variable not in values:
            raise SettingsError(f"Feed {feed.name}: header {name} needs the environment variable {variable}: set it.")
    filled = SECRET.sub(lambda match: values[match[1]], value).strip()
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
        return parse(path.read_text(encoding="utf-8-sig"), path)
    except FileNotFoundError:
        return (), []
    except (OSError, UnicodeDecodeError) as error:
        return (), [f"{path}:1: cannot be read ({error})"]


def parse(text: str, path: Path) -> tuple[tuple[FeedSource, ...], list[str]]:
    """The same of a text. ``path``: where it stands, for the faults."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return (), [f"{path}:{line}: this is not YAML: {error.problem or error.context}"]
    except (yaml.YAMLError, RecursionError) as error:  # such as a character that YAML does not allow
        return (), [f"{path}:1: this is not YAML: {' '.join(str(error).split())}"]
    if root is None:
        return (), []
    if not isinstance(root, yaml.MappingNode):
        return (), [f"{path}:{line_of(root)}: the file is a list of `name: URL` lines"]
    feeds: list[FeedSource] = []
    lines: dict[str, int] = {}
    problems: list[str] = []
    for key, value in root.value:
        found = list(faults(key, value, lines))
        problems += [f"{path}:{line}: {fault}" for line, fault in found]
        if not found:
            feeds.append(_feed(key, value))
            lines[key.value] = line_of(key)
    return tuple(feeds), problems


def _feed(key: yaml.Node, value: yaml.Node) -> FeedSource:
    options = {"url": value.value} if isinstance(value, yaml.ScalarNode) else plain(value)
    headers = tuple((str(name), str(content)) for name, content in (options.get("headers") or {}).items())
    return FeedSource(
        name=key.value,
        url=options["url"].strip(),
        enabled=options.get("enabled", True),
        full_text=options.get("full_text", False),
        every_seconds=interval(options["every"]) if "every" in options else None,
        headers=headers,
        language=options.get("language"),
        publisher=options.get("publisher"),
        include=tuple(listed(options.get("include"))),
        exclude=tuple(listed(options.get("exclude"))),
        origin=options.get("origin"),
        line=line_of(key),
    )
