"""Fetching over HTTP: one client, bounded in every way a server could abuse.

Only ``http`` and ``https``; addresses as ``addresses`` allows; time, size, redirects and decompression are limited.
"""

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

import httpcore
import httpx

from newsledger.collect.addresses import PublicBackend, RefusedAddressError
from newsledger.errors import NewsledgerError

Failure = Literal["address", "dns", "connection", "timeout", "tls", "too_large", "redirects", "protocol"]

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_KEPT_ON_OTHER_HOSTS = {"accept", "accept-encoding", "accept-language", "user-agent"}


class FetchError(NewsledgerError):
    """A fetch gave no answer; ``failure`` is its class."""

    def __init__(self, failure: Failure, message: str) -> None:
        """``message``: one sentence."""
        super().__init__(message)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch."""

    seconds: float = 30.0
    """For the whole fetch, redirects included."""
    silence: float = 10.0
    """To connect, and between two pieces of an answer."""
    size: int = 20_000_000
    """Bytes of a body, unpacked."""
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
    milliseconds: int


class Client:
    """Connections that are kept and reused; safe to share between threads."""

    def __init__(self, user_agent: str, allowed: Iterable[str] = (), limits: Limits | None = None) -> None:
        """``allowed``: hosts that may have private addresses."""
        self._limits = limits or Limits()
        self._agent = user_agent
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=100,
            max_keepalive_connections=50,
            keepalive_expiry=15,
            network_backend=PublicBackend(allowed),
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
        started = time.monotonic()
        sent = {"user-agent": self._agent, "accept-encoding": "gzip, deflate", **_lower(headers or {})}
        place, permanent = _checked(url), True
        moved_to: str | None = None
        for _ in range(self._limits.redirects + 1):
            status, answered, body = self._once(place, sent, started)
            if status not in _REDIRECTS or not (target := answered.get("location")):
                took = round((time.monotonic() - started) * 1000)
                return Fetched(str(place), moved_to, status, answered, body, took)
            permanent = permanent and status in _PERMANENT
            there = _checked(_joined(place, target))
            if there.host != place.host:
                sent = {name: value for name, value in sent.items() if name in _KEPT_ON_OTHER_HOSTS}
            place = there
            moved_to = str(place) if permanent else moved_to
        raise FetchError("redirects", f"{url} redirects more than {self._limits.redirects} times.")

    def _once(self, url: httpx.URL, headers: Mapping[str, str], started: float) -> tuple[int, dict[str, str], bytes]:
        silence = self._limits.silence
        patience = {"connect": silence, "read": silence, "write": silence, "pool": self._limits.seconds}
        try:
            with self._pool.stream(
                "GET", str(url), headers=_with_host(url, headers), extensions={"timeout": patience}
            ) as answer:
                found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                return answer.status, found, self._body(url, found, answer.iter_stream(), started)
        except RefusedAddressError as error:
            raise FetchError("address", str(error)) from error
        except httpcore.TimeoutException as error:
            raise FetchError("timeout", f"{url.host} did not answer within {silence:.0f} s.") from error
        except httpcore.ConnectError as error:
            raise FetchError(_why(error), f"No connection to {url.host}: {error}.") from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, zlib.error, UnicodeError) as error:
            raise FetchError("protocol", f"{url.host} gave an answer that cannot be read ({error}).") from error
        except (httpcore.NetworkError, OSError) as error:
            raise FetchError("connection", f"The connection to {url.host} broke ({error}).") from error

    def _body(self, url: httpx.URL, headers: Mapping[str, str], pieces: Iterator[bytes], started: float) -> bytes:
        body = bytearray()
        for piece in _unpacked(pieces, headers.get("content-encoding", ""), self._limits.size + 1):
            body += piece
            if len(body) > self._limits.size:
                raise FetchError("too_large", f"{url} is larger than {self._limits.size:,} bytes.")
            if time.monotonic() - started > self._limits.seconds:
                raise FetchError("timeout", f"{url} took longer than {self._limits.seconds:.0f} s.")
        return bytes(body)


def _checked(url: str | httpx.URL) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("protocol", f"{url!r} is no address that can be fetched ({error}).") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise FetchError("address", f"{url!s} is refused: only http and https addresses are fetched.")
    return parsed


def _joined(place: httpx.URL, target: str) -> httpx.URL:
    try:
        return place.join(target)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("redirects", f"{place} redirects to {target!r}, which is no address.") from error


def _with_host(url: httpx.URL, headers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("host", url.netloc.decode("ascii")), *headers.items()]


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _unpacked(pieces: Iterator[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """The body unpacked piece by piece, never more than ``most`` bytes at once whatever a piece unpacks to."""
    if encoding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        yield from pieces
        return
    unpacker: zlib._Decompress | None = None
    for piece in pieces:
        if not piece:
            continue
        if unpacker is None:
            unpacker = zlib.decompressobj(_window(encoding, piece))
        yield unpacker.decompress(piece, most)
    if unpacker is not None:
        yield unpacker.flush(most) if not unpacker.unconsumed_tail else b"\0" * most


def _window(encoding: str, first: bytes) -> int:
    """What zlib is to expect: gzip, zlib, or raw deflate, which some servers send under the name of zlib."""
    if encoding.strip().lower() != "deflate":
        return 16 + zlib.MAX_WBITS
    return zlib.MAX_WBITS if first[0] & 0x0F == 8 else -zlib.MAX_WBITS


def _why(error: Exception) -> Failure:
    text = str(error).lower()
    if "resolved" in text or "has no address" in text:
        return "dns"
    return "tls" if "ssl" in text or "certificate" in text else "connection"


def host_of(url: str) -> str:
    """The host of a URL in lower case, with its port where one is stated: what politeness counts by."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()
