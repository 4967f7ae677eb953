"""Encodings: mark, UTF-8's own strictness, declaration, detection."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.errors import UnreadableError
from newsledger.extract import encoding

RUSSIAN = "Совет города решил открыть библиотеку по воскресеньям, сообщила мэр Ида Крог в пятницу. " * 3
FRENCH = "Le maire a décidé d'ouvrir la bibliothèque le dimanche, où l'été dernier déjà elle fut très fréquentée. " * 3
CHINESE = "市议会周五决定从六月起每周日开放图书馆，市长在会议结束后对记者表示欢迎。" * 6


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides(name: str) -> None:
    mark = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
            "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}[name]  # fmt: skip
    assert encoding.decode(mark + RUSSIAN.encode(name), "latin-1") == (RUSSIAN, ())


@pytest.mark.parametrize(
    ("name", "declared"),
    [("cp1251", "windows-1251"), ("koi8-r", "KOI8-R"), ("cp1252", "iso-8859-1"), ("gb18030", "gb2312")],
)
def test_a_declaration_is_believed_where_the_bytes_are_no_utf_8(name: str, declared: str) -> None:
    text = {"cp1252": FRENCH + "“oui” – 5 €", "gb18030": CHINESE}.get(name, RUSSIAN)
    assert encoding.decode(text.encode(name), declared) == (text, ())


def test_utf_8_is_utf_8_whatever_is_declared() -> None:
    assert encoding.decode(RUSSIAN.encode(), "windows-1251") == (RUSSIAN, ())


@pytest.mark.parametrize(
    ("name", "text"), [("cp1251", RUSSIAN), ("koi8-r", RUSSIAN), ("gb18030", CHINESE), ("cp1252", FRENCH)]
)
def test_a_guess_is_noted(name: str, text: str) -> None:
    found = encoding.decode(text.encode(name))
    assert found.text == text
    assert found.notes[0].startswith("encoding guessed: ")


@pytest.mark.parametrize("declared", ["no-such-code", "rot13", "hex", "zlib", "idna", "é", "utf-8", "", None])
def test_a_false_declaration_does_no_harm(declared: str | None) -> None:
    assert encoding.decode(RUSSIAN.encode("cp1251"), declared).text == RUSSIAN


def test_a_few_broken_bytes_in_utf_8_are_replaced_and_noted() -> None:
    data = RUSSIAN.encode() * 5
    found = encoding.decode(data[:-1] + b"\xff")
    assert found.notes == ("undecodable characters replaced: 1",)
    assert found.text.startswith(RUSSIAN)


@given(st.binary(max_size=600), st.sampled_from([None, "utf-8", "cp1251", "shift_jis", "iso-2022-jp", "utf-16"]))
def test_any_bytes_are_decoded_or_refused(data: bytes, declared: str | None) -> None:
    try:
        found = encoding.decode(data, declared)
    except UnreadableError:
        return
    assert found == encoding.decode(data, declared)


@given(st.text(max_size=200))
def test_utf_8_comes_back(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert encoding.decode(data) == (data.decode(), ())
