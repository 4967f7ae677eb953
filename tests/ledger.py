"""Articles for the tests of storage: made up, and as rich in facts as the schema allows."""

from newsledger.records import (
    Article,
    Candidate,
    Date,
    Extraction,
    FactKind,
    Figure,
    Mention,
    Quote,
    Source,
    identified,
    sha256,
)

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
    """One article whose facts lie in the first words of its body; ``raw`` names the bytes it was read from."""
    article = Article(
        article_id=article_id,
        body=body,
        body_sha256=sha256(body.encode()),
        sources=(source(raw or body, at),),
        headline=headline,
        publisher=publisher,
        authors=("Io Marsh",),
        date_published="2026-05-03",
        date_published_basis="stated",
        language="en",
        facts_read=True,
        extracted_at="2026-05-03T10:00:01Z",
    )
    quote = Quote(start=1, end=15, exact=body[1:15], kind="direct", speaker=speaker, cue="said")
    place = Candidate(geonames_id=7, name="Aberllan", latitude=52, longitude=-4, country_code="GB")
    mentions = (
        Mention(start=0, end=4, exact=body[:4], type="person", name="Nia Pryce", entity_key="nia pryce"),
        Mention(start=4, end=8, exact=body[4:8], type="place", name="Aberllan", candidates=(place,)),
    )
    figure = Figure(start=2, end=6, exact=body[2:6], low=-2.5, high=40, unit="m", qualifier="between")
    date = Date(start=3, end=7, exact=body[3:7], value="2026-05-03")
    return Extraction(
        input="weir.txt",
        article=article,
        quotes=identified(article, FactKind.quotes, [quote]),
        mentions=identified(article, FactKind.mentions, mentions),
        figures=identified(article, FactKind.figures, [figure]),
        dates=identified(article, FactKind.dates, [date]),
    )


def batch(name: str) -> str:
    """A batch id, as batches have them."""
    return sha256(name.encode())


AT = "2026-05-03T10:00:05Z"
"""When the batches of the tests are published."""
