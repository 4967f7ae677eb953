"""Which place a name means: what the article itself says about country, region and neighbours decides."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsledger.extract.english.places.signs import STRONG
from newsledger.extract.english.places.words import GENERIC
from newsledger.extract.folding import fold
from newsledger.extract.gazetteer import Kind, Place

NEAR_KM = 160.0
NEAR_DEGREES = NEAR_KM / 111
_SPOTS = frozenset((Kind.city, Kind.area))
_MOST = 60  # points that neighbours are measured against


class Context:
    """What the places that are already sure say about the others."""

    def __init__(self, countries: Mapping[str, int]) -> None:
        """Begin with the countries that the article's source and wording speak for, each with its weight."""
        self._countries: Counter[str] = Counter(countries)
        self._total = self._countries.total()
        self._regions: Counter[tuple[str, str]] = Counter()
        self._shared: Counter[tuple[str, str]] = Counter()
        self._points: list[tuple[float, float]] = []

    def add(self, place: Place | None) -> None:
        """One more place that is sure."""
        if place is None or place.country is None:
            return
        self._countries[place.country] += 1
        self._total += 1
        if place.admin1:
            self._regions[place.country, place.admin1] += 1
        if place.kind in _SPOTS and place.latitude is not None and len(self._points) < _MOST:
            self._points.append((place.latitude, place.longitude or 0.0))

    def hint(self, names: Iterable[tuple[Place, ...]]) -> None:
        """What names speak for before any is decided: a country that they all lie in, regions that several share."""
        shared: Counter[tuple[str, str]] = Counter()
        for places in names:
            own = [place for place in places if place.own]
            if own and len({place.country for place in own}) == 1 and own[0].country:
                self._countries[own[0].country] += 1
                self._total += 1
            shared.update({(place.country, place.admin1) for place in own if place.country and place.admin1})
        self._shared = Counter({key: count for key, count in shared.items() if count > 1})

    def home(self) -> str | None:
        """The country that nearly all places of the article lie in."""
        if not self._countries:
            return None
        country, count = self._countries.most_common(1)[0]
        return country if count >= 0.8 * self._total else None

    def score(self, place: Place) -> float:
        """How well a place fits: its fame, and what speaks for its country, region and neighbourhood."""
        fame = math.log10(max(place.weight, 100)) - (0.0 if place.own else 1.0)
        return fame + self.support(place) + (0.3 if place.kind is Kind.region else 0.0)

    def support(self, place: Place) -> float:
        """What the article says for a place, fame left out."""
        if place.country is None:
            return 0.0
        region = (place.country, place.admin1)
        share = self._countries.get(place.country, 0) / (self._total or 1)
        here = self._regions.get(region, 0) if place.admin1 and place.country != "GB" else 0
        shared = min(1.5, 0.5 * max(0, self._shared.get(region, 0) - 1))
        around = (1.5 if here else 0.0) + min(here, 5) * 0.1
        return (1.0 if share else 0.0) + 1.5 * share + min(AROUND, around + shared + self._near(place))

    def _near(self, place: Place) -> float:
        if place.kind is not Kind.city or place.latitude is None or place.longitude is None:
            return 0.0
        here = (place.latitude, place.longitude)
        south, north = place.latitude - NEAR_DEGREES, place.latitude + NEAR_DEGREES
        likely = [point for point in self._points if south < point[0] < north and point != here]
        close = sum(distance_km(point, here) < NEAR_KM for point in likely)
        return min(1.0, 0.5 * close)


class Choice(NamedTuple):
    """The place that a name means, or those that it may mean."""

    place: Place | None
    candidates: tuple[Place, ...]


def choose(places: tuple[Place, ...], context: Context, local: float = 0.0) -> Choice:
    """The best fitting place; none where two stand level and the article speaks for neither.

    ``local`` is the weight of signs that the place is one of the article's own country (*Athens Police Department*).
    """
    home = context.home() or ("US" if local >= STRONG else None) if local else None

    scores = {
        place: context.score(place) + (local if home is not None and place.country == home else 0.0) for place in places
    }
    ranked = sorted(places, key=lambda place: (-scores[place], -place.weight, place.number))
    best = ranked[0]
    if best.kind is Kind.area and fold(best.name) in GENERIC and context.support(best) <= 0:
        return Choice(None, (best,))
    if len(ranked) == 1 and not best.own and best.weight < FAMOUS and context.support(best) <= 0:
        return Choice(None, (best,))
    if len(ranked) == 1 or best.kind not in _MANY:
        return Choice(best, ())
    rival = next((other for other in ranked[1:] if not _same_spot(best, other)), None)
    if rival is None or scores[best] - scores[rival] > LEVEL or context.support(best) >= SPOKEN_FOR:
        return Choice(best, ())
    return Choice(None, tuple(place for place in ranked[:5] if scores[best] - scores[place] <= LEVEL))


_MANY = frozenset((Kind.city, Kind.district))
AROUND = 2.5
"""Most that region and neighbours count together: a village among its neighbours does not outweigh a famous region."""
FAMOUS = 100_000
"""A place less known than this is not meant by one of its other names unless the article speaks of its country."""
LEVEL = 0.2
"""Scores closer than this do not decide (fame alone: 1.6 times the population)."""
SPOKEN_FOR = 2.5
"""Support from which the article itself speaks for a place."""


def sure(places: tuple[Place, ...]) -> bool:
    """Whether a name needs no context: it is one place's own, or a country's beside small towns."""
    first = places[0]
    if len(places) == 1:
        return (first.own and not (first.kind is Kind.area and fold(first.name) in GENERIC)) or first.weight >= FAMOUS
    return first.kind is Kind.country and first.own and not (places[1].own and places[1].weight >= 1_000_000)


def _same_spot(a: Place, b: Place) -> bool:
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return (a.country, a.admin1) == (b.country, b.admin1)
    return distance_km((a.latitude, a.longitude), (b.latitude, b.longitude)) < NEAR_KM


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points on the globe (equirectangular: close enough for neighbours)."""
    span = abs(a[1] - b[1])
    x = math.radians(min(span, 360 - span)) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 6371.0 * math.hypot(x, math.radians(a[0] - b[0]))
