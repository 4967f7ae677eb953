"""The client and servers that behave, or only break."""

import ssl
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.collect.web import Client, Fetched, FetchError, Limits
from tests import world as w
from tests.certificates import served_as
from tests.fetching import AGENT, QUICK, SMALL, failure
from tests.world import World


def test_an_answer_comes_with_its_status_headers_and_bytes(world: World, client: Client) -> None:
    url = world.on("/plain", w.page(b"<rss/>", content_type="text/xml", etag='"a"'))
    found = client.fetch(url)
    assert (found.url, found.status, found.body, found.moved_to) == (url, 200, b"<rss/>", None)
    assert found.headers["content-type"] == "text/xml"
    assert found.headers["etag"] == '"a"'


def test_we_say_who_we_are_and_what_we_can_unpack(world: World, client: Client) -> None:
    client.fetch(world.on("/agent", w.page()))
    headers = world.asked("/agent")[0].headers
    assert headers["user-agent"] == AGENT
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == f"127.0.0.1:{world.port}"


def test_an_unchanged_feed_costs_a_304(world: World, client: Client) -> None:
    url = world.on("/known", w.unless_known(b"news", '"v1"'))
    assert client.fetch(url).body == b"news"
    found = client.fetch(url, {"If-None-Match": '"v1"'})
    assert (found.status, found.body) == (304, b"")


def test_an_etag_that_is_not_ascii_can_be_sent_back_as_it_came(world: World, client: Client) -> None:
    url = world.on("/odd", w.unless_known(b"news", '"é"'))
    assert client.fetch(url, {"if-none-match": client.fetch(url).headers["etag"]}).status == 304


def test_headers_too_long_to_keep_are_dropped_and_repeated_ones_are_read_together(world: World, client: Client) -> None:
    start = b"HTTP/1.1 200 OK\r\nCache-Control: public\r\nCache-Control: max-age=60\r\nContent-Length: 0\r\n"
    found = client.fetch(world.on("/long", w.raw(start + b'ETag: "' + b"x" * 9000 + b'"\r\nETag: "b"\r\n\r\n')))
    assert found.headers["cache-control"] == "public, max-age=60"
    assert found.headers["etag"] == '"b"'


def test_a_value_that_could_not_be_sent_back_is_dropped(world: World, client: Client) -> None:
    answer = w.raw(b'HTTP/1.1 200 OK\r\nETag: "a\x01b"\r\nLast-Modified: x\x7f\r\nContent-Length: 0\r\n\r\n')
    assert {"etag", "last-modified"}.isdisjoint(client.fetch(world.on("/control", answer)).headers)


def test_connections_are_reused(world: World) -> None:
    url = world.on("/again", w.page(b"1"))
    with Client(AGENT, ["127.0.0.1"], SMALL) as client:
        for _ in range(5):
            client.fetch(url)
    assert len({seen.connection for seen in world.asked("/again")}) == 1


def test_a_kept_connection_that_the_server_closed_meanwhile_is_no_failure(world: World) -> None:
    first, second = world.on("/first", w.page(b"1")), world.on("/second", w.reset(), w.page(b"2"))
    with Client(AGENT, ["127.0.0.1"], SMALL) as client:
        client.fetch(first)
        assert client.fetch(second).body == b"2"
    one, other = world.asked("/second")
    assert one.connection != other.connection


def test_statuses_that_are_errors_are_answers_too(world: World, client: Client) -> None:
    for status in (401, 403, 404, 410, 429, 500, 503):
        found = client.fetch(world.on(f"/{status}", w.page(b"no", status, retry_after=120)))
        assert (found.status, found.headers["retry-after"]) == (status, "120")


def test_of_an_error_only_the_beginning_of_the_body_is_read(world: World, client: Client) -> None:
    found = client.fetch(world.on("/verbose", w.page(b"x" * 1_000_000, 500)))
    assert found.status == 500
    assert 0 < len(found.body) < 200_000


# --- broken, slow, huge -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "answer", "expected"),
    [
        ("resets at once", w.reset(), "connection"),
        ("resets in the middle", w.reset(w.head(content_length=100) + b"abc"), "connection"),
        ("closes at once", w.raw(b""), "protocol"),
        ("is truncated", w.raw(w.head(content_length=100) + b"abc"), "protocol"),
        ("is truncated in a chunk", w.chunked(b"abc", end=b"ff\r\nabc"), "protocol"),
        ("ends without its last chunk", w.chunked(b"abc", end=b""), "protocol"),
        ("counts chunks wrongly", w.chunked(b"abc", end=b"zz\r\n"), "protocol"),
        ("speaks no HTTP", w.raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "protocol"),
        ("has two lengths", w.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "protocol"),
        (
            "has headers without end",
            w.dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 9000 + b"\r\n", 0),
            "protocol",
        ),
        ("says continue for ever", w.dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001), "timeout"),
        ("is too large", w.page(b"x" * 200_001), "too_large"),
        ("never ends", w.dripping(w.head(), b"x" * 9000, 0), "too_large"),
        ("drips its body", w.dripping(w.head(content_length=9999), b"x"), "timeout"),
        ("drips its headers", w.dripping(b"HTTP/1.1 200 OK\r\nX-A: ", b"x"), "timeout"),
        ("drips its status", w.dripping(b"HTTP/1.1 2", b"0"), "timeout"),
        ("says nothing", w.dripping(b"", b"", 60), "timeout"),
        ("stops in the middle", w.dripping(w.head(content_length=9999) + b"x", b"", 60), "timeout"),
    ],
)
def test_a_server_that(world: World, what: str, answer: w.Answer, expected: str) -> None:
    limits = QUICK if expected == "timeout" else SMALL
    started = time.monotonic()
    with Client(AGENT, ["127.0.0.1"], limits) as client:
        assert failure(client, world.on("/broken", answer)).failure == expected
    assert time.monotonic() - started < 10


def test_a_body_shorter_than_nothing_was_said_about_is_taken(world: World, client: Client) -> None:
    assert client.fetch(world.on("/old", w.raw(b"HTTP/1.0 200 OK\r\n\r\n<rss/>"))).body == b"<rss/>"


def test_nobody_listens(client: Client) -> None:
    with w.world() as gone:
        url = gone.url("/")
    assert failure(client, url).failure == "connection"


def test_a_name_without_address(client: Client) -> None:
    assert failure(client, "http://nowhere.invalid/feed").failure == "dns"


def test_a_resolver_that_hangs_runs_out_of_time() -> None:
    never = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        never.wait(30)
        return []

    with Client(AGENT, [], Limits(seconds=0.3, silence=0.2), resolve=resolve) as client:
        started = time.monotonic()
        assert failure(client, "http://news.example/").failure == "dns"
        assert time.monotonic() - started < 10
    never.set()


def test_tls_with_a_server_that_has_none(world: World, client: Client) -> None:
    assert failure(client, world.url("/").replace("http:", "https:")).failure == "tls"


def secured(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int = 1) -> ssl.SSLContext:
    """A server that proves to be a host, by an authority that clients made from now on trust."""
    context, trusted = served_as(host, tmp_path, days)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return context


def test_over_tls_the_name_is_proven_although_the_connection_goes_to_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = secured("wire.example", tmp_path, monkeypatch)
    names: list[str] = []
    context.sni_callback = lambda _socket, name, _context: names.append(str(name))
    allowed = ["wire.example", "other.example"]
    with (
        w.world(tls=context) as site,
        Client(AGENT, allowed, SMALL, resolve=lambda host, port: ["127.0.0.1"]) as client,
    ):
        site.on("/feed", w.gzipped(b"news"))
        for _ in range(2):
            assert client.fetch(site.url("/feed", "wire.example")).body == b"news"
        assert len({seen.connection for seen in site.seen}) == 1
        wrong = failure(client, site.url("/feed", "other.example"))
        assert (wrong.failure, "Hostname mismatch" in str(wrong)) == ("tls", True)
    assert names == ["wire.example", "other.example"]


def test_a_certificate_that_ran_out_or_that_nobody_vouches_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    old = secured("wire.example", tmp_path, monkeypatch, days=-1)
    with (
        w.world(tls=old) as site,
        Client(AGENT, ["wire.example"], SMALL, resolve=lambda host, port: ["127.0.0.1"]) as trusting,
    ):
        assert "expired" in str(failure(trusting, site.url("/", "wire.example")))
        assert failure(client, site.url("/")).failure == "tls"


def test_secrets_do_not_go_along_from_https_to_http(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = secured("wire.example", tmp_path, monkeypatch)
    with (
        w.world(tls=context) as site,
        Client(AGENT, ["wire.example"], SMALL, resolve=lambda host, port: ["127.0.0.1"]) as client,
    ):
        site.on("/feed", w.redirect(world.url("/plain-text", "wire.example")))
        world.on("/plain-text", w.page(b"news"))
        assert client.fetch(site.url("/feed", "wire.example"), {"Authorization": "x"}).body == b"news"
        assert site.seen[0].headers["authorization"] == "x"
    assert "authorization" not in world.asked("/plain-text")[0].headers


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", w.head(content_encoding="gzip")]))
def test_whatever_bytes_a_server_sends_are_read_or_refused(
    world: World, client: Client, data: bytes, start: bytes
) -> None:
    try:
        assert isinstance(client.fetch(world.on("/noise", w.raw(start + data))), Fetched)
    except FetchError as error:
        assert error.failure  # noqa: PT017  either is right
