"""Where the client goes: redirects, addresses, and what it tells whom."""

import pytest

from newsledger.collect.web import Client, Limits, host_of
from tests import world as w
from tests.fetching import AGENT, SMALL, failure
from tests.world import World


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
