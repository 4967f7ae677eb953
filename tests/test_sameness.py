"""The same bytes every time: in another process, with another hash seed, in any order, with any number of workers."""

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from newsledger.extract import document
from tests.fragments import FILES, LEAD, TRIGGERS

FIRST = sorted((Path(__file__).parent.parent / "config" / "first_articles").iterdir())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The first articles, and files of all kinds whose texts hold everything that the rules look for."""
    folder = tmp_path_factory.mktemp("files")
    chance = random.Random(4)
    paths = list(FIRST)
    for name in FILES:
        parts = [part for part in TRIGGERS * 3 if not part.startswith(("READ", "By", "(Photo"))]
        chance.shuffle(parts)
        text = LEAD + " ".join(part + chance.choice((" ", ".", ",", ".\n")) for part in parts)
        (folder / name).write_bytes(FILES[name](text))
        paths.append(folder / name)
    return paths


def printed(paths: list[Path], seed: str) -> bytes:
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", "extract", *map(str, paths)]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout


def lines(path: Path) -> list[bytes]:
    return [msgspec.json.encode(found) for found in document.read_file(path)]


def test_two_processes_with_other_hash_seeds_print_the_same_bytes(files: list[Path]) -> None:
    first = printed(files, "0")
    assert len(first.splitlines()) == len(files)
    assert printed(files, "1") == first
    assert printed(files, "4294967295") == first


def test_the_order_of_reading_leaves_no_trace(files: list[Path]) -> None:
    forwards = [lines(path) for path in files]
    backwards = [lines(path) for path in reversed(files)]
    assert backwards[::-1] == forwards


def test_one_worker_or_many_read_the_same(files: list[Path]) -> None:
    alone = [lines(path) for path in files * 2]
    with ThreadPoolExecutor(8) as workers:
        assert list(workers.map(lines, files * 2)) == alone


def test_processes_that_share_the_work_print_what_one_prints(files: list[Path]) -> None:
    whole = printed(files, "7")
    with ThreadPoolExecutor(2) as workers:
        parts = workers.map(lambda part: printed(*part), [(files[::2], "8"), (files[1::2], "9")])
        assert sorted(line for part in parts for line in part.splitlines()) == sorted(whole.splitlines())
