"""Manners towards hosts: one connection at a time, a pause between visits, and none where a host asked for peace."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newsledger.collect.polling import wait_asked
from newsledger.collect.web import FetchError

LONGEST_PAUSE = 10.0
"""Seconds; a host may ask for more between visits (Crawl-delay), and would be asked for nothing else in a tick."""
_BUSY = frozenset({429, 503})


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    """When it may be visited again, by the clock."""
    pause: float = 0.0
    closed_until: float = 0.0
    """Until when it asked to be left alone."""


class Turns:
    """Whose turn it is at each host; safe to share between threads."""

    def __init__(
        self,
        pause: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``pause``: least seconds between the end of one visit to a host and the start of the next."""
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for one's turn at a host, and hold it.

        Raises:
            FetchError: the host asked to be left alone, and that time is not over.
        """
        known = self._host(host)
        with known.lock:
            self._refuse_closed(host, known)
            if (wait := known.free_at - self._clock()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                known.free_at = self._clock() + max(self._pause, known.pause)

    def answered(self, host: str, status: int, headers: Mapping[str, str]) -> None:
        """Leave a host alone as long as it asks for (429 and 503 with Retry-After)."""
        if status in _BUSY:
            asked = wait_asked(dict(headers), datetime.now(UTC), failed=True)
            self._host(host).closed_until = self._clock() + (asked or 0)

    def slow_down(self, host: str, pause: float) -> None:
        """Pause longer at a host, as its robots.txt asks (Crawl-delay)."""
        self._host(host).pause = min(pause, LONGEST_PAUSE)

    def free_in(self, host: str) -> float:
        """Seconds until a host may be visited; not positive when it may be now."""
        return self._host(host).free_at - self._clock()

    def _refuse_closed(self, host: str, known: _Host) -> None:
        left = known.closed_until - self._clock()
        if left > 0:
            raise FetchError("rate_limited", f"{host} asked to be left alone for {left:.0f} s more.", int(left) + 1)

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
