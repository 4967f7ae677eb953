"""Saved feeds (.xml): RSS 2.0, RSS 1.0 and Atom; each entry an article.

Feeds that are polled are read in `collect`; this reads a file that somebody saved, with nothing but lxml.
"""

import re
from collections.abc import Iterator

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring

from newsledger.errors import UnreadableError
from newsledger.extract import address, byline, encoding, markup, timestamp
from newsledger.extract.draft import Draft

MOST_ENTRIES = 10_000

_ENTRIES = frozenset({"item", "entry"})
_ROOTS = frozenset({"rss", "feed", "rdf"})
_BODIES = ("encoded", "content", "description", "summary")
"""Local names, the whole text first."""
_SUMMARIES = frozenset({"description", "summary"})
_PUBLISHED = ("pubdate", "published", "date", "issued", "created", "updated")
_MODIFIED = ("updated", "modified")
_DECLARED = re.compile(r"^\s*<\?xml\b[^>]{0,200}\?>")


def drafts(data: bytes) -> Iterator[Draft]:
    """Each entry of a feed, in the feed's order.

    Raises:
        UnreadableError: it is not XML, no feed, or has no entries with text.
    """
    declared = re.match(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:\-]{2,40})", data[:400])
    decoded = encoding.decode(data, declared[1].decode("ascii", "ignore") if declared else None)
    root = _root(_DECLARED.sub("", decoded.text))
    if _name(root) not in _ROOTS:
        raise UnreadableError(f"It is no feed: its outermost element is <{_name(root)}>, not rss, feed or RDF.")
    channel = next((child for child in root if _name(child) == "channel"), root)
    publisher, language = _first(channel, "title"), _first(channel, "language") or root.get(f"{_XML}lang")
    base = address.clean(_link(channel))
    entries = (element for element in root.iter() if _name(element) in _ENTRIES)
    found = False
    for number, entry in zip(range(1, MOST_ENTRIES + 1), entries, strict=False):
        body, summary = _body(entry)
        if body:
            found = True
            published = _time(entry, _PUBLISHED)
            notes = (*decoded.notes, *(("only the feed's summary",) if summary else ()))
            yield Draft(
                member=str(number),
                body=body,
                url=address.clean(_link(entry), base),
                headline=_headline(entry),
                authors=_authors(entry),
                publisher=_first(entry, "source") or publisher,
                published=published,
                published_basis="feed" if published else None,
                modified=_time(entry, _MODIFIED),
                language=language,
                notes=notes,
            )
    if not found:
        raise UnreadableError("There is no entry with text in the feed.")


_XML = "{http://www.w3.org/XML/1998/namespace}"


def _root(text: str) -> _Element:
    parser = XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8", remove_comments=True)
    try:
        root = fromstring(text.encode("utf-8", "ignore"), parser)
    except (XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"It is not XML: {error}.") from None
    if root is None:
        raise UnreadableError("It is not XML.")
    return root


def _name(element: _Element) -> str:
    """Local name in lower case; empty for comments and instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _children(entry: _Element, name: str) -> Iterator[_Element]:
    return (child for child in entry if _name(child) == name)


def _first(entry: _Element, name: str) -> str | None:
    texts = (" ".join("".join(child.itertext()).split()) for child in _children(entry, name))
    return next((text for text in texts if text), None)


def _headline(entry: _Element) -> str | None:
    title = _first(entry, "title")
    return markup.unmarked(title) if title else None


def _body(entry: _Element) -> tuple[str, bool]:
    """The text of an entry and whether it is only the summary."""
    for name in _BODIES:
        for child in _children(entry, name):
            if text := markup.unmarked("".join(child.itertext())).strip():
                return text, name in _SUMMARIES
    return "", True


def _link(entry: _Element) -> str | None:
    """The address of an entry: Atom's `alternate` link, RSS's link, a guid that is a permalink."""
    links = [link for link in _children(entry, "link") if link.get("rel", "alternate") == "alternate"]
    stated = next((link.get("href") or link.text for link in links if link.get("href") or link.text), None)
    guid = next((guid for guid in _children(entry, "guid") if guid.get("isPermaLink", "true") == "true"), None)
    return stated or (guid.text if guid is not None and (guid.text or "").startswith("http") else None)


def _authors(entry: _Element) -> tuple[str, ...]:
    """`dc:creator`, Atom's author names, RSS's `editor@example.org (Anna Berg)`."""
    stated: list[str] = []
    for child in entry:
        if _name(child) in {"creator", "author", "byline"}:
            named = _first(child, "name") or " ".join("".join(child.itertext()).split())
            bracketed = re.fullmatch(r"\S+@\S+ \(([^()]{2,100})\)", named)
            stated.append(bracketed[1] if bracketed else named)
    return tuple(dict.fromkeys(name for text in stated for name in byline.names(text)))


def _time(entry: _Element, names: tuple[str, ...]) -> str | None:
    return next((time for name in names if (time := timestamp.parse(_first(entry, name)))), None)
