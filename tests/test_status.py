"""`newsledger status FILE`: what became of a file, under the path by which it was dropped."""

from pathlib import Path

import pytest

from newsledger import pipeline
from newsledger.collect.folder import Folder
from newsledger.errors import UnreadableError
from newsledger.pipeline import review
from newsledger.pipeline.status import of_file
from newsledger.settings import Settings
from newsledger.store import quarantine
from newsledger.store.objects import Objects
from tests.feedworld import rows
from tests.flow import STORY, drop, run
from tests.strictness import stricter


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
        Folder(tmp_path).find(str(tmp_path / "none.txt"))


def test_names_with_pattern_letters_are_taken_as_they_are(tmp_path: Path) -> None:
    done = tmp_path / "done/2024-08-25"
    done.mkdir(parents=True)
    (done / "a1.txt").write_text("other")
    (done / "a[1].txt").write_text("this")
    assert Path(Folder(tmp_path).find(str(tmp_path / "a[1].txt")).where).name == "a[1].txt"


def test_a_hidden_file_is_left_alone(quick: Settings, objects: Objects) -> None:
    assert of_file(quick, drop(quick, ".a.txt")).startswith("left alone")


def test_a_folder_is_no_file(quick: Settings, objects: Objects) -> None:
    with pytest.raises(UnreadableError, match="is a folder"):
        of_file(quick, drop(quick, "b/a.txt").parent)


def test_what_people_decided_is_told(quick: Settings, objects: Objects, tmp_path: Path) -> None:
    strict = stricter(quick, tmp_path, "quotes", "exact", "every school")
    path = drop(strict, "a.txt")
    run(strict)
    (rejection,) = quarantine.read(objects)
    review.drop(strict, rejection.rejection_id, "ana", "an advertisement")
    told = of_file(strict, path).splitlines()
    assert told[0].startswith("published as article")
    assert told[1].startswith("rejected because (quotes 'We will rebuild every school")
    assert told[1].endswith("(an advertisement).")
    assert "dropped by ana on 20" in told[1]
    review.release(strict, rejection.rejection_id, "ben", "a speech")
    run(strict)
    assert "released by ben on 20" in of_file(strict, path).splitlines()[-1]
    fact = rows(quick)[-1]["mentions"][0]["fact_id"]
    review.retract(quick, fact, "eve", "misread")
    run(strict)
    assert "retracted by eve on 20" in of_file(quick, path)


def test_status_reads_no_more_of_quarantine_than_it_needs(
    quick: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = stricter(quick, tmp_path, "quotes", "exact", "every school")
    for number in range(5):
        drop(strict, f"{number}.txt", f"{STORY}\nPart {number}.")
        run(strict)
    read: list[str] = []
    get = Objects.get

    def counted(self: Objects, key: str) -> bytes:
        read.append(key)
        return get(self, key)

    monkeypatch.setattr(Objects, "get", counted)
    assert "rejected because" in of_file(strict, strict.inbox / "3.txt")  # type: ignore[operator]
    assert sum(key.startswith(quarantine.PREFIX) for key in read) == 1
