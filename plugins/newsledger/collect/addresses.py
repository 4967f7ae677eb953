"""Which network addresses may be fetched from: public ones only, unless a setting names the host.

Decided on the addresses that a name resolves to, not on the name: ``http://2130706433/``, ``http://0x7f.1/`` and a
public name with a private address all end at the same check.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Thread

from newsledger.errors import NewsledgerError

Resolve = Callable[[str, int], list[str]]

# What Python's `is_global` of 3.11 lets through, or has changed its mind about between patch releases.
_SPECIAL = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments (RFC 6890); 192.0.0.192 is Oracle Cloud's metadata
        "192.88.99.0/24",  # former 6to4 relays (RFC 7526)
        "168.63.129.16/32",  # Azure's own channel into each virtual machine: a public address that never is
        "240.0.0.0/4",  # reserved (RFC 1112)
    )
)
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that IANA has handed out as global unicast; whatever lies outside leads inside, or nowhere."""
_SPECIAL_6 = (
    ipaddress.IPv6Network("2001::/23"),  # protocol assignments, Teredo among them (RFC 2928)
    ipaddress.IPv6Network("2002::/16"),  # 6to4 carries any IPv4 address (RFC 3056)
    ipaddress.IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""The prefix that carries an IPv4 address through a translator (RFC 6052), on networks that have IPv6 only."""


class RefusedAddressError(NewsledgerError):
    """A host is, or resolves to, an address that is not public."""


class UnresolvedError(NewsledgerError):
    """A name has no address."""


def is_public(address: str) -> bool:
    """Whether an IP address is reachable by all the world, and hides no IPv4 address that is not."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not any(ip in network for network in _SPECIAL)
    if ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    if ip in _TRANSLATED:
        return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip in _UNICAST and ip.is_global and not any(ip in network for network in _SPECIAL_6)


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's resolver gives them.

    Raises:
        UnresolvedError: there is none.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnresolvedError(f"The name {host} cannot be resolved ({error}).") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class Gate:
    """Lets hosts through whose every address is public, and those that the settings name."""

    def __init__(self, allowed: Iterable[str] = (), resolve: Resolve = resolved) -> None:
        """``allowed``: hosts that may be private, or lead to what is; with a port (``wire.local:8080``) only there."""
        self._allowed = {_plain(host) for host in allowed}
        self._resolve = resolve

    def addresses(self, host: str, port: int, seconds: float) -> list[str]:
        """The addresses to connect to.

        Raises:
            RefusedAddressError: one of them is not public.
            UnresolvedError: there is none, or the resolver took longer than ``seconds``.
        """
        found = self._within(seconds, host, port)
        if not found:
            raise UnresolvedError(f"The name {host} has no address.")
        if self._allowed.isdisjoint((_plain(host), f"{_plain(host)}:{port}")):
            for address in found:
                if not is_public(address):
                    what = f"{host} leads to {address}, which" if host != address else host
                    raise RefusedAddressError(
                        f"{what} is not a public address; NEWSLEDGER_FETCH_HOSTS names hosts that may have one."
                    )
        return found

    def _within(self, seconds: float, host: str, port: int) -> list[str]:
        """Resolved in a thread of its own: the system's resolver knows no timeout."""
        answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._resolve(host, port))
            except Exception as error:  # noqa: BLE001  it is raised again by who waits for it
                answer.put(error)

        Thread(target=ask, daemon=True, name=f"resolve {host}").start()
        try:
            found = answer.get(timeout=max(seconds, 0.001))
        except Empty:
            raise UnresolvedError(f"The name {host} was not resolved within {seconds:.0f} s.") from None
        if isinstance(found, Exception):
            raise found
        return found


def _plain(host: str) -> str:
    return host.strip().lower().strip("[]").rstrip(".")
