"""The pages behind entries: fetched by the rules of their site, kept whatever they hold."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from newsledger.collect.web import Fetched, FetchError
from newsledger.envelope import Page
from newsledger.records import sha256

_ACCEPT = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_FORBIDDEN = "Its site's robots.txt does not allow it."
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})


class Web(Protocol):
    """What fetches, politely and within bounds."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """GET a feed, or a page that may be fetched.

        Raises:
            FetchError: no answer, or one beyond the bounds.
        """

    def allows(self, url: str) -> bool:
        """Whether the robots.txt of its site lets us fetch a page."""


class Got(NamedTuple):
    """A page as it was met, and its bytes, if any."""

    page: Page
    body: bytes | None = None


def get(url: str, web: Web) -> Got:
    """Fetch one page; every way in which that can fail is told in words."""
    try:
        if not web.allows(url):
            return Got(Page(url=url, error=_FORBIDDEN))
        answer = web.fetch(url, _ACCEPT)
        if answer.url != url and not web.allows(answer.url):
            return Got(Page(url=answer.url, error=_FORBIDDEN))
    except FetchError as error:
        return Got(Page(url=url, error=str(error)))
    stated = answer.headers.get("content-type", "")
    kind = stated.partition(";")[0].strip().lower()
    fault = "It is empty." if not answer.body else None if kind in _HTML else f"It is no web page but {kind[:60]}."
    digest = None if fault else sha256(answer.body)
    page = Page(url=answer.url, status=answer.status, content_type=stated[:200], sha256=digest, error=fault)
    return Got(page, answer.body if digest else None)
