"""A file that hangs, eats memory or breaks a parser costs that file alone."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsledger.extract import document
from newsledger.extract.reader import OutOfBoundsError, Reader, SlipError
from newsledger.records import Extraction
from newsledger.settings import Settings
from newsledger.store import batches, quarantine
from newsledger.store.objects import Objects
from newsledger.worker import Bounds
from tests.flow import STORY, drop, run
from tests.fragments import LEAD

_READ = document.read

SLOW = (
    LEAD * 4 + "“We are open,” said Ann Hale, who came from Paris on 3 May 2024 with 5,000 people. " * 55_000
).encode()
"""As long as is read at all; takes most of a minute."""
LARGE = b"[" + b"[]," * 12_000_000 + b"[]]"
"""Takes 800 MB as objects."""
MEMORY = 500_000_000


def troubled(data: bytes, name: str) -> Iterator[Extraction]:
    """As ``document.read``, but for files that are named for what they do."""
    if name == "hang.txt":
        time.sleep(1000)
    if name == "spin.txt":
        while True:
            pass
    if name == "crash.txt":
        os.kill(os.getpid(), signal.SIGSEGV)
    if name == "slip.txt":
        raise ValueError("\x1b[2J\nforged")
    yield from _READ(data, name)


@pytest.fixture
def small(quick: Settings) -> Settings:
    return quick.model_copy(update={"document_seconds": 4.0, "document_memory": MEMORY})


def reasons(objects: Objects) -> dict[str, tuple[str, str]]:
    found = quarantine.read(objects)
    return {one.input: (one.reasons[0].expectation, one.reasons[0].message) for one in found}


def test_what_breaks_the_bounds_is_quarantined_with_its_reason_and_the_others_are_published(
    small: Settings, objects: Objects
) -> None:
    drop(small, "a.txt")
    drop(small, "large.json", LARGE)
    drop(small, "slow.txt", SLOW)
    drop(small, "z.txt", STORY.replace("Izium", "Kupiansk"))
    while run(small):  # the large one is a batch of its own
        pass
    told = reasons(objects)
    assert {origin: expectation for origin, (expectation, _) in told.items()} == dict.fromkeys(
        ("large.json", "slow.txt"), "is_read_within_bounds"
    )
    assert "it took more than 4 s of processor time" in told["slow.txt"][1]
    assert "it takes more than 500 MB of memory" in told["large.json"][1]
    assert sorted(each["input"] for done in batches.outcomes(objects) for each in done.articles) == ["a.txt", "z.txt"]


def test_a_parser_that_hangs_crashes_or_slips_does_not_stop_the_batch(
    small: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(document, "read", troubled)
    for name in ("a.txt", "spin.txt", "crash.txt", "slip.txt"):
        drop(small, name, STORY + name)
    drop(small, "z.txt", STORY.replace("Izium", "Kupiansk"))
    run(small)
    told = reasons(objects)
    assert "it took more than 4 s" in told["spin.txt"][1]
    assert "it broke the process that read it (SIGSEGV)" in told["crash.txt"][1]
    assert told["slip.txt"][0] == "extractor_holds"
    (done,) = batches.outcomes(objects)
    assert [article["input"] for article in done.articles] == ["a.txt", "z.txt"]
    assert "\x1b" not in caplog.text
    assert "\nforged" not in caplog.text


def test_a_file_that_hangs_without_doing_anything_is_given_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "read", troubled)
    with Reader(Bounds(seconds=2.0)) as reader:
        with pytest.raises(OutOfBoundsError, match="hung: nothing was done for 5 s"):
            [*reader.document(b"x", "hang.txt")]
        with pytest.raises(SlipError, match="ValueError") as slipped:
            [*reader.document(b"x", "slip.txt")]
        assert "test_bounds.py" in slipped.value.trace
        assert len([*reader.document(STORY.encode(), "a.txt")]) == 1


def test_a_page_that_hangs_in_an_archive_is_named(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", STORY)
        archive.writestr("b/\x1b[2Jslow\n.txt", SLOW[:2_000_000])
    with Reader(Bounds(seconds=4.0)) as reader, pytest.raises(OutOfBoundsError) as told:
        [*reader.document(packed.getvalue(), "a.zip")]
    assert str(told.value).startswith("It cannot be read: b/[2Jslow .txt in it took more than 4 s of processor time")


def test_an_archive_of_much_more_than_one_document_may_say_is_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for number in range(40):
            archive.writestr(f"{number}.txt", LEAD * 4 + SLOW[:50_000].decode(errors="ignore"))
    with Reader(Bounds(seconds=4.0)) as reader:
        assert len([*reader.document(packed.getvalue(), "a.zip")]) == 40


def test_the_command_goes_on_after_a_file_that_breaks_the_bounds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_bytes(SLOW)
    (tmp_path / "c.json").write_bytes(LARGE)
    (tmp_path / "d.txt").write_text(STORY)
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", "extract", "--seconds", "5"]
    done = subprocess.run(
        [*command, *sorted(tmp_path.iterdir())],
        capture_output=True,
        check=False,
        env=os.environ | {"NEWSLEDGER_DOCUMENT_MEMORY": str(MEMORY)},
    )
    assert [Path(json.loads(line)["input"]).name for line in done.stdout.splitlines()] == ["a.txt", "d.txt"]
    slow, large = done.stderr.decode().splitlines()
    assert slow.startswith(f"{tmp_path / 'b.txt'}: It cannot be read: it took more than 5 s of processor time")
    assert large.startswith(f"{tmp_path / 'c.json'}: It cannot be read: it takes more than 500 MB of memory")
    assert done.returncode == 1
