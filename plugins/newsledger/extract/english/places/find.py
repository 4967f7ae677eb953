"""Places, as English news names them: which words name one, and which place it is."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection

from newsledger.extract import gazetteer
from newsledger.extract.english.places import frames, signs
from newsledger.extract.english.places.named import free
from newsledger.extract.english.places.rules import Verdict, judge, spot_of
from newsledger.extract.english.places.sense import Choice, Context, choose, sure
from newsledger.extract.english.places.spans import Hit, hits, tokens
from newsledger.extract.english.places.unknown import unlisted
from newsledger.extract.folding import fold
from newsledger.extract.gazetteer import Kind, Place
from newsledger.records import Article, Candidate, Mention
from newsledger.text import Span, Text


def find(
    text: Text, article: Article, named: tuple[Mention, ...], pointed: Collection[Span] = ()
) -> tuple[Mention, ...]:
    """All mentions: the named people and organisations that stand, and the places, in order of position.

    A mention of a person or an organisation falls where the same words turn out to be a place. A place that nothing
    decides has its ``candidates``, and no point; one that only the text knows has neither. ``pointed`` are names that a
    recogniser takes for places: that speaks for one where no rule speaks against it.
    """
    body = text.body
    words = tokens(text)
    claims = free(body, hits(body, words, gazetteer.default()), named)
    found = [frames.widened(body, hit) for hit in claims.hits]
    placed = frames.qualifiers(body, found)
    verdicts = [judge(spot_of(body, hit, text.vocabulary, qualified=at in placed)) for at, hit in enumerate(found)]
    chosen = _one_sense(found, _with_evidence(found, verdicts, pointed))
    context = Context(signs.home(article, body, words))
    senses = _senses(body, context, {at: _options(body, found, at, placed) for at in chosen}, found)
    places = [_mention(body, found[at], senses[at]) for at in chosen]
    fallen = {claims.rivals[at] for at in chosen if at in claims.rivals}
    kept = [mention for mention in named if mention not in fallen]
    others = unlisted(body, words, [*kept, *places], context.home(), _unknown(pointed, found))
    return tuple(sorted([*kept, *places, *others], key=lambda mention: (mention.start, mention.end)))


def _with_evidence(found: list[Hit], verdicts: list[Verdict], pointed: Collection[Span]) -> list[Verdict]:
    """The verdicts, what was open being likely where a recogniser points at a place."""
    if not pointed:
        return verdicts
    return [
        Verdict.likely if verdict is Verdict.open and Span(hit.start, hit.end) in pointed else verdict
        for hit, verdict in zip(found, verdicts, strict=True)
    ]


def _unknown(pointed: Collection[Span], found: list[Hit]) -> list[Span]:
    """What a recogniser points at outside the names that the gazetteer knows: of these the rules have judged."""
    ends = [hit.end for hit in found]
    ahead = ((span, bisect_right(ends, span.start)) for span in pointed)
    return sorted(span for span, at in ahead if at == len(found) or found[at].start >= span.end)


def _one_sense(found: list[Hit], verdicts: list[Verdict]) -> list[int]:
    """Numbers of the hits that are places, each name having one sense in the article."""
    seen: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for hit, verdict in zip(found, verdicts, strict=True):
        seen[hit.key][verdict] += 1
    shown = {
        key: votes[Verdict.place] > 0 or votes[Verdict.likely] >= max(votes[Verdict.other], 1)
        for key, votes in seen.items()
    }
    return [
        at
        for at, (hit, verdict) in enumerate(zip(found, verdicts, strict=True))
        if verdict is Verdict.place or (verdict is not Verdict.other and shown[hit.key])
    ]


def _options(body: str, found: list[Hit], at: int, placed: dict[int, Hit]) -> tuple[Place, ...]:
    return frames.options(body, found, at, placed, gazetteer.default())


def _senses(body: str, context: Context, options: dict[int, tuple[Place, ...]], found: list[Hit]) -> dict[int, Choice]:
    """The place of each hit: sure ones first, which then speak for the others, best known first."""
    hits_of = [found[at] for at in options]
    local = signs.local(body, hits_of)
    _narrow(options, found, signs.campaigns(body, hits_of))
    weights = {places: local.get(found[at].key, 0.0) for at, places in options.items()}
    settled = {
        places: Choice(places[0], ())
        for places, weight in weights.items()
        if sure(places) and not (weight and places[1:])
    }
    for places in options.values():
        if places in settled:
            context.add(places[0])
    waiting = sorted(weights.keys() - settled.keys(), key=lambda places: (len(places) > 3, -places[0].weight, places))
    context.hint(waiting)
    for places in waiting:
        context.add(choose(places, context, weights[places]).place)
    decided = {places: choose(places, context, weights[places]) for places in waiting}
    return {at: settled.get(places) or decided[places] for at, places in options.items()}


def _narrow(options: dict[int, tuple[Place, ...]], found: list[Hit], regional: set[str]) -> None:
    """One sense per article: what one mention rules out is out for the name's others.

    *London, Ky.* makes the other Londons of the article that one; *Kursk region* with *the Kursk incursion* makes
    Kursk the region, where nothing says city.
    """
    ruled: dict[str, tuple[Place, ...]] = {}
    for at, places in options.items():
        if len(places) < len(found[at].places):
            ruled.setdefault(found[at].key, places)
    for at, places in options.items():
        key = found[at].key
        if key in regional:
            options[at] = tuple(place for place in found[at].places if place.kind is Kind.region) or places
        elif len(places) == len(found[at].places) and key in ruled:
            options[at] = tuple(place for place in places if place in ruled[key]) or places


def _mention(body: str, hit: Hit, choice: Choice) -> Mention:
    exact, place = body[hit.start : hit.end], choice.place
    if place is None:
        countries = {candidate.country for candidate in choice.candidates}
        return Mention(start=hit.start, end=hit.end, exact=exact, type="place", name=exact,
                       country_code=countries.pop() if len(countries) == 1 else None,
                       candidates=tuple(map(_candidate, choice.candidates)))  # fmt: skip
    return Mention(start=hit.start, end=hit.end, exact=exact, type="place", name=place.name, entity_key=_key(place),
                   geonames_id=place.geonames_id, latitude=place.latitude, longitude=place.longitude,
                   country_code=place.country, precision=place.kind.name)  # fmt: skip


def _candidate(place: Place) -> Candidate:
    return Candidate(geonames_id=place.geonames_id, name=place.name, latitude=place.latitude or 0.0,
                     longitude=place.longitude or 0.0, country_code=place.country)  # fmt: skip


def _key(place: Place) -> str:
    """``geonames:<id>``, or country, subdivision and folded name where no id is known."""
    if place.geonames_id:
        return f"geonames:{place.geonames_id}"
    return ":".join(filter(None, ("place", (place.country or "").lower(), place.admin1.lower(), fold(place.name))))
