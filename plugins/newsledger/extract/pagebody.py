"""The text of a web page: trafilatura finds it; what it cannot know about news pages is pruned before and after."""

import logging
import re
from collections.abc import Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from newsledger.extract import furniture, markup, pageprune, plain
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
_HEAD = 5  # lines that may repeat headline and time


def find(tree: HtmlElement, page: Statement) -> str:
    """The article's paragraphs, a line each, without furniture and headlines. The tree is used up.

    ``page`` is what the page states: its headline, and the text in its JSON-LD, which stands in where little is shown.
    """
    titles = {_folded(page.headline or ""), *(_folded(heading.text_content()) for heading in tree.iter("h1"))}
    if int(_COUNT(tree)) > MOST_ELEMENTS:
        return "\n".join(furniture.without(_without_headline(_paragraphs(tree), titles)))
    pageprune.prune(tree, page.url)
    lines = _extracted(tree, fast=True)
    if _size(lines) < SHORT:
        lines = max(lines, _extracted(tree, fast=False), key=_size)
    body = "\n".join(furniture.without(_without_headline(lines, titles)))
    stated = "\n".join(furniture.without(markup.unmarked(page.body or "").split("\n")))
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
        text = pageprune.text_of(element) if element.tag != "blockquote" or element.find(".//p") is None else ""
        if text and pageprune.linked(element) < 0.5 * len(text):
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
