"""A web server on loopback that plays the world: it says exactly the bytes it is told to, however wrong they are."""

import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any

_WORDS = {200: "OK", 301: "Moved Permanently", 304: "Not Modified", 404: "Not Found", 429: "Too Many Requests"}


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    target: str
    headers: Mapping[str, str]
    raw: bytes
    connection: int
    """Which connection it came over."""
    at: float
    """When, by the monotonic clock."""


@dataclass
class Talk:
    """One request and its connection, for an answer to speak into."""

    request: Seen
    _line: socket.socket
    _closing: threading.Event

    def say(self, data: bytes) -> None:
        """Send bytes."""
        self._line.sendall(data)

    def wait(self, seconds: float) -> bool:
        """Let time pass; True when the world ends meanwhile."""
        return self._closing.wait(seconds)

    def reset(self) -> None:
        """Break the connection off (RST)."""
        self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._line.close()


Answer = Callable[[Talk], bool]
"""Speaks into a talk; True keeps the connection for another request."""


@dataclass
class World:
    """A running server. Paths answer as told, in order; the last answer repeats; an unknown path is a 404."""

    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    seen: list[Seen] = field(default_factory=list)
    busiest: int = 0
    """Most requests that were being answered at once."""

    def __post_init__(self) -> None:
        self._answers: dict[str, list[Answer]] = {}
        self._listener = socket.create_server((self.host, 0), backlog=256)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._busy = 0
        self._connections = 0
        self._closing = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    def url(self, path: str = "/", host: str | None = None) -> str:
        """The address of a path, by this or another name of its host."""
        return f"{'https' if self.tls else 'http'}://{host or self.host}:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        """Answer a path so from now on; gives its address."""
        with self._lock:
            self._answers[path] = [*answers]
        return self.url(path)

    def asked(self, path: str) -> list[Seen]:
        """The requests for a path."""
        return [one for one in self.seen if one.target.partition("?")[0] == path]

    def close(self) -> None:
        """End."""
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in [*self._open]:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                with self._lock:
                    self._connections += 1
                    number = self._connections
                threading.Thread(target=self._serve, args=(line, number), daemon=True).start()

    def _serve(self, line: socket.socket, number: int) -> None:
        self._open.add(line)
        with line, suppress(OSError):
            if self.tls is not None:
                line = self.tls.wrap_socket(line, server_side=True)
            elif line.recv(1, socket.MSG_PEEK) == b"\x16":  # a greeting of TLS, which is not spoken here
                line.recv(65_536)
                return
            stream = line.makefile("rb")
            while (request := _request(stream, number)) is not None:
                answer = self._answer(request)
                try:
                    if not answer(Talk(request, line, self._closing)):
                        break
                finally:
                    with self._lock:
                        self._busy -= 1
        self._open.discard(line)

    def _answer(self, request: Seen) -> Answer:
        with self._lock:
            self.seen.append(request)
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            answers = self._answers.get(request.target.partition("?")[0], [])
            return (answers.pop(0) if len(answers) > 1 else answers[0]) if answers else page(b"nothing here", 404)


def _request(stream: IO[bytes], number: int) -> Seen | None:
    raw = b""
    while not raw.endswith(b"\r\n\r\n"):
        line = stream.readline(65_536)
        if not line:
            return None
        raw += line
    first, *rest = raw.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
    return Seen(first.split(" ")[1], headers, raw, number, time.monotonic())


# --- answers ----------------------------------------------------------------------------------------------------------


def head(status: int = 200, **headers: Any) -> bytes:
    """A status line and headers; ``content_type=`` says ``Content-Type:``."""
    lines = [f"HTTP/1.1 {status} {_WORDS.get(status, 'Some Words')}"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def page(body: bytes | str = b"", status: int = 200, **headers: Any) -> Answer:
    """A correct answer."""
    data = body.encode() if isinstance(body, str) else body
    length = {} if status == 304 else {"content_length": len(data)}
    return _kept(head(status, **length, **headers) + (b"" if status == 304 else data))


def redirect(to: str, status: int = 302) -> Answer:
    """To another place."""
    return page(b"", status, location=to)


def gzipped(body: bytes, **headers: Any) -> Answer:
    """A correct answer, packed."""
    return page(gzip.compress(body), content_encoding="gzip", **headers)


def unless_known(body: bytes, etag: str) -> Answer:
    """Content under an ETag; 304 for who has it."""

    def answer(talk: Talk) -> bool:
        known = talk.request.headers.get("if-none-match") == etag
        return page(b"" if known else body, 304 if known else 200, etag=etag)(talk)

    return answer


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n", **headers: Any) -> Answer:
    """An answer in chunks; ``end`` is how it ends."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return raw(head(200, transfer_encoding="chunked", **headers) + body + end)


def raw(data: bytes) -> Answer:
    """Exactly these bytes, and the end of the connection."""

    def answer(talk: Talk) -> bool:
        talk.say(data)
        return False

    return answer


def reset(before: bytes = b"") -> Answer:
    """The connection breaks, after some bytes."""

    def answer(talk: Talk) -> bool:
        talk.say(before)
        talk.reset()
        return False

    return answer


def dripping(start: bytes, drop: bytes, every: float = 0.01) -> Answer:
    """Some bytes, and then a drop every so often for as long as somebody listens."""

    def answer(talk: Talk) -> bool:
        talk.say(start)
        while not talk.wait(every):
            talk.say(drop)
        return False

    return answer


def late(seconds: float, then: Answer) -> Answer:
    """An answer after a while."""

    def answer(talk: Talk) -> bool:
        talk.wait(seconds)
        return then(talk)

    return answer


def once(then: Answer) -> Answer:
    """A correct answer on a connection that the server closes right after it, without saying so."""

    def answer(talk: Talk) -> bool:
        then(talk)
        return False

    return answer


def _kept(data: bytes) -> Answer:
    def answer(talk: Talk) -> bool:
        talk.say(data)
        return True

    return answer


@contextmanager
def world(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[World]:
    """A world, ended afterwards."""
    made = World(host, tls)
    try:
        yield made
    finally:
        made.close()
