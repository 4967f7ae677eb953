"""Bytes to text: by byte-order mark, by UTF-8's own strictness, by declaration, at last by detection."""

import codecs
import re
from typing import NamedTuple

from newsledger.errors import UnreadableError

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages that name the first mean is the second, its superset (WHATWG Encoding Standard, "Names and labels").
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_TEXT_CODECS = re.compile(r"utf|iso|cp\d|windows|koi8|mac|latin|gb|big5|euc|shift|sjis|tis|ascii|us-|ks_c|x-|hz")
_SAMPLE = 60_000
"""Bytes that detection looks at."""
_READ = 4_000
_LIKE_WESTERN = re.compile(r"cp125[0478]|cp(?:437|775|85\d|86\d|1140|273|500|037)|iso8859_|latin|mac_|hp_")
_TOLERATED = 1 / 500
"""Share of bytes that may be broken in what is otherwise UTF-8."""


class Decoded(NamedTuple):
    """Text, and what its reader must know about how it was decoded."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of the bytes. ``declared`` is the encoding that a header or a meta element names.

    A declaration is believed only where the bytes are not valid UTF-8: text in another encoding almost never is.

    Raises:
        UnreadableError: the bytes are in no encoding that we know.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    if b"\x1b" in data and (stateful := _codec(declared)) and stateful.startswith(("iso2022", "hz")):
        return _lenient(data, stateful)
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError:
        return _declared(data, _codec(declared)) or _nearly_utf8(data) or _detected(data)


def _declared(data: bytes, name: str | None) -> Decoded | None:
    if name is None or name.startswith("utf"):
        return None
    try:
        return Decoded(data.decode(name))
    except UnicodeDecodeError:
        decoded = _lenient(data, name)
        return decoded if decoded.text.count("\ufffd") <= len(data) * _TOLERATED else None


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes (cut in the middle of a character, one pasted Latin-1 letter)."""
    decoded = _lenient(data, "utf-8")
    broken = decoded.text.count("\ufffd")
    many_bytes = len(data) - len(decoded.text)  # characters of several bytes: evidence that it is UTF-8
    return decoded if broken <= max(1, len(data) * _TOLERATED) and many_bytes > 3 * broken else None


def _detected(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    match = from_bytes(_sample(data)).best()
    if match is None:
        raise UnreadableError("Its encoding cannot be told; save it as UTF-8.")
    name = _western(data, _MEANT.get(match.encoding, match.encoding))
    decoded = _lenient(data, name)
    return Decoded(decoded.text, (f"encoding guessed: {name}", *decoded.notes))


def _western(data: bytes, name: str) -> str:
    """Windows-1252 instead of a like code page of another region, where the text reads better as some language so.

    The like ones share most letters, so that French seems to be Czech with odd accents.
    """
    if not _LIKE_WESTERN.match(name):
        return name
    from newsledger.extract import language

    sample = _sample(data)[:_READ]
    readings = {code: sample.decode(code, "replace") for code in ("cp1252", name)}
    return max(readings, key=lambda code: language.confidence(readings[code]) - readings[code].count("\ufffd"))


def _sample(data: bytes) -> bytes:
    """The first bytes up to an end of line or a space, so that no character is cut."""
    if len(data) <= _SAMPLE:
        return data
    cut = max(data.rfind(b"\n", 0, _SAMPLE), data.rfind(b" ", 0, _SAMPLE))
    return data[: cut if cut > 0 else _SAMPLE]


def _lenient(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace")
    broken = text.count("\ufffd")
    return Decoded(text, (f"undecodable characters replaced: {broken}",) if broken else ())


def _codec(name: str | None) -> str | None:
    """Python's name of a declared text encoding; null for an unknown one."""
    label = (name or "").strip().strip("\"'").lower()
    if not label.isascii() or not _TEXT_CODECS.match(label):
        return None
    try:
        known = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(known, known)
