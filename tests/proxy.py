"""A small proxy before an object store, which can fail as networks and servers do."""

import http.client
import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple
from urllib.parse import urlsplit

_ABORT = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST
_HOP = {"transfer-encoding", "content-length", "connection", "keep-alive"}
_SLOW_SECONDS, _SLOW_PIECES = 1.5, 4


class Request(NamedTuple):
    """One request as it came; ``raw`` is head and body."""

    method: str
    raw: bytes


class Proxy:
    """Passes requests on to a store, and fails in the way that ``fail`` last said.

    ``cut`` resets connections, ``busy`` answers 503, ``broken`` 500, ``full`` 507 to every write. ``hang`` never
    answers, not even afterwards: the other side must give up by itself. ``slow`` answers piece by piece. Of ``lost``
    requests and ``torn`` ones the store has done what it was asked to, but none of the answer, or half, comes back.
    """

    def __init__(self, endpoint: str, port: int = 0) -> None:
        """Listen on a port of loopback, a free one unless it is given."""
        parts = urlsplit(endpoint)
        self._behind = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self._open: set[socket.socket] = set()
        self._closed = threading.Event()
        self._dice, self._share = random.Random(0), 1.0
        self.failing: str | None = None
        self.failed = 0
        """Requests that were made to fail."""
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def fail(self, how: str | None, share: float = 1.0) -> None:
        """From now on fail so, or work (None); what is open is reset. ``share``: of the requests that fail."""
        self.failing, self._share = how, share
        for connection in [*self._open]:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stop listening."""
        self._closed.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.fail("cut")

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """Requests of one connection, one after the other, over one connection to the store."""
        with client, suppress(OSError, http.client.HTTPException):
            if self._struck() == "cut":
                _abort(client)
                return
            self._open.add(client)
            try:
                with socket.create_connection(self._behind) as server, client.makefile("rb") as stream:
                    self._open.add(server)
                    try:
                        while (request := _request(stream, client)) and self._answer(request, client, server):
                            pass
                    finally:
                        self._open.discard(server)
            finally:
                self._open.discard(client)

    def _struck(self) -> str | None:
        """How the next request fails, if it does."""
        return self.failing if self._share >= 1 or self._dice.random() < self._share else None

    def _answer(self, request: Request, client: socket.socket, server: socket.socket) -> bool:
        """Answer as told; False where the connection is to be closed."""
        how = self._struck()
        if how == "full" and request.method not in {"PUT", "POST"}:
            how = None
        if how is None:
            client.sendall(_forward(request, server))
            return True
        self.failed += 1
        if how == "hang":
            self._open.discard(client)
            self._closed.wait(600)
        elif how == "slow":
            self._trickle(client, _forward(request, server))
            return True
        else:
            _FAULTS[how](request, client, server)
        return False

    def _trickle(self, client: socket.socket, answer: bytes) -> None:
        step = max(1, -(-len(answer) // _SLOW_PIECES))
        for start in range(0, len(answer), step):
            self._closed.wait(_SLOW_SECONDS / _SLOW_PIECES)
            client.sendall(answer[start : start + step])


def _says(status: str) -> Callable[[Request, socket.socket, socket.socket], None]:
    answer = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    return lambda _request, client, _server: client.sendall(answer)


def _cut(_request: Request, client: socket.socket, _server: socket.socket) -> None:
    _abort(client)


def _lost(request: Request, client: socket.socket, server: socket.socket) -> None:
    _forward(request, server)
    _abort(client)


def _torn(request: Request, client: socket.socket, server: socket.socket) -> None:
    answer = _forward(request, server)
    client.sendall(answer[: len(answer) // 2])
    time.sleep(0.05)  # or the reset would overtake it
    _abort(client)


_FAULTS = {
    "cut": _cut,
    "lost": _lost,
    "torn": _torn,
    "busy": _says("503 Slow Down"),
    "broken": _says("500 Internal Server Error"),
    "full": _says("507 Insufficient Storage"),
}


def _abort(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
    client.shutdown(socket.SHUT_RD)
    client.close()


def _request(stream: IO[bytes], client: socket.socket) -> Request | None:
    """The next request; null at the end. A client that asks first whether to send its body is told to."""
    head: list[bytes] = []
    length = 0
    while (line := stream.readline(65536)) not in {b"", b"\r\n"}:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if name.lower() != b"expect":
            head.append(line)
        else:
            client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    if not line:
        return None
    body = stream.read(length)
    method = head[0].split()[0].decode("latin-1")
    return Request(method, b"".join([*head, b"\r\n", body])) if len(body) == length else None


def _forward(request: Request, server: socket.socket) -> bytes:
    """The store's answer, head and body, its length stated."""
    server.sendall(request.raw)
    with http.client.HTTPResponse(server, method=request.method) as response:
        response.begin()
        body = response.read()
        length = response.getheader("Content-Length") if request.method == "HEAD" else str(len(body))
        lines = [f"{name}: {value}" for name, value in response.getheaders() if name.lower() not in _HOP]
        head = [f"HTTP/1.1 {response.status} {response.reason}", *lines]
        if length is not None and response.status not in {204, 304}:
            head.append(f"Content-Length: {length}")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


@contextmanager
def before(endpoint: str) -> Iterator[Proxy]:
    """A proxy before a store, closed at the end."""
    proxy = Proxy(endpoint)
    try:
        yield proxy
    finally:
        proxy.close()
