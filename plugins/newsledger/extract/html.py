"""Web pages: what the page states, and the text it holds."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsledger.errors import UnreadableError
from newsledger.extract import byline, encoding
from newsledger.extract.draft import Draft

if TYPE_CHECKING:
    from newsledger.extract.newsarticle import Statement

MAX_BYTES = 20_000_000
"""A larger page is refused."""

# The first bytes name the encoding, as in <meta charset="koi8-r"> or <?xml encoding="utf-8"?>.
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.\-]{2,40})", re.IGNORECASE
)
_HEAD = 4096
# The parser's time grows with the square of the number of attributes of one tag.
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,40})([^<>]{10000,})")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 1_000
# HTML forbids them (HTML Standard, 13.2.3.5), and trafilatura finds no text at all in a page that holds one.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
SHORT = 250
"""Characters; a page with less text is noted."""


def drafts(data: bytes, charset: str | None = None) -> Iterator[Draft]:
    """The one article of a page. ``charset`` is the encoding that a header named; the page's own word comes after it.

    Raises:
        UnreadableError: the page is too large, or there is no text in it.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"It is larger than {MAX_BYTES // 1_000_000} MB, too large for a page.")
    declared = _DECLARED.search(data[:_HEAD])
    decoded = encoding.decode(data, charset or (declared[1].decode("ascii", "ignore") if declared else None))
    page, text = _read(decoded.text)
    authors, body = byline.taken_off(text)
    yield Draft(
        body=body,
        url=page.url,
        headline=page.headline,
        authors=page.authors or authors,
        publisher=page.publisher,
        published=page.published,
        published_basis="html" if page.published else None,
        modified=page.modified,
        language=page.language,
        notes=(*decoded.notes, *_notes(page, body)),
    )


def _notes(page: "Statement", body: str) -> Iterator[str]:
    if page.free is False:
        yield "the page says that it is not free: its text may be cut"
    if 0 < len(body) < SHORT:
        yield "little text: it may be a teaser or a consent wall"


def _read(text: str) -> tuple["Statement", str]:
    """What the page states, and its text. lxml and trafilatura are imported only here: they take a while."""
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    from newsledger.extract import pagebody, pagedata

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        sound = _LONG_TAG.sub(_uncrowded, _CONTROL.sub("", text))
        tree = document_fromstring(sound.encode("utf-8", "ignore"), parser=parser)
        page = pagedata.read(tree)
        return page, pagebody.find(tree, page)
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError) as error:
        # the parsers' own limits and slips on broken markup
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise UnreadableError(f"The page is too broken to be read: {reason}.") from None


def _uncrowded(tag: re.Match[str]) -> str:
    """A tag as it is, or bare where it has more attributes than anybody writes."""
    attributes = _QUOTED.sub("", tag[2]).split(maxsplit=_MOST_ATTRIBUTES)
    return tag[0] if len(attributes) <= _MOST_ATTRIBUTES else f"<{tag[1]}"
