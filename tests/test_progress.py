"""How far a long work is shows on a terminal only, and leaves nothing there."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from newsledger.cli.progress import Progress
from newsledger.settings import Settings
from newsledger.store.objects import Objects
from newsledger.store.publish import publish
from tests.ledger import AT, batch, extraction

COMMAND = str(Path(sys.executable).parent / "newsledger")


def test_no_terminal_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress("Rows", 5)
    progress.clear()
    assert capsys.readouterr() == ("", "")
    table = pa.table({"n": [1, 2, 3]})
    assert progress.rows("Rows", table.to_reader()).read_all() == table


@pytest.mark.parametrize("command", [["verify"], ["records", "articles", "--format", "jsonl"]])
def test_on_a_terminal_it_is_told_and_taken_away_and_the_output_is_untouched(
    objects: Objects, settings: Settings, command: list[str]
) -> None:
    publish(objects, settings, batch("one"), [extraction("x/a")], AT)
    plain = subprocess.run([COMMAND, *command], capture_output=True, check=False)
    mine, theirs = pty.openpty()
    done = subprocess.run([COMMAND, *command], stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    shown = os.read(mine, 100_000).decode()
    os.close(mine)
    assert done.stdout == plain.stdout
    assert "\r\x1b[K" in shown
