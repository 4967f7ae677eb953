"""The text of a web page: trafilatura finds it; what it cannot know about news pages is pruned before and after."""

import logging
import re
from collections.abc import Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from newsledger.extract import furniture, markup, plain
from newsledger.extract.newsarticle import Statement

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every page it gives up on
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

SHORT = 250
"""Characters; when the quick way finds less, the thorough one (three extractors compared) is tried too."""

STUB = 0.5
"""Share of the text that JSON-LD gives; a page that shows less of it builds the rest when it is opened."""

MOST_ELEMENTS = 30_000
"""A page with more (a log, a table of thousands of rows) is read paragraph by paragraph, in time that grows with it."""

_COUNT = XPath("count(.//*)")
_BLOCKS = frozenset("p head quote list item row lb table code del div".split())
_HEADERS = XPath(".//header")
_LINKED = XPath(".//p[.//a] | .//h2[.//a] | .//h3[.//a] | .//h4[.//a]")
_LISTS = XPath(".//ul[.//a] | .//ol[.//a]")
_PICTURES = XPath(".//picture | .//img")
_WIDGETS = XPath(
    ".//p//*[contains(@class, 'rollover') or contains(@class, 'tooltip') or contains(@class, 'popover') or "
    "contains(@class, 'popup') or contains(@class, 'hovercard') or self::span[.//div or .//ul or (.//img and .//a)]]"
)
_PICTURE_CLASS = re.compile(r"image|photo|picture|figure|media|caption|gallery", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LONGEST_CAPTION = 600
_HEAD = 5


def find(tree: HtmlElement, page: Statement) -> str:
    """The article's paragraphs, a line each, without furniture and without headlines. The tree is used up.

    ``page`` is what the page states: its headline, and the text in its JSON-LD, which stands in where little is shown.
    """
    titles = {_folded(page.headline or ""), *(_folded(heading.text_content()) for heading in tree.iter("h1"))}
    if int(_COUNT(tree)) > MOST_ELEMENTS:
        return "\n".join(furniture.without(_without_headline(_paragraphs(tree), titles)))
    for prune in (_prune_headers, _prune_links, _prune_captions, _prune_widgets):
        prune(tree)
    lines = _extracted(tree, fast=True)
    if _size(lines) < SHORT:
        lines = max(lines, _extracted(tree, fast=False), key=_size)
    body = "\n".join(furniture.without(_without_headline(lines, titles)))
    stated = markup.unmarked(page.body or "")
    return stated if len(body) < STUB * len(stated) or _folded(body) == _folded(stated) else body


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))


def _extracted(tree: HtmlElement, *, fast: bool) -> list[str]:
    from trafilatura import bare_extraction

    document = bare_extraction(tree, fast=fast, include_comments=False)
    body = getattr(document, "body", None)
    return [] if body is None else list(_lines(body))


def _paragraphs(tree: HtmlElement) -> list[str]:
    """The text of all paragraphs that are not mostly links."""
    found = []
    for element in tree.iter("p", "h2", "h3", "blockquote", "pre"):
        text = _text(element) if element.tag != "blockquote" or element.find(".//p") is None else ""
        if text and _linked(element) < 0.5 * len(text):
            found.append(text)
    return found


def _lines(body: HtmlElement) -> Iterator[str]:
    """The text of trafilatura's elements: a line for each paragraph, heading, list item and table row."""
    line: list[str] = []
    for event, element in _walk(body):
        if element.tag in _BLOCKS:
            yield from _joined(line)
            line = []
        elif element.tag == "cell" and event == "start" and line:
            line.append(" | ")
        text = element.text if event == "start" else element.tail
        if text:
            line.append(text)
    yield from _joined(line)


def _walk(body: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml.etree import iterwalk

    yield from iterwalk(body, events=("start", "end"))


def _joined(line: list[str]) -> Iterator[str]:
    if text := " ".join("".join(line).split()):
        yield text


def _without_headline(lines: list[str], titles: set[str]) -> list[str]:
    """Drop headline and time where the text repeats them before it begins."""
    head = [line for line in lines[:_HEAD] if _folded(line) not in titles and not plain.time_of(line)]
    return head + lines[_HEAD:]


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))


def _prune_headers(tree: HtmlElement) -> None:
    """Headers hold headline, standfirst, byline and share buttons; one that holds the text is a frame."""
    for header in _HEADERS(tree):
        if len(header.text_content()) < 2_000:
            header.drop_tree()


def _prune_links(tree: HtmlElement) -> None:
    """Paragraphs and lists that are nothing but links lead to other articles; links within the page stay."""
    for element in _LINKED(tree):
        text = _text(element)
        if text and _linked(element) >= 0.9 * len(text) and not _SENTENCE_END.search(text):
            _drop(element)
    for element in _LISTS(tree):
        text = _text(element)
        if text and len(element) > 1 and _linked(element) >= 0.9 * len(text):
            _drop(element)


def _linked(element: HtmlElement) -> int:
    """Characters inside links that lead away."""
    return sum(len(_text(link)) for link in element.iter("a") if not (link.get("href") or "#").startswith("#"))


def _prune_captions(tree: HtmlElement) -> None:
    """The frame of a picture with its caption: the widest element around it that is called so and holds little text."""
    large: dict[HtmlElement, bool] = {}
    for picture in _PICTURES(tree):
        frame = None
        for element in picture.iterancestors("div", "figure", "span", "a", "aside"):
            if element not in large:
                large[element] = len(element.text_content()) > _LONGEST_CAPTION
            if large[element]:
                break
            if _PICTURE_CLASS.search(element.get("class") or ""):
                frame = element
        if frame is not None and frame.getparent() is not None:
            _drop(frame)


def _prune_widgets(tree: HtmlElement) -> None:
    """A block inside a line of text is a box that opens on a click."""
    for element in _WIDGETS(tree):
        if element.getparent() is not None:
            _drop(element)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
