"""News sitemaps and their indexes (https://www.sitemaps.org/protocol.html, Google News sitemaps)."""

import re
from typing import Any

from newsledger.collect.entry import Feed, each, link, links, text
from newsledger.envelope import Entry
from newsledger.errors import UnreadableError

_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex)[\s>]")
_HEAD = 4096


def looks_like_one(body: bytes) -> bool:
    """Whether the outermost element is a sitemap's."""
    return _ROOT.search(body, 0, _HEAD) is not None


def read(body: bytes, url: str) -> Feed:
    """The addresses of a sitemap as entries, or the sitemaps of an index.

    Raises:
        UnreadableError: it cannot be parsed at all.
    """
    from lxml import etree

    # No entity is expanded, no DTD loaded, nothing fetched, and no tree deeper or larger than libxml2's own bounds.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"{url} looks like a sitemap but cannot be parsed ({error}).") from error
    if root is None:
        raise UnreadableError(f"{url} looks like a sitemap but cannot be parsed.")
    problems = [f"not well-formed: {parser.error_log[0].message}"] if len(parser.error_log) else []
    if _name(root) == "sitemapindex":
        return Feed(kind="sitemapindex", maps=_maps(root, url), problems=tuple(problems))
    entries = tuple(each(_children(root, "url"), lambda node: _entry(node, url), problems))
    return Feed(kind="sitemap", entries=entries, problems=tuple(problems))


def _maps(root: Any, url: str) -> tuple[str, ...]:
    """Latest change first; those without a date keep the order of the index, after the others."""
    dated = sorted(_children(root, "sitemap"), key=lambda node: _said(node, "lastmod") or "", reverse=True)
    return links(url, (_said(node, "loc") for node in dated))


def _entry(node: Any, url: str) -> Entry:
    place = link(url, _said(node, "loc"))
    news = next(_children(node, "news"), None)
    if news is None:
        return Entry(guid=place, link=place, updated=_said(node, "lastmod"))
    publication = next(_children(news, "publication"), None)
    return Entry(
        guid=place,
        link=place,
        title=_said(news, "title"),
        published=_said(news, "publication_date"),
        updated=_said(node, "lastmod"),
        language=_said(publication, "language"),
        publisher=_said(publication, "name"),
    )


def _said(node: Any, name: str) -> str | None:
    child = None if node is None else next(_children(node, name), None)
    return None if child is None else text(child.text)


def _children(node: Any, name: str) -> Any:
    return (child for child in node if _name(child) == name)


def _name(node: Any) -> str:
    """Local name: some sitemaps leave their namespace out, or have an old one."""
    return str(node.tag.rpartition("}")[2]) if isinstance(node.tag, str) else ""
