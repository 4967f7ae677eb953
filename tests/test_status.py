"""`newsledger status FILE`: what became of a file, under the path by which it was dropped."""

from pathlib import Path

import pytest

from newsledger import pipeline
from newsledger.errors import UnreadableError
from newsledger.pipeline.status import locate, of_file
from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.flow import STORY, drop, run


def test_a_file_in_the_inbox_waits(quick: Settings, objects: Objects) -> None:
    assert of_file(quick, drop(quick, "a.txt")).startswith("waiting")


def test_a_collected_file_is_running_until_it_is_published(quick: Settings, objects: Objects) -> None:
    path = drop(quick, "a.txt")
    pipeline.collect(quick)
    assert of_file(quick, path).startswith("running: batch")


def test_a_published_file_is_found_under_its_old_path_and_as_a_copy(
    quick: Settings, objects: Objects, tmp_path: Path
) -> None:
    path = drop(quick, "kyiv/a.txt")
    run(quick)
    (tmp_path / "copy.txt").write_text(STORY)
    for file in (path, tmp_path / "copy.txt"):
        assert of_file(quick, file).startswith("published as article")
        assert "version 1.1, seq 1" in of_file(quick, file)


def test_a_second_copy_is_a_duplicate_of_the_first(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    run(quick)
    path = drop(quick, "b.txt")
    run(quick)
    assert of_file(quick, path).startswith("duplicate of a.txt")


def test_a_rejected_file_says_why(quick: Settings, objects: Objects) -> None:
    path = drop(quick, "a.xyz")
    run(quick)
    assert of_file(quick, path).startswith("rejected: ")
    assert ".xyz" in of_file(quick, path)


def test_a_quarantined_file_says_why(quick: Settings, objects: Objects) -> None:
    path = drop(quick, "a.html", "<html><body><nav>Home</nav></body></html>")
    run(quick)
    assert of_file(quick, path).startswith("rejected because")


def test_a_file_that_was_never_dropped_is_unknown(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(STORY)
    assert of_file(quick, tmp_path / "new.txt").startswith("unknown")


def test_a_file_that_is_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="does not exist"):
        locate(tmp_path, tmp_path / "none.txt")


def test_names_with_pattern_letters_are_taken_as_they_are(tmp_path: Path) -> None:
    done = tmp_path / "done/2024-08-25"
    done.mkdir(parents=True)
    (done / "a1.txt").write_text("other")
    (done / "a[1].txt").write_text("this")
    assert locate(tmp_path, tmp_path / "a[1].txt").path.name == "a[1].txt"


def test_a_hidden_file_is_left_alone(quick: Settings, objects: Objects) -> None:
    assert of_file(quick, drop(quick, ".a.txt")).startswith("left alone")


def test_a_folder_is_no_file(quick: Settings, objects: Objects) -> None:
    with pytest.raises(UnreadableError, match="is a folder"):
        of_file(quick, drop(quick, "b/a.txt").parent)
