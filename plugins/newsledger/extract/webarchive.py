"""Web archives (WARC): the pages in them, one record at a time, never whole in memory."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from newsledger.errors import UnreadableError
from newsledger.extract.member import Member

MOST_RECORDS = 1_000_000
RECORD_BYTES = 20_000_000
"""A larger response is passed over."""

# What a response may be, and the ending under which its bytes are read.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
}


def members(stream: BinaryIO) -> Iterator[Member]:
    """The successful responses of a web archive that may hold an article.

    Raises:
        UnreadableError: it is no web archive, or broken before its first page.
    """
    if not _begins_like_one(stream):
        raise UnreadableError("It is no web archive: it does not begin with a WARC record.")
    from warcio.archiveiterator import ArchiveIterator

    found = False
    try:
        for number, record in enumerate(ArchiveIterator(stream)):
            if number >= MOST_RECORDS:
                return
            if member := _member(record):
                found = True
                yield member
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  warcio raises whatever a broken record leads it into
        if not found:  # one cut off at its end has given what it had
            raise UnreadableError(f"It is a broken web archive: {' '.join(str(error).split())[:120]}.") from None


def _begins_like_one(stream: BinaryIO) -> bool:
    """Looked at first, because warcio comments on what it cannot parse on standard error."""
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
        except zlib.error:
            return False
    return head.lstrip().startswith(b"WARC/")


def _member(record: object) -> Member | None:
    headers = getattr(record, "http_headers", None)
    if getattr(record, "rec_type", None) not in {"response", "resource"}:
        return None
    if headers is not None and headers.get_statuscode() != "200":
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""  # type: ignore[attr-defined]
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""  # type: ignore[attr-defined]
    ending = _ENDINGS.get(kind.partition(";")[0].strip().lower())
    if ending is None:
        return None
    data = record.content_stream().read(RECORD_BYTES + 1)  # type: ignore[attr-defined]
    return Member(label=url, name=f"page{ending}", data=data, url=url) if len(data) <= RECORD_BYTES else None
