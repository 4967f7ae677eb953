"""Articles for the tests of storage: the sound sample of validation, in many variations."""

from typing import Any

from msgspec.structs import replace

from newsledger.quality import sample
from newsledger.records import Extraction, FactKind, Source, identified, sha256

BODY = "“The weir holds,” Nia Pryce said in Aberllan on 3 May.\nThe river rose by −2.5 m; 40 people left. = ünïcode 𝄞."


def source(raw: str, at: str = "2026-05-03T10:00:00Z") -> Source:
    """An arrival through the inbox of the bytes that a text names."""
    digest = sha256(raw.encode())
    return Source(
        name="inbox",
        kind="inbox",
        origin=f"{raw[:20]}.txt",
        raw_key=f"raw/{digest}",
        raw_sha256=digest,
        retrieved_at=at,
    )


def extraction(
    article_id: str = "https://news.example/weir",
    body: str = BODY,
    *,
    raw: str | None = None,
    at: str = "2026-05-03T10:00:00Z",
    speaker: str | None = "Nia Pryce",
    headline: str | None = "Weir holds",
    publisher: str | None = None,
) -> Extraction:
    """The sound sample with another text and its facts in the first words of that; ``raw`` names the bytes it is of."""
    sound = sample.extraction()
    article = replace(
        sound.article,
        article_id=article_id,
        body=body,
        body_sha256=sha256(body.encode()),
        sources=(source(raw or body, at),),
        headline=headline,
        publisher=publisher,
        url=None,
        authors=("Io Marsh",),
        date_published="2026-05-03",
        date_published_basis="stated",
        extracted_at="2026-05-03T10:00:01Z",
    )
    unnamed = {"speaker_text": None, "speaker_start": None, "speaker_end": None}
    quote = replace(sound.quotes[0], **_span(body, 1, 15), speaker=speaker, **unnamed)
    _, person, _, place = sound.mentions
    mentions = (replace(person, **_span(body, 0, 4)), replace(place, **_span(body, 4, 8)))
    figure = replace(sound.figures[1], **_span(body, 2, 6), low=-2.5, high=40, qualifier="between")
    date = replace(sound.dates[0], **_span(body, 3, 7))
    return Extraction(
        input="weir.txt",
        article=article,
        quotes=identified(article, FactKind.quotes, [quote]),
        mentions=identified(article, FactKind.mentions, mentions),
        figures=identified(article, FactKind.figures, [figure]),
        dates=identified(article, FactKind.dates, [date]),
    )


def _span(body: str, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "exact": body[start:end]}


def batch(name: str) -> str:
    """A batch id, as batches have them."""
    return sha256(name.encode())


AT = "2026-05-03T10:00:05Z"
"""When the batches of the tests are published."""
