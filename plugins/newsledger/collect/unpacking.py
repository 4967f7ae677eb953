"""Content encodings undone a piece at a time, so that a bomb is noticed long before it is unpacked."""

import zlib
from collections.abc import Iterator

PIECE = 65_536
"""Bytes that are unpacked at once at the most."""
_GZIP_MAGIC = b"\x1f\x8b"
_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})


class PackedWronglyError(ValueError):
    """A body cannot be unpacked: broken, cut off, or packed in a way that was not asked for."""


def unpacked(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The body as its author wrote it, in pieces of bounded size.

    ``encoding`` is the header Content-Encoding. A body that was gzipped without saying so is unpacked too (sitemaps
    are kept as ``.xml.gz``: https://www.sitemaps.org/protocol.html), and one that only claims to be is taken as it is.
    An empty piece is given for each piece that unpacks to nothing, so that the caller's clock is asked.

    Raises:
        PackedWronglyError: see there.
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in {"", "identity"}]
    if len(names) > 1 or not set(names) <= _ENCODINGS:
        raise PackedWronglyError(f"it is packed as {encoding!r}, which was not asked for")
    if names == ["deflate"]:
        pieces = _inflated(pieces)
    elif names:
        pieces = _gunzipped(pieces)
    return _gunzipped(pieces)


def _gunzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacked where the bytes are gzip's; as they are where not."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= len(_GZIP_MAGIC):
            break
        yield b""
    if head.startswith(_GZIP_MAGIC):
        yield from _members(head, pieces)
        return
    yield head
    yield from pieces


def _members(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Every member of a gzip file (RFC 1952, 2.2); what follows them and is none, such as padding, is passed over."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for piece in _chain(head, pieces):
        rest = piece
        while rest:
            if unpacker.eof:
                if not rest.startswith(_GZIP_MAGIC[: len(rest)]):
                    return
                unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
            yield from _stretch(unpacker, rest)
            rest = unpacker.unused_data
    _finished(unpacker)


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Of ``deflate``: zlib's format, or raw deflate, which some servers send under that name."""
    unpacker = None
    for piece in pieces:
        if unpacker is None and piece:
            unpacker = zlib.decompressobj(zlib.MAX_WBITS if piece[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        if unpacker is not None and not unpacker.eof:
            yield from _stretch(unpacker, piece)
    if unpacker is not None:
        _finished(unpacker)


def _stretch(unpacker: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """What one packed piece holds, up to the end of its stream."""
    while True:
        try:
            found = unpacker.decompress(packed, PIECE)
        except zlib.error as error:
            raise PackedWronglyError(f"its packed body is broken ({error})") from error
        yield found
        packed = unpacker.unconsumed_tail
        # Where the piece was full, zlib may hold more of it although it has taken all of its input.
        if unpacker.eof or (not packed and len(found) < PIECE):
            return


def _chain(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from pieces


def _finished(unpacker: "zlib._Decompress") -> None:
    if not unpacker.eof:
        raise PackedWronglyError("its packed body is cut off")
