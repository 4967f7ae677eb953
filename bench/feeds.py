"""A tick over many feeds on loopback, beside fetching and bare feedparser on the same bytes: `python -m bench.feeds`.

Half of the feeds are unchanged since the tick before: half of those say so (304), the others send the same bytes again.
The floor asks for the same things with the same number of threads, and stores nothing.
"""

import argparse
import asyncio
import multiprocessing
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from newsledger.collect import feed_list, polling
from newsledger.collect.polling import FeedState
from newsledger.collect.visit import ACCEPT
from newsledger.collect.web import Client
from newsledger.local import objectstore
from newsledger.pipeline.polled import place
from newsledger.pipeline.tick import due, poll
from newsledger.settings import Settings
from newsledger.store.feed_states import FeedStates
from newsledger.store.objects import Objects, each

HOSTS = 50
ENTRIES, NEW = 20, 2
THREADS = 16
PROJECT = Path(__file__).resolve().parents[1]
_WORDS = (
    "The harbour of Port {n} reopened on Monday after weeks of repairs, the port said, and boats left before noon. "
)


def main() -> None:
    """Run everything once and print a table."""
    options = argparse.ArgumentParser(prog="python -m bench.feeds", description=__doc__)
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--many", type=int, default=10_000, help="feeds of the run for memory; 0 for none")
    chosen = options.parse_args()
    table = Table("what", "measured", title=f"polling on {os.cpu_count()} cores")
    floor, tick = ratio(chosen.feeds)
    table.add_row(f"floor: {chosen.feeds:,} feeds fetched and parsed", f"{floor:.1f} s")
    table.add_row("tick", f"{tick:.1f} s, {tick / floor:.2f} times the floor")
    seconds, entries = large(10_000)
    table.add_row("a feed of 10,000 entries", f"{seconds:.1f} s for {entries:,} entries, all polls together")
    if chosen.many:
        few, many = memory(100), memory(chosen.many)
        table.add_row("memory, 100 feeds", f"{few:.0f} MiB at the most")
        table.add_row(f"memory, {chosen.many:,} feeds", f"{many:.0f} MiB at the most")
    Console().print(table)


def ratio(count: int) -> tuple[float, float]:
    """Seconds of the floor and of a tick, in which half of the feeds have news."""
    with _stage(count) as (settings, changes):
        _tick(settings)
        _make_due(settings)
        changes.value = 1
        started = time.monotonic()
        _floor(settings)
        floor = time.monotonic() - started
        started = time.monotonic()
        _tick(settings)
        return floor, time.monotonic() - started


def large(entries: int) -> tuple[float, int]:
    """Seconds to take on one feed of so many entries, poll after poll, and how many came."""
    with _stage(1, entries) as (settings, _):
        started = time.monotonic()
        while due(settings):
            _tick(settings)
            if not _left(settings):
                break
            _make_due(settings)
        seconds = time.monotonic() - started
        return seconds, sum(1 for _ in Objects.open(settings).list("raw/"))


def memory(count: int) -> float:
    """The most memory, in MiB, of a process that polls so many feeds for the first time, one part after the other."""
    with _stage(count, 3) as (settings, _):
        fields = settings.model_dump(mode="json")
        code = (
            "import json, sys; from newsledger.settings import Settings; from bench.feeds import poll_all; "
            "poll_all(Settings.model_construct(**json.load(sys.stdin)))"
        )
        paths = {"PYTHONPATH": f"{PROJECT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=msgspec.json.encode(fields).decode(),
            env=os.environ | paths,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return float(done.stdout.strip().splitlines()[-1])


def poll_all(settings: Settings) -> None:
    """Poll everything that is due and print the most memory that this process had."""
    fixed = settings.model_copy(update={"config": Path(settings.config), "fetch_hosts": tuple(settings.fetch_hosts)})
    _tick(fixed)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _tick(settings: Settings) -> None:
    for names in due(settings):
        poll(settings, names)


def _floor(settings: Settings) -> None:
    """The same requests, and each body to feedparser as it is."""
    import feedparser

    held = FeedStates(Objects.open(settings)).all(FeedState)
    sources = feed_list.load(settings.config / "feeds.yaml")

    def one(number: int) -> None:
        headers = {"accept": ACCEPT, **polling.conditional_headers(held[place(sources[number])])}
        answer = client.fetch(sources[number].url, headers)
        if answer.body:
            feedparser.parse(answer.body, response_headers={"content-type": "application/rss+xml"})

    with Client("bench", settings.fetch_hosts) as client, ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(len(sources))))


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


# --- the world --------------------------------------------------------------------------------------------------------


@contextmanager
def _stage(
    count: int, entries: int = ENTRIES
) -> Iterator[tuple[Settings, "multiprocessing.sharedctypes.Synchronized[int]"]]:
    """An object store, a server with so many feeds, and settings for both; the number says how often feeds changed."""
    with tempfile.TemporaryDirectory(prefix="newsledger-bench-") as name:
        home, (store_port, *ports) = Path(name), _free_ports(HOSTS + 1)
        settings = Settings(
            home=home, config=home / "config", s3_port=store_port, fetch_hosts=("127.0.0.1",), host_pause_seconds=0
        )
        shutil.copytree(PROJECT / "config" / "expectations", settings.config / "expectations")
        lines = (f"f{n:05d}: http://127.0.0.1:{ports[n % HOSTS]}/{n}" for n in range(count))
        (settings.config / "feeds.yaml").write_text("\n".join(lines))
        changes = multiprocessing.Value("i", 0)
        program = objectstore.program(settings, PROJECT)
        store = subprocess.Popen(program.argv, env=dict(program.environment), stdout=subprocess.DEVNULL)
        server = multiprocessing.Process(target=_serve, args=(ports, entries, changes), daemon=True)
        server.start()
        try:
            while not objectstore.ready(settings) or not _open(ports[-1]):
                if not server.is_alive():
                    sys.exit("A port was taken: run it again.")
                time.sleep(0.1)
            Objects.open(settings).ensure_bucket()
            yield settings, changes
        finally:
            server.kill()
            store.kill()
            server.join()
            store.wait()


def _serve(ports: list[int], entries: int, changes: "multiprocessing.sharedctypes.Synchronized[int]") -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                writer.write(_answered(request, entries, changes.value))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        servers = [await asyncio.start_server(answer, "127.0.0.1", port) for port in ports]
        await asyncio.gather(*(server.serve_forever() for server in servers))

    asyncio.run(run())


def _answered(request: bytes, entries: int, changed: int) -> bytes:
    """Of four feeds two have news after a change, one says that it has none, one sends the same bytes again."""
    number = int(request.split(b" ", 2)[1][1:])
    news = NEW * changed if number % 4 < 2 else 0
    etag = f'"{number}-{news}"'.encode()
    if number % 4 == 2 and etag in request:
        return b"HTTP/1.1 304 Not Modified\r\n\r\n"
    tag = b"ETag: %s\r\n" % etag if number % 4 == 2 else b""
    body = _feed(number, entries, news)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n%s\r\n"
    return head % (len(body), tag) + body


def _feed(number: int, entries: int, news: int) -> bytes:
    items = "".join(
        f"<item><title>Port {number} reopens, part {n}</title><link>http://news.example/{number}/{n}</link>"
        f"<guid>{number}-{n}</guid><pubDate>Mon, 03 Feb 2025 10:00:{n % 60:02d} GMT</pubDate><description><![CDATA["
        f"<p>{_WORDS.format(n=n) * 4}</p><p><a href='/x'>{_WORDS.format(n=n)}</a></p>]]></description></item>"
        for n in range(news + entries - 1, news - 1, -1)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Port {number}</title>{items}</channel></rss>'.encode()
    )


def _free_ports(number: int) -> list[int]:
    """So many different ports, free a moment ago."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    main()
