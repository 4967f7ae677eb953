"""A draft to an article: identity, language, dateline, clean text."""

from importlib import import_module
from importlib.util import find_spec

from newsledger.extract import address, dateline, language
from newsledger.extract.draft import Draft
from newsledger.records import Article, DateBasis, sha256
from newsledger.text import Text, clean

DATING = {"en": "newsledger.extract.english.published"}
"""Modules that work out the day of publishing from a text of the language: `infer(text) -> str | None`."""


def compose(draft: Draft, digest: str) -> Article:
    """The article of a draft; ``digest`` (SHA-256 of the source bytes) is its identity where no address is stated."""
    body = clean(draft.body)
    url = address.clean(clean(draft.url or ""))
    spoken = language.identify(body, draft.language)
    published, basis = _published(draft, body, spoken)
    return Article(
        article_id=url or (f"{digest}#{draft.member}" if draft.member else digest),
        body_sha256=sha256(body.encode()),
        url=url,
        headline=line(draft.headline),
        authors=tuple(dict.fromkeys(name for author in draft.authors if (name := line(author)))),
        publisher=line(draft.publisher),
        date_published=published,
        date_published_basis=basis,
        date_modified=draft.modified,
        dateline=dateline.find(body),
        language=spoken,
        body=body,
        notes=draft.notes,
    )


def line(raw: str | None) -> str | None:
    """Clean text on one line; null when nothing is left."""
    return clean(raw or "").replace("\n", " ") or None


def _published(draft: Draft, body: str, spoken: str) -> tuple[str | None, DateBasis | None]:
    if draft.published:
        return draft.published, draft.published_basis
    inferred = _inferred(body, spoken)
    return (inferred, "inferred") if inferred else (None, None)


def _inferred(body: str, spoken: str) -> str | None:
    module = DATING.get(spoken)
    if module is None or find_spec(module) is None:
        return None
    value = import_module(module).infer(Text(body))
    return None if value is None else str(value)
