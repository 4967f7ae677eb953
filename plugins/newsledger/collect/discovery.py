"""Where the feeds of a site are: as its page states them, else where sites usually have them."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from newsledger.errors import UnreadableError

_KINDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
"""Media types of feeds in `link rel=alternate` (https://www.rssboard.org/rss-autodiscovery, and others alike)."""
_COMMENTS = ("comment", "kommentar", "commentaire")
USUAL = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", "news-sitemap.xml")
"""Paths, beside the page and then at the root of its site (WordPress, Ghost, Jekyll, Hugo, ...)."""
_HEAD = 2_000_000
"""Bytes of a page that are looked at."""
_MOST = 20


def stated(page: bytes, url: str) -> tuple[str, ...]:
    """The feeds that a page names, those of comments last.

    Raises:
        UnreadableError: the page cannot be parsed.
    """
    found = list(dict.fromkeys(_stated(page[:_HEAD], url)))
    return tuple(sorted(found, key=_of_comments)[:_MOST])


def usual(url: str) -> tuple[str, ...]:
    """Addresses to try where a page names none."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    beside = f"{root}{parts.path.strip('/')}/" if parts.path.strip("/") else root
    return tuple(dict.fromkeys(base + path for base in (beside, root) for path in USUAL))


def _stated(page: bytes, url: str) -> Iterator[str]:
    from lxml import etree, html

    try:
        tree = html.document_fromstring(page, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError(f"{url} cannot be parsed as a page ({error}).") from error
    base = _joined(url, next((href for href in tree.xpath("//base/@href")), "")) or url
    for link in tree.iter("link", "a"):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().partition(";")[0].strip()
        if kind in _KINDS and ("alternate" in rel or "feed" in rel or link.tag == "a"):
            address = _joined(base, link.get("href") or "")
            if address:
                yield address


def _joined(base: str, href: str) -> str | None:
    try:
        address = urljoin(base, href.strip())
        return address if href.strip() and urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _of_comments(address: str) -> bool:
    return any(word in address.lower() for word in _COMMENTS)
