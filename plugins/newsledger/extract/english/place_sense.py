"""Which place a name means: what the article itself says about country, region and neighbours decides."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from newsledger.extract.gazetteer import Kind, Place

NEAR_KM = 160.0
_MOST = 60  # points that neighbours are measured against


class Context:
    """What the places that are already sure say about the others."""

    def __init__(self, countries: Iterable[str] = ()) -> None:
        """Begin with the countries that the article's source speaks for."""
        self._countries: Counter[str] = Counter()
        self._regions: Counter[tuple[str, str]] = Counter()
        self._points: list[tuple[float, float]] = []
        for country in countries:
            self._countries[country] += 1

    def add(self, place: Place, times: int = 1) -> None:
        """One more place that is sure."""
        if place.country is None:
            return
        self._countries[place.country] += times
        if place.admin1:
            self._regions[place.country, place.admin1] += times
        if place.kind is Kind.city and place.latitude is not None and len(self._points) < _MOST:
            self._points.append((place.latitude, place.longitude or 0.0))

    def score(self, place: Place) -> float:
        """How well a place fits: its fame, and what speaks for its country, region and neighbourhood."""
        fame = math.log10(max(place.weight, 100)) - (0.0 if place.own else 1.0)
        return fame + self.support(place)

    def support(self, place: Place) -> float:
        """What the article says for a place, fame left out."""
        if place.country is None:
            return 0.0
        total = sum(self._countries.values()) or 1
        share = self._countries[place.country] / total
        here = self._regions[place.country, place.admin1] if place.admin1 else 0
        near = self._near(place)
        return (1.0 if share else 0.0) + 1.5 * share + (1.5 if here else 0.0) + min(here, 5) * 0.1 + near

    def _near(self, place: Place) -> float:
        if place.kind is not Kind.city or place.latitude is None or place.longitude is None:
            return 0.0
        here = (place.latitude, place.longitude)
        close = sum(1 for point in self._points if point != here and distance_km(point, here) < NEAR_KM)
        return min(1.5, 0.75 * close)


class Choice(NamedTuple):
    """The place that a name means, or those that it may mean."""

    place: Place | None
    candidates: tuple[Place, ...]


def choose(places: tuple[Place, ...], context: Context) -> Choice:
    """The best fitting place; none where two stand level and the article speaks for neither."""
    ranked = sorted(places, key=lambda place: (-context.score(place), -place.weight, place.number))
    best = ranked[0]
    if len(ranked) == 1 or best.kind is not Kind.city:
        return Choice(best, ())
    rival = next((other for other in ranked[1:] if not _same_spot(best, other)), None)
    if rival is None or context.score(best) - context.score(rival) > LEVEL or context.support(best) >= SPOKEN_FOR:
        return Choice(best, ())
    return Choice(None, tuple(ranked[:5]))


LEVEL = 0.2
"""Scores closer than this do not decide (fame alone: 1.6 times the population)."""
SPOKEN_FOR = 2.5
"""Support from which the article itself speaks for a place."""


def _same_spot(a: Place, b: Place) -> bool:
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return a.country == b.country
    return distance_km((a.latitude, a.longitude), (b.latitude, b.longitude)) < NEAR_KM


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points on the globe (equirectangular: close enough for neighbours)."""
    span = abs(a[1] - b[1])
    x = math.radians(min(span, 360 - span)) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 6371.0 * math.hypot(x, math.radians(a[0] - b[0]))
