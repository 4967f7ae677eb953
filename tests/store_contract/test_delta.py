"""Delta commits that race and writers that are killed: each acknowledged row is there, once."""

import multiprocessing
import os
import random
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection

import pytest

from newsledger.settings import Settings
from newsledger.store.tables import storage_options
from tests.store_contract.conftest import LAPS

# A server that has everything imported, but no client and no thread, and forks a writer in some milliseconds.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["deltalake", "pyarrow"])

WRITERS, COMMITS = 8, 6


class Writer:
    """A process that appends rows one by one, and says each that was acknowledged."""

    def __init__(self, address: str, options: dict[str, str], rows: Sequence[str]) -> None:
        self._heard, said = _FORKS.Pipe(duplex=False)
        self.process = _FORKS.Process(target=append_all, args=(address, options, rows, said))
        self.process.start()
        said.close()

    def acknowledged(self) -> list[str]:
        """What it said; waits for its end."""
        told = []
        try:
            while True:
                told.append(self._heard.recv())
        except EOFError:
            self.process.join()
            return told


def append_all(address: str, options: dict[str, str], rows: Sequence[str], said: Connection) -> None:
    import pyarrow as pa
    from deltalake import write_deltalake
    from deltalake.exceptions import CommitFailedError

    for row in rows:
        while True:  # appends never contradict each other: who comes second tries again
            try:
                write_deltalake(address, pa.table({"row": [row]}), mode="append", storage_options=options)
            except CommitFailedError:
                continue
            break
        said.send(row)


def rows_of(address: str, options: dict[str, str]) -> Counter[str]:
    from deltalake import DeltaTable

    table = DeltaTable(address, storage_options=options)
    assert table.version() == len(table.history()) - 1
    return Counter(str(row) for row in table.to_pyarrow_table()["row"].to_pylist())


@pytest.fixture
def address(settings: Settings, place: str) -> str:
    return f"s3://{settings.bucket}/{place}table"


@pytest.fixture
def options(settings: Settings) -> dict[str, str]:
    return storage_options(settings)


def shares(lap: int) -> list[list[str]]:
    return [[f"{lap}/{writer}/{number}" for number in range(COMMITS)] for writer in range(WRITERS)]


@pytest.mark.parametrize("lap", range(LAPS))
def test_commits_that_race_are_all_there_once(address: str, options: dict[str, str], lap: int) -> None:
    append_all(address, options, ["first"], Mute())
    writers = [Writer(address, options, share) for share in shares(lap)]
    acknowledged = Counter([row for writer in writers for row in writer.acknowledged()])
    assert acknowledged == Counter([row for share in shares(lap) for row in share])
    assert rows_of(address, options) == acknowledged + Counter(["first"])


@pytest.mark.parametrize("lap", range(3 * LAPS))
def test_writers_that_are_killed_lose_nothing_that_was_acknowledged(
    address: str, options: dict[str, str], lap: int
) -> None:
    dice = random.Random(lap + int(os.environ.get("NEWSLEDGER_TEST_SEED", "0")))
    append_all(address, options, ["first"], Mute())
    writers = [Writer(address, options, share) for share in shares(lap)]
    for writer in dice.sample(writers, WRITERS // 2):
        writer.process.join(dice.uniform(0.05, 0.6))
        writer.process.kill()
    told = Counter([row for writer in writers for row in writer.acknowledged()])
    found = rows_of(address, options)
    assert max(found.values()) == 1
    assert told <= found
    # Beyond that at most the one commit of each killed writer that it could not speak of any more.
    assert (found - told - Counter(["first"])).total() <= WRITERS // 2


class Mute(Connection):
    """Hears what is acknowledged, and says nothing."""

    def __init__(self) -> None:
        """No handle is needed."""

    def __del__(self) -> None:
        """Nothing is to be closed."""

    def send(self, obj: object) -> None:
        """Nothing."""
