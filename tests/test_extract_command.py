"""The command `newsledger extract`, as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path

TEXT = "By Anna Berg\nThe council of Holt met on Friday and decided that the library will be open for all who read.\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", "extract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


def test_each_article_is_a_line_and_each_unreadable_file_a_line_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.json").write_text("{")
    (tmp_path / "c.json").write_text(json.dumps([{"articleBody": TEXT}, {"articleBody": TEXT}]))
    done = run(tmp_path / "a.txt", tmp_path / "b.json", tmp_path / "c.json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(Path(line["input"]).name, line["member"]) for line in lines] == [
        ("a.txt", None),
        ("c.json", "1"),
        ("c.json", "2"),
    ]
    assert lines[0]["article"]["authors"] == ["Anna Berg"]
    (complaint,) = done.stderr.decode().splitlines()
    assert complaint.startswith(f"{tmp_path / 'b.json'}: It is not valid JSON")
    assert done.returncode == 1


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    first, second = run(tmp_path / "a.txt"), run(tmp_path / "a.txt")
    assert first.returncode == 0
    assert first.stdout == second.stdout


def test_reading_text_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    code = (
        "import sys; from pathlib import Path; from newsledger.extract import document;"
        f"list(document.read_file(Path({str(tmp_path / 'a.txt')!r})));"
        "print([name for name in ('trafilatura', 'lxml', 'pypdf', 'warcio', 'polars', 'great_expectations', 'airflow')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode() == f"{tmp_path}: It is a folder: name the files in it.\n"
