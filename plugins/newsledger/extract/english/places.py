"""Places, as English news names them: which words name one, and which place it is."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import islice
from urllib.parse import urlsplit

from newsledger.extract import gazetteer
from newsledger.extract.english import demonyms
from newsledger.extract.english import place_lexicon as lexicon
from newsledger.extract.english import place_unknown as unknown
from newsledger.extract.english.place_named import free
from newsledger.extract.english.place_rules import Verdict, judge, spot_of
from newsledger.extract.english.place_sense import FAMOUS, STRONG, Context, choose
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
    context = Context(_home(article, body))
    senses = _senses(body, context, found, chosen, qualifiers)
    places = [_mention(body, found[at], *senses[at]) for at in chosen]
    fallen = {claims.rivals[at] for at in chosen if at in claims.rivals}
    kept = [mention for mention in named if mention not in fallen]
    unlisted = _unlisted(body, [*kept, *places], context.home())
    return tuple(sorted([*kept, *places, *unlisted], key=lambda mention: (mention.start, mention.end)))


def _unlisted(body: str, known: list[Mention], country: str | None) -> list[Mention]:
    """Places that only the text knows, where nothing else is read; in the country that the article keeps to."""
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
        found.append(
            Mention(start=span.start, end=span.end, exact=exact, type="place", name=exact, country_code=country)
        )
    return found


_TYPE = re.compile(r"[ ]([A-Za-z]+)(?![\w’'])")
_CITY_OF = re.compile(rf"\b(?:{'|'.join(sorted(lexicon.CITY_WORDS))}) of (?:the )?$")


_REGION_OF = re.compile(
    r"\b(?:state|province|region|oblast|prefecture|governorate|republic|county)s? of (?:the )?$", re.I
)


def _widened(body: str, hit: Hit) -> Hit:
    """Take in what kind of place it is, where the words around say so: *Kursk region*, *the city of Kursk*."""
    match = _TYPE.match(body, hit.end)
    word = match[1].lower() if match else ""
    regions = tuple(place for place in hit.places if place.kind in {Kind.region, Kind.district})
    cities = tuple(place for place in hit.places if place.kind is Kind.city)
    if match and regions and (word in lexicon.REGION_WORDS or word in lexicon.AREA_WORDS):
        return hit._replace(end=match.end(), places=regions)
    if regions and word in lexicon.STATE_OFFICES:
        return hit._replace(places=regions)
    if regions and _REGION_OF.search(body, max(0, hit.start - 24), hit.start):
        return hit._replace(places=regions)
    if cities and (word in lexicon.CITY_WORDS or _CITY_OF.search(body, max(0, hit.start - 24), hit.start)):
        return hit._replace(places=cities)
    return hit


def _qualifiers(body: str, found: list[Hit]) -> dict[int, Hit]:
    """Hits that another one behind a comma places: *Akron, Ohio*; *Gori, Georgia*."""
    placed = {}
    for at, (hit, following) in enumerate(zip(found, found[1:], strict=False)):
        gap = body[hit.end : following.start]
        wide = [place for place in following.places if place.kind in {Kind.region, Kind.country, Kind.district}]
        if (
            gap in {", ", " (", ",", ", in "}
            and not _listed(body, found, at)
            and any(_within(place, outer) for place in hit.places for outer in wide)
        ):
            placed[at] = following
    return placed


def _listed(body: str, found: list[Hit], at: int) -> bool:
    """Whether a hit is one of several regions or countries in a row: *Ohio, Washington, Iowa and Maine*."""
    if not _wide(found[at]):
        return False
    if found[at].places[0].kind in {Kind.country, Kind.continent}:
        return True
    before = at > 0 and _wide(found[at - 1]) and body[found[at - 1].end : found[at].start] == ", "
    following = found[at + 1 : at + 3]
    return before or (len(following) == 2 and _wide(following[1])
                      and body[following[0].end : following[1].start] in {", ", " and ", ", and "})  # fmt: skip


def _wide(hit: Hit) -> bool:
    return any(place.own and place.kind in {Kind.region, Kind.country, Kind.continent} for place in hit.places)


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
    body: str, context: Context, found: list[Hit], chosen: list[int], qualifiers: dict[int, Hit]
) -> dict[int, tuple[Place | None, tuple[Place, ...]]]:
    """The place of each hit: sure ones first, which then speak for the others."""
    local = _local(body, found, chosen)
    region_meant = _campaigns(body, found, chosen)
    options = {at: _options(body, found, at, qualifiers.get(at)) for at in chosen}
    for at, outer in qualifiers.items():
        if at + 1 in options:
            inside = tuple(p for p in outer.places if any(_within(place, p) for place in found[at].places))
            options[at + 1] = inside or options[at + 1]
    for at in chosen:
        if found[at].key in region_meant and any(place.kind is Kind.region for place in options[at]):
            options[at] = tuple(place for place in options[at] if place.kind is Kind.region)
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
        if _sure(options[at]) and not (found[at].key in local and len(options[at]) > 1):
            context.add(options[at][0])
            settled[options[at]] = options[at][0]
    senses: dict[int, tuple[Place | None, tuple[Place, ...]]] = {}
    open_ones = {options[at]: local.get(found[at].key, 0.0) for at in chosen if options[at] not in settled}
    waiting = sorted(open_ones, key=lambda places: (len(places) > 3, -places[0].weight))
    for places in waiting:
        choice = choose(places, context, open_ones[places])
        if choice.place is not None:
            context.add(choice.place)
    decided = {places: choose(places, context, open_ones[places]) for places in waiting}
    for at in chosen:
        if options[at] in settled:
            senses[at] = (settled[options[at]], ())
        else:
            senses[at] = decided[options[at]]
    return senses


def _options(body: str, found: list[Hit], at: int, qualifier: Hit | None) -> tuple[Place, ...]:
    """The places that a hit may be: inside its qualifier, among its like in a list, as its kind is named."""
    hit = found[at]
    if qualifier is not None:
        return tuple(p for p in hit.places if any(_within(p, outer) for outer in qualifier.places)) or hit.places
    if _COUNTIES.match(body, hit.end):
        return gazetteer.default().find(f"{hit.key} county") or hit.places
    if _listed(body, found, at) or (at > 1 and _wide(hit) and _wide(found[at - 1]) and _listed(body, found, at - 1)
                                    and body[found[at - 1].end : hit.start] in {", ", " and ", ", and "}):  # fmt: skip
        return tuple(p for p in hit.places if p.own and p.kind is not Kind.city) or hit.places
    return hit.places


_COUNTIES = re.compile(r"(?:, [A-Z]\w+){0,5}(?:,? and [A-Z]\w+)? counties\b")


def _sure(places: tuple[Place, ...]) -> bool:
    """Whether a name needs no context: it is one place's own, or a country's beside small towns."""
    first = places[0]
    if len(places) == 1:
        return first.own or first.weight >= FAMOUS
    return first.kind is Kind.country and first.own and not (places[1].own and places[1].weight >= 1_000_000)


def _campaigns(body: str, found: list[Hit], chosen: list[int]) -> set[str]:
    """Names of a region and its city alike that stand for the region in this article.

    That is so where the article names the region as one (*Kursk region*) and speaks of what happens to regions
    (*the Kursk incursion*, *the Kursk governor*).
    """
    regions = {found[at].key for at in chosen if all(place.kind is Kind.region for place in found[at].places)}
    return {found[at].key for at in chosen if found[at].key in regions and _CAMPAIGN.match(body, found[at].end)}


_CAMPAIGN = re.compile(rf"(?:['’]s)? (?:acting |regional )?(?:{'|'.join(sorted(lexicon.CAMPAIGN_WORDS))})\b")


def _local(body: str, found: list[Hit], chosen: list[int]) -> dict[str, float]:
    """By name, how much speaks for a place at home: its authorities (3), its people (1.5)."""
    signs: dict[str, float] = {}
    for at in chosen:
        hit = found[at]
        if _AUTHORITY.match(body, hit.end):
            signs[hit.key] = STRONG
        elif _PEOPLE.match(body, hit.end) or _AGED.search(body, max(0, hit.start - 12), hit.start):
            signs[hit.key] = max(signs.get(hit.key, 0.0), 1.5)
    return signs


_TOP_LEVEL = {"uk": "GB", "ca": "CA", "au": "AU", "nz": "NZ", "ie": "IE", "in": "IN", "za": "ZA", "ru": "RU", "ua": "UA",
              "ke": "KE", "ng": "NG", "pk": "PK", "ph": "PH", "sg": "SG", "lb": "LB", "il": "IL", "lk": "LK"}  # fmt: skip


_AUTHORITY = re.compile(
    r" (?:PD\b|Police Department|City (?:Council|Hall|Manager|Schools)|(?:Junior )?High School|Middle School|Junior College"
    r"|Community College|Independent School|School (?:Board|District)|Board of Education|Walmart|Municipal Court|County)"
)
"""American authorities behind a name: it is a town there (*Athens Police Department*)."""
_PEOPLE = re.compile(
    r" (?:man|woman|teen|teenager|resident|residents|couple|native|police|firefighters|council|parents|boys|girls)\b"
)
_AGED = re.compile(r", \d\d, (?:of )?$")
_AMERICAN = re.compile(
    r"\b(?:County|Sheriff|Police Department|City Council|High School|School Board|Highway Patrol|State Police|Township|"
    r"Interstate|Walmart|Wal-Mart|state trooper|district attorney|county jail|grand jury|sophomore|varsity|Councilman|"
    r"felony|misdemeanor|Common Pleas|Superior Court|Circuit Court|"
    r"\d{2,5} (?:[NSEW]\. )?[A-Z][a-z]+ (?:St|Ave|Rd|Dr|Blvd|Ln)\.|I-\d\d)\b"
)
"""Words of American local news."""


def _home(article: Article, body: str) -> Counter[str]:
    """The countries that the source's address, demonyms and the wording of local news speak for."""
    speaks = demonyms.countries(body)
    host = urlsplit(article.url or "").hostname or ""
    country = _TOP_LEVEL.get(host.rpartition(".")[2])
    if country:
        speaks[country] += 2
    signs = sum(1 for _ in islice(_AMERICAN.finditer(body), 6))
    if signs > 1:
        speaks["US"] += signs // 2
    return speaks


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
