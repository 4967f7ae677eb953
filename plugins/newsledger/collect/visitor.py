"""Who goes out to the hosts: the client with its manners, and many hosts visited side by side."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from heapq import heappop, heappush
from queue import Empty, Queue
from types import TracebackType
from typing import Generic, Self, TypeVar

from newsledger.collect.politeness import Turns
from newsledger.collect.robots import Robots
from newsledger.collect.web import Client, Fetched, Limits, host_of
from newsledger.settings import Settings

Job = TypeVar("Job")
Result = TypeVar("Result")


class Visitor:
    """Fetches politely: one connection at most and a pause for each host, robots.txt for pages; one for each tick."""

    def __init__(self, settings: Settings, limits: Limits | None = None, turns: Turns | None = None) -> None:
        """Ready to fetch; ``settings`` give the User-Agent, the pause and the hosts that may be private."""
        self._turns = turns or Turns(settings.host_pause_seconds)
        self._client = Client(settings.user_agent, settings.fetch_hosts, limits, manners=self._turns)
        self._robots = Robots(self._client.fetch)

    def __enter__(self) -> Self:
        """The visitor itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close its connections."""
        self._client.__exit__(kind, error, trace)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """GET a feed, or a page that ``allows`` allows.

        Raises:
            FetchError: no answer, or one beyond the bounds.
        """
        return self._client.fetch(url, headers)

    def allows(self, url: str) -> bool:
        """Whether the robots.txt of a page's site allows us to fetch it; its pace is kept from now on."""
        rules = self._robots.rules(url)
        if rules.pause:
            self._turns.slow_down(host_of(url), rules.pause)
        return rules.allows(url)

    def each(
        self, jobs: Iterable[Job], url: Callable[[Job], str], work: Callable[[Job], Result], workers: int = 16
    ) -> Iterator[Result]:
        """Do a piece of work for each job, many hosts side by side, and give the results as they come.

        A host's jobs are done one after the other, by whoever is free once its pause is over, so that a host with
        many jobs holds nobody up. What ``work`` raises is raised here. Few results wait at any time.
        """
        queues: dict[str, deque[Job]] = {}
        for job in jobs:
            queues.setdefault(host_of(url(job)), deque()).append(job)
        yield from _Crew(queues, work, self._turns).results(workers)


class _Crew(Generic[Job, Result]):
    """Threads that share out the jobs of many hosts."""

    def __init__(self, queues: dict[str, deque[Job]], work: Callable[[Job], Result], turns: Turns) -> None:
        self._queues = queues
        self._work = work
        self._turns = turns
        self._waiting = [(0.0, order, host) for order, host in enumerate(queues)]
        """A heap: when each host that nobody is at may be visited, by the monotonic clock."""
        self._left = sum(map(len, queues.values()))
        self._changed = threading.Condition()
        self._stopped = False

    def results(self, workers: int) -> Iterator[Result]:
        done: Queue[Result | _Raised] = Queue(maxsize=2 * workers)
        expected = self._left
        threads = [
            threading.Thread(target=self._labour, args=(done,), daemon=True)
            for _ in range(min(workers, len(self._queues)))
        ]
        try:
            for thread in threads:
                thread.start()
            for _ in range(expected):
                found = done.get()
                if isinstance(found, _Raised):
                    raise found.error
                yield found
        finally:
            self._stop(threads, done)

    def _labour(self, done: "Queue[Result | _Raised]") -> None:
        while (taken := self._next()) is not None:
            order, host = taken
            job = self._queues[host].popleft()
            try:
                result: Result | _Raised = self._work(job)
            except BaseException as error:  # noqa: BLE001  it is raised again by who asked for the results
                result = _Raised(error)
            done.put(result)
            self._give_back(order, host)

    def _next(self) -> tuple[int, str] | None:
        """The host that is free first, once it is; null when nothing is left to take."""
        with self._changed:
            while self._left and not self._stopped:
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    self._left -= 1
                    _, order, host = heappop(self._waiting)
                    return order, host
                self._changed.wait(wait)
            self._changed.notify_all()
            return None

    def _give_back(self, order: int, host: str) -> None:
        with self._changed:
            if self._queues[host]:
                heappush(self._waiting, (time.monotonic() + self._turns.free_in(host), order, host))
                self._changed.notify()
            else:
                del self._queues[host]

    def _stop(self, threads: list[threading.Thread], done: "Queue[Result | _Raised]") -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        while any(thread.is_alive() for thread in threads):
            with suppress(Empty):  # somebody may be waiting for a place to put a result
                done.get(timeout=0.01)
        for thread in threads:
            thread.join()


class _Raised:
    """What a piece of work raised."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
