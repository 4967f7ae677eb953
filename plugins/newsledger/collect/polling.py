"""When to poll a feed again, and how it is doing: pure decisions over its state and what a poll gave."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median
from typing import Literal

from msgspec import field
from msgspec.structs import replace

from newsledger.records import Record, sha256

Health = Literal["new", "ok", "failing", "gone"]

LEAST = timedelta(minutes=5)
"""No feed is polled more often, whatever it publishes, unless the configuration says so."""
AGAIN = timedelta(minutes=1)
"""Until the next poll of a feed that had more news than one poll takes on."""
USUAL = timedelta(minutes=30)
"""Between polls of a feed whose habit is not known yet."""
MOST = timedelta(hours=6)
"""No healthy feed is polled less often, so that a burst after silence is not missed."""
SLOWEST = timedelta(days=1)
"""A failing feed is still tried this often: feeds do come back."""
FULL_EVERY = 20
"""Every so many polls the feed is fetched whole, since some servers answer 304 for ever."""
FAILING_POINTS = 4.0
SILENT_TIMES = 5
"""A feed is silent when it gave nothing new for this many times its usual gap, and longer than a day."""

# How much a failure says about the feed rather than the network or the moment. A 404 or a broken document counts in
# full; what mends itself counts less (the idea of weighing them is Media Cloud's).
_POINTS = {"dns": 0.5, "timeout": 0.5, "connection": 0.5, "rate_limited": 0.25, "server": 0.5, "tls": 1.0}
_HABIT = 40


class FeedState(Record, frozen=True, kw_only=True):
    """What is remembered of a feed between polls; kept in object storage."""

    name: str
    url: str
    """As configured: a changed URL starts anew."""
    moved_to: str | None = None
    """Where it said for good (301, 308) that it lives now, and was read."""
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    polls: int = 0
    health: Health = "new"
    points: float = 0.0
    """Weight of the failures since the last success."""
    failures: int = 0
    error: str | None = None
    polled_at: str | None = None
    succeeded_at: str | None = None
    news_at: str | None = None
    """When it last gave a new entry."""
    next_due: str | None = None
    arrivals: tuple[str, ...] = ()
    """When new entries came, the newest last."""
    known: dict[str, str] = field(default_factory=dict)
    """Key of each entry seen of late, and a digest of its content."""

    def address(self) -> str:
        """Where to fetch it now: where it moved, and when that keeps failing, in turn where it was configured."""
        return self.url if self.failures >= 3 and self.failures % 2 else self.moved_to or self.url

    def due(self, now: datetime) -> bool:
        """Whether it is time to poll it."""
        return is_due(self.health, self.next_due, now)

    def silent(self, now: datetime) -> bool:
        """Whether it gives nothing new for far longer than is its habit."""
        gap = usual_gap(self.arrivals)
        if gap is None or self.news_at is None:
            return False
        return now - datetime.fromisoformat(self.news_at) > max(SILENT_TIMES * gap, timedelta(days=1))


def is_due(health: str, next_due: str | None, now: datetime) -> bool:
    """Whether it is time to poll a feed; never, for one that is gone for good."""
    return health != "gone" and (next_due is None or datetime.fromisoformat(next_due) <= now)


def anew(state: FeedState | None, name: str, url: str) -> FeedState:
    """The state to poll by: what is remembered; of another URL only the entries that are known.

    The count of polls goes on: by it the same entry, met again, is told from its first time.
    """
    if state is not None and state.url == url:
        return state
    return (
        FeedState(name=name, url=url, polls=state.polls, known=state.known) if state else FeedState(name=name, url=url)
    )


class Poll(Record, frozen=True, kw_only=True):
    """What one poll gave, as far as it matters for the next."""

    at: str
    failure: str | None = None
    """Class of the failure; null where the feed was read or unchanged."""
    error: str | None = None
    status: int | None = None
    moved_to: str | None = None
    """Where it lives for good, as far as is known after this poll."""
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    new: int = 0
    wait_seconds: int | None = None
    """What the server or the feed asks for: Retry-After, Cache-Control, ttl."""
    known: dict[str, str] | None = None
    left: int = 0
    """New entries that were left for the next poll, which therefore comes soon."""


def conditional_headers(state: FeedState) -> dict[str, str]:
    """What makes an unchanged feed answer 304; nothing at each full fetch."""
    if state.polls % FULL_EVERY == FULL_EVERY - 1:
        return {}
    stated = {"if-none-match": state.etag, "if-modified-since": state.last_modified}
    return {name: value for name, value in stated.items() if value}


def after(state: FeedState, poll: Poll, least_seconds: int | None) -> FeedState:
    """The state after a poll. ``least_seconds`` is the configured interval."""
    seen = replace(state, polls=state.polls + 1, polled_at=poll.at)
    return _failed(seen, poll, least_seconds) if poll.failure else _succeeded(seen, poll, least_seconds)


def _succeeded(state: FeedState, poll: Poll, least_seconds: int | None) -> FeedState:
    arrivals = (*state.arrivals, *[poll.at] * min(poll.new, 1))[-_HABIT:]
    return replace(
        state,
        moved_to=poll.moved_to,
        etag=poll.etag,
        last_modified=poll.last_modified,
        body_sha256=poll.body_sha256,
        health="ok",
        points=0.0,
        failures=0,
        error=None,
        succeeded_at=poll.at,
        news_at=poll.at if poll.new else state.news_at,
        arrivals=arrivals,
        known=state.known if poll.known is None else poll.known,
        next_due=_due(state, poll, _interval(arrivals, poll, least_seconds)),
    )


def _failed(state: FeedState, poll: Poll, least_seconds: int | None) -> FeedState:
    points = state.points + _POINTS.get(poll.failure or "", 1.0)
    failures = state.failures + 1
    wait = min(max(LEAST, timedelta(seconds=least_seconds or 0)) * 2 ** min(failures, 12), SLOWEST)
    asked = timedelta(seconds=poll.wait_seconds or 0)
    health: Health = "gone" if poll.failure == "gone" else "failing" if points >= FAILING_POINTS else state.health
    return replace(
        state,
        health=health,
        points=points,
        failures=failures,
        error=poll.error,
        next_due=_due(state, poll, min(max(wait, asked), SLOWEST)),
    )


def _interval(arrivals: Sequence[str], poll: Poll, least_seconds: int | None) -> timedelta:
    """Half of the usual gap between news, within bounds; never sooner than server, feed or configuration ask."""
    if poll.left:
        return AGAIN
    gap = usual_gap(arrivals)
    floor = LEAST if least_seconds is None else timedelta(seconds=least_seconds)
    unknown = USUAL if least_seconds is None else floor
    habit = unknown if gap is None else max(min(gap / 2, MOST), floor)
    return max(habit, min(timedelta(seconds=poll.wait_seconds or 0), MOST))


def usual_gap(arrivals: Sequence[str]) -> timedelta | None:
    """The median time between polls that gave news; null until there are three."""
    if len(arrivals) < 3:
        return None
    times = [datetime.fromisoformat(arrival) for arrival in arrivals]
    return timedelta(seconds=median((b - a).total_seconds() for a, b in pairwise(times)))


def _due(state: FeedState, poll: Poll, wait: timedelta) -> str:
    """The moment, later by up to a tenth: each feed and poll has a share of its own, so that they spread out."""
    share = int(sha256(f"{state.name}\x1f{poll.at}".encode())[:8], 16) / 0xFFFFFFFF
    return (datetime.fromisoformat(poll.at) + wait * (1 + share / 10)).isoformat(timespec="milliseconds")


def wait_asked(headers: dict[str, str], now: datetime, *, failed: bool) -> int | None:
    """Seconds that an answer asks to wait: Retry-After of a failure, else Cache-Control's max-age (RFC 9110, 9111)."""
    if failed:
        return _retry_after(headers.get("retry-after", ""), now)
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('"').isdigit():
            return min(int(value.strip('"')[:9]), 86_400)
    return None


def _retry_after(value: str, now: datetime) -> int | None:
    if value.strip().isdigit():
        return min(int(value.strip()[:9]), 86_400)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, min(int((moment - now).total_seconds()), 86_400))


def failure_of_status(status: int) -> str | None:
    """The class of failure that an HTTP status is; null for success."""
    if status in {200, 203, 226, 304}:
        return None
    named = {401: "forbidden", 403: "forbidden", 404: "not_found", 410: "gone", 429: "rate_limited"}
    return named.get(status, "server" if status >= 500 else "refused")
