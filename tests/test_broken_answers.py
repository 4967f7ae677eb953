"""An answer of the store that breaks off is never taken for a whole one, wherever it does."""

from collections.abc import Callable, Iterator

import pytest

from newsledger.errors import AwayError
from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.world import Talk, World

BODY = b'{"batch_id": "39c0550f"}'
TAG = b'ETag: "36df6757a0025f556132843478941e18"\r\n'
LISTED = (
    b'<?xml version="1.0"?><ListBucketResult><Name>news</Name><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>'
    b"<Contents><Key>raw/1</Key><Size>1</Size><ETag>x</ETag><LastModified>2026-05-04T08:00:00Z</LastModified></Contents>"
    b"</ListBucketResult>"
)
DATE = b"Date: Mon, 04 May 2026 08:00:00 GMT\r\n"


def length(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n" % len(body)


def answer(*headers: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\n" + b"".join(headers) + b"\r\n" + body


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A server whose clients try again without a pause."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)
    running = World()
    yield running
    running.close()


def breaking_off(data: bytes) -> Callable[[Talk], bool]:
    def speak(talk: Talk) -> bool:
        talk.say(data)
        return False

    return speak


@pytest.mark.parametrize("headers", [(length(BODY), TAG, DATE), (DATE, TAG, length(BODY))], ids=["first", "last"])
def test_an_object_is_read_whole_or_not_at_all(world: World, settings: Settings, headers: tuple[bytes, ...]) -> None:
    store = Objects.open(settings.model_copy(update={"s3_endpoint": world.url("").rstrip("/"), "bucket": "news"}))
    whole = answer(*headers, body=BODY)
    for size in range(len(whole)):
        world.on("/news/key", breaking_off(whole[:size]))
        with pytest.raises(AwayError):
            store.get("key")
    world.on("/news/key", breaking_off(whole))
    assert store.get("key") == BODY


@pytest.mark.parametrize("headers", [(length(LISTED), DATE), (DATE, length(LISTED))], ids=["first", "last"])
def test_a_list_is_read_whole_or_not_at_all(world: World, settings: Settings, headers: tuple[bytes, ...]) -> None:
    store = Objects.open(settings.model_copy(update={"s3_endpoint": world.url("").rstrip("/"), "bucket": "news"}))
    whole = answer(*headers, body=LISTED)
    for size in range(0, len(whole), 3):
        world.on("/news", breaking_off(whole[:size]))
        with pytest.raises(AwayError):
            list(store.list("raw/"))
    world.on("/news", breaking_off(whole))
    assert [item.key for item in store.list("raw/")] == ["raw/1"]
