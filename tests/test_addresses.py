import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect.addresses import Gate, RefusedAddressError, UnresolvedError, is_public

PUBLIC = [
    "93.184.216.34",
    "8.8.8.8",
    "1.1.1.1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
INSIDE = {
    "this network": "0.0.0.0",
    "private, class A": "10.1.2.3",
    "private, class B": "172.31.255.255",
    "private, class C": "192.168.0.1",
    "carrier-grade NAT; Alibaba's metadata": "100.100.100.200",
    "loopback": "127.0.0.1",
    "all of loopback": "127.255.255.254",
    "link-local; metadata of most clouds": "169.254.169.254",
    "Oracle's metadata": "192.0.0.192",
    "Azure's channel": "168.63.129.16",
    "documentation": "203.0.113.7",
    "benchmarks": "198.18.0.1",
    "former 6to4 relays": "192.88.99.1",
    "multicast": "224.0.0.251",
    "reserved": "250.1.2.3",
    "broadcast": "255.255.255.255",
    "loopback, IPv6": "::1",
    "unspecified, IPv6": "::",
    "link-local, IPv6": "fe80::1",
    "link-local with its interface": "fe80::1%eth0",
    "site-local, IPv6": "fec0::1",
    "unique local; Amazon's metadata": "fd00:ec2::254",
    "multicast, IPv6": "ff02::1",
    "documentation, IPv6": "2001:db8::1",
    "documentation, the newer": "3fff::1",
    "IPv4 mapped": "::ffff:127.0.0.1",
    "IPv4 compatible": "::127.0.0.1",
    "IPv4 translated": "64:ff9b::a9fe:a9fe",
    "IPv4 translated locally, where its place is not known": "64:ff9b:1:7f00:0:100::",
    "6to4": "2002:7f00:1::",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "discard": "100::1",
    "segment routing": "5f00::1",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("what", INSIDE)
def test_addresses_that_are_not_public(what: str) -> None:
    assert not is_public(INSIDE[what])


@given(st.ip_addresses())
def test_nothing_that_python_calls_local_is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(str(ip)) and not (isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped):
        assert not any((ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_unspecified))


def test_one_private_address_among_several_closes_a_host() -> None:
    gate = Gate((), resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(RefusedAddressError, match=r"10\.0\.0\.1, which is not a public address"):
        gate.addresses("news.example", 80, 1)


@pytest.mark.parametrize("allowed", ["NEWS.example", "news.example.", " news.example "])
def test_a_host_that_the_settings_name_may_be_private(allowed: str) -> None:
    gate = Gate((allowed,), resolve=lambda host, port: ["10.0.0.1"])
    assert gate.addresses("news.example", 80, 1) == ["10.0.0.1"]
    with pytest.raises(RefusedAddressError):
        gate.addresses("sub.news.example", 80, 1)


def test_a_host_may_be_named_for_one_port_only() -> None:
    gate = Gate(("news.example:8080",), resolve=lambda host, port: ["10.0.0.1"])
    assert gate.addresses("news.example", 8080, 1) == ["10.0.0.1"]
    with pytest.raises(RefusedAddressError):
        gate.addresses("news.example", 6379, 1)


def test_an_address_may_be_named_too() -> None:
    assert Gate(("[::1]",)).addresses("::1", 80, 5) == ["::1"]
    assert Gate(("127.0.0.1",)).addresses("127.0.0.1", 80, 5) == ["127.0.0.1"]


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "0"])
def test_other_ways_to_write_loopback_are_loopback(host: str) -> None:
    with pytest.raises((RefusedAddressError, UnresolvedError)):
        Gate().addresses(host, 80, 5)


def test_a_host_without_address() -> None:
    with pytest.raises(UnresolvedError, match="has no address"):
        Gate((), resolve=lambda host, port: []).addresses("news.example", 80, 1)


def test_what_breaks_in_the_resolver_is_told() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise UnresolvedError("No.")

    with pytest.raises(UnresolvedError, match=r"No\."):
        Gate((), resolve=resolve).addresses("news.example", 80, 1)
