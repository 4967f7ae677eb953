"""A file's bytes to articles with their facts: the entry to extraction."""

import hashlib
import io
import os
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from newsledger.errors import UnreadableError
from newsledger.extract import article as articles
from newsledger.extract import recogniser, respacing, signature
from newsledger.extract.draft import Draft
from newsledger.records import MAX_CHARS, Article, Extraction, FactKind, Facts, identified, sha256
from newsledger.text import Text, clean
from newsledger.worker import began

MAX_BYTES = 50_000_000
"""A larger document is refused; files that hold others have bounds of their own."""

_BYTES_A_CHAR = 4
"""At the most, in every encoding that is read."""

_TOO_LONG = f"Its text has more than {MAX_CHARS // 1_000_000} million characters: split it."
_TOO_LARGE = f"It is larger than {MAX_BYTES // 1_000_000} MB: split it."

_QUICK_BYTES = 1_000_000
"""What is larger is not tried before it is queued, since trying it would take time and memory without bounds."""

DEEPEST = 2
"""Levels of files within files that are opened."""

READERS = {"en": "newsledger.extract.english"}
"""The module with the rules of each language that we have rules for: `read(text, article, recogniser) -> Facts`."""


class Format(NamedTuple):
    """Who reads files of an ending.

    A document's module has `drafts(data: bytes) -> Iterator[Draft]`; a container's has
    `members(stream: BinaryIO) -> Iterator[Member]`. Both raise UnreadableError, and are imported when first needed.
    """

    module: str
    container: bool = False
    quick: bool = False
    """Whether reading it is cheap enough to be the check."""
    plain: bool = False
    """Whether nearly all of it is text."""


FORMATS = {
    ".txt": Format("plain", plain=True),
    ".md": Format("markdown", plain=True),
    ".html": Format("html"),
    ".htm": Format("html"),
    ".json": Format("newsarticle", quick=True),
    ".entry.json": Format("entry", quick=True),
    ".entries.jsonl": Format("entrylines", container=True),
    ".xml": Format("feedfile", quick=True),
    ".eml": Format("mail", quick=True),
    ".pdf": Format("pdf"),
    ".zip": Format("archive", container=True),
    ".warc": Format("webarchive", container=True),
    ".warc.gz": Format("webarchive", container=True),
}
"""The formats by ending, in lower case."""


def read(data: bytes, name: str) -> Iterator[Extraction]:
    """Each article in a file. ``name`` is its file name (the ending decides the format).

    Raises:
        UnreadableError: nothing in it can be read; the message says why.
    """
    _acceptable(data, name)
    yield from _extractions(io.BytesIO(data), name, sha256(data))


def read_file(path: Path) -> Iterator[Extraction]:
    """Each article in a file on disk; its ``input`` is the path as given. Web archives are streamed.

    Raises:
        UnreadableError: it cannot be opened, or nothing in it can be read.
    """
    name = os.fsencode(path).decode(errors="replace")
    if path.is_dir():
        raise UnreadableError("It is a folder: name the files in it.")
    form = _format(path.name)
    try:
        if not form.container and path.stat().st_size > MAX_BYTES:
            raise UnreadableError(_TOO_LARGE)
        with path.open("rb") as stream:
            if not form.container:
                yield from read(stream.read(), name)
                return
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            yield from _extractions(stream, name, digest)
    except OSError as error:
        raise UnreadableError(f"It cannot be opened: {error.strerror or error}.") from None


def check(data: bytes, name: str) -> None:
    """A cheap test before anything is stored or queued: could this be read at all?

    Raises:
        UnreadableError: no; the message is one sentence that says why.
    """
    form = _acceptable(data, name)
    if form.quick and len(data) <= _QUICK_BYTES:
        next(_module(form).drafts(data), None)


def extraction(article: Article, name: str, member: str | None = None) -> Extraction:
    """The article with all its facts, by the rules of its language; without facts where there are none.

    Raises:
        UnreadableError: the text is too long.
        SettingsError: the configured recogniser cannot be had.
    """
    if len(article.body) > MAX_CHARS:
        raise UnreadableError(_TOO_LONG)
    module, text = READERS.get(article.language), Text(article.body)
    article = articles.dated(msgspec.structs.replace(article, facts_read=module is not None), text)
    facts = Facts()
    if module:
        reader = recogniser.default()
        article = msgspec.structs.replace(article, extractor=reader.extractor)
        rules = partial(import_module(module).read, recogniser=reader.recogniser)
        facts = respacing.read(text, article, rules)
    return Extraction(
        input=name,
        member=member,
        article=article,
        quotes=identified(article, FactKind.quotes, facts.quotes),
        mentions=identified(article, FactKind.mentions, facts.mentions),
        figures=identified(article, FactKind.figures, facts.figures),
        dates=identified(article, FactKind.dates, facts.dates),
    )


def _acceptable(data: bytes, name: str) -> Format:
    form = _format(name)
    if not data.strip():
        raise UnreadableError("It is empty.")
    if len(data) > MAX_BYTES and not form.container:
        raise UnreadableError(_TOO_LARGE)
    if form.plain and len(data) > MAX_CHARS * _BYTES_A_CHAR:
        raise UnreadableError(_TOO_LONG)
    signature.check(data, _ending(name))
    return form


def _extractions(stream: BinaryIO, name: str, digest: str) -> Iterator[Extraction]:
    for draft in _drafts(stream, name, DEEPEST):
        yield extraction(articles.compose(draft, digest), name, draft.member)


def _drafts(stream: BinaryIO, name: str, depth: int) -> Iterator[Draft]:
    """Each article in a document or a container.

    One that cannot be read does not keep the others of its container back.
    """
    form = _format(name)
    if form.container:
        yield from _contained(stream, form, depth)
        return
    found = False
    for draft in _module(form).drafts(stream.read()):
        if clean(draft.body[:1_000]) or clean(draft.body):
            found = True
            yield draft
    if not found:
        raise UnreadableError("There is no text in it.")


def _contained(stream: BinaryIO, form: Format, depth: int) -> Iterator[Draft]:
    if depth == 0:
        raise UnreadableError(f"It holds files within files, more than {DEEPEST} deep.")
    found, reason = False, None
    for member in _module(form).members(stream):
        label = articles.line(member.label) or "?"
        began(label)
        try:
            for draft in _drafts(io.BytesIO(member.data), member.name, depth - 1):
                found = True
                within = f"{label}#{draft.member}" if draft.member else label
                yield msgspec.structs.replace(draft, member=within, url=draft.url or member.url)
        except UnreadableError as error:
            reason = reason or f"{label}: {error}"
    if not found:
        raise UnreadableError(f"Nothing in it can be read; {reason}" if reason else "There is no article in it.")


def _ending(name: str) -> str:
    lower = name.lower()
    return next((ending for ending in sorted(FORMATS, key=len, reverse=True) if lower.endswith(ending)), "")


def _format(name: str) -> Format:
    ending = _ending(name)
    if not ending or not Path(name).name.lower().removesuffix(ending):
        raise UnreadableError(f"Its name ends in none of {', '.join(FORMATS)}.")
    return FORMATS[ending]


def _module(form: Format) -> Any:
    return import_module(f"newsledger.extract.{form.module}")
