"""A tick over many feeds on loopback, beside fetching and bare feedparser on the same bytes: `python -m bench.feeds`.

Half of the feeds are unchanged since the tick before. The floor asks for the same things with as many threads, parses
in as many processes as the tick does, and does nothing with what it finds.
"""

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec
import psutil
from rich.console import Console
from rich.table import Table

from bench.feedworld import PROJECT, stage
from newsledger.collect import feed_list, polling
from newsledger.collect.polling import FeedState
from newsledger.collect.visit import ACCEPT
from newsledger.collect.web import Client
from newsledger.envelope import unpacked
from newsledger.pipeline.polled import place
from newsledger.pipeline.tick import due, poll
from newsledger.settings import Settings
from newsledger.store.feed_states import FeedStates
from newsledger.store.objects import Objects, each

THREADS = 16
PARSERS = 2
COUNTS = (100, 1_000, 10_000)
"""Numbers of feeds whose memory is measured."""
_CODE = (
    "import json, sys; from newsledger.settings import Settings; from bench.feeds import poll_all; "
    "poll_all(Settings.model_construct(**json.load(sys.stdin)))"
)


def main() -> None:
    """Run everything once and print a table."""
    options = argparse.ArgumentParser(prog="python -m bench.feeds", description=__doc__)
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--memory", type=int, nargs="*", default=COUNTS, help="numbers of feeds; none: not measured")
    chosen = options.parse_args()
    measured(Console(), chosen.feeds, chosen.memory)


def measured(console: Console, feeds: int = 1000, counts: Sequence[int] = COUNTS) -> None:
    """All measurements, each printed as it comes, and then together."""
    table = Table("what", "measured", title=f"polling on {os.cpu_count()} cores")
    for row in _rows(feeds, counts):
        console.print("  ", *row)
        table.add_row(*row)
    console.print(table)


def _rows(feeds: int, counts: Sequence[int]) -> Iterator[tuple[str, str]]:
    floor, tick = ratio(feeds)
    yield f"floor: {feeds:,} feeds fetched and parsed", f"{floor.clock:.1f} s, {floor.processor:.1f} s of processors"
    yield "tick", f"{tick.clock:.1f} s, {tick.processor:.1f} s of processors"
    yield "ratio", f"{tick.clock / floor.clock:.2f}, {tick.processor / floor.processor:.2f} of processors"
    seconds, entries = large(10_000)
    yield "a feed of 10,000 entries", f"{seconds:.1f} s for {entries:,} entries, all polls together"
    for count in counts:
        yield f"memory, {count:,} feeds", f"{memory(count):.0f} MiB at the most"


class Cost(NamedTuple):
    """Seconds, of everything that took part: the server and the object store too."""

    clock: float
    processor: float
    """What other work on the machine changes little."""


def ratio(count: int) -> tuple[Cost, Cost]:
    """What the floor and a tick cost, in which half of the feeds have news."""
    with stage(count) as (settings, changes):
        _tick(settings)
        _make_due(settings)
        changes.value = 1
        return _cost(_floor, settings), _cost(_tick, settings)


def _cost(act: Callable[[Settings], None], settings: Settings) -> Cost:
    clock, processor = time.monotonic(), _processor()
    act(settings)
    return Cost(time.monotonic() - clock, _processor() - processor)


def _processor() -> float:
    """Seconds of processor time of this process and all that it started, ended or not."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = psutil.Process()
    alive = [process.cpu_times() for process in (own, *own.children(recursive=True))]
    return ended.ru_utime + ended.ru_stime + sum(times.user + times.system for times in alive)


def large(entries: int) -> tuple[float, int]:
    """Seconds to take on one feed of so many entries, poll after poll, and how many came."""
    with stage(1, entries) as (settings, _):
        started = time.monotonic()
        while due(settings):
            _tick(settings)
            if not _left(settings):
                break
            _make_due(settings)
        seconds = time.monotonic() - started
        objects = Objects.open(settings)
        kept = each(lambda listed: objects.get(listed.key), list(objects.list("raw/")))
        return seconds, sum(1 for data in kept for _ in unpacked(data))


def memory(count: int) -> float:
    """The most memory, in MiB, of a process that polls so many feeds for the first time, one part after the other."""
    with stage(count, 3) as (settings, _):
        fields = settings.model_dump(mode="json")
        paths = {"PYTHONPATH": f"{PROJECT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
        done = subprocess.run(
            [sys.executable, "-c", _CODE],
            input=msgspec.json.encode(fields).decode(),
            env=os.environ | paths,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return float(done.stdout.split()[-1])


def poll_all(settings: Settings) -> None:
    """Poll everything that is due and print the most memory that this process had; readers have bounds of their own."""
    fixed = settings.model_copy(update={"config": Path(settings.config), "fetch_hosts": tuple(settings.fetch_hosts)})
    _tick(fixed)
    # Not getrusage's figure: that one begins with what the process that started this one had.
    (peak,) = [
        line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    ]
    print(int(peak) / 1024)


def _tick(settings: Settings) -> None:
    for names in due(settings):
        poll(settings, names)


def _floor(settings: Settings) -> None:
    """The same requests, and each body to feedparser as it is."""
    held = FeedStates(Objects.open(settings)).all(FeedState)
    sources = feed_list.load(settings.config / "feeds.yaml")

    def one(number: int) -> None:
        headers = {"accept": ACCEPT, **polling.conditional_headers(held[place(sources[number])])}
        answer = client.fetch(sources[number].url, headers)
        if answer.body:
            parsers.submit(_parse, answer.body).result()

    with (
        Client("bench", settings.fetch_hosts) as client,
        ProcessPoolExecutor(PARSERS, multiprocessing.get_context("spawn")) as parsers,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        list(pool.map(one, range(len(sources))))


def _parse(body: bytes) -> int:
    import feedparser

    return len(feedparser.parse(body, response_headers={"content-type": "application/rss+xml"}).entries)


def _make_due(settings: Settings) -> None:
    """Let every feed be due again, all else as it is remembered."""
    objects = Objects.open(settings)

    def one(key: str) -> None:
        states = msgspec.json.decode(objects.get(key))
        due_now = {name: state | {"next_due": None} for name, state in states.items()}
        objects.put(key, msgspec.json.encode(due_now))

    each(one, [listed.key for listed in objects.list("feeds/state/")])


def _left(settings: Settings) -> bool:
    return any(state.body_sha256 is None for state in FeedStates(Objects.open(settings)).all(FeedState).values())


if __name__ == "__main__":
    main()
