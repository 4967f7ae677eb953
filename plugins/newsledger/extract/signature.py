"""What bytes are, whatever their name says: the first few tell."""

import codecs

from newsledger.errors import UnreadableError

# The first bytes of formats that people drop by mistake or under a wrong ending.
_KNOWN = (
    (b"%PDF-", "a PDF file", (".pdf",)),
    (b"PK\x03\x04", "a zip archive or office document", (".zip",)),
    (b"\x1f\x8b", "a gzip file", (".warc.gz", ".warc")),
    (b"\x89PNG", "a PNG picture", ()),
    (b"\xff\xd8\xff", "a JPEG picture", ()),
    (b"GIF8", "a GIF picture", ()),
    (b"\xd0\xcf\x11\xe0", "an old office document", ()),
    (b"\x7fELF", "a program", ()),
    (b"MZ\x90", "a program", ()),
    (b"SQLite format 3", "a database", ()),
    (b"Rar!", "a RAR archive", ()),
    (b"7z\xbc\xaf", "a 7z archive", ()),
    (b"BZh", "a bzip2 file", ()),
    (b"\xfd7zXZ", "an xz file", ()),
    (b"{\\rtf", "a rich-text document", ()),
)
# Endings whose files must begin like this.
_MUST = {".pdf": b"%PDF-", ".zip": b"PK", ".warc.gz": b"\x1f\x8b"}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BINARY_ENDINGS = frozenset({".pdf", ".zip", ".warc", ".warc.gz", ".eml"})
_LOOK = 8192


def check(data: bytes, ending: str) -> None:
    """Refuse bytes that are not what the ending says.

    Raises:
        UnreadableError: they are another format, or not text at all.
    """
    for start, what, endings in _KNOWN:
        if data.startswith(start) and ending not in endings:
            raise UnreadableError(f"It is not what its name says: its content is {what}.")
    must = _MUST.get(ending)
    if must and must not in data[:1024]:
        raise UnreadableError(f"It is not what its name says: its content is no {ending} file.")
    head = data[:_LOOK]
    if ending not in _BINARY_ENDINGS and not head.startswith(_WIDE) and head.count(0) > len(head) // 100:
        raise UnreadableError("It is not text: its content is binary.")
