import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.collect.web import Client, Fetched, FetchError, Limits, host_of
from tests import world as w
from tests.certificates import served_as
from tests.world import World

AGENT = "newsledger/0 (+https://example.org/reader)"
SMALL = Limits(seconds=20, silence=10, size=200_000, redirects=3)
QUICK = Limits(seconds=0.6, silence=0.3, size=200_000)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with w.world() as made:
        yield made


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(AGENT, ["127.0.0.1"], SMALL) as made:
        yield made


def failure(client: Client, url: str, headers: dict[str, str] | None = None) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.fetch(url, headers)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 600
    return caught.value


# --- plain answers ----------------------------------------------------------------------------------------------------


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


# --- packing ----------------------------------------------------------------------------------------------------------

NEWS = b"<rss>" + b"news " * 5000 + b"</rss>"
RAW_DEFLATE = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": ("gzip", gzip.compress(NEWS)),
    "x-gzip": ("x-gzip", gzip.compress(NEWS)),
    "deflate in zlib's format": ("deflate", zlib.compress(NEWS)),
    "deflate without it": ("deflate", RAW_DEFLATE.compress(NEWS) + RAW_DEFLATE.flush()),
    "several members": ("gzip", gzip.compress(NEWS[:100]) + gzip.compress(NEWS[100:])),
    "padding at the end": ("gzip", gzip.compress(NEWS) + b"\0" * 100),
    "gzip that is not declared, as of sitemap.xml.gz": ("", gzip.compress(NEWS)),
    "a packed file packed again": ("gzip", gzip.compress(gzip.compress(NEWS))),
    "gzip that is only claimed": ("gzip", NEWS),
    "identity": ("identity", NEWS),
}


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("step", [1, 7, 1_000_000])
def test_packed_bodies_are_unpacked(world: World, client: Client, kind: str, step: int) -> None:
    encoding, data = PACKED[kind]
    if step < 1000:
        data, body = data[: 3000 * step], data
        pieces = [data[at : at + step] for at in range(0, len(data), step)] + [body[len(data) :]]
        answer = w.chunked(*filter(None, pieces), content_encoding=encoding or "identity")
    else:
        answer = w.page(data, content_encoding=encoding or "identity")
    assert client.fetch(world.on("/packed", answer)).body == NEWS


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072, 131_330])
def test_nothing_is_lost_where_a_piece_ends(world: World, client: Client, size: int) -> None:
    news = b"a" * size
    assert client.fetch(world.on("/edge", w.gzipped(news))).body == news
    assert client.fetch(world.on("/edge", w.page(zlib.compress(news), content_encoding="deflate"))).body == news


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", gzip.compress(NEWS)[:-20]),
        ("gzip", gzip.compress(NEWS)[:-1]),
        ("gzip", gzip.compress(NEWS)[:20] + b"broken" + gzip.compress(NEWS)[26:]),
        ("deflate", zlib.compress(NEWS)[:-10]),
        ("deflate", b"not packed at all"),
        ("br", NEWS),
        ("gzip, gzip, gzip", gzip.compress(NEWS)),
    ],
)
def test_what_cannot_be_unpacked_whole_is_refused(world: World, client: Client, encoding: str, data: bytes) -> None:
    url = world.on("/broken", w.page(data, content_encoding=encoding))
    assert failure(client, url).failure == "protocol"


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(world: World, client: Client) -> None:
    bomb = gzip.compress(b"\0" * 300_000_000, 1)
    assert len(bomb) > 200_000
    inner = gzip.compress(b"\0" * 100_000_000, 9)
    for body in (bomb, inner, gzip.compress(inner)):
        started = time.monotonic()
        assert failure(client, world.on("/bomb", w.page(body, content_encoding="gzip"))).failure == "too_large"
        assert time.monotonic() - started < 10


def test_a_bomb_that_unpacks_to_nothing_for_ever_runs_out_of_time_or_size(world: World, client: Client) -> None:
    url = world.on("/hollow", w.dripping(w.head(content_encoding="gzip"), gzip.compress(b"") * 1000, 0.001))
    assert failure(client, url).failure in {"too_large", "timeout"}


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


# --- redirects --------------------------------------------------------------------------------------------------------


def test_where_a_feed_moved_for_good_is_told(world: World, client: Client) -> None:
    end = world.on("/new", w.page(b"news"))
    world.on("/moved", w.redirect("/newer", 301))
    world.on("/newer", w.redirect(end, 308))
    found = client.fetch(world.url("/moved"))
    assert (found.url, found.moved_to, found.body) == (end, end, b"news")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_where_it_is_for_now_is_not_remembered(world: World, client: Client, status: int) -> None:
    world.on("/new", w.page(b"news"))
    found = client.fetch(world.on("/for-now", w.redirect("/new", status)))
    assert (found.body, found.moved_to) == (b"news", None)


def test_a_move_for_good_ends_where_the_first_move_for_now_begins(world: World, client: Client) -> None:
    world.on("/new", w.page(b"news"))
    world.on("/half", w.redirect("/new", 302))
    world.on("/later", w.redirect("/new", 301))
    assert client.fetch(world.on("/mixed", w.redirect("/half", 301))).moved_to == world.url("/half")
    assert client.fetch(world.on("/mixed", w.redirect("/later", 302))).moved_to is None


def test_a_redirect_without_a_place_is_the_answer(world: World, client: Client) -> None:
    assert client.fetch(world.on("/lost", w.page(b"", 302))).status == 302


def test_a_redirect_may_be_written_in_bytes_of_utf_8_or_with_spaces(world: World, client: Client) -> None:
    world.on("/caf%C3%A9%20au%20lait", w.page(b"news"))
    location = "/café au lait#top".encode()
    url = world.on("/bytes", w.raw(b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"))
    assert client.fetch(url).moved_to == world.url("/caf%C3%A9%20au%20lait")


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("/round", "redirects"),
        ("http://[::1", "redirects"),
        ("http://", "redirects"),
        ("file:///etc/passwd", "address"),
        ("ftp://example.org/feed", "address"),
        ("gopher://127.0.0.1:6379/_SET", "address"),
        ("data:text/xml,<rss/>", "address"),
        ("javascript:alert(1)", "address"),
        ("http://localhost/", "address"),
        ("http://127.0.0.2/", "address"),
        ("http://2130706434/", "address"),
        ("http://0x7f.2/", "address"),
        ("http://[::1]/", "address"),
        ("http://[::ffff:127.0.0.2]/", "address"),
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://10.0.0.1/", "address"),
        ("http://user:word@192.168.1.1/", "address"),
        ("http://127.0.0.1:99999/", "address"),
        ("http://127.0.0.1:0/", "address"),
    ],
)
def test_redirects_lead_nowhere_else(world: World, client: Client, to: str, expected: str) -> None:
    assert failure(client, world.on("/round", w.redirect(to, 301))).failure == expected


def test_secrets_and_what_is_known_stay_with_their_origin(world: World, client: Client) -> None:
    secret = {"Authorization": "Bearer x", "X-Api-Key": "y", "If-None-Match": '"z"', "Accept": "text/xml"}
    with w.world() as other:
        other.on("/new", w.page(b"news"))
        world.on("/same", w.redirect("/away", 302))
        world.on("/away", w.redirect(other.url("/new"), 302))
        client.fetch(world.url("/same"), secret)
        received = other.asked("/new")[0].headers
    assert world.asked("/away")[0].headers["authorization"] == "Bearer x"
    assert {"authorization", "x-api-key", "if-none-match"}.isdisjoint(received)
    assert received["accept"] == "text/xml"
    assert received["user-agent"] == AGENT


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.2/", "https://localhost/", "http://[::1]/", "http://10.1.2.3:8080/", "http://169.254.169.254/"],
)
def test_private_addresses_are_refused(client: Client, url: str) -> None:
    assert failure(client, url).failure == "address"


def test_a_name_that_leads_inside_is_refused_although_the_first_answer_was_public(world: World) -> None:
    answers = [["93.184.216.34"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]]
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    with Client(AGENT, [], Limits(seconds=0.5, silence=0.1), resolve=resolve) as client:
        url = f"http://news.example:{world.port}/"
        assert failure(client, url).failure in {"connection", "timeout"}  # a public address, which nobody answers at
        assert failure(client, url).failure == "address"
        assert failure(client, url).failure == "address"
    assert len(asked) == 3  # once for each connection: what was checked is what was connected to


def test_a_named_host_may_be_private_and_is_asked_for_by_its_name(world: World) -> None:
    with Client(AGENT, ["Wire.Example."], SMALL, resolve=lambda host, port: ["127.0.0.1"]) as client:
        world.on("/named", w.page(b"news"))
        assert client.fetch(f"http://wire.example:{world.port}/named").body == b"news"
        assert failure(client, f"http://other.example:{world.port}/named").failure == "address"
    assert world.asked("/named")[0].headers["host"] == f"wire.example:{world.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(world: World) -> None:
    addresses = ["::1", "127.0.0.3", "127.0.0.1"]
    world.on("/third", w.page(b"news"))
    with Client(AGENT, ["wire.example"], SMALL, resolve=lambda host, port: addresses) as client:
        assert client.fetch(world.url("/third", "wire.example")).body == b"news"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "//example.org/feed",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///feed",
        "http://exa mple/",
        "http://example.org:port/",
        "http://example.org/\r\nX-A: b",
        "http://exam\0ple.org/",
        "http://[::1/",
        "http://" + "a" * 70_000,
    ],
)
def test_what_is_no_web_address_is_refused(client: Client, url: str) -> None:
    assert failure(client, url).failure in {"address", "protocol", "dns"}


@pytest.mark.parametrize("host", [".example.org", "a..b", "x" * 64 + ".org", "-", "xn--", "é" * 80 + ".org"])
def test_hosts_that_cannot_be_are_refused_too(client: Client, host: str) -> None:
    for scheme in ("http", "https"):
        assert failure(client, f"{scheme}://{host}/feed").failure in {"address", "protocol", "dns"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("X-A", "b\r\nX-C: d"), ("X-A", "b\nc"), ("X-A\r\nX-C", "d"), ("X-A", "b\0"), ("", "b"), ("X-A", "日")],
)
def test_no_header_breaks_out(world: World, client: Client, name: str, value: str) -> None:
    before = len(world.asked("/inject"))
    assert failure(client, world.on("/inject", w.page()), {name: value}).failure == "protocol"
    assert len(world.asked("/inject")) == before


def test_a_url_cannot_write_a_header(world: World, client: Client) -> None:
    world.on("/inject%0D%0AX-Evil:%201", w.page(b"news"))
    client.fetch(world.url("/inject%0D%0AX-Evil:%201"))
    assert b"\r\nX-Evil" not in world.seen[-1].raw


def test_user_and_password_of_an_address_are_not_sent(world: World, client: Client) -> None:
    world.on("/user", w.page(b"news"))
    found = client.fetch(world.url("/user").replace("http://", "http://user:word@"))
    assert found.url == world.url("/user")
    assert "authorization" not in world.asked("/user")[0].headers


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Example.org/feed", "news.example.org"),
        ("http://news.example.org:80/feed", "news.example.org"),
        ("https://user:word@news.example.org.:443/feed", "news.example.org"),
        ("http://news.example.org:8080/", "news.example.org:8080"),
        ("http://[2001:db8::1]:8080/", "2001:db8::1:8080"),
        ("http://[::1/", ""),
    ],
)
def test_hosts_are_counted_by_name(url: str, host: str) -> None:
    assert host_of(url) == host
