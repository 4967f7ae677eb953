"""The proxy of the fault tests fails as it says, and is not there otherwise."""

import socket
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

import pytest

from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.proxy import Proxy, before


def through(settings: Settings, proxy: Proxy) -> Objects:
    return Objects.open(settings.model_copy(update={"s3_endpoint": proxy.endpoint}))


def put(settings: Settings, proxy: Proxy, key: str, data: bytes, timeout: float = 5) -> HTTPResponse:
    """A write without a library that tries again."""
    parts = urlsplit(proxy.endpoint)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    connection.request("PUT", f"/{settings.bucket}/{key}", data)
    answer = connection.getresponse()
    answer.read()
    return answer


def test_what_passes_is_what_was_sent(objects: Objects, settings: Settings) -> None:
    data = bytes(range(256)) * 8000
    with before(settings.s3_endpoint or "") as proxy:
        one = through(settings, proxy)
        one.put("some/key", data)
        assert not one.create("some/key", b"other")
        assert one.exists("some/key")
        assert not one.exists("other")
        assert one.get("some/key") == objects.get("some/key") == data
        assert [listed.key for listed in one.list("some/")] == ["some/key"]
        one.delete("some/key")
        assert proxy.failed == 0
    assert not objects.exists("some/key")


@pytest.mark.parametrize(("how", "status"), [("busy", 503), ("broken", 500), ("full", 507)])
def test_a_refused_write_is_answered_so_and_not_done(
    objects: Objects, settings: Settings, how: str, status: int
) -> None:
    with before(settings.s3_endpoint or "") as proxy:
        proxy.fail(how)
        assert put(settings, proxy, "refused", b"x").status == status
        proxy.fail(None)
        assert put(settings, proxy, "taken", b"x").status == 200
    assert not objects.exists("refused")
    assert objects.exists("taken")


def test_a_full_store_still_reads(objects: Objects, settings: Settings) -> None:
    objects.put("there", b"x")
    with before(settings.s3_endpoint or "") as proxy:
        proxy.fail("full")
        assert through(settings, proxy).get("there") == b"x"


def test_a_cut_write_is_not_done(objects: Objects, settings: Settings) -> None:
    with before(settings.s3_endpoint or "") as proxy:
        proxy.fail("cut")
        with pytest.raises((OSError, HTTPException)):
            put(settings, proxy, "cut", b"x")
    assert not objects.exists("cut")


@pytest.mark.parametrize("how", ["lost", "torn"])
def test_a_write_whose_answer_is_lost_is_done(objects: Objects, settings: Settings, how: str) -> None:
    with before(settings.s3_endpoint or "") as proxy:
        proxy.fail(how)
        with pytest.raises((OSError, HTTPException)):
            put(settings, proxy, "lost", b"x")
    assert objects.get("lost") == b"x"


def test_a_hanging_request_is_never_answered(objects: Objects, settings: Settings) -> None:
    with before(settings.s3_endpoint or "") as proxy:
        proxy.fail("hang")
        with pytest.raises(socket.timeout):
            put(settings, proxy, "hangs", b"x", timeout=0.3)
        proxy.fail(None)
        assert put(settings, proxy, "works", b"x").status == 200
    assert not objects.exists("hangs")


def test_a_slow_answer_comes_whole(objects: Objects, settings: Settings) -> None:
    data = b"slow" * 5000
    objects.put("slow", data)
    with before(settings.s3_endpoint or "") as proxy:
        proxy.fail("slow")
        assert through(settings, proxy).get("slow") == data
        assert proxy.failed > 0


def test_only_a_share_of_the_requests_fails(objects: Objects, settings: Settings) -> None:
    with before(settings.s3_endpoint or "") as proxy:
        proxy.fail("busy", share=0.5)
        answers = {put(settings, proxy, f"share/{number}", b"x").status for number in range(30)}
    assert answers == {200, 503}
