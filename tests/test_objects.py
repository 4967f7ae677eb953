"""The contract of the object store, shown against a real server."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from newsledger.errors import ConflictError, NotStoredError, StoreError
from newsledger.settings import Settings
from newsledger.store.objects import Objects


def test_what_was_put_is_read_back_with_an_etag_that_replaces_it(objects: Objects) -> None:
    etag = objects.put("a/b", b"\x00one")
    stored = objects.read("a/b")
    assert (stored.data, stored.etag) == (b"\x00one", etag)
    second = objects.replace("a/b", b"two", etag)
    assert objects.read("a/b").etag == second != etag
    assert objects.get("a/b") == b"two"


def test_a_missing_key_is_said_with_its_address(objects: Objects) -> None:
    with pytest.raises(NotStoredError, match=f"{objects.bucket}/nothing at http://"):
        objects.get("nothing")
    assert not objects.exists("nothing")
    objects.delete("nothing")


def test_a_key_is_created_once(objects: Objects) -> None:
    assert objects.create("k", b"1")
    assert not objects.create("k", b"2")
    assert objects.get("k") == b"1"


def test_one_of_sixteen_racing_creators_wins(objects: Objects) -> None:
    for lap in range(5):
        with ThreadPoolExecutor(16) as pool:
            wins = [*pool.map(lambda number, lap=lap: objects.create(f"race/{lap}", b"%d" % number), range(16))]
        assert sum(wins) == 1
        assert objects.get(f"race/{lap}") == b"%d" % wins.index(True)


def test_one_of_sixteen_racing_replacers_wins(objects: Objects) -> None:
    etag = objects.put("k", b"start")

    def replaces(number: int) -> bool:
        try:
            objects.replace("k", b"%d" % number, etag)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        wins = [*pool.map(replaces, range(16))]
    assert sum(wins) == 1
    assert objects.get("k") == b"%d" % wins.index(True)


def test_replacing_what_was_deleted_is_a_conflict(objects: Objects) -> None:
    etag = objects.put("k", b"1")
    objects.delete("k")
    with pytest.raises(ConflictError, match="decide again"):
        objects.replace("k", b"2", etag)


def test_lists_go_on_past_a_thousand_keys_in_order(objects: Objects) -> None:
    with ThreadPoolExecutor(8) as pool:
        [*pool.map(lambda number: objects.put(f"many/{number:04d}", b"x"), range(1005))]
    objects.put("other", b"")
    listed = [item.key for item in objects.list("many/")]
    assert listed == [f"many/{number:04d}" for number in range(1005)]
    assert [item.key for item in objects.list("many/", after="many/1002")] == ["many/1003", "many/1004"]
    assert next(objects.list("many/")).size == 1


@pytest.mark.parametrize("key", ["a b/ü/日本.txt", "odd/+%2B&=?#'\"", "long/" + "x" * 200, "dots/..a/.b"])
def test_odd_keys_come_back_as_they_were(objects: Objects, key: str) -> None:
    objects.put(key, key.encode())
    assert [item.key for item in objects.list(key)] == [key]
    assert objects.get(key) == key.encode()


def test_a_large_object_survives(objects: Objects) -> None:
    data = bytes(range(256)) * 40_000
    objects.put("large", data)
    assert objects.get("large") == data


def test_the_probe_accepts_the_store_and_leaves_nothing_behind(objects: Objects) -> None:
    objects.probe()
    assert [*objects.list("")] == []


def test_making_the_bucket_twice_harms_nothing(objects: Objects) -> None:
    objects.put("k", b"1")
    objects.ensure_bucket()
    assert objects.get("k") == b"1"


def test_a_store_that_ignores_conditions_is_refused(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    real = objects._client.put_object

    def ignoring(**request: object) -> object:
        request.pop("IfNoneMatch", None)
        request.pop("IfMatch", None)
        return real(**request)  # type: ignore[arg-type]

    monkeypatch.setattr(objects._client, "put_object", ignoring)
    with pytest.raises(StoreError, match="ignores conditional writes"):
        objects.probe()


def test_a_missing_bucket_is_named(settings: Settings) -> None:
    with pytest.raises(StoreError, match=f"{settings.bucket}.* no such bucket.*NEWSLEDGER_BUCKET"):
        Objects.open(settings).get("k")


def test_a_store_out_of_reach_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    away = settings.model_copy(update={"s3_endpoint": "http://127.0.0.1:9"})
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9: the object store is out of reach"):
        Objects.open(away).get("k")
