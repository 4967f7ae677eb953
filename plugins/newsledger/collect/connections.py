"""Connections for the client: to checked addresses only, and never longer than the time that is left.

A name is resolved once and the connection goes to the very address that was checked, so that neither a redirect nor a
DNS answer that changes (rebinding) leads inside.
"""

import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from newsledger.collect.addresses import Gate, RefusedAddressError

_TRIED = 6
"""Addresses of a host that are tried at the most."""
_MOMENT = 3.0
"""Seconds for an address when there are others: many hosts have an IPv6 address, and not every network a way there."""


class Budget(threading.local):
    """The time that the fetch of this thread has left.

    httpcore's own timeouts bound a single read, so that a byte every few seconds would hold it for hours.
    """

    until = float("inf")
    """By the monotonic clock."""
    opened = False
    """Whether a connection was opened for this request, rather than one reused."""

    def start(self, seconds: float) -> None:
        """A request begins, which may take so long."""
        self.until = time.monotonic() + seconds
        self.opened = False

    def bounded(self, timeout: float | None) -> float:
        """A timeout cut to what is left; never 0, which to a socket means not to wait at all."""
        left = max(self.until - time.monotonic(), 0.001)
        return left if timeout is None else min(timeout, left)

    def over(self) -> bool:
        """Whether none is left."""
        return time.monotonic() >= self.until


class Connections(httpcore.NetworkBackend):
    """Opens connections to addresses that the gate lets through."""

    def __init__(self, gate: Gate, budget: Budget) -> None:
        """``budget``: the clock of the fetches."""
        self._gate = gate
        self._budget = budget
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers, once all of them are known to be public."""
        self._budget.opened = True
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        addresses = self._gate.addresses(host, port, self._budget.bounded(timeout))[:_TRIED]
        for number, address in enumerate(addresses, start=1):
            if self._budget.over():
                raise httpcore.ConnectTimeout(f"{host} took too long")
            patience = self._budget.bounded(timeout if number == len(addresses) else _MOMENT)
            try:
                stream = self._plain.connect_tcp(address, port, patience, local_address, socket_options)
                return _TimedStream(stream, self._budget)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Never."""
        raise RefusedAddressError(f"{path} is a local socket, and those are not fetched from.")


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every wait is cut to the time that the fetch has left."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._budget.over():
            raise httpcore.ReadTimeout("the time for this fetch is over")
        return self._stream.read(max_bytes, self._budget.bounded(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.bounded(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._budget.bounded(timeout))
        return _TimedStream(secured, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
