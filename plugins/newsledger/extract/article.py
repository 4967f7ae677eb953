"""A draft to an article: identity, language, dateline, clean text."""

from importlib import import_module

from msgspec.structs import replace

from newsledger.extract import address, dateline, language
from newsledger.extract.draft import Draft
from newsledger.records import Article, sha256
from newsledger.text import Text, clean

DATING = {"en": "newsledger.extract.english.dates.published"}
"""Modules that work out the day of publishing from a text of the language: `infer(text) -> str | None`."""


def compose(draft: Draft, digest: str) -> Article:
    """The article of a draft; ``digest`` (SHA-256 of the source bytes) is its identity where no address is stated."""
    body = clean(draft.body)
    url = address.clean(clean(draft.url or ""))
    spoken = language.identify(body, draft.language)
    return Article(
        article_id=url or draft.identity or (f"{digest}#{draft.member}" if draft.member else digest),
        body_sha256=sha256(body.encode()),
        url=url,
        headline=line(draft.headline),
        authors=tuple(dict.fromkeys(name for author in draft.authors if (name := line(author)))),
        publisher=line(draft.publisher),
        date_published=draft.published,
        date_published_basis=draft.published_basis if draft.published else None,
        date_modified=_modified(draft),
        dateline=dateline.find(body),
        language=spoken,
        body=body,
        notes=draft.notes,
    )


def _modified(draft: Draft) -> str | None:
    """The time of the last change; not one that a page's program made up, before the day of publishing."""
    before = draft.modified and draft.published and draft.modified[:10] < draft.published[:10]
    return None if before else draft.modified


def dated(article: Article, text: Text) -> Article:
    """The article with its day of publishing worked out from the text, where none is stated and the text tells."""
    module = DATING.get(article.language)
    if article.date_published or module is None:
        return article
    day: str | None = import_module(module).infer(text)
    return replace(article, date_published=day, date_published_basis="inferred") if day else article


def line(raw: str | None) -> str | None:
    """Clean text on one line; null when nothing is left."""
    return clean(raw or "").replace("\n", " ") or None
