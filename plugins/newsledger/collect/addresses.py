"""Which network addresses may be fetched from: public ones, checked when the connection is made.

A name is resolved once and the connection goes to the very address that was checked, so that neither a redirect nor a
DNS answer that changes (rebinding) leads inside.
"""

import ipaddress
import socket
from collections.abc import Iterable

import httpcore

from newsledger.errors import NewsledgerError

_WRAPPED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""Prefixes that carry an IPv4 address through a translator (RFC 6052, RFC 8215)."""


class RefusedAddressError(NewsledgerError):
    """A host is, or resolves to, an address that is not public."""


def is_public(address: str) -> bool:
    """Whether an IP address is globally reachable by the IANA registries, and no IPv4 address hides inside it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if any(ip in network for network in _WRAPPED):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


class PublicBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses only, or to hosts that the settings allow by name."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """``allowed``: host names and addresses that may be private."""
        self._allowed = {host.lower().strip("[]") for host in allowed}
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
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._checked(host, port):
            try:
                return self._plain.connect_tcp(address, port, timeout, local_address, socket_options)
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

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved ({error})") from error
        addresses = list(dict.fromkeys(str(answer[4][0]) for answer in found))
        if host.lower() not in self._allowed:
            for address in addresses:
                if not is_public(address):
                    raise RefusedAddressError(f"{host} leads to {address}, which is not a public address.")
        return addresses
