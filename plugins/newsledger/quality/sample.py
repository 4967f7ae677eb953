"""One sound article with every kind of fact, made up: suites are tried on it before they meet real records."""

from typing import Any

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

_BODY = """\
The bridge over the Aller in Celle will be closed from Monday, 3 March 2025, mayor Jutta Brandes said.
“We have waited for new bearings for almost two years now,” Brandes told the Celler Bote.
Between 40 and 45 lorries an hour cross it, and each must now drive 12 miles more through Springfield."""

_RAW = sha256(_BODY.encode())


def _span(words: str, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = _BODY.index(words, start + 1)
    return {"start": start, "end": start + len(words), "exact": words}


def _speaker(words: str, nth: int) -> dict[str, Any]:
    span = _span(words, nth)
    return {"speaker_text": words, "speaker_start": span["start"], "speaker_end": span["end"]}


def extraction() -> Extraction:
    """The article as ``extract`` would give it, with the source that collecting adds."""
    article = Article(
        article_id="https://news.example/celle/bridge",
        body_sha256=sha256(_BODY.encode()),
        sources=(
            Source(
                name="inbox",
                kind="inbox",
                url="https://news.example/celle/bridge?from=feed",
                origin="bridge.txt",
                raw_key=f"raw/{_RAW}",
                raw_sha256=_RAW,
                retrieved_at="2025-02-28T09:30:00Z",
            ),
        ),
        url="https://news.example/celle/bridge",
        headline="Bridge over the Aller to close",
        authors=("Imke Lüders", "Tom Achterberg"),
        publisher="Celler Bote",
        date_published="2025-02-28T10:00:00+01:00",
        date_published_basis="html",
        date_modified="2025-02-28T10:20:00+01:00",
        dateline="CELLE",
        language="en",
        body=_BODY,
        facts_read=True,
    )
    return Extraction(
        input="bridge.txt",
        article=article,
        quotes=identified(article, FactKind.quotes, _quotes()),
        mentions=identified(article, FactKind.mentions, _mentions()),
        figures=identified(article, FactKind.figures, _figures()),
        dates=identified(article, FactKind.dates, _dates()),
    )


def _quotes() -> tuple[Quote, ...]:
    return (
        Quote(
            **_span("We have waited for new bearings for almost two years now,"),
            kind="direct",
            speaker="Jutta Brandes",
            **_speaker("Brandes", 1),
            role="mayor",
            affiliation="Celle",
            medium="Celler Bote",
            cue="told",
        ),
    )


def _mentions() -> tuple[Mention, ...]:
    return (
        Mention(
            **_span("Celle"),
            type="place",
            name="Celle",
            entity_key="geonames:2939969",
            geonames_id=2939969,
            latitude=52.62264,
            longitude=10.08047,
            country_code="DE",
            precision="city",
        ),
        Mention(
            **_span("Jutta Brandes"),
            type="person",
            name="Jutta Brandes",
            entity_key="person:jutta brandes",
            role="mayor",
            affiliation="Celle",
        ),
        Mention(**_span("Celler Bote"), type="organisation", name="Celler Bote", entity_key="organisation:celler bote"),
        Mention(
            **_span("Springfield"),
            type="place",
            name="Springfield",
            candidates=(
                Candidate(geonames_id=4409896, name="Springfield", latitude=37.21, longitude=-93.29, country_code="US"),
                Candidate(geonames_id=4250542, name="Springfield", latitude=39.80, longitude=-89.64, country_code="US"),
            ),
        ),
    )


def _figures() -> tuple[Figure, ...]:
    return (
        Figure(**_span("Between 40 and 45 lorries"), low=40, high=45, noun="lorries", qualifier="between"),
        Figure(
            **_span("12 miles"),
            low=12,
            unit="mile",
            si_low=19312.128,
            si_unit="m",
            dimension="length",
            as_of="2025-03-03",
            place="Springfield",
            claimant="Jutta Brandes",
        ),
    )


def _dates() -> tuple[Date, ...]:
    return (
        Date(**_span("Monday, 3 March 2025"), value="2025-03-03", kind="date"),
        Date(**_span("almost two years"), value="P2Y", kind="duration"),
    )
