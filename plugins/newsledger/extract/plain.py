"""Plain text and Markdown."""

from collections.abc import Iterator

from newsledger.extract import encoding
from newsledger.extract.draft import Draft


def drafts(data: bytes) -> Iterator[Draft]:
    """The one article of a text file."""
    decoded = encoding.decode(data)
    yield Draft(body=decoded.text, notes=decoded.notes)
