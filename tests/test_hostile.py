"""What somebody drops to do harm is read or refused in one plain sentence, and gets nowhere."""

import contextlib
import csv
import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect import feeds, opml, sitemap
from newsledger.errors import NewsledgerError, SettingsError, UnreadableError, printable
from newsledger.extract import document
from newsledger.settings import Settings
from newsledger.store import batches, quarantine
from newsledger.store.objects import Objects
from tests.flow import STORY, drop, folder, run
from tests.fragments import FILES, LEAD

ESCAPE = "\x1b]0;owned\x07\x1b[2J\n2026-11-22 ERROR forged\r\x9b31m\u202e\u2028"
"""What a terminal obeys, what begins a line of its own, what turns the direction of writing."""
COMMANDS = (
    "$(touch owned).txt",
    "`touch owned`.txt",
    "; touch owned;.txt",
    "-rf.txt",
    "--help.txt",
    "|touch owned.txt",
    "%s%n.txt",
)
KEYS = (
    "raw/x.txt",
    "records/articles/_delta_log/00000000000000000000.json",
    "batches/pending/x.json",
    "heads/position.json",
)


def packed(members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableError) as told:
        list(document.read(data, name))
    return str(told.value)


@pytest.fixture
def emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to be in, in which nothing may appear."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    yield tmp_path
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["here"]


# ---------------------------------------------------------------- archives


@pytest.mark.parametrize(
    "name", ["/etc/cron.d/owned.txt", "../../owned.txt", "a/../../../owned.txt", "C:\\owned.txt", "\\\\host\\owned.txt"]
)
def test_a_path_in_an_archive_is_only_a_label(emptied: Path, name: str) -> None:
    (found,) = document.read(packed({name: STORY.encode()}), "a.zip")
    assert found.member == name
    assert not Path(name).exists()


def test_a_link_in_an_archive_is_read_as_the_path_it_holds() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    found = [*document.read(out.getvalue(), "a.zip")]
    assert [one.article.body for one in found] == ["/etc/passwd"]


def test_a_bomb_is_cut_off() -> None:
    assert "unpacks to too much" in refusal(packed({"a.txt": b"0" * 60_000_000}, zipfile.ZIP_DEFLATED), "a.zip")


def test_a_bomb_that_lies_about_its_size_is_cut_off() -> None:
    data = packed({"a.txt": b"0" * 30_000_000}, zipfile.ZIP_DEFLATED)
    place = data.rindex(b"PK\x01\x02") + 24
    lying = data[:place] + struct.pack("<I", 10) + data[place + 4 :]
    assert refusal(lying, "a.zip")


def test_an_archive_of_one_stretch_of_bytes_many_times_over_is_cut_off() -> None:
    """Members that overlap: all of them name the same bytes (D. Fifield, "A better zip bomb")."""
    data = packed({"a.txt": b"0 " * 5_000_000}, zipfile.ZIP_DEFLATED)
    start = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entry, body = data[start:end], data[:start]
    count = 9_000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    assert "unpacks to more than 500 MB" in refusal(body + entry * count + tail, "a.zip")


def test_an_archive_of_very_many_files_is_refused() -> None:
    data = packed({"a.txt": b"x"})
    start, end = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry, count = data[start:end], 60_000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    assert "It holds 60,000 files" in refusal(data[:start] + entry * count + tail, "a.zip")


def test_archives_in_archives_are_opened_only_so_deep() -> None:
    data = STORY.encode()
    for level in range(6):
        data = packed({"a.zip" if level else "a.txt": data})
    assert "more than 2 deep" in refusal(data, "a.zip")


def test_an_archive_that_holds_itself_ends() -> None:
    data = packed({"a.zip": packed({"a.zip": packed({"a.zip": b"PK\x03\x04"})})})
    assert refusal(data, "a.zip")


# ---------------------------------------------------------------- markup

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol " * 10}">' for n in range(10))
DOCTYPE = (
    f"<!DOCTYPE x [{LAUGHS}<!ENTITY file SYSTEM 'file:///etc/passwd'><!ENTITY net SYSTEM 'http://127.0.0.1:9/x'>]>"
)


@pytest.mark.parametrize("entity", ["l9", "file", "net"])
def test_entities_of_a_dropped_file_are_neither_expanded_nor_fetched(entity: str) -> None:
    entry = f"<item><title>A</title><description>{LEAD}&{entity};</description></item>"
    feed = f"{DOCTYPE}<rss><channel>{entry}</channel></rss>"
    page = f"{DOCTYPE}<html><body><article><p>{LEAD}{LEAD}&{entity};</p></article></body></html>"
    for data, name in ((feed, "a.xml"), (page, "a.html")):
        with contextlib.suppress(UnreadableError):
            for found in document.read(data.encode(), name):
                assert "root:" not in found.article.body
                assert len(found.article.body) < 2_000


@pytest.mark.parametrize("entity", ["l9", "file", "net"])
def test_entities_of_what_is_polled_are_neither_expanded_nor_fetched(entity: str) -> None:
    url = "https://a.example/"
    rss = f"{DOCTYPE}<rss version='2.0'><channel><item><title>&{entity};</title></item></channel></rss>"
    with contextlib.suppress(UnreadableError):
        assert len(repr(feeds.read(rss.encode(), url))) < 5_000
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    maps = f"{DOCTYPE}<urlset {space}><url><loc>{url}&{entity};</loc></url></urlset>"
    with contextlib.suppress(UnreadableError):
        assert len(repr(sitemap.read(maps.encode(), url))) < 5_000
    with pytest.raises((UnreadableError, SettingsError)):
        opml.parse(f"{DOCTYPE}<opml><body><outline text='&{entity};' xmlUrl='{url}'/></body></opml>".encode(), "a.opml")


def test_a_pdf_whose_pages_and_objects_hold_each_other_ends() -> None:
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 1000000000/Parent 2 0 R>>",
        b"<</Type/Page/Parent 3 0 R/Contents[4 0 R 4 0 R]/Resources 3 0 R>>",
        b"<</Length 4 0 R/Filter[/FlateDecode/FlateDecode]>>stream\nx\nendstream",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Root 1 0 R/Size 5/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (len(body), len(body))
    assert refusal(body + table + tail, "a.pdf")


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("name", [*COMMANDS, *KEYS])
def test_names_that_are_commands_or_look_like_keys_are_names(quick: Settings, objects: Objects, name: str) -> None:
    text = json.dumps({"@type": "NewsArticle", "articleBody": STORY}) if name.endswith(".json") else STORY
    drop(quick, name, text)
    run(quick)
    (done,) = batches.outcomes(objects)
    assert [(each["input"], each["outcome"]) for each in done.articles] == [(name, "new")]
    holders = [item.key for item in objects.list("") if objects.get(item.key) == text.encode()]
    assert [key.partition("/")[0] for key in holders] == ["raw"]
    assert not list(folder(quick).rglob("owned"))
    assert not Path("owned").exists()


def test_a_name_that_a_terminal_would_obey_is_set_aside_and_shown_plainly(quick: Settings, objects: Objects) -> None:
    drop(quick, "a\x1b[2J\nforged.txt")
    assert run(quick) is None
    (reason,) = folder(quick).rglob("*.reason.txt")
    assert reason.read_text().rstrip().isprintable()


def test_names_in_an_archive_are_told_on_one_plain_line(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.zip", packed({f"{ESCAPE}.txt": b"", f"{ESCAPE}.pdf": b"%PDF-broken"}))
    drop(quick, "b.zip", packed({f"{ESCAPE}.txt": b"0" * 60_000_000}, zipfile.ZIP_DEFLATED))
    run(quick)
    told = [one.reasons[0].message for one in quarantine.read(objects)]
    assert len(told) == 2
    assert all(message.isprintable() for message in told)


# ---------------------------------------------------------------- what is shown


@given(st.text())
def test_every_sentence_of_an_error_is_one_plain_line(text: str) -> None:
    told = str(NewsledgerError(f"{text} is wrong."))
    assert told.isprintable()
    assert len(told) == len(f"{text} is wrong.")
    assert printable(told) == told


def test_the_command_prints_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    bad = tmp_path / f"{ESCAPE}.pdf".replace("/", "")
    bad.write_bytes(b"%PDF-broken")
    (tmp_path / "b.zip").write_bytes(packed({f"{ESCAPE}.txt": b""}))
    (tmp_path / "c.json").write_text(
        json.dumps({"@type": "NewsArticle", "headline": ESCAPE, "articleBody": STORY + ESCAPE})
    )
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", "extract"]
    done = subprocess.run([*command, *sorted(tmp_path.iterdir())], capture_output=True, check=False)
    (line,) = done.stdout.decode().splitlines()
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line)
    complaints = done.stderr.decode().split("\n")
    assert len(complaints) == 3
    assert all(complaint.isprintable() for complaint in complaints)


def test_text_that_is_a_formula_or_an_escape_is_text_in_csv_and_tables(
    quick: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, start in enumerate(("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1")):
        told = {"@type": "NewsArticle", "headline": start, "articleBody": f"{STORY} {number}"}
        drop(quick, f"{number}.json", json.dumps(told))
    drop(quick, "e.json", json.dumps({"@type": "NewsArticle", "headline": ESCAPE, "articleBody": STORY + ESCAPE}))
    run(quick)
    environment = os.environ | {"NEWSLEDGER_BUCKET": quick.bucket}
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", "records", "articles", "--format"]
    shown = subprocess.run([*command, "csv"], capture_output=True, check=True, env=environment).stdout.decode()
    rows = [*csv.DictReader(io.StringIO(shown))]
    assert len(rows) == 8
    assert not [cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "+", "@"))]
    table = subprocess.run([*command, "table"], capture_output=True, check=True, env=environment).stdout.decode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", table)


@pytest.mark.parametrize("name", FILES)
def test_no_escape_or_line_end_gets_into_a_headline_or_a_name(name: str) -> None:
    said = f"“We are open,” said Ann{ESCAPE} Hale, the mayor of Paris."
    for found in document.read(FILES[name](f"{LEAD}\n{said}"), name):
        assert found.article.body.replace("\n", "").isprintable() or "\u202e" in found.article.body
        for one in (found.article.headline, *found.article.authors, *(mention.name for mention in found.mentions)):
            assert one is None or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", one)
