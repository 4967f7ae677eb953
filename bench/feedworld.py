"""A world of feeds on loopback for `bench.feeds`: a server, an object store, and settings for both.

Of four feeds two have news after a change, one says that it has none (304), one sends the same bytes again.
"""

import asyncio
import multiprocessing
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from newsledger.local import objectstore
from newsledger.settings import Settings
from newsledger.store.objects import Objects

HOSTS = 50
ENTRIES, NEW = 20, 2
PROJECT = Path(__file__).resolve().parents[1]
_WORDS = (
    "The harbour of Port {n} reopened on Monday after weeks of repairs, the port said, and boats left before noon. "
)


@contextmanager
def stage(
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
