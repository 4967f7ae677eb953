"""PDF files: their text layer."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from newsledger.errors import UnreadableError
from newsledger.extract import plain, wrapping
from newsledger.extract.draft import Draft
from newsledger.records import MAX_CHARS

MOST_PAGES = 300

_EDGE = 2  # lines at the top and the foot of a page that may be its running head
_NUMBERS = re.compile(r"\d+")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every flaw that it works around


def drafts(data: bytes) -> Iterator[Draft]:
    """The one article of a PDF file.

    Raises:
        UnreadableError: it is broken or encrypted, or has no text layer (a scan).
    """
    pages, cut = _pages(data)
    text = "\n".join(_without_running_heads(pages))
    if not text.strip():
        raise UnreadableError("There is no text in the PDF file: it may be a scan, and pictures of text are not read.")
    draft = plain.draft(wrapping.unwrap(text, hyphens=True))
    yield replace(draft, notes=(*draft.notes, *(("cut: only the beginning was read",) if cut else ())))


def _pages(data: bytes) -> tuple[list[list[str]], bool]:
    """The lines of each page, and whether pages were left out."""
    import pypdf

    pages: list[list[str]] = []
    size = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        for page in () if locked else reader.pages:
            if len(pages) == MOST_PAGES or size > MAX_CHARS:
                return pages, True
            lines = page.extract_text().split("\n")
            size += sum(map(len, lines))
            pages.append(lines)
    except Exception as error:  # noqa: BLE001 - pypdf raises whatever a broken file leads it into
        if not pages:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            raise UnreadableError(f"It is a broken PDF file: {reason}.") from None
        return pages, True
    if locked:
        raise UnreadableError("The PDF file is encrypted: save it without a password.")
    return pages, False


def _without_running_heads(pages: list[list[str]]) -> Iterator[str]:
    """The lines of all pages but those that stand at the edge of several, numbers aside (page 3 of 7)."""
    edges = Counter(key for page in pages for key in {_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    for page in pages:
        for number, line in enumerate(page):
            at_edge = number < _EDGE or number >= len(page) - _EDGE
            if not (at_edge and len(pages) > 1 and (edges[_key(line)] > max(1, len(pages) // 2) or _key(line) == "0")):
                yield line


def _key(line: str) -> str:
    return _NUMBERS.sub("0", line.strip())
