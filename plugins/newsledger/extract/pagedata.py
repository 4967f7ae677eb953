"""What a web page says about its article: JSON-LD first, then meta elements, then what the page shows."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from newsledger.extract import address, byline, newsarticle, timestamp
from newsledger.extract.newsarticle import Statement

_MOST_SCRIPT = 2_000_000  # characters of one JSON-LD block that are read

# Names of meta elements (property, name or itemprop), in order of trust.
_TITLES = "og:title twitter:title parsely-title sailthru.title dc.title citation_title headline".split()
_AUTHORS = (
    "author article:author parsely-author sailthru.author article:author_name byl authors dc.creator dcterms.creator "
    "citation_author cxenseparse:author og:article:author"
).split()
_INVERTED = frozenset({"dc.creator", "dcterms.creator", "citation_author"})  # they write "Berg, Anna"
_PUBLISHERS = "og:site_name dc.publisher citation_journal_title publisher application-name".split()
_PUBLISHED = (
    "article:published_time article:published og:published_time datepublished parsely-pub-date sailthru.date "
    "dc.date.issued dcterms.issued dcterms.created date.available dc.date.created date.created article.published "
    "pubdate publishdate publish-date publication_date citation_publication_date citation_online_date "
    "cxenseparse:recs:publishtime dcterms.date dc.date date"
).split()
_MODIFIED = "article:modified_time datemodified og:updated_time date.modified last-modified dcterms.modified".split()
_URLS = "og:url twitter:url parsely-link".split()

# "Harbour talks stall | The Courier", "Harbour talks stall - National | courier.example"
_PARTS = re.compile(r"\s+[|•·*»–—-]\s+")
# /2025/03/04/, /2025/mar/04/, -20250304
_ADDRESS_DAY = re.compile(r"[/-](20\d\d)[/-]?(0[1-9]|1[0-2]|(?<=/)[a-z]{3}(?=/))[/-]?([0-3]\d)(?=[/_.-]|$)")

# Where pages show who wrote it, the surest first; only the first few, because related articles have bylines too.
_BYLINES = tuple(
    XPath(path)
    for path in (
        './/*[@rel="author"]',
        './/*[@itemprop="author"]',
        './/*[contains(@class, "author-name") or contains(@class, "author__name") or contains(@class, "authorName")]',
        './/*[contains(@class, "byline") or contains(@class, "Byline")]',
    )
)
_MOST_BYLINES = 1

Metas = dict[str, list[str]]


def read(tree: HtmlElement) -> Statement:
    """All that the page states about its article. Of the body only what JSON-LD gives, if it does."""
    said = list(_statements(tree))
    article = next((statement for _, statement in said), Statement())
    metas = _metas(tree)
    url = _url(tree, metas, article)
    return Statement(
        headline=_headline(tree, metas, said),
        authors=_authors(tree, metas, article),
        publisher=_site(article.publisher or _first(metas, _PUBLISHERS)),
        published=article.published or _time(metas, _PUBLISHED) or _shown_time(tree, url),
        modified=article.modified or _time(metas, _MODIFIED),
        url=url,
        language=tree.get("lang") or article.language,
        body=next((statement.body for _, statement in said if statement.body), None),
        free=article.free,
    )


def _statements(tree: HtmlElement) -> Iterator[tuple[int, Statement]]:
    """What JSON-LD says about articles, the best object first, each with its rank."""
    found = [
        (rank, number, node)
        for number, node in enumerate(node for script in tree.iter("script") for node in _objects(script))
        if (rank := newsarticle.rank(node)) is not None
    ]
    for rank, _, node in sorted(found, key=lambda entry: entry[:2]):
        yield rank, newsarticle.read(node)


def _objects(script: HtmlElement) -> Iterator[newsarticle.Node]:
    text = script.text or ""
    if "ld+json" not in (script.get("type") or "") or len(text) > _MOST_SCRIPT:
        return
    try:
        value = json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):  # broken by its page: the other ways stand
        return
    yield from newsarticle.nodes(value)


def _metas(tree: HtmlElement) -> Metas:
    """Contents of the meta elements by lower-case name."""
    metas: Metas = defaultdict(list)
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = _plain(meta.get("content"))
        if name and content:
            metas[name.lower()].append(content)
    return metas


def _first(metas: Metas, names: Iterable[str]) -> str | None:
    return next((text for name in names for text in metas.get(name, ())), None)


def _time(metas: Metas, names: Iterable[str]) -> str | None:
    return next((time for name in names for text in metas.get(name, ()) if (time := timestamp.parse(text))), None)


def _site(publisher: str | None) -> str | None:
    """The publisher's name without the sections or the slogan behind it ("The Courier | News"), or a handle's sign."""
    return _PARTS.split(publisher)[0].removeprefix("@") or None if publisher else None


def _headline(tree: HtmlElement, metas: Metas, said: list[tuple[int, Statement]]) -> str | None:
    """The article's own headline; of a live page, whose object is headed by the running title, the one for sharing.

    Where the shared title is the beginning of the stated one, the rest is a teaser: "Talks stall - what we know".
    """
    of_article = said and said[0][0] not in {newsarticle.LIVE, newsarticle.PAGE}
    stated = _plain(said[0][1].headline) if of_article else None
    shown = [text for heading in tree.iter("h1") if (text := _plain(heading.text_content()))]
    shared = _without_site(_first(metas, _TITLES), shown, metas)
    if stated and shared and stated.startswith(shared + " "):
        return shared
    title = next((_plain(element.text_content()) for element in tree.iter("title")), None)
    return stated or shared or (shown[0] if len(shown) == 1 else None) or _without_site(title, shown, metas)


def _without_site(title: str | None, shown: list[str], metas: Metas) -> str | None:
    """A title without the name of section and site behind it."""
    site = _folded(_first(metas, _PUBLISHERS) or "").split()[-1:]
    for mark in _PARTS.finditer(title or ""):
        head, rest = mark.string[: mark.start()], _folded(mark.string[mark.end() :]).split()
        if _folded(head) in map(_folded, shown) or (site and site[0] in rest):
            return head
    return title


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _authors(tree: HtmlElement, metas: Metas, article: Statement) -> tuple[str, ...]:
    if article.authors:
        return article.authors
    for name in _AUTHORS:
        if found := _each_name(_upright(text) if name in _INVERTED else text for text in metas.get(name, ())):
            return found
    for path in _BYLINES:
        shown = (_spaced(element) for element in path(tree)[:_MOST_BYLINES])
        if found := _each_name(text for text in shown if len(text) <= byline.LONGEST):
            return found
    return ()


def _spaced(element: HtmlElement) -> str:
    """The text of an element, a stroke where pieces of it touch each other (name and outlet, set apart by style)."""
    pieces: list[str] = []
    for piece in element.itertext():
        if pieces and not pieces[-1][-1:].isspace() and not piece[:1].isspace() and piece[:1].isalpha():
            pieces.append(" | ")
        pieces.append(piece)
    return _plain("".join(pieces))


def _each_name(texts: Iterable[str]) -> tuple[str, ...]:
    named = (name for text in texts if "://" not in text for name in byline.names(text))
    return tuple({name.casefold(): name for name in named if not any(map(str.isdigit, name))}.values())


def _upright(name: str) -> str:
    """Turn "Berg, Anna" into "Anna Berg"."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last}" if comma and "," not in first else name


def _url(tree: HtmlElement, metas: Metas, article: Statement) -> str | None:
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    base = next((clean for text in metas.get("og:url", ()) if (clean := address.clean(text))), None)
    candidates = (*links, *(text for name in _URLS for text in metas.get(name, ())), article.url)
    return next((clean for link in candidates if link and (clean := address.clean(link, base))), None)


def _shown_time(tree: HtmlElement, url: str | None) -> str | None:
    """The first time that the page marks up as its time of publishing, else the day in its address, else htmldate's."""
    for element in tree.iter("time", "abbr", "span", "div", "p"):
        if element.get("itemprop") != "datePublished" and element.get("pubdate") is None:
            continue
        if time := timestamp.parse(element.get("datetime") or element.get("content") or element.text_content()):
            return time
    if url and (day := _ADDRESS_DAY.search(url)):
        written = "/".join(day.groups()) if day[2].isdigit() else f"{day[3]} {day[2]} {day[1]}"
        if time := timestamp.parse(written):
            return time
    from htmldate import find_date

    return timestamp.parse(find_date(tree, original_date=True, extensive_search=False))


def _plain(text: str | None) -> str:
    return " ".join(html.unescape(text or "").split())
