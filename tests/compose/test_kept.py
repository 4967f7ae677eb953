"""Copies of the data, and newer versions over older data."""

import tarfile
from pathlib import Path

import pytest

from newsledger.store import reading
from tests.compose.conftest import Maker
from tests.compose.stack import Stack, wait_for
from tests.compose.test_up import published


def canonical(stack: Stack) -> list[dict[str, object]]:
    """Every record, in the form in which two readings are compared."""
    question = reading.Question(kind=reading.Kind.articles, every=True, canonical=True)
    with reading.ask(stack.reader(), question) as found:
        return [row for batch in found for row in batch.to_pylist()]


@pytest.fixture(scope="module")
def saved(stack: Stack) -> Path:
    """A backup of the default stack, which goes on."""
    wait_for(lambda: published(stack, 2), "the first articles")
    done = stack.make("backup", "TO=backups/one")
    assert done.returncode == 0, done.stderr
    return stack.folder / "backups/one"


def test_a_backup_is_for_nobody_elses_eyes(saved: Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0
    assert {path.name for path in saved.iterdir()} == {"bucket.tar", "env", "postgres.dump"}
    with tarfile.open(saved / "bucket.tar") as archive:
        names = archive.getnames()
    assert any(name.startswith("raw/") for name in names)
    assert any(name.startswith("records/articles/_delta_log/") for name in names)


def test_the_stack_goes_on_after_a_backup(stack: Stack, saved: Path) -> None:
    stack.drop(
        "after.txt", "After the backup\n\nHALE, Nov. 17 - Something happened after the copy was made, she said.\n"
    )
    wait_for(lambda: published(stack, 3), "a file dropped after the backup")


def test_a_backup_is_restored_into_a_new_stack(make_stack: Maker, stack: Stack, saved: Path) -> None:
    runs_before = stack.login().get("/api/v2/dags/watch_inbox/dagRuns").json()["total_entries"]
    new = make_stack()
    done = new.make("restore", f"FROM={saved}")
    assert done.returncode == 0, done.stderr
    assert new.make("up").returncode == 0
    with tarfile.open(saved / "bucket.tar") as archive:
        kept = {name for name in archive.getnames() if name.startswith("raw/")}
    assert kept <= {listed.key for listed in new.bucket().list("raw/")}
    first = [row for row in canonical(stack) if row["headline"] != "After the backup"]
    assert [row for row in canonical(new) if row in first]
    assert new.login().get("/api/v2/dags/watch_inbox/dagRuns").json()["total_entries"] > 0
    assert runs_before > 0
    new.drop("later.txt", "After the restore\n\nHALE, Nov. 18 - It went on as if nothing had happened, he said.\n")
    wait_for(
        lambda: "After the restore" in {row["headline"] for row in canonical(new)}, "a file dropped after the restore"
    )
    again = new.make("restore", f"FROM={saved}")
    assert again.returncode != 0
    assert "is not empty" in again.stderr
