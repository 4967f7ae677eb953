"""The watched folder: what counts as waiting, what is left alone, and where files go."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect.folder import Folder
from newsledger.errors import UnreadableError
from newsledger.inbox import fitting, steady
from newsledger.records import sha256


def drop(folder: Path, origin: str, data: bytes = b"News.") -> Path:
    path = folder / origin
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def origins(folder: Path) -> list[str]:
    return [waiting.origin for waiting in Folder(folder).look()]


def reject(folder: Path, reason: str) -> str | None:
    """Set aside the one file that waits."""
    (waiting,) = Folder(folder).look()
    return Folder(folder).reject(waiting, reason, "0" * 64)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert Folder(tmp_path / "nowhere").look() == []


@pytest.mark.parametrize(
    "name", ["plain.txt", "two words.txt", "Новини з Покровська.txt", "新闻.html", "no ending", "x" * 196 + ".txt"]
)
def test_any_ordinary_name_waits(tmp_path: Path, name: str) -> None:
    drop(tmp_path, name)
    assert origins(tmp_path) == [name]


@pytest.mark.parametrize("name", [".hidden.txt", "film.txt.part", "half.TMP", "page.html.crdownload", "draft.txt~"])
def test_hidden_and_unfinished_files_are_left_alone(tmp_path: Path, name: str) -> None:
    drop(tmp_path, name)
    assert origins(tmp_path) == []


def test_sub_folders_are_walked_but_not_those_of_finished_files(tmp_path: Path) -> None:
    for origin in ("a.txt", "kyiv/b.txt", "kyiv/done/c.txt", "done/2024-08-25/d.txt", "rejected/e.txt", ".git/f.txt"):
        drop(tmp_path, origin)
    assert sorted(origins(tmp_path)) == ["a.txt", "kyiv/b.txt", "kyiv/done/c.txt"]


def test_the_oldest_file_comes_first(tmp_path: Path) -> None:
    for age, name in enumerate(["new.txt", "old.txt"]):
        os.utime(drop(tmp_path, name), (1_000_000 - age, 1_000_000 - age))
    assert origins(tmp_path) == ["old.txt", "new.txt"]


def test_a_link_is_seen_but_never_followed(tmp_path: Path) -> None:
    secret = drop(tmp_path / "elsewhere", "secret.txt")
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    (folder / "folder").symlink_to(secret.parent)
    seen = Folder(folder).look()
    assert [(w.origin, w.regular) for w in sorted(seen)] == [("folder", False), ("link.txt", False)]
    assert all(Folder(folder).read(w) is None for w in seen)


def test_a_link_that_takes_the_place_of_a_file_is_not_read(tmp_path: Path) -> None:
    path = drop(tmp_path, "a.txt")
    (seen,) = Folder(tmp_path).look()
    drop(tmp_path.parent, f"{tmp_path.name}-secret", b"News.")
    path.unlink()
    path.symlink_to(tmp_path.parent / f"{tmp_path.name}-secret")
    assert Folder(tmp_path).read(seen) is None


def test_a_file_that_grew_between_the_looks_is_not_steady(tmp_path: Path) -> None:
    path = drop(tmp_path, "a.txt")
    drop(tmp_path, "b.txt")
    first = Folder(tmp_path).look()
    path.write_bytes(b"News, and more of it.")
    later = Folder(tmp_path).look()
    assert [w.origin for w in steady(first, later, later[-1].mtime_ns)] == ["b.txt"]


def test_an_empty_file_gets_some_seconds_before_it_counts(tmp_path: Path) -> None:
    drop(tmp_path, "empty.txt", b"")
    (seen,) = Folder(tmp_path).look()
    assert steady([seen], [seen], seen.mtime_ns + 1_000_000_000) == []
    assert steady([seen], [seen], seen.mtime_ns + 10_000_000_000) == [seen]


def test_an_empty_file_whose_time_lies_a_year_ahead_does_not_wait_for_it(tmp_path: Path) -> None:
    drop(tmp_path, "empty.txt", b"")
    (seen,) = Folder(tmp_path).look()
    assert steady([seen], [seen], seen.mtime_ns - 365 * 86_400_000_000_000) == [seen]
    assert steady([seen], [seen], seen.mtime_ns - 1_000_000_000) == []


def test_a_file_that_changed_since_it_was_seen_is_not_read(tmp_path: Path) -> None:
    path = drop(tmp_path, "a.txt")
    (seen,) = Folder(tmp_path).look()
    assert Folder(tmp_path).read(seen) == b"News."
    path.write_bytes(b"Other news.")
    assert Folder(tmp_path).read(seen) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_permission_says_so(tmp_path: Path) -> None:
    drop(tmp_path, "a.txt").chmod(0)
    (seen,) = Folder(tmp_path).look()
    with pytest.raises(UnreadableError, match="permission"):
        Folder(tmp_path).read(seen)


def test_a_finished_file_moves_to_done_and_keeps_its_sub_folder(tmp_path: Path) -> None:
    drop(tmp_path, "kyiv/a.txt")
    moved = Folder(tmp_path).finish("kyiv/a.txt", sha256(b"News."), "2024-08-25")
    assert moved == str(tmp_path / "done/2024-08-25/kyiv/a.txt")
    assert origins(tmp_path) == []


def test_a_file_that_was_replaced_is_not_finished(tmp_path: Path) -> None:
    drop(tmp_path, "a.txt", b"Newer news.")
    assert Folder(tmp_path).finish("a.txt", sha256(b"News."), "2024-08-25") is None
    assert origins(tmp_path) == ["a.txt"]


def test_a_file_that_is_gone_is_not_finished(tmp_path: Path) -> None:
    assert Folder(tmp_path).finish("a.txt", sha256(b"News."), "2024-08-25") is None


def test_nothing_in_done_is_ever_overwritten(tmp_path: Path) -> None:
    contents = {b"one", b"two", b"three"}
    for data in [*contents, b"one", b"one"]:
        drop(tmp_path, "a.txt", data)
        assert Folder(tmp_path).finish("a.txt", sha256(data), "2024-08-25")
    lying = [path.read_bytes() for path in (tmp_path / "done/2024-08-25").iterdir()]
    assert len(lying) == 5
    assert set(lying) == contents


def test_a_rejected_file_lies_beside_its_reason(tmp_path: Path) -> None:
    drop(tmp_path, "a.xyz")
    assert reject(tmp_path, "No reader for .xyz.") == str(tmp_path / "rejected/a.xyz")
    assert list(Folder(tmp_path).rejections()) == ["a.xyz"]
    assert Folder(tmp_path).reason("a.xyz") == "No reader for .xyz."
    assert (tmp_path / "rejected/a.xyz.reason.txt").read_text() == "No reader for .xyz.\n"


def test_a_rejected_link_is_moved_itself_and_what_it_points_to_stays(tmp_path: Path) -> None:
    target = drop(tmp_path / "elsewhere", "secret.txt")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/link.txt").symlink_to(target)
    moved = reject(tmp_path / "inbox", "A link.")
    assert moved
    assert Path(moved).is_symlink()
    assert target.read_bytes() == b"News."


def test_the_longest_name_still_gets_its_reason(tmp_path: Path) -> None:
    name = "ж" * 125 + ".txt"
    for _ in range(2):
        drop(tmp_path, name)
        assert reject(tmp_path, "No.")
    assert len(list((tmp_path / "rejected").glob("*.reason.txt"))) == 2


@given(st.text(alphabet=st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1))
def test_a_fitted_name_is_short_enough_and_keeps_its_tail(name: str) -> None:
    fitted = fitting(name, ".reason.txt", 255)
    assert len(fitted.encode()) <= 255
    assert fitted.endswith(".reason.txt")
    assert name.startswith(fitted.removesuffix(".reason.txt"))
