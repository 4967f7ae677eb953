"""Web pages: what the page states, and the text it holds."""

import re
from collections.abc import Iterator

from newsledger.errors import UnreadableError
from newsledger.extract import encoding
from newsledger.extract.draft import Draft

MAX_BYTES = 20_000_000
"""A larger page is refused."""

# The first bytes name the encoding, as in <meta charset="koi8-r"> or <?xml encoding="utf-8"?>.
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.\-]{2,40})", re.IGNORECASE
)
_HEAD = 4096


def drafts(data: bytes) -> Iterator[Draft]:
    """The one article of a page.

    Raises:
        UnreadableError: the page is too large, or there is no text in it.
    """
    from lxml.html import HTMLParser, document_fromstring

    from newsledger.extract import pagebody, pagedata

    if len(data) > MAX_BYTES:
        raise UnreadableError(f"It is larger than {MAX_BYTES // 1_000_000} MB, too large for a page.")
    declared = _DECLARED.search(data[:_HEAD])
    decoded = encoding.decode(data, declared[1].decode("ascii", "ignore") if declared else None)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    tree = document_fromstring(decoded.text.encode("utf-8", "ignore"), parser=parser)
    page = pagedata.read(tree)
    body = pagebody.find(tree, page.headline)
    yield Draft(
        body=body,
        url=page.url,
        headline=page.headline,
        authors=page.authors,
        publisher=page.publisher,
        published=page.published,
        published_basis="html" if page.published else None,
        modified=page.modified,
        language=page.language,
        notes=decoded.notes,
    )
