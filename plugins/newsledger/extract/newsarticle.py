"""Articles as JSON: schema.org `NewsArticle` and its kin (one, a list, a graph), and ninjs."""

import json
from collections.abc import Iterator
from typing import Any

from newsledger.errors import UnreadableError
from newsledger.extract import byline, encoding, markup, timestamp
from newsledger.extract.draft import Draft
from newsledger.records import Record
from newsledger.text import clean

Node = dict[str, Any]

# schema.org types, best first: of several objects in one page the best tells whose the page is.
_RANKS = (
    "NewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle ReportageNewsArticle ReviewNewsArticle",
    "Article AdvertiserContentArticle Report SatiricalArticle ScholarlyArticle TechArticle AskPublicNewsArticle",
    "LiveBlogPosting",
    "BlogPosting SocialMediaPosting Review",
    "WebPage",
)
_RANK = {name: rank for rank, names in enumerate(_RANKS) for name in names.split()}
LIVE = 2
"""Rank of a running page: its headline is that of the hour."""
PAGE = 4
"""Rank of an object that is about the page, not the article: its headline has the site's name in it."""

_DEEPEST = 40
_MOST_NODES = 20_000
_SHOWN = 40


class Statement(Record, frozen=True, kw_only=True):
    """What one JSON object says about an article; each field null or empty where it says nothing."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    stated: str | None = None
    """The date of publishing as written."""
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None
    free: bool | None = None
    """Whether everybody may read it."""


def drafts(data: bytes) -> Iterator[Draft]:
    """Each article in a JSON file.

    Raises:
        UnreadableError: it is not JSON, or none of its objects has an article's text.
    """
    decoded = encoding.decode(data)
    told = [statement for node in nodes(_parse(decoded.text)) if (statement := read(node)).body]
    if not told:
        raise UnreadableError(
            "There is no article in it: no object has an articleBody (schema.org) or body_text (ninjs)."
        )
    for number, statement in enumerate(told, start=1):
        yield Draft(
            member=str(number) if len(told) > 1 else None,
            body=statement.body or "",
            url=statement.url,
            headline=statement.headline,
            authors=statement.authors,
            publisher=statement.publisher,
            published=statement.published,
            published_basis="stated" if statement.published else None,
            modified=statement.modified,
            language=statement.language,
            notes=(*decoded.notes, *_unread(statement)),
        )


def _unread(statement: Statement) -> Iterator[str]:
    """Notes of what is stated but cannot be so: `datePublished: "1500-01-01"`."""
    if statement.stated and not statement.published:
        written = " ".join(clean(statement.stated).split())[:_SHOWN]
        yield f"date of publishing not understood: {written}".rstrip(" :")


def nodes(value: object) -> Iterator[Node]:
    """Every object in a JSON value, outer ones first; bounded in depth and number. References are filled in."""
    found = list(_walk(value))
    known = {node["@id"]: node for node in found if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in found:
        yield {key: _resolved(item, known) for key, item in node.items()}


def read(node: Node) -> Statement:
    """What a schema.org or ninjs object states."""
    return Statement(
        headline=_first(node, "headline", "headlines", "name"),
        authors=_authors(node),
        publisher=_name(_first(node, "publisher", "sourceOrganization", "copyrightholder", "infosources")),
        stated=_first(node, "datePublished"),
        published=_time(node, "datePublished", "dateCreated", "versioncreated", "firstcreated"),
        modified=_time(node, "dateModified", "contentmodified"),
        url=_link(node, "url", "mainEntityOfPage", "@id", "canonical", "uri"),
        language=_first(node, "inLanguage", "language"),
        body=_body(node),
        free={"true": True, "false": False}.get(str(node.get("isAccessibleForFree")).lower()),
    )


def rank(node: Node) -> int | None:
    """How well the object's type says that it is an article (0 is best); null when it is none."""
    types = [str(name).rpartition("/")[2] for name in _list(node.get("@type")) if isinstance(name, str)]
    return min((_RANK[name] for name in types if name in _RANK), default=None)


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise UnreadableError("It is JSON nested too deeply to be an article.") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"It is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from None
    except ValueError:  # an integer of thousands of digits
        raise UnreadableError("It is not valid JSON: a number in it is too long.") from None


def _walk(value: object) -> Iterator[Node]:
    """Breadth first, without recursion."""
    level, seen = [value], 0
    for _ in range(_DEEPEST):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                yield item
                seen += 1
            if isinstance(item, dict | list) and seen < _MOST_NODES:
                below.extend(item.values() if isinstance(item, dict) else item)
        level = [item for item in below if isinstance(item, dict | list)]
        if not level:
            return


def _resolved(item: Any, known: dict[str, Node]) -> Any:
    if isinstance(item, dict) and item.keys() == {"@id"}:
        return known.get(item["@id"], item) if isinstance(item["@id"], str) else item
    return [_resolved(part, known) for part in item] if isinstance(item, list) and len(item) < 100 else item


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str | None:
    """A string, or that of an object that wraps one (`{"@value": ..}`, `{"name": ..}`, `{"@id": ..}`), cleaned."""
    for item in _list(value)[:1]:
        if isinstance(item, dict):
            wrapped = (item.get(key) for key in ("name", "@value", "value", "@id", "url", "code"))
            return next((clean(text) for text in wrapped if isinstance(text, str) and text.strip()), None)
        if isinstance(item, str):
            return clean(item) or None
    return None


def _first(node: Node, *keys: str) -> str | None:
    return next((text for key in keys if (text := _text(node.get(key)))), None)


def _link(node: Node, *keys: str) -> str | None:
    """The first web address under the keys; of an object its `@id` or `url`."""
    for value in (item for key in keys for item in _list(node.get(key))[:1]):
        links = (value.get("@id"), value.get("url")) if isinstance(value, dict) else (value,)
        for link in links:
            if isinstance(link, str) and link.strip().startswith(("http:", "https:")):
                return clean(link)
    return None


def _name(text: str | None) -> str | None:
    return None if text and "://" in text else text


def _time(node: Node, *keys: str) -> str | None:
    return next((time for key in keys for value in _list(node.get(key))[:1] if (time := timestamp.parse(value))), None)


def _authors(node: Node) -> tuple[str, ...]:
    stated = [
        _text(value) for key in ("author", "creator", "byline", "by", "authors") for value in _list(node.get(key))
    ]
    return tuple(dict.fromkeys(name for text in stated if text for name in byline.names(text)))


def _body(node: Node) -> str | None:
    """The text: schema.org `articleBody`, ninjs 1 `body_text` and its kin, ninjs 2 `bodies`."""
    plain = next((text for key in ("articleBody", "body_text", "text") if (text := _raw(node.get(key)))), None)
    marked = next((text for key in ("body_html", "body_xhtml") if (text := _raw(node.get(key)))), None)
    for part in _list(node.get("bodies")):
        if isinstance(part, dict) and (text := _raw(part.get("value"))):
            kind = str(part.get("contenttype") or part.get("contentType") or "")
            plain, marked = (
                (plain, marked or text) if "html" in kind or markup.is_marked(text) else (plain or text, marked)
            )
    if plain and markup.is_marked(plain):
        plain, marked = None, plain
    return plain or (markup.unmarked(marked) if marked else None)


def _raw(value: object) -> str | None:
    text = value if isinstance(value, str) else _text(value)
    return text if text and clean(text) else None
