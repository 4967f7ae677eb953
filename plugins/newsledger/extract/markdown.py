"""Markdown: its marks taken off, front matter read, then as plain text."""

import re
from collections.abc import Iterator

import msgspec

from newsledger.extract import address, byline, encoding, plain, timestamp
from newsledger.extract.draft import Draft

# ---\ntitle: Harbour talks stall\nauthor: Anna Berg\ndate: 2025-03-04\n---
_FRONT = re.compile(r"\s*---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_FENCES = re.compile(r"^(?:```|~~~).{0,80}$", re.MULTILINE)
_MARKS = (
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^()\s]{0,2000}(?: \"[^\"\n]{0,300}\")?\)"), ""),  # ![caption](image.png)
    (re.compile(r"\[([^\]\n]{1,500})\]\([^()\s]{0,2000}(?: \"[^\"\n]{0,300}\")?\)"), r"\1"),  # [words](link)
    (re.compile(r"<(https?://[^\s<>]{1,500})>"), r"\1"),
    (re.compile(r"^[ \t]{0,3}#{2,6}[ \t]+(.{1,500}?)[ \t#]*$", re.MULTILINE), r"\1"),  # ## Subheading
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),  # > quotation
    (re.compile(r"^[ \t]*[*+-][ \t]+(?=\S)", re.MULTILINE), ""),  # - item
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),  # ---
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?\S)\1"), r"\2"),  # **bold**
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),  # *emphasis*
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,500}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)  # fmt: skip


def drafts(data: bytes) -> Iterator[Draft]:
    """The one article of a Markdown file; what its front matter states goes before what the text shows."""
    decoded = encoding.decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    stated = {name.lower(): value.strip(" \"'") for name, value in _FIELD.findall(front[1])} if front else {}
    draft = plain.draft(_unmarked(text[front.end() :] if front else text), decoded.notes)
    published = timestamp.parse(stated.get("date") or stated.get("published"))
    yield msgspec.structs.replace(
        draft,
        headline=stated.get("title") or draft.headline,
        authors=byline.names(stated.get("author") or stated.get("authors") or "") or draft.authors,
        publisher=stated.get("publisher"),
        url=address.clean(stated.get("url") or stated.get("source")),
        published=published or draft.published,
        published_basis="stated" if published or draft.published else None,
    )


def _unmarked(text: str) -> str:
    text = _FENCES.sub("", text)
    for mark, words in _MARKS:
        text = mark.sub(words, text)
    return text
