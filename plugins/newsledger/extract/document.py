"""A file's bytes to articles with their facts: the entry to extraction."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path, PurePath

import msgspec

from newsledger.errors import UnreadableError
from newsledger.extract import article as articles
from newsledger.extract.draft import Draft
from newsledger.records import Article, Extraction, FactKind, Facts, identified, sha256
from newsledger.text import Text

MAX_BYTES = 50_000_000
"""A larger file is refused."""

FORMATS = {
    ".txt": "plain",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "newsarticle",
}
"""The module that reads files of an ending: `drafts(data: bytes) -> Iterator[Draft]`. Imported when first needed."""

READERS = {"en": "newsledger.extract.english"}
"""The module with the rules of each language that we have rules for: `read(text, article) -> Facts`."""


def read(data: bytes, name: str) -> Iterator[Extraction]:
    """Each article in a file. ``name`` is its file name (the ending decides the format).

    Raises:
        UnreadableError: nothing in it can be read; the message says why.
    """
    check(data, name)
    digest = sha256(data)
    for draft in _reader(name)(data):
        yield extraction(articles.compose(draft, digest), name, draft.member)


def read_file(path: Path) -> Iterator[Extraction]:
    """Each article in a file on disk; its ``input`` is the path as given.

    Raises:
        UnreadableError: it cannot be opened, or nothing in it can be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"It cannot be opened: {error.strerror or error}.") from None
    yield from read(data, str(path))


def check(data: bytes, name: str) -> None:
    """A cheap test before anything is stored or queued: could this be read at all?

    Raises:
        UnreadableError: no; the message is one sentence that says why.
    """
    _reader(name)
    if not data.strip():
        raise UnreadableError("It is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"It is larger than {MAX_BYTES // 1_000_000} MB; split it.")


def extraction(article: Article, name: str, member: str | None = None) -> Extraction:
    """The article with all its facts, by the rules of its language; without facts where there are none."""
    module = READERS.get(article.language)
    facts = import_module(module).read(Text(article.body), article) if module else Facts()
    return Extraction(
        input=name,
        member=member,
        article=msgspec.structs.replace(article, facts_read=module is not None),
        quotes=identified(article, FactKind.quotes, facts.quotes),
        mentions=identified(article, FactKind.mentions, facts.mentions),
        figures=identified(article, FactKind.figures, facts.figures),
        dates=identified(article, FactKind.dates, facts.dates),
    )


def _reader(name: str) -> Callable[[bytes], Iterator[Draft]]:
    module = FORMATS.get(PurePath(name).suffix.lower())
    if module is None:
        raise UnreadableError(f"Its ending is none of {', '.join(FORMATS)}.")
    reader: Callable[[bytes], Iterator[Draft]] = import_module(f"newsledger.extract.{module}").drafts
    return reader
