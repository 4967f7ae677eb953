"""Places, as English news names them: which words name one, and which place it is."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from urllib.parse import urlsplit

from newsledger.extract import gazetteer
from newsledger.extract.english import place_lexicon as lexicon
from newsledger.extract.english import place_unknown as unknown
from newsledger.extract.english.place_named import free
from newsledger.extract.english.place_rules import Verdict, judge, spot_of
from newsledger.extract.english.place_sense import Context, choose
from newsledger.extract.english.place_spans import Hit, hits, tokens
from newsledger.extract.gazetteer import Kind, Place
from newsledger.records import Article, Candidate, Mention
from newsledger.text import Text

_LOWER = re.compile(r"(?<![\w’'\-])[a-z]{3,}(?![\w’'])")
_QUALIFIER = re.compile(r",? ?\(?")


def find(text: Text, article: Article, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """All mentions: the named people and organisations that stand, and the places, in order of position."""
    body = text.body
    words = tokens(body)
    claims = free(body, hits(body, words, gazetteer.default()), named)
    found = [_widened(body, hit) for hit in claims.hits]
    qualifiers = _qualifiers(body, found)
    lower = frozenset(_LOWER.findall(body))
    verdicts = [judge(spot_of(body, hit, words, lower, qualified=at in qualifiers)) for at, hit in enumerate(found)]
    chosen = _one_sense(found, verdicts)
    senses = _senses(article, found, chosen, qualifiers)
    places = [_mention(body, found[at], *senses[at]) for at in chosen]
    fallen = {claims.rivals[at] for at in chosen if at in claims.rivals}
    kept = [mention for mention in named if mention not in fallen]
    unlisted = _unlisted(body, [*kept, *places])
    return tuple(sorted([*kept, *places, *unlisted], key=lambda mention: (mention.start, mention.end)))


def _unlisted(body: str, known: list[Mention]) -> list[Mention]:
    """Places that only the text knows, where nothing else is read."""
    taken = sorted((mention.start, mention.end) for mention in known)
    found = []
    for span in sorted(set(unknown.spans(body))):
        at = bisect_right(taken, (span.start, len(body)))
        if (at and taken[at - 1][1] > span.start) or (at < len(taken) and taken[at][0] < span.end):
            continue
        exact = body[span.start : span.end]
        first, _, rest = exact.partition(" ")
        if first.lower() in lexicon.NEVER or (rest and first.lower() in lexicon.OPENERS):
            continue
        taken.insert(at, span)
        found.append(Mention(start=span.start, end=span.end, exact=exact, type="place", name=exact))
    return found


_TYPE = re.compile(r"[ ]([A-Za-z]+)(?![\w’'])")
_CITY_OF = re.compile(rf"\b(?:{'|'.join(sorted(lexicon.CITY_WORDS))}) of (?:the )?$")


def _widened(body: str, hit: Hit) -> Hit:
    """Take in what kind of place it is, where the words around say so: *Kursk region*, *the city of Kursk*."""
    match = _TYPE.match(body, hit.end)
    word = match[1].lower() if match else ""
    regions = tuple(place for place in hit.places if place.kind in {Kind.region, Kind.district})
    cities = tuple(place for place in hit.places if place.kind is Kind.city)
    if match and regions and (word in lexicon.REGION_WORDS or word in lexicon.AREA_WORDS):
        return hit._replace(end=match.end(), places=regions)
    if cities and (word in lexicon.CITY_WORDS or _CITY_OF.search(body, max(0, hit.start - 24), hit.start)):
        return hit._replace(places=cities)
    return hit


def _qualifiers(body: str, found: list[Hit]) -> dict[int, Hit]:
    """Hits that another one behind a comma places: *Akron, Ohio*; *Gori, Georgia*."""
    placed = {}
    for at, (hit, following) in enumerate(zip(found, found[1:], strict=False)):
        gap = body[hit.end : following.start]
        wide = [place for place in following.places if place.kind in {Kind.region, Kind.country, Kind.district}]
        if gap in {", ", " (", ",", ", in "} and any(_within(place, outer) for place in hit.places for outer in wide):
            placed[at] = following
    return placed


def _within(place: Place, outer: Place) -> bool:
    if place.number == outer.number or place.kind in {Kind.country, Kind.continent}:
        return False
    if outer.kind is Kind.country:
        return place.country == outer.country
    return place.kind is not Kind.region and (place.country, place.admin1) == (outer.country, outer.admin1)


def _one_sense(found: list[Hit], verdicts: list[Verdict]) -> list[int]:
    """Numbers of the hits that are places, each name having one sense in the article."""
    seen: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for hit, verdict in zip(found, verdicts, strict=True):
        seen[hit.key][verdict] += 1
    kept = []
    for at, (hit, verdict) in enumerate(zip(found, verdicts, strict=True)):
        votes = seen[hit.key]
        shown = votes[Verdict.place] or votes[Verdict.likely] >= max(votes[Verdict.other], 1)
        if verdict is Verdict.place or (verdict in {Verdict.likely, Verdict.open} and shown):
            kept.append(at)
    return kept


def _senses(
    article: Article, found: list[Hit], chosen: list[int], qualifiers: dict[int, Hit]
) -> dict[int, tuple[Place | None, tuple[Place, ...]]]:
    """The place of each hit: sure ones first, which then speak for the others."""
    context = Context(_home(article))
    options = {at: _options(found[at], qualifiers.get(at)) for at in chosen}
    settled: dict[tuple[Place, ...], Place] = {}
    by_key: dict[str, tuple[Place, ...]] = {}
    for at in chosen:
        if at in qualifiers and (len(options[at]) < len(found[at].places) or len(options[at]) == 1):
            by_key.setdefault(found[at].key, options[at])
    for at in chosen:
        if at not in qualifiers and found[at].key in by_key:
            inside = tuple(place for place in options[at] if place in by_key[found[at].key])
            options[at] = inside or options[at]
    for at in chosen:
        if len(options[at]) == 1 or options[at][0].kind is Kind.country and options[at][1].weight < 1_000_000:
            context.add(options[at][0])
            settled[options[at]] = options[at][0]
    senses: dict[int, tuple[Place | None, tuple[Place, ...]]] = {}
    waiting = sorted({options[at] for at in chosen} - settled.keys(), key=lambda places: -places[0].weight)
    for places in waiting:
        choice = choose(places, context)
        if choice.place is not None:
            context.add(choice.place)
    decided = {places: choose(places, context) for places in waiting}
    for at in chosen:
        if options[at] in settled:
            senses[at] = (settled[options[at]], ())
        else:
            senses[at] = decided[options[at]]
    return senses


def _options(hit: Hit, qualifier: Hit | None) -> tuple[Place, ...]:
    """The places that a hit may be, inside its qualifier."""
    if qualifier is None:
        return hit.places
    return (
        tuple(place for place in hit.places if any(_within(place, outer) for outer in qualifier.places)) or hit.places
    )


_TOP_LEVEL = {"uk": "GB", "ca": "CA", "au": "AU", "nz": "NZ", "ie": "IE", "in": "IN", "za": "ZA", "ru": "RU", "ua": "UA",
              "ke": "KE", "ng": "NG", "pk": "PK", "ph": "PH", "sg": "SG", "lb": "LB", "il": "IL", "lk": "LK"}  # fmt: skip


def _home(article: Article) -> tuple[str, ...]:
    """The country of the source, by its address."""
    host = urlsplit(article.url or "").hostname or ""
    country = _TOP_LEVEL.get(host.rpartition(".")[2])
    return (country,) if country else ()


def _mention(body: str, hit: Hit, place: Place | None, candidates: tuple[Place, ...]) -> Mention:
    exact = body[hit.start : hit.end]
    if place is None:
        countries = {candidate.country for candidate in candidates}
        return Mention(start=hit.start, end=hit.end, exact=exact, type="place", name=exact,
                       country_code=countries.pop() if len(countries) == 1 else None,
                       candidates=tuple(map(_candidate, candidates)))  # fmt: skip
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
    return ":".join(
        filter(None, ("place", (place.country or "").lower(), place.admin1.lower(), gazetteer.fold(place.name)))
    )
