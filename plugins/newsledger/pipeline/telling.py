"""Who is told of what: ``config/alerts.yaml``."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml

FILE = "alerts.yaml"
_AGAIN = timedelta(hours=6)
_PERIOD = re.compile(r"(\d{1,4})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


class Event(StrEnum):
    """What people can be told of."""

    run = "run"
    """A task has failed for good, and with it its run."""
    held = "held"
    """A batch is held until somebody decides."""
    feed = "feed"
    """A feed fails, is gone, or is silent for far longer than is its habit."""
    room = "room"
    """Disk or store are short of room: nothing is collected."""
    deadline = "deadline"
    """A run takes longer than it may."""


class Kind(StrEnum):
    """How people are told."""

    mail = "mail"
    slack = "slack"
    webhook = "webhook"


class Channel(NamedTuple):
    """Somebody who is told."""

    kind: Kind
    to: str
    """Mail addresses, separated by commas, or a web address."""
    events: frozenset[Event] = frozenset(Event)
    connection: str = "smtp_default"
    """Airflow's connection to the mail server."""
    sender: str | None = None
    """Mail address; null for the one that the connection names."""


class Telling(NamedTuple):
    """The configuration."""

    channels: tuple[Channel, ...] = ()
    again: timedelta = _AGAIN
    """The same cause is told again after this long."""


def read(path: Path) -> tuple[Telling, list[str]]:
    """The configuration, as far as it can be used, and what is wrong with it; a missing file tells nobody."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Telling(), []
    except (OSError, UnicodeDecodeError) as error:
        return Telling(), [f"{path}: cannot be read: {error}"]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        return Telling(), [f"{path}{line}: not valid YAML: {getattr(error, 'problem', None) or error}"]
    telling, problems = _telling({} if content is None else content)
    return telling, [f"{path}: {problem}" for problem in problems]


def _telling(content: Any) -> tuple[Telling, list[str]]:
    listed = (content.get("channels") or []) if isinstance(content, dict) else None
    if not isinstance(listed, list):
        return Telling(), ["it holds a list of `channels`, and `again`"]
    problems = [f"there is no {key!r}; say channels or again" for key in content if key not in _KEYS]
    again = _period(content.get("again", "6h"))
    if again is None:
        problems.append(f"again is {content['again']!r}: say 30m, 6h or 1d")
    found = []
    for number, one in enumerate(listed, 1):
        channel, wrong = _channel(one)
        problems += [f"channel {number}: {fault}" for fault in wrong]
        found += [channel] if channel else []
    return Telling(tuple(found), again or _AGAIN), problems


_KEYS = ("channels", "again")
_OPTIONS = {"events", "connection", "from"}


def _channel(one: Any) -> tuple[Channel | None, list[str]]:
    if not isinstance(one, dict):
        return None, ["a channel is `mail: address`, `slack: URL` or `webhook: URL`"]
    kinds = [kind for kind in Kind if kind in one]
    if len(kinds) != 1:
        return None, ["say exactly one of mail, slack and webhook"]
    kind = kinds[0]
    problems = [f"there is no {key!r} here" for key in one if key != kind and key not in _OPTIONS]
    value, missing = _filled(one[kind])
    problems += [f"the environment has no {name}" for name in missing]
    problems += [] if missing else _address_faults(kind, value)
    events, unknown = _events(one.get("events"))
    problems += [f"there is no event {name!r}; say {', '.join(Event)}" for name in unknown]
    if problems:
        return None, problems
    connection = str(one.get("connection", "smtp_default"))
    return Channel(kind, value, events, connection, one.get("from")), []


def _filled(value: Any) -> tuple[str, list[str]]:
    """The value with what the environment has put in for ``${NAME}``, and the names that it lacks."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    missing = [name for name in _NAME.findall(text) if not os.environ.get(name)]
    return _NAME.sub(lambda found: os.environ.get(found[1], ""), text), missing


def _address_faults(kind: Kind, value: str) -> Iterator[str]:
    if kind is Kind.mail:
        for address in value.split(","):
            if not _MAIL.fullmatch(address.strip()):
                yield f"{address.strip()!r} is no mail address"
        return
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        yield f"{kind} must be an http or https address; keep a secret one in the environment, as ${{NAME}}"


def _events(value: Any) -> tuple[frozenset[Event], list[str]]:
    if value is None:
        return frozenset(Event), []
    names = [str(name) for name in (value if isinstance(value, list) else [value])]
    unknown = [name for name in names if name not in {*Event}]
    return frozenset(Event(name) for name in names if name not in unknown), unknown


def _period(value: Any) -> timedelta | None:
    match = _PERIOD.fullmatch(str(value))
    return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None
