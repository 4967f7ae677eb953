"""What a site's ``robots.txt`` asks of us, for pages: RFC 9309, read by our own hand.

``urllib.robotparser`` takes the first rule that matches rather than the longest, and knows no ``*`` and ``$``, so that
it would fetch what publishers have closed.
"""

import math
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, unquote_to_bytes, urlsplit

from newsledger.collect.web import Fetched, FetchError
from newsledger.records import Record

PRODUCT = "newsledger"
"""Our name in robots.txt."""
_MOST = 512_000
"""Bytes that are read; RFC 9309 (2.5) asks for 500 KiB at least."""
_LINE = re.compile(r"\s*([A-Za-z-]{1,30})\s*:\s*([^#]*)")
_UNRESERVED = "/?=&;:@!$'()*+,~%-._"


class Rule(Record, frozen=True, kw_only=True):
    """One line ``Allow`` or ``Disallow``."""

    path: str
    """With ``*`` for anything; a ``$`` at the end for the end."""
    allow: bool

    def matches(self, path: str) -> bool:
        """Whether a path (with its query) is meant; in linear time for each star, whatever the pattern."""
        anchored = self.path.endswith("$")
        head, *rest = self.path.removesuffix("$").split("*")
        if not path.startswith(head):
            return False
        if not rest:
            return not anchored or len(path) == len(head)
        last, at = rest.pop(), len(head)
        for part in rest:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return path.endswith(last) and len(path) - len(last) >= at if anchored else path.find(last, at) >= 0


class Rules(Record, frozen=True, kw_only=True):
    """What holds for us on one site."""

    rules: tuple[Rule, ...] = ()
    pause: float | None = None
    """Seconds between two visits (``Crawl-delay``, no part of the RFC, yet widely stated)."""

    def allows(self, url: str) -> bool:
        """Whether a page may be fetched: the longest rule that matches decides, and ``Allow`` where two are as long."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        matching = [(len(rule.path), rule.allow) for rule in self.rules if rule.matches(path)]
        return max(matching)[1] if matching else True


OPEN = Rules()
CLOSED = Rules(rules=(Rule(path="/", allow=False),))


def read(body: bytes, product: str = PRODUCT) -> Rules:
    """The rules for a product: of all groups that name it, else of those for ``*``."""
    named: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    own = False
    for agents, lines in _groups(body[:_MOST].decode("utf-8", "replace").removeprefix("\ufeff")):
        if product in agents:
            own = True
            named += lines
        elif "*" in agents:
            general += lines
    chosen = named if own else general
    rules = tuple(
        Rule(path=_normal(path), allow=field == "allow")
        for field, path in chosen
        if field in {"allow", "disallow"} and path
    )
    return Rules(rules=rules, pause=next((_seconds(value) for field, value in chosen if field == "crawl-delay"), None))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Each group's agents, in lower case and without version, and its lines."""
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    for field, value in _fields(text.splitlines()):
        if field == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            agents.add(value.lower().partition("/")[0].strip())
        elif agents and field in {"allow", "disallow", "crawl-delay"}:
            lines.append((field, value))
    if agents:
        yield agents, lines


def _fields(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if found := _LINE.match(line):
            yield found[1].lower(), found[2].strip()


def _normal(path: str) -> str:
    """A path with the same characters percent-encoded on both sides of the comparison (RFC 9309, 2.2.2)."""
    return re.sub("%[0-9A-Fa-f]{2}", _one_way, quote(path, safe=_UNRESERVED))


def _one_way(match: re.Match[str]) -> str:
    plain = unquote_to_bytes(match[0])
    return plain.decode("ascii") if re.fullmatch(rb"[A-Za-z0-9._~-]", plain) else match[0].upper()


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds > 0 else None


class Robots:
    """The rules of each site, asked for once; safe to share between threads."""

    def __init__(self, fetch: Callable[[str], Fetched]) -> None:
        """``fetch``: how to get a URL; it raises ``FetchError`` when there is no answer."""
        self._fetch = fetch
        self._sites: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def rules(self, url: str) -> Rules:
        """The rules of the site that a page belongs to."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(site, threading.Lock())
        with lock:
            if site not in self._sites:
                self._sites[site] = self._asked(site)
            return self._sites[site]

    def _asked(self, site: str) -> Rules:
        """A site without the file is open, and one whose file is out of reach is closed (RFC 9309, 2.3.1)."""
        try:
            answer = self._fetch(f"{site}/robots.txt")
        except FetchError as error:
            # Too many redirects count as no file, and so does an answer that is none of robots.txt's size or form.
            return OPEN if error.failure in {"redirects", "too_large", "protocol"} else CLOSED
        if answer.status == 429 or answer.status >= 500:
            return CLOSED
        return read(answer.body) if answer.status // 100 == 2 else OPEN
