"""A small proxy before an object store, which can fail as networks and servers do."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_BUSY = b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """Passes connections on to a store; while ``failing`` is ``cut`` it resets them, while ``busy`` it answers 503."""

    def __init__(self, endpoint: str) -> None:
        """Listen on a free port of loopback."""
        parts = urlsplit(endpoint)
        self._behind = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self.failing: str | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def fail(self, how: str | None) -> None:
        """From now on ``cut``, ``busy``, or work (None); what is open is reset."""
        self.failing = how
        for connection in [*self._open]:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()
        self.fail("cut")

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            if self.failing == "busy":
                client.recv(65536)
                client.sendall(_BUSY)
            elif self.failing is None:
                with socket.create_connection(self._behind) as server:
                    self._open |= {client, server}
                    threading.Thread(target=_pipe, args=(server, client), daemon=True).start()
                    _pipe(client, server)
                    self._open -= {client, server}


def _pipe(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


@contextmanager
def before(endpoint: str) -> Iterator[Proxy]:
    """A proxy before a store, closed at the end."""
    proxy = Proxy(endpoint)
    try:
        yield proxy
    finally:
        proxy.close()
