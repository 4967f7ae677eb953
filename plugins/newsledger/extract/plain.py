"""Plain text: what its head and foot state (headline, byline, time), and the text between them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsledger.extract import address, byline, encoding, furniture, html, timestamp, wrapping
from newsledger.extract.draft import Draft
from newsledger.text import clean

_PAGE = re.compile(rb"\s*(?:<!doctype html\b|<html\b)", re.IGNORECASE)
"""A page that somebody saved as text."""

_HEAD_LINES = 8
_LONGEST_HEADLINE = 130
_LABEL = re.compile(
    r"(title|headline|authors?|byline|by|date|published|url|link|source|publisher)\s*:\s*(\S.{0,300})", re.IGNORECASE
)
_STOP = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_UPDATED = re.compile(r"(?:last )?(?:updated|modified)\b", re.IGNORECASE)
_TIME_LABEL = re.compile(
    r"(?:first |last |originally )?(?:published|posted|updated|modified|date)\b[\s:]*(?:on|at)?\s*", re.IGNORECASE
)
# Words of time; a line of nothing else is a time: "Tuesday 4 March 2025, 10:30 am GMT". Prose with a date in it is not.
_TIME_WORD = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|may|june?|july?|[ap]m?|m|at|on|of|utc|[a-z]{2,4}t"
    r"|(?:jan|feb|mar|apr|aug|sep|oct|nov|dec)[a-z]*|\d{1,4}(?:st|nd|rd|th|[ap]m|z)?|t?\d\dt?\d*",
    re.IGNORECASE,
)
_TIME_GAP = re.compile(r"[\s,.:/|@•·+–—-]+")
_LONGEST_TIME = 80


class Head(NamedTuple):
    """What the first lines state, and how many they are."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    publisher: str | None = None
    url: str | None = None


def drafts(data: bytes) -> Iterator[Draft]:
    """The one article of a text file."""
    if _PAGE.match(data):
        yield from html.drafts(data)
        return
    decoded = encoding.decode(data)
    yield draft(decoded.text, decoded.notes)


def draft(text: str, notes: tuple[str, ...] = ()) -> Draft:
    """The article of a plain text: head and foot read, wrapped lines joined, furniture out."""
    lines = clean(wrapping.unwrap(_lf(text))).split("\n")
    head, rest = _head(lines)
    authors, body = byline.taken_off("\n".join(wrapping.mend(list(furniture.without(rest)))))
    return Draft(
        body=body,
        headline=head.headline,
        authors=head.authors or authors,
        publisher=head.publisher,
        url=head.url,
        published=head.published,
        published_basis="stated" if head.published else None,
        modified=head.modified,
        notes=notes,
    )


def time_of(line: str) -> str | None:
    """The time that a line of nothing else states ("Published: 4 March 2025"), ISO 8601."""
    if len(line) > _LONGEST_TIME:
        return None
    bare = _TIME_LABEL.sub("", line, count=1)
    if not all(_TIME_WORD.fullmatch(word) for word in _TIME_GAP.split(bare) if word):
        return None
    return timestamp.parse(bare)


def _head(lines: list[str]) -> tuple[Head, list[str]]:
    """Read headline, byline and times off the first lines, in any order; the rest begins with the first other line."""
    head, labelled = _labelled(lines)
    lines = lines[labelled:]
    for number, line in enumerate(lines[:_HEAD_LINES]):
        rest = lines[number + 1 :]
        if time := time_of(line):
            head = _timed(head, time, updated=bool(_UPDATED.match(line)))
        elif byline.is_byline(line) and not head.authors:
            head = head._replace(authors=byline.names(line))
        elif not head.headline and _is_headline(line, rest):
            head = head._replace(headline=line.lstrip("# "))
        elif not furniture.kind(line):
            return head, lines[number:]
    return head, lines[_HEAD_LINES:]


def _labelled(lines: list[str]) -> tuple[Head, int]:
    """What a block of at least two labels at the very top states ("Title: ..", "Author: .."), and its length."""
    fields: dict[str, str] = {}
    for line in lines[:_HEAD_LINES]:
        match = _LABEL.fullmatch(line)
        if not match or match[1].lower() in fields:
            break
        fields[match[1].lower()] = match[2]
    if len(fields) < 2:
        return Head(), 0
    stated = next((fields[name] for name in ("author", "authors", "byline", "by") if name in fields), "")
    return Head(
        headline=fields.get("title") or fields.get("headline"),
        authors=byline.names(stated),
        published=timestamp.parse(fields.get("published") or fields.get("date")),
        publisher=fields.get("publisher") or fields.get("source"),
        url=address.clean(fields.get("url") or fields.get("link")),
    ), len(fields)


def _timed(head: Head, time: str, *, updated: bool) -> Head:
    if updated:
        return head._replace(modified=head.modified or time)
    return head._replace(published=head.published or time)


def _is_headline(line: str, rest: list[str]) -> bool:
    """A short line without a closing stop, above a byline, a time, or text that is longer and does close with one."""
    if line.startswith("# ") and rest:
        return True
    words = line.split()
    above_more = any(time_of(text) or byline.is_byline(text) for text in rest[:1])
    below = rest[0] if rest else ""
    return (
        len(line) <= _LONGEST_HEADLINE
        and 3 <= len(words) <= 22
        and not (_STOP.search(line) and not line.endswith("?"))
        and not line[0].islower()
        and (above_more or (len(below) >= max(50, 0.8 * len(line)) and bool(_ENDS_SENTENCE.search(below))))
    )


def _lf(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)
