"""Short of room, nothing is taken in and nothing is lost; with room again, everything goes on."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from newsledger import pipeline
from newsledger.errors import FullError, StoreError
from newsledger.local.processes import LocalError
from newsledger.local.room import Room
from newsledger.pipeline import capacity
from newsledger.settings import Settings
from newsledger.store import batches, usage
from newsledger.store.objects import Objects
from newsledger.store.verify import verify
from tests.feedworld import rows
from tests.flow import drop, run
from tests.world import page, world

MB = 1_000_000


@pytest.fixture
def small(quick: Settings, tmp_path: Path) -> Iterator[Settings]:
    """A disk of 32 MB for home and inbox, of which 8 MB are kept free."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    try:
        update = {"home": disk / "var", "inbox": disk / "inbox", "reserve_bytes": 8 * MB}
        yield quick.model_copy(update=update)
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def fill(settings: Settings, leave: int) -> Path:
    """Write a file that leaves so many bytes of the disk."""
    path = settings.home.parent / "others"
    free = os.statvfs(path.parent)
    path.write_bytes(bytes(free.f_bavail * free.f_frsize - leave))
    return path


def test_a_full_disk_stops_collecting_and_room_lets_it_go_on(small: Settings, objects: Objects) -> None:
    path = drop(small, "a.txt")
    others = fill(small, 7 * MB)
    with pytest.raises(FullError, match=r"has [67]\.\d MB left, and 8\.0 MB are kept free"):
        pipeline.collect(small)
    assert path.exists()
    assert list(objects.list("")) == []
    others.unlink()
    assert run(small)
    assert len(rows(small)) == 1
    assert list(verify(objects, small, datetime.now(UTC).isoformat())) == []


def test_what_is_under_way_is_finished_out_of_the_reserve(small: Settings, objects: Objects) -> None:
    drop(small, "a.txt")
    work = pipeline.collect(small)
    assert work
    drop(small, "b.txt")
    fill(small, 6 * MB)
    pipeline.extract(small, work.batch_id, 0)
    pipeline.validate(small, work.batch_id)
    pipeline.publish(small, work.batch_id)
    with pytest.raises(FullError):
        pipeline.collect(small)
    assert len(rows(small)) == 1


def test_below_half_of_the_reserve_everything_waits_and_no_attempt_is_counted(
    small: Settings, objects: Objects
) -> None:
    drop(small, "a.txt")
    work = pipeline.collect(small)
    assert work
    others = fill(small, 3 * MB)
    with pytest.raises(FullError):
        pipeline.extract(small, work.batch_id, 0)
    with pytest.raises(FullError):
        pipeline.validate(small, work.batch_id)
    with pytest.raises(FullError):
        pipeline.publish(small, work.batch_id)
    with pytest.raises(FullError):
        pipeline.collect(small)
    assert [manifest.attempts for manifest in batches.pending(objects)] == [1]
    others.unlink()
    assert run(small) == work.batch_id
    assert len(rows(small)) == 1


def test_files_stay_in_the_inbox_when_the_disk_fills_up_while_they_are_collected(
    small: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(small, "a.txt")
    create = Objects.create

    def filling(self: Objects, key: str, data: bytes) -> bool:
        if key.startswith(batches.PENDING):
            fill(small, 1 * MB)
        return create(self, key, data)

    monkeypatch.setattr(Objects, "create", filling)
    with pytest.raises(FullError):
        pipeline.collect(small)
    assert path.exists()
    monkeypatch.undo()
    (small.home.parent / "others").unlink()
    assert run(small)
    assert not path.exists()
    assert len(rows(small)) == 1


def test_a_disk_without_room_for_more_files_is_full_too(small: Settings) -> None:
    disk = small.home.parent
    subprocess.run(["mount", "-o", "remount,nr_inodes=500", disk], check=True)
    short = capacity.shortage(small)
    assert short
    assert "more files, and 10,000 are kept free" in short


def test_the_reserve_can_be_switched_off(small: Settings) -> None:
    fill(small, 1 * MB)
    assert capacity.shortage(small.model_copy(update={"reserve_bytes": 0})) is None


def test_a_bucket_that_holds_what_it_may_takes_no_more(quick: Settings, objects: Objects) -> None:
    limited = quick.model_copy(update={"store_bytes": 500_000})
    path = drop(limited, "a.txt")
    assert run(limited)
    objects.put("raw/other", bytes(600_000))
    later = datetime.now(UTC) + timedelta(minutes=6)
    usage.counted(objects, later)
    drop(limited, "b.txt")
    with pytest.raises(FullError, match=r"holds \d{3}\.\d kB of the 500\.0 kB that it may \(NEWSLEDGER_STORE_BYTES\)"):
        pipeline.collect(limited)
    with pytest.raises(FullError):
        pipeline.due(limited)
    objects.delete("raw/other")
    usage.counted(objects, later + timedelta(minutes=6))
    assert not path.exists()
    larger = quick.model_copy(update={"store_bytes": 10 * MB})
    assert run(larger)


def test_a_bucket_is_counted_seldom_and_a_large_one_more_seldom(objects: Objects) -> None:
    at = datetime.now(UTC)
    first = usage.counted(objects, at)
    objects.put("raw/more", b"12345")
    assert usage.counted(objects, at + timedelta(minutes=4)) == first
    assert usage.counted(objects, at + timedelta(minutes=6)).bytes > first.bytes
    slow = msgspec.structs.replace(first, seconds=60.0)
    assert not slow.stale(at + timedelta(minutes=90))
    assert slow.stale(at + timedelta(minutes=100))


@pytest.mark.parametrize(
    ("status", "code"), [(507, "InsufficientStorage"), (507, "XMinioStorageFull"), (403, "QuotaExceeded")]
)
def test_a_store_that_says_that_it_is_full_is_understood(settings: Settings, status: int, code: str) -> None:
    with world() as web:
        answer = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>No.</Message></Error>"
        web.on(f"/{settings.bucket}/raw/a", page(answer, status, content_type="application/xml"))
        objects = Objects.open(settings.model_copy(update={"s3_endpoint": web.url("").rstrip("/")}))
        with pytest.raises(FullError, match=f"the object store is full .{code}."):
            objects.put("raw/a", b"1")


def test_a_store_that_only_fails_is_not_full(settings: Settings) -> None:
    with world() as web:
        answer = "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>No.</Message></Error>"
        web.on(f"/{settings.bucket}/raw/a", page(answer, 403, content_type="application/xml"))
        objects = Objects.open(settings.model_copy(update={"s3_endpoint": web.url("").rstrip("/")}))
        with pytest.raises(StoreError) as raised:
            objects.put("raw/a", b"1")
    assert not isinstance(raised.value, FullError)


def test_the_console_tells_once_that_room_is_short_and_once_that_it_is_back(small: Settings, objects: Objects) -> None:
    said: list[str] = []
    room = Room(small, objects, said.append)
    others = fill(small, 2 * MB)
    for _ in range(3):
        room.look()
    with pytest.raises(LocalError, match="kept free"):
        room.look(once=True)
    others.unlink()
    for _ in range(3):
        room.look()
    assert [line[:8] for line in said] == ["The disk", "There is"]
