"""What trafilatura cannot know about news pages: boxes, cards, captions and links that stand among the text."""

import re
from collections.abc import Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

_HEADERS = XPath(".//header")
_LARGEST_HEADER = 2_000

_UNSEEN = XPath(
    ".//*[self::span or self::div or self::p or self::a or self::h2 or self::h3][contains(@class, 'sr-only') or "
    "contains(@class, 'visually-hidden') or contains(@class, 'visuallyhidden') or contains(@class, 'screen-reader')]"
)
_BOX_NAME = re.compile(
    r"newsletter|(?<![a-z])promo(?![tu])|(?:^|[\s_-])cta(?:[\s_-]|$)|recirc|sign-?up|trending|(?:most|more)-(?:read|popular)"
    r"|latest-news|read-?more|recommend|infobox|also-like|advert|donat|share-(?:bar|tools|buttons)|paid-content",
    re.IGNORECASE,
)
_LARGEST_BOX = 1_500

_TEASERS = XPath(".//h2[.//a] | .//h3[.//a] | .//h4[.//a] | .//a[.//h2 or .//h3 or .//h4]")
_LARGEST_CARD = 500

_LINKED = XPath(".//p[.//a] | .//h2[.//a] | .//h3[.//a] | .//h4[.//a]")
_LISTS = XPath(".//ul[.//a] | .//ol[.//a]")
_NEARLY_ALL = 0.9
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")

_HOST = re.compile(r"\s*(?:https?:)?//([\w.:-]+)", re.IGNORECASE)
_SECOND_LEVELS = frozenset("co com org net gov ac edu".split())  # of co.uk, com.au

_PICTURES = XPath(".//picture | .//img")
_PICTURE_NAME = re.compile(r"image|photo|picture|figure|media|caption|gallery", re.IGNORECASE)
_LARGEST_CAPTION = 600

_WIDGETS = XPath(
    ".//p//*[self::span or self::div][contains(@class, 'rollover') or contains(@class, 'tooltip') or "
    "contains(@class, 'popover') or contains(@class, 'popup') or contains(@class, 'hovercard') or div or ul "
    "or (img and a)]"
)


def prune(tree: HtmlElement, url: str | None = None) -> None:
    """Take out of a page what is not the article's text. Everything has a bound on its size, so that text stays.

    ``url`` is the page's address: headings and lines that link to other sites (a product, a report) are text.
    """
    host = _HOST.match(url or "")
    site = _site(host[1]) if host else None
    _headers(tree)
    _boxes(tree)
    _teasers(tree, site)
    _links(tree, site)
    _captions(tree)
    _widgets(tree)


def text_of(element: HtmlElement) -> str:
    """All text of an element, single spaces."""
    return " ".join(element.text_content().split())


def linked(element: HtmlElement, site: str | None = None) -> int:
    """Characters inside links that lead away from the page; with a ``site``, those to its other pages only."""
    return sum(len(text_of(link)) for link in element.iter("a") if _leads_away(link, site))


def _leads_away(link: HtmlElement, site: str | None = None) -> bool:
    target = (link.get("href") or "#").strip()
    if target.startswith("#"):
        return False
    host = _HOST.match(target)
    return site is None or host is None or _site(host[1]) == site


def _site(host: str) -> str:
    """The name that a site's hosts share: `courier` of `www.courier.example` and `sport.courier.co.uk`."""
    labels = host.lower().split(":")[0].split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVELS:
        labels.pop()
    return labels[-1] if labels else host


def _headers(tree: HtmlElement) -> None:
    """Headers hold headline, standfirst, byline and share buttons; one that holds the text is a frame."""
    for header in _HEADERS(tree):
        if len(header.text_content()) < _LARGEST_HEADER:
            _drop(header)


def _boxes(tree: HtmlElement) -> None:
    """Boxes whose names say that they ask for something or lead elsewhere; never one that holds much of the page."""
    for element in _UNSEEN(tree):
        _drop(element)
    most = min(_LARGEST_BOX, 0.3 * len(tree.text_content()))
    for element in list(tree.iter("div", "section", "aside", "form", "ul", "li", "article", "p")):
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(name) > 1 and _BOX_NAME.search(name) and len(element.text_content()) < most:
            _drop(element)


def _teasers(tree: HtmlElement, site: str | None) -> None:
    """Cards for other articles: a heading that is a link, with the box around it as long as that is small."""
    sizes = _Sizes()
    for heading in _TEASERS(tree):
        text = text_of(heading)
        link = heading if heading.tag == "a" else heading.find(".//a")
        if text and _leads_away(link, site) and len(text_of(link)) >= _NEARLY_ALL * len(text):
            *_, card = heading, *sizes.around(heading, _LARGEST_CARD)
            _drop(card)


def _links(tree: HtmlElement, site: str | None) -> None:
    """Paragraphs and lists that are nothing but links lead to other articles; links within the page stay."""
    for element in _LINKED(tree):
        text = text_of(element)
        if text and linked(element, site) >= _NEARLY_ALL * len(text) and not _SENTENCE_END.search(text):
            _drop(element)
    for element in _LISTS(tree):
        text = text_of(element)
        if text and len(element) > 1 and linked(element) >= _NEARLY_ALL * len(text):
            _drop(element)


def _captions(tree: HtmlElement) -> None:
    """The frame of a picture with its caption: the widest element around it that is called so and holds little text."""
    sizes = _Sizes()
    for picture in _PICTURES(tree):
        around = sizes.around(picture, _LARGEST_CAPTION)
        frames = [element for element in around if _PICTURE_NAME.search(element.get("class") or "")]
        if frames:
            _drop(frames[-1])


def _widgets(tree: HtmlElement) -> None:
    """Boxes inside a line of text that open on a click; the innermost, for around them are the words they hang on."""
    found = _WIDGETS(tree)
    around = {ancestor for element in found for ancestor in element.iterancestors("span", "div")}
    for element in found:
        if element not in around:
            _drop(element)


class _Sizes:
    """Lengths of text, each measured once: thousands of pictures share the same large frame."""

    def __init__(self) -> None:
        self._sizes: dict[HtmlElement, int] = {}

    def around(self, element: HtmlElement, largest: int) -> Iterator[HtmlElement]:
        """The frames around an element, the nearest first, as long as they hold no more text than ``largest``."""
        for frame in element.iterancestors("div", "figure", "span", "a", "aside", "li", "ul", "article", "section"):
            if frame not in self._sizes:
                self._sizes[frame] = len(frame.text_content())
            if self._sizes[frame] > largest:
                return
            yield frame


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
