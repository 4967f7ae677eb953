"""A file's bytes to articles with their facts: the entry to extraction."""

from collections.abc import Iterator

from newsledger.extract import english
from newsledger.records import Article, Extraction, FactKind, Facts, identified, sha256
from newsledger.text import Text, clean

READERS = {"en": english.read}
"""The rules of each language that we have rules for."""


def facts_of(article: Article) -> Facts:
    """The facts of an article by the rules of its language; none where there are no rules."""
    reader = READERS.get(article.language)
    return reader(Text(article.body), article) if reader else Facts()


def read(data: bytes, name: str) -> Iterator[Extraction]:
    """Each article in a file. ``name`` is its file name (the ending decides the format).

    Raises:
        UnreadableError: nothing in it can be read; the message says why.
    """
    body = clean(data.decode("utf-8-sig"))
    digest = sha256(data)
    article = Article(article_id=digest, body_sha256=sha256(body.encode()), language="en", body=body, facts_read=True)
    facts = facts_of(article)
    yield Extraction(
        input=name,
        article=article,
        quotes=identified(article, FactKind.quotes, facts.quotes),
        mentions=identified(article, FactKind.mentions, facts.mentions),
        figures=identified(article, FactKind.figures, facts.figures),
        dates=identified(article, FactKind.dates, facts.dates),
    )
