"""One poll of one feed: fetch, read, tell what is new. It touches the network and nothing else, and never fails.

Whatever goes wrong is part of what it returns: a feed cannot sink the tick that polls it.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from msgspec.structs import replace

from newsledger.collect import entries, polling
from newsledger.collect.entries import Clean, Fresh
from newsledger.collect.entry import Feed
from newsledger.collect.feed_list import FeedSource
from newsledger.collect.pages import Web
from newsledger.collect.polling import FeedState, Poll
from newsledger.collect.web import Fetched, FetchError, address_of, same_origin
from newsledger.envelope import Entry
from newsledger.errors import SettingsError, UnreadableError
from newsledger.records import sha256

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
MAPS = 10
"""Sitemaps of an index that one poll reads, the latest changed first."""


class Reads(Protocol):
    """What turns bytes into a feed, in bounded time."""

    def read(self, body: bytes, url: str, content_type: str = "") -> Feed:
        """The entries of a feed.

        Raises:
            UnreadableError: it is none.
        """


class Visit(NamedTuple):
    """What one poll gave."""

    source: FeedSource
    before: FeedState
    poll: Poll
    feed: Feed | None = None
    """Null where it was not read: it failed, or has not changed."""
    fresh: tuple[Fresh, ...] = ()
    size: int = 0
    """Bytes that came, unpacked."""
    milliseconds: int = 0

    @property
    def after(self) -> FeedState:
        """The state once all that is fresh is safely taken on."""
        return polling.after(self.before, self.poll, self.source.every_seconds)


def visit(source: FeedSource, state: FeedState, web: Web, readers: Reads, clean: Clean, now: datetime) -> Visit:
    """Poll a feed. ``now``: the UTC time of the poll."""
    started = time.monotonic()
    try:
        done = _visit(source, state, web, readers, clean, now)
    except Exception as error:  # noqa: BLE001  a slip of ours on one feed is that feed's failure
        poll = Poll(at=now.isoformat(timespec="milliseconds"), failure="broken", error=f"Polling it broke: {error!r}.")
        done = Visit(source, state, replace(poll, moved_to=state.moved_to))
    return done._replace(milliseconds=round((time.monotonic() - started) * 1000))


def _visit(source: FeedSource, state: FeedState, web: Web, readers: Reads, clean: Clean, now: datetime) -> Visit:
    at = now.isoformat(timespec="milliseconds")
    try:
        answer = web.fetch(state.address(), _headers(source, state))
    except (FetchError, SettingsError) as error:
        failure, wait = (error.failure, error.wait_seconds) if isinstance(error, FetchError) else ("settings", None)
        poll = Poll(at=at, failure=failure, error=str(error), moved_to=state.moved_to, wait_seconds=wait)
        return Visit(source, state, poll)
    poll = _answered(state, answer, at, now)
    size = len(answer.body)
    if poll.failure or answer.status == 304 or (poll.body_sha256 == state.body_sha256):
        return Visit(source, state, poll, size=size)
    try:
        feed = readers.read(answer.body, answer.url, answer.headers.get("content-type", ""))
        feed, more = _with_maps(feed, web, readers)
    except UnreadableError as error:
        return Visit(source, state, replace(poll, failure="unreadable", error=str(error)), size=size)
    return _read(Visit(source, state, poll, feed, size=size + more), clean)


def _read(done: Visit, clean: Clean) -> Visit:
    feed = done.feed or Feed(kind="")
    wanted = [entry for entry in feed.entries if done.source.wants(entry.title, entry.link)]
    news = entries.news(wanted, done.before.known, clean)
    poll = replace(
        done.poll,
        new=sum(not one.edited for one in news.fresh),
        known=news.known,
        wait_seconds=max(done.poll.wait_seconds or 0, (feed.ttl_minutes or 0) * 60) or None,
    )
    if feed.cut or feed.maps:  # the rest may come under the same validators
        poll = replace(poll, etag=None, last_modified=None, body_sha256=None)
    return done._replace(poll=poll, fresh=news.fresh)


def bounded(done: Visit, most: int, clean: Clean) -> Visit:
    """The same with only so many of the fresh entries; the others stay unknown, to be met again soon."""
    if len(done.fresh) <= most:
        return done
    taken, left = done.fresh[:most], done.fresh[most:]
    known = _known_without(done, left, clean)
    poll = replace(
        done.poll,
        new=sum(not one.edited for one in taken),
        known=known,
        left=len(left),
        etag=None,
        last_modified=None,
        body_sha256=None,
    )
    return done._replace(poll=poll, fresh=taken)


def _known_without(done: Visit, left: Sequence[Fresh], clean: Clean) -> dict[str, str]:
    listed: tuple[Entry, ...] = done.feed.entries if done.feed else ()
    return entries.without(done.poll.known or {}, left, listed, clean)


def _headers(source: FeedSource, state: FeedState) -> dict[str, str]:
    """Configured headers, secrets too, go to the configured host only, wherever the feed has moved."""
    same = same_origin(address_of(source.url), address_of(state.address()))
    own = source.resolved_headers() if same else {}
    return {"accept": ACCEPT, **own, **polling.conditional_headers(state)}


def _answered(state: FeedState, answer: Fetched, at: str, now: datetime) -> Poll:
    """What the answer says before anybody reads its body."""
    headers, failure = dict(answer.headers), polling.failure_of_status(answer.status)
    same = answer.status == 304
    moved = answer.moved_to or (state.moved_to if state.address() != state.url else None)
    return Poll(
        at=at,
        failure=failure,
        error=_said(answer, failure),
        status=answer.status,
        moved_to=moved,
        etag=headers.get("etag") or (state.etag if same else None),
        last_modified=headers.get("last-modified") or (state.last_modified if same else None),
        body_sha256=state.body_sha256 if same else sha256(answer.body),
        wait_seconds=polling.wait_asked(headers, now, failed=failure is not None),
    )


_WORDS = {
    "gone": "says that the feed is gone for good (410): it is not polled any more",
    "not_found": "has no such feed (404)",
    "rate_limited": "asks to be polled less often (429)",
}


def _said(answer: Fetched, failure: str | None) -> str | None:
    if failure is None:
        return None
    return f"{urlsplit(answer.url).netloc} {_WORDS.get(failure, f'answers with status {answer.status}')}."


def _with_maps(feed: Feed, web: Web, readers: Reads) -> tuple[Feed, int]:
    """A sitemap index with the entries of its sitemaps, and how many bytes those were."""
    found, problems, size = list(feed.entries), list(feed.problems), 0
    for url in islice(feed.maps, MAPS):
        try:
            answer = web.fetch(url, {"accept": ACCEPT})
            size += len(answer.body)
            found += _map(answer, readers)
        except (FetchError, UnreadableError) as error:
            problems.append(f"{url}: {error}")
    if feed.maps and not found and problems:
        raise UnreadableError(f"None of the sitemaps can be read ({problems[-1]}).")
    return replace(feed, entries=tuple(found), problems=tuple(problems)), size


def _map(answer: Fetched, readers: Reads) -> tuple[Entry, ...]:
    if polling.failure_of_status(answer.status):
        raise UnreadableError(f"status {answer.status}")
    return readers.read(answer.body, answer.url, answer.headers.get("content-type", "")).entries
