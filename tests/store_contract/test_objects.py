"""Single objects: conditions under races, read after write, ranges, lists, large objects and odd keys."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsledger.errors import ConflictError, NotStoredError
from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.store_contract.conftest import LAPS

RACERS = 16


@pytest.fixture
def objects(settings: Settings) -> Objects:
    return Objects.open(settings)


def race(act: Callable[[int], bool]) -> list[bool]:
    """Who won, of racers that start at the same moment."""
    start = threading.Barrier(RACERS)

    def run(number: int) -> bool:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(RACERS) as pool:
        return [*pool.map(run, range(RACERS))]


def replaces(objects: Objects, key: str, data: bytes, etag: str) -> bool:
    try:
        objects.replace(key, data, etag)
    except ConflictError:
        return False
    return True


def test_if_none_match_writes_once(objects: Objects, place: str) -> None:
    assert objects.create(f"{place}k", b"1")
    assert not objects.create(f"{place}k", b"2")
    assert objects.get(f"{place}k") == b"1"


def test_if_match_writes_once(objects: Objects, place: str) -> None:
    etag = objects.put(f"{place}k", b"1")
    assert replaces(objects, f"{place}k", b"2", etag)
    assert not replaces(objects, f"{place}k", b"3", etag)
    assert objects.get(f"{place}k") == b"2"


def test_if_match_finds_no_match_where_there_is_nothing(objects: Objects, place: str) -> None:
    etag = objects.put(f"{place}k", b"1")
    objects.delete(f"{place}k")
    assert not replaces(objects, f"{place}k", b"2", etag)
    assert not objects.exists(f"{place}k")


@pytest.mark.parametrize("lap", range(10 * LAPS))
def test_one_of_sixteen_racing_creators_wins(objects: Objects, place: str, lap: int) -> None:
    key = f"{place}{lap}"
    wins = race(lambda number: objects.create(key, b"%d" % number))
    assert sum(wins) == 1
    assert objects.get(key) == b"%d" % wins.index(True)


@pytest.mark.parametrize("lap", range(10 * LAPS))
def test_one_of_sixteen_racing_replacers_wins(objects: Objects, place: str, lap: int) -> None:
    key = f"{place}{lap}"
    etag = objects.put(key, b"start")
    wins = race(lambda number: replaces(objects, key, b"%d" % number, etag))
    assert sum(wins) == 1
    assert objects.get(key) == b"%d" % wins.index(True)


def test_a_counter_that_sixteen_raise_loses_no_step(objects: Objects, place: str) -> None:
    key, steps = f"{place}counter", 5 * LAPS
    objects.put(key, b"0")

    def count(_: int) -> bool:
        done = 0
        while done < steps:
            stored = objects.read(key)
            done += replaces(objects, key, b"%d" % (int(stored.data) + 1), stored.etag)
        return True

    race(count)
    assert int(objects.get(key)) == RACERS * steps


def test_what_was_acknowledged_is_read_by_everybody_at_once(settings: Settings, place: str) -> None:
    writer, reader = Objects.open(settings), Objects.open(settings)
    for number in range(50 * LAPS):
        etag = writer.put(f"{place}k", b"%d" % number)
        assert (reader.read(f"{place}k").data, reader.read(f"{place}k").etag) == (b"%d" % number, etag)
        writer.create(f"{place}list/{number}", b"")
        assert sum(1 for _ in reader.list(f"{place}list/")) == number + 1
    writer.delete(f"{place}k")
    assert not reader.exists(f"{place}k")
    with pytest.raises(NotStoredError):
        reader.get(f"{place}k")


def test_ranges_are_what_was_asked_for(objects: Objects, place: str) -> None:
    data = random.Random(1).randbytes(3_000_000)
    objects.put(f"{place}k", data)

    def part(asked: str) -> bytes:
        answer = objects._client.get_object(Bucket=objects.bucket, Key=f"{place}k", Range=f"bytes={asked}")
        found: bytes = answer["Body"].read()
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206
        return found

    assert part("0-0") == data[:1]
    assert part("1000000-2000000") == data[1_000_000:2_000_001]
    assert part("2999990-4000000") == data[2_999_990:]
    assert part("-100") == data[-100:]


def test_lists_go_on_past_a_thousand_keys_in_order(objects: Objects, place: str) -> None:
    names = [f"{number:04d}" for number in range(2_105)]
    with ThreadPoolExecutor(RACERS) as pool:
        [*pool.map(lambda name: objects.put(f"{place}many/{name}", b"x"), random.Random(1).sample(names, len(names)))]
    objects.put(f"{place}other", b"")
    listed = [*objects.list(f"{place}many/")]
    assert [item.key for item in listed] == [f"{place}many/{name}" for name in names]
    assert {item.size for item in listed} == {1}
    after = [item.key for item in objects.list(f"{place}many/", after=f"{place}many/2101")]
    assert after == [f"{place}many/{number}" for number in (2102, 2103, 2104)]


ODD = (
    "a b/ü/日本.txt", "odd/+%2B&=?#'\"", "long/" + "x" * 200, "dots/..a/.b", "semi;colon,comma", "tilde~!*()$@^|",
    "<script>&amp;", "back\\slash", "trailing.", "percent%zz", "emoji/😀", "e\u0301/NFD", "a=b/c=d", "${HOME}`id`",
)  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_keys_come_back_as_they_were(objects: Objects, place: str, name: str) -> None:
    key = place + name
    assert objects.create(key, key.encode())
    assert not objects.create(key, b"")
    assert [item.key for item in objects.list(key)] == [key]
    assert objects.get(key) == key.encode()
    objects.delete(key)
    assert not objects.exists(key)


def test_a_key_as_long_as_keys_may_be(objects: Objects, place: str) -> None:
    """1,024 bytes (Amazon S3 User Guide, "Naming Amazon S3 objects"); no part longer than a file name may be."""
    key = (place + "/".join(["k" * 200] * 6))[:1024]
    objects.put(key, b"x")
    assert [item.key for item in objects.list(key)] == [key]


@pytest.mark.parametrize("size", [0, 1, 5_000_000, 50_000_000])
def test_objects_of_every_size_come_back_to_the_byte(objects: Objects, place: str, size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert objects.create(f"{place}k", data)
    assert objects.get(f"{place}k") == data
    assert next(objects.list(f"{place}k")).size == size


def test_a_body_that_was_damaged_on_its_way_is_refused(objects: Objects, place: str) -> None:
    from botocore.exceptions import ClientError

    with pytest.raises(ClientError, match=r"BadDigest|InvalidDigest|Content-MD5|XAmzContentSHA256Mismatch"):
        objects._client.put_object(
            Bucket=objects.bucket, Key=f"{place}k", Body=b"x", ContentMD5="AAAAAAAAAAAAAAAAAAAAAA=="
        )
    assert not objects.exists(f"{place}k")


def test_a_copy_is_made_only_of_what_was_meant(objects: Objects, place: str) -> None:
    old = objects.put(f"{place}a", b"1")
    objects.copy(f"{place}a", f"{place}b", old)
    assert objects.get(f"{place}b") == b"1"
    objects.put(f"{place}a", b"2")
    with pytest.raises(ConflictError):
        objects.copy(f"{place}a", f"{place}b", old)
    assert objects.get(f"{place}b") == b"1"


def test_a_folder_is_listed_apart_from_what_lies_below_it(objects: Objects, place: str) -> None:
    for name in ("a", "b/c", "b/d", "e/f"):
        objects.put(f"{place}{name}", b"")
    folders, keys = objects.level(place)
    assert sorted(folders) == [f"{place}b/", f"{place}e/"]
    assert [item.key for item in keys] == [f"{place}a"]
