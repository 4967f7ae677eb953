"""Fetching over HTTP: one client, bounded in every way a server could abuse.

Only ``http`` and ``https``; addresses as ``addresses`` allows; time, size, redirects and unpacking are limited. It is
httpx's own engine (httpcore) with httpx's addresses: httpx itself has no place to check an address at connection time.
"""

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from types import TracebackType
from typing import Literal, Protocol, Self

import httpcore
import httpx

from newsledger.collect import headers as fields
from newsledger.collect.addresses import Gate, RefusedAddressError, Resolve, UnresolvedError, resolved
from newsledger.collect.connections import Budget, Connections
from newsledger.collect.unpacking import PackedWronglyError, unpacked
from newsledger.errors import NewsledgerError

Failure = Literal[
    "address", "dns", "connection", "timeout", "tls", "too_large", "redirects", "protocol", "rate_limited"
]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_KEPT_ELSEWHERE = frozenset({"accept", "accept-encoding", "accept-language", "user-agent"})
"""Headers that go along to another origin; secrets and what is known of the first one's copy do not."""
_SMALL_BODY = 65_536
"""What is read of a body that matters little: of a redirect, or an error."""


class FetchError(NewsledgerError):
    """A fetch gave no answer; ``failure`` is its class."""

    def __init__(self, failure: Failure, message: str, wait_seconds: int | None = None) -> None:
        """``message``: one sentence; ``wait_seconds``: how long the host asked to be left alone."""
        super().__init__(message)
        self.failure = failure
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch."""

    seconds: float = 30.0
    """For the whole fetch, redirects included; waiting for one's turn is not counted."""
    silence: float = 10.0
    """To connect, and between two pieces of an answer."""
    size: int = 20_000_000
    """Bytes of a body, packed and unpacked."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status."""

    url: str
    """Where it came from in the end."""
    moved_to: str | None
    """Where the resource now lives for good: the end of an unbroken chain of 301 and 308."""
    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Names in lower case."""
    body: bytes = field(repr=False)
    """Unpacked; of a status other than 2xx only its beginning."""
    milliseconds: int


class Manners(Protocol):
    """How a client is to treat a host."""

    def turn(self, host: str) -> AbstractContextManager[None]:
        """Wait until the host may be visited, and keep others from it meanwhile."""

    def answered(self, host: str, status: int, headers: Mapping[str, str]) -> None:
        """Take note of what a host said."""


class _Hasty:
    def turn(self, host: str) -> AbstractContextManager[None]:  # noqa: ARG002
        return nullcontext()

    def answered(self, host: str, status: int, headers: Mapping[str, str]) -> None:
        pass


class Client:
    """Connections that are kept and reused; safe to share between threads."""

    def __init__(
        self,
        user_agent: str,
        allowed: Iterable[str] = (),
        limits: Limits | None = None,
        *,
        manners: Manners | None = None,
        resolve: Resolve = resolved,
    ) -> None:
        """``allowed``: hosts that may have private addresses; without ``manners`` hosts are not spared."""
        self._limits = limits or Limits()
        self._agent = user_agent
        self._manners = manners or _Hasty()
        self._budget = Budget()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=200,
            max_keepalive_connections=50,
            keepalive_expiry=15,
            network_backend=Connections(Gate(allowed, resolve), self._budget),
        )

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close its connections."""
        self._pool.close()

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """GET a URL, following redirects within the bounds.

        Raises:
            FetchError: no answer, or one beyond the bounds.
        """
        sent = {"user-agent": self._agent, "accept-encoding": "gzip, deflate", **fields.lower(headers or {})}
        if (wrong := fields.unsendable(sent)) is not None:
            raise FetchError("protocol", f"The header {wrong!r} holds characters that no header may have.")
        place, permanent, spent, host = address_of(url), True, 0.0, ""
        moved_to: str | None = None
        with ExitStack() as turn:
            for _ in range(self._limits.redirects + 1):
                if host_of(str(place)) != host:
                    turn.close()
                    host = host_of(str(place))
                    turn.enter_context(self._manners.turn(host))
                started = time.monotonic()
                status, answered, body = self._once(place, sent, self._limits.seconds - spent)
                spent += time.monotonic() - started
                self._manners.answered(host, status, answered)
                if status not in _REDIRECTS or not (target := answered.get("location")):
                    return Fetched(str(place), moved_to, status, answered, body, round(spent * 1000))
                there = _joined(place, target)
                if not same_origin(place, there):
                    sent = {name: value for name, value in sent.items() if name in _KEPT_ELSEWHERE}
                place, permanent = there, permanent and status in _PERMANENT
                moved_to = str(place) if permanent else moved_to
        raise FetchError("redirects", f"{_shown(url)} redirects more than {self._limits.redirects} times.")

    def _once(self, url: httpx.URL, headers: Mapping[str, str], seconds: float) -> tuple[int, dict[str, str], bytes]:
        """One request and its answer; made again where a connection that was kept had been closed meanwhile."""
        self._budget.start(seconds)
        try:
            try:
                return self._asked(url, headers)
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                if self._budget.opened or self._budget.over():
                    raise
                return self._asked(url, headers)
        except RefusedAddressError as error:
            raise FetchError("address", str(error)) from error
        except UnresolvedError as error:
            raise FetchError("dns", str(error)) from error
        except httpcore.TimeoutException as error:
            raise FetchError("timeout", self._too_slow(url)) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, PackedWronglyError) as error:
            raise FetchError("protocol", f"{_name(url)} gave an answer that cannot be read: {error}.") from error
        except (httpcore.NetworkError, OSError) as error:
            secured = isinstance(error.args[0] if error.args else None, ssl.SSLError)  # httpcore wraps what it met
            raise FetchError("tls" if secured else "connection", f"No connection to {_name(url)}: {error}.") from error
        except ValueError as error:  # a host that TLS cannot name, such as one that starts with a dot
            raise FetchError("protocol", f"{_name(url)} cannot be asked: {error}.") from error

    def _asked(self, url: httpx.URL, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        silence = self._limits.silence
        patience = {"connect": silence, "read": silence, "write": silence, "pool": self._limits.seconds}
        lines = [(b"host", url.netloc), *fields.as_sent(headers)]
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        with self._pool.stream("GET", target, headers=lines, extensions={"timeout": patience}) as answer:
            found = fields.as_read(answer.headers)
            pieces = self._counted(url, answer.iter_stream())
            if answer.status // 100 == 2:
                pieces = self._counted(url, unpacked(pieces, found.get("content-encoding", "")))
                return answer.status, found, b"".join(pieces)
            return answer.status, found, _beginning(pieces, found.get("content-encoding", ""))

    def _counted(self, url: httpx.URL, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces, as long as they keep within time and size."""
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self._limits.size:
                raise FetchError("too_large", f"{_shown(url)} is larger than {self._limits.size:,} bytes.")
            if self._budget.over():
                raise FetchError("timeout", self._too_slow(url))
            yield piece

    def _too_slow(self, url: httpx.URL) -> str:
        if self._budget.over():
            return f"{_shown(url)} took longer than {self._limits.seconds:g} s."
        return f"{_name(url)} did not answer within {self._limits.silence:g} s."


def address_of(url: str | httpx.URL) -> httpx.URL:
    """A URL as it will be asked for, without fragment, user and password.

    Raises:
        FetchError: it is none that is fetched from.
    """
    try:
        parsed = httpx.URL(url).copy_with(fragment=None, userinfo=b"")
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("protocol", f"{_shown(url)} is no address that can be fetched ({error}).") from error
    if parsed.scheme not in {"http", "https"} or not parsed.raw_host:
        raise FetchError("address", f"{_shown(url)} is refused: only http and https addresses are fetched.")
    if parsed.port is not None and not 0 < parsed.port < 65_536:  # the system's resolver would wrap it around
        raise FetchError("address", f"{_shown(url)} is refused: there is no port {parsed.port}.")
    return parsed


def _joined(place: httpx.URL, target: str) -> httpx.URL:
    try:
        return address_of(place.join(fields.as_utf8(target)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("redirects", f"{_shown(place)} redirects to {target[:100]!r}, which is no address.") from error


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether secrets of one address may go to another: same host, port and scheme, or its own step up to https."""
    if one.raw_host != other.raw_host:
        return False
    if (one.scheme, other.scheme) == ("http", "https"):
        return one.port is None and other.port is None
    return (one.scheme, one.port) == (other.scheme, other.port)


def _beginning(pieces: Iterator[bytes], encoding: str) -> bytes:
    """The first part of a body that nobody needs in full, or nothing where it cannot be unpacked."""
    body = bytearray()
    try:
        for piece in unpacked(pieces, encoding):
            body += piece
            if len(body) >= _SMALL_BODY:
                break
    except PackedWronglyError:
        return b""
    return bytes(body)


def _shown(url: str | httpx.URL) -> str:
    """A URL for a message: short, and on one line."""
    text = str(url)
    text = text if text.isprintable() else repr(text)
    return text if len(text) <= 200 else f"{text[:200]}..."


@lru_cache(maxsize=50_000)  # asked for each feed again and again; taking an address apart is slow
def host_of(url: str) -> str:
    """The host of a URL in lower case, with its port where that is not the usual one: what manners count by."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return ""
    name = _name(parsed).rstrip(".")
    return name if parsed.port in {None, 80, 443} else f"{name}:{parsed.port}"


def _name(url: httpx.URL) -> str:
    """The host as it is asked for; ``URL.host`` would decode it, and raise where that cannot be."""
    return url.raw_host.decode("ascii")
