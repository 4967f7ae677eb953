"""What the words around a name say of its kind and of where it lies.

*The city of Kursk*, *Akron, Ohio*, *Lee and Knox counties*.
"""

import re
from itertools import pairwise

import msgspec

from newsledger.extract.english.places import words as lexicon
from newsledger.extract.english.places.spans import Hit
from newsledger.extract.gazetteer import Gazetteer, Kind, Place

_TYPE = re.compile(r" ([A-Za-z]+)(?![\w’'])")
_OF = frozenset(("of", "the"))
_WIDE = frozenset((Kind.region, Kind.country, Kind.continent))
_DIVISIONS = frozenset((Kind.region, Kind.district))
_WHOLE = frozenset((Kind.country, Kind.continent))
_OUTER = frozenset((Kind.region, Kind.country, Kind.district))
_COUNTIES = re.compile(r"(?:, [A-Z]\w+){0,5}(?:,? and [A-Z]\w+)? counties\b")
_ON_TO_COUNTIES = (", ", " and ", " counties")
_GOES_ON = frozenset(("state", "states", "department", "republic"))
_IN_A_LIST = frozenset((", ", " and ", ", and "))


def widened(body: str, hit: Hit) -> Hit:
    """The hit with its type taken in or held to it: *Kursk region*, *the city of Kursk*, *New York Governor*."""
    match = _TYPE.match(body, hit.end)
    word = match[1].lower() if match else ""
    before = _type_before(body, hit.start)
    regions = tuple(place for place in hit.places if place.kind in _DIVISIONS)
    if match and regions and _is_type(match[1]):
        return msgspec.structs.replace(hit, end=match.end(), places=regions)
    if regions and (word in lexicon.STATE_OFFICES or before.removesuffix("s") in lexicon.REGION_WORDS):
        return msgspec.structs.replace(hit, places=regions)
    if word in lexicon.CITY_WORDS or before in lexicon.CITY_WORDS:
        return msgspec.structs.replace(hit, places=_cities(hit) or hit.places)
    return hit


def _cities(hit: Hit) -> tuple[Place, ...]:
    return tuple(place for place in hit.places if place.kind is Kind.city)


def _is_type(word: str) -> bool:
    """Whether a word after a name says what it is: *region*, *Oblast*; not *Department*, *State*, which go on."""
    kind = word.lower()
    return kind in lexicon.AREA_WORDS or (kind in lexicon.REGION_WORDS and (word.islower() or kind not in _GOES_ON))


def _type_before(body: str, start: int) -> str:
    """The word before *of* or *of the*, right before a name; empty where there is none."""
    window = body[max(0, start - 28) : start]
    if not window.endswith((" of ", " of the ")):
        return ""
    return window.removesuffix("the ").removesuffix(" of ").rpartition(" ")[2].lower()


def qualifiers(body: str, found: list[Hit]) -> dict[int, Hit]:
    """Hits, by number, that the next one places: *Akron, Ohio*; *Gori, Georgia*."""
    placed = {}
    known: dict[tuple[tuple[Place, ...], tuple[Place, ...]], bool] = {}
    for at, (hit, following) in enumerate(pairwise(found)):
        if (
            body[hit.end : following.start] in {", ", " (", ",", ", in "}
            and hit.places[0].kind not in _WHOLE
            and not listed(body, found, at)
            and _inside(hit.places, following.places, known)
        ):
            placed[at] = following
    return placed


def _inside(
    inner: tuple[Place, ...],
    outer: tuple[Place, ...],
    known: dict[tuple[tuple[Place, ...], tuple[Place, ...]], bool],
) -> bool:
    """Whether one of these places lies in one of those; worked out once for each pair of names."""
    if (inner, outer) not in known:
        wide = [place for place in outer if place.kind in _OUTER]
        known[inner, outer] = any(within(place, region) for place in inner for region in wide)
    return known[inner, outer]


def listed(body: str, found: list[Hit], at: int) -> bool:
    """Whether a hit is one of several regions or countries in a row: *Ohio, Washington, Iowa and Maine*."""
    goes_on = at > 0 and body[found[at - 1].end : found[at].start] in _IN_A_LIST and _wide(found[at - 1])
    begins = (
        at + 2 < len(found)
        and body[found[at].end : found[at + 1].start] == ", "
        and body[found[at + 1].end : found[at + 2].start] in _IN_A_LIST
        and _wide(found[at + 2])
    )
    return (goes_on or begins) and _wide(found[at])


def options(body: str, found: list[Hit], at: int, placed: dict[int, Hit], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a hit may be: inside its qualifier, around what it qualifies, among its like in a list."""
    hit = found[at]
    chosen: tuple[Place, ...] = ()
    if at in placed:
        chosen = tuple(p for p in hit.places if any(within(p, outer) for outer in placed[at].places))
    elif at - 1 in placed:
        chosen = tuple(p for p in hit.places if any(within(inner, p) for inner in found[at - 1].places))
    elif in_counties(body, hit):
        chosen = gazetteer.find(f"{hit.key} county") or ()
    elif listed(body, found, at):
        chosen = tuple(p for p in hit.places if p.own and p.kind is not Kind.city)
    return _cities_first(chosen or hit.places)


def in_counties(body: str, hit: Hit) -> bool:
    """Whether a name is one of several counties: *Lee, Polk and Knox counties*."""
    return body.startswith(_ON_TO_COUNTIES, hit.end) and bool(_COUNTIES.match(body, hit.end))


def _cities_first(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Without regions that a bare name means only where something says so: *Idlib* is the city in Idlib Governorate."""
    cities = {(place.country, place.admin1) for place in places if place.own and place.kind is Kind.city}
    return tuple(p for p in places if p.own or p.kind is not Kind.region or (p.country, p.admin1) not in cities)


def within(place: Place, outer: Place) -> bool:
    """Whether a place lies in a region or a country, as far as codes tell."""
    if place.number == outer.number or place.kind in _WHOLE or outer.kind not in _OUTER:
        return False
    if outer.kind is Kind.country:
        return place.country == outer.country
    return place.kind is not Kind.region and (place.country, place.admin1) == (outer.country, outer.admin1)


def _wide(hit: Hit) -> bool:
    return any(place.own and place.kind in _WIDE for place in hit.places)
