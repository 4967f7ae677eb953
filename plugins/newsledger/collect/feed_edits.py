"""Adding feeds to ``config/feeds.yaml``: lines at its end, all else left to the letter."""

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml
from anyascii import anyascii

from newsledger.collect import feed_list
from newsledger.collect.feed_list import FeedSource
from newsledger.errors import SettingsError

_LONGEST_NAME = 40
_GENERIC = frozenset("www feeds feed rss atom com org net co uk".split())
"""Parts of a host that say nothing about whose it is."""


class Wanted(NamedTuple):
    """A feed to be added."""

    url: str
    title: str | None = None
    """What it calls itself: a name is made of it."""
    name: str | None = None
    """What it is to be called, where somebody has decided so."""
    full_text: bool = False


def add(path: Path, wanted: Sequence[Wanted]) -> tuple[FeedSource, ...]:
    """Append feeds, save those whose URL is listed already; the feeds that were added, as they are read back.

    Raises:
        SettingsError: a name is taken or none, or the file is written in a way that lines cannot be added to.
    """
    before = _text(path)
    known, problems = feed_list.parse(before, path)
    lines = _lines(wanted, known)
    if not lines:
        return ()
    after = before + ("" if not before or before.endswith("\n") else "\n") + lines.replace("\n", _line_end(before))
    found, faults = feed_list.parse(after, path)
    if faults != problems or found[: len(known)] != known:
        raise SettingsError(f"{path}: lines cannot be added at its end; add these by hand:\n{lines}")
    _replace(path, after)
    return found[len(known) :]


def name_of(title: str | None, url: str, taken: Iterable[str]) -> str:
    """A name that says what the feed is, and is not taken."""
    slug = _slug(title or "") or _slug("-".join(_telling(url))) or "feed"
    names = set(taken)
    number = 1
    while (name := slug if number == 1 else f"{slug}-{number}") in names:
        number += 1
    return name


def _lines(wanted: Sequence[Wanted], known: Sequence[FeedSource]) -> str:
    names, urls = {feed.name for feed in known}, {feed.url for feed in known}
    added: dict[str, Any] = {}
    for feed in wanted:
        if feed.url in urls:
            continue
        if feed.name in names:
            raise SettingsError(f"There is a feed {feed.name!r} already: give this one another name.")
        name = feed.name or name_of(feed.title, feed.url, names)
        added[name] = {"url": feed.url, "full_text": True} if feed.full_text else feed.url
        names.add(name)
        urls.add(feed.url)
    return yaml.safe_dump(added, allow_unicode=True, sort_keys=False, width=100_000) if added else ""


def _slug(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower().replace("'", "")).strip("-")
    if len(words) <= _LONGEST_NAME:
        return words
    return words[: _LONGEST_NAME + 1].rpartition("-")[0] or words[:_LONGEST_NAME]


def _telling(url: str) -> list[str]:
    host = (urlsplit(url).hostname or "").split(".")
    return [part for part in host if part not in _GENERIC] or host


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}).") from error


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _replace(path: Path, text: str) -> None:
    """Written beside it and moved over it, so that a tick never reads half a file."""
    place = path.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode())
            Path(draft).chmod(place.stat().st_mode & 0o777 if place.exists() else 0o644)
            Path(draft).replace(place)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error}).") from error
