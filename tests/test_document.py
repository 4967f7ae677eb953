"""The entry: which reader gets a file, what is refused and how, files within files."""

import contextlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.errors import UnreadableError
from newsledger.extract import document
from newsledger.extract.reading import Unread, read_files
from newsledger.records import Extraction, sha256

TEXT = "The council of Holt met on Friday and decided that the library will be open for all who read on Sundays.\n"
NEWS = json.dumps(
    {"@type": "NewsArticle", "headline": "Library", "articleBody": TEXT, "url": "https://courier.example/a"}
)


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "ü b.md", "folder.x/a.txt", ".x.txt"])
def test_the_ending_decides(name: str) -> None:
    (found,) = document.read(TEXT.encode(), name)
    assert (found.input, found.member, found.article.body) == (name, None, TEXT.strip())
    assert found.article.article_id == sha256(TEXT.encode())
    assert found.article.facts_read


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"x", "a.docx", "ends in none of"),
        (b"x", "a", "ends in none of"),
        (b"x", ".txt", "ends in none of"),
        (b"", "a.txt", "is empty"),
        (b" \n\t", "a.html", "is empty"),
        (b"%PDF-1.7 ...", "a.txt", "content is a PDF file"),
        (b"PK\x03\x04...", "a.html", "content is a zip archive"),
        (b"\x89PNG\r\n", "a.json", "content is a PNG picture"),
        (bytes(1000), "a.txt", "content is binary"),
        (b"hello", "a.pdf", "no .pdf file"),
        (b"hello", "a.zip", "no .zip file"),
        (b"{", "a.json", "not valid JSON"),
        (b"<rss/>", "a.xml", "no entry"),
        (b"<html><p>x</p></html>", "a.xml", "no feed"),
        (b"x" * (document.MAX_BYTES + 1), "a.txt", "larger than 50 MB"),
    ],
)
def test_a_check_refuses_in_one_sentence(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        document.check(data, name)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no text"):
        list(document.read(b"<html><body><script>x()</script></body></html>", "a.html"))


def test_a_page_saved_as_text_is_read_as_a_page() -> None:
    page = f"<!DOCTYPE html><html><title>Library</title><body><p>{TEXT}</p><p>{TEXT} Cake.</p></body></html>"
    (found,) = document.read(page.encode(), "a.txt")
    assert (found.article.headline, found.article.body) == ("Library", f"{TEXT.strip()}\n{TEXT.strip()} Cake.")


def test_a_language_without_rules_has_no_facts_and_says_so() -> None:
    text = "Der Rat der Stadt hat am Freitag beschlossen, die Bibliothek auch sonntags zu öffnen, sagte Anna Berg."
    (found,) = document.read(text.encode(), "a.txt")
    assert (found.article.language, found.article.facts_read) == ("de", False)
    assert (found.quotes, found.mentions, found.figures, found.dates) == ((), (), (), ())


def test_a_zip_gives_its_documents_in_order_and_passes_over_what_it_cannot_read() -> None:
    files: dict[str, bytes | str] = {
        "b.txt": TEXT,
        "__MACOSX/b.txt": "x",
        "x/.hidden.txt": "x",
        "x.docx": b"PK",
        "n.json": NEWS,
        "empty.txt": "",
        "two.json": f"[{NEWS},{NEWS}]",
        "../../etc/d.md": TEXT,
        "in.zip": zipped({"c.txt": TEXT}),
    }
    data = zipped(files)
    found = list(document.read(data, "batch.zip"))
    assert [one.member for one in found] == [
        "b.txt",
        "n.json",
        "two.json#1",
        "two.json#2",
        "../../etc/d.md",
        "in.zip#c.txt",
    ]
    assert found[0].article.article_id == f"{sha256(data)}#b.txt"
    assert found[1].article.article_id == "https://courier.example/a"


def test_a_zip_within_bounds_of_depth_and_size() -> None:
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": TEXT})})})
    with pytest.raises(UnreadableError, match="deep"):
        list(document.read(deep, "a.zip"))
    with pytest.raises(UnreadableError, match="too much"):
        list(document.read(zipped({"bomb.txt": b"a" * 30_000_000}), "a.zip"))


@pytest.mark.parametrize("cut", [10, 60, -1, -30])
def test_a_broken_zip_is_refused(cut: int) -> None:
    with pytest.raises(UnreadableError):
        list(document.read(zipped({"a.txt": TEXT * 3})[:cut], "a.zip"))


def test_files_are_read_in_order_and_one_that_fails_keeps_no_other_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.json").write_text("{")
    (tmp_path / "d.zip").write_bytes(zipped({"x.txt": TEXT}))
    found = list(
        read_files([tmp_path / "a.txt", tmp_path / "b.json", tmp_path / "c.txt", tmp_path / "d.zip", tmp_path])
    )
    assert [type(one) for one in found] == [Extraction, Unread, Unread, Extraction, Unread]
    assert isinstance(found[2], Unread)
    assert found[2].reason == "It cannot be opened: No such file or directory."


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(list(document.FORMATS)))
def test_any_bytes_under_any_ending_are_read_or_refused(data: bytes, ending: str) -> None:
    prefix = {".pdf": b"%PDF-1.4\n", ".zip": b"PK\x03\x04", ".warc": b"WARC/1.0\r\n", ".warc.gz": b"\x1f\x8b\x08"}
    for candidate in (data, prefix.get(ending, b"<rss>{") + data):
        with contextlib.suppress(UnreadableError):
            assert all(one.article.body for one in document.read(candidate, f"a{ending}"))


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"x" * 20_000_001), ("a.json", b'{"articleBody": "%s"}')])
def test_a_text_that_is_too_long_is_refused_before_its_facts_are_read(name: str, data: bytes) -> None:
    if b"%s" in data:
        data = data.replace(b"%s", b"long " * 1_000_001)
    with pytest.raises(UnreadableError, match="5 million characters"):
        list(document.read(data, name))
