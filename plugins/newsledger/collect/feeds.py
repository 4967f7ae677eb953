"""A feed's bytes to entries, whatever its kind.

Entries are kept as the feed states them, dates and HTML included: reading them is extraction's work. Nothing that a
feed holds can make this raise anything but ``UnreadableError``, and a bad entry never sinks its feed. It can take long,
though, and much memory: ``reader`` bounds both.
"""

import zlib

from newsledger.collect import json_feed, sitemap, syndication
from newsledger.collect.entry import Feed
from newsledger.errors import UnreadableError

__all__ = ["Feed", "read"]

UNPACKED = 20_000_000
"""Bytes of a feed that is itself a gzip file (sitemaps often are), at the most."""
_GZIP = b"\x1f\x8b"


def read(body: bytes, url: str, content_type: str = "") -> Feed:
    """The entries of a feed.

    Raises:
        UnreadableError: the bytes are no feed; the message says what they look like.
    """
    body = _unpacked(body) if body.startswith(_GZIP) else body
    start = body[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if not start:
        raise UnreadableError("The answer is empty.")
    if start[:1] == b"{":
        return json_feed.read(body, url)
    return sitemap.read(body, url) if sitemap.looks_like_one(body) else syndication.read(body, url, content_type)


def _unpacked(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(body, UNPACKED)
    except zlib.error as error:
        raise UnreadableError(f"It looks like a gzip file but cannot be unpacked ({error}).") from error
    if unpacker.unconsumed_tail:
        raise UnreadableError(f"It unpacks to more than {UNPACKED:,} bytes.")
    return unpacked
