"""Units of measurement: spellings, dimension, and what one is in SI units.

Factors are those of NIST Special Publication 811 (2008), appendix B.8; a year is the mean Gregorian year of
365.2425 days and a month its twelfth. Money has no factor: what a currency is worth is not in the text.
"""

import re
from typing import NamedTuple

YEAR = 31_556_952.0
"""Seconds in 365.2425 days."""


class Unit(NamedTuple):
    """One unit; ``value * factor + offset`` is in ``si`` units (no factor: not convertible)."""

    name: str
    dimension: str
    si: str | None = None
    factor: float | None = None
    offset: float = 0.0

    def to_si(self, value: float) -> float | None:
        """The value in SI units, ten significant digits; none where there is no factor."""
        return None if self.factor is None else float(f"{value * self.factor + self.offset:.10g}")


# name, dimension, SI unit, factor, spellings: singular and plural, longest match wins.
_TABLE: tuple[tuple[str, str, str | None, float | None, str], ...] = (
    ("second", "time", "s", 1, "second seconds sec secs"),
    ("minute", "time", "s", 60, "minute minutes min mins"),
    ("hour", "time", "s", 3600, "hour hours hr hrs"),
    ("day", "time", "s", 86_400, "day days"),
    ("week", "time", "s", 604_800, "week weeks"),
    ("fortnight", "time", "s", 1_209_600, "fortnight fortnights"),
    ("month", "time", "s", YEAR / 12, "month months"),
    ("year", "time", "s", YEAR, "year years yr yrs"),
    ("decade", "time", "s", 10 * YEAR, "decade decades"),
    ("century", "time", "s", 100 * YEAR, "century centuries"),
    ("mm", "length", "m", 1e-3, "mm millimetre millimetres millimeter millimeters"),
    ("cm", "length", "m", 1e-2, "cm centimetre centimetres centimeter centimeters"),
    ("m", "length", "m", 1, "m metre metres meter meters"),
    ("km", "length", "m", 1e3, "km kms kilometre kilometres kilometer kilometers"),
    ("inch", "length", "m", 0.0254, "inch inches"),
    ("foot", "length", "m", 0.3048, "foot feet ft"),
    ("yard", "length", "m", 0.9144, "yard yards yd yds"),
    ("mile", "length", "m", 1609.344, "mile miles mi"),
    ("nautical mile", "length", "m", 1852, "nautical_mile nautical_miles"),
    ("light-year", "length", "m", 9.46073e15, "light-year light-years light_year light_years"),
    ("m2", "area", "m2", 1, "m2 m² square_metre square_metres square_meter square_meters sq_m"),
    (
        "km2", "area", "m2", 1e6,
        "km2 km² square_kilometre square_kilometres square_kilometer square_kilometers sq_km sq._km square_km",
    ),
    ("square foot", "area", "m2", 0.09290304, "square_foot square_feet sq_ft sq._ft square-foot"),
    ("square mile", "area", "m2", 2_589_988.110336, "square_mile square_miles sq_mile sq_miles sq._miles"),
    ("acre", "area", "m2", 4046.873, "acre acres"),
    ("hectare", "area", "m2", 1e4, "hectare hectares ha"),
    ("l", "volume", "m3", 1e-3, "litre litres liter liters"),
    ("m3", "volume", "m3", 1, "m3 m³ cubic_metre cubic_metres cubic_meter cubic_meters"),
    ("cubic foot", "volume", "m3", 0.02831685, "cubic_foot cubic_feet"),
    ("gallon", "volume", "m3", 3.785412e-3, "gallon gallons"),
    ("barrel", "volume", "m3", 0.1589873, "barrel barrels"),
    ("mg", "mass", "kg", 1e-6, "mg milligram milligrams"),
    ("g", "mass", "kg", 1e-3, "gram grams gramme grammes"),
    ("kg", "mass", "kg", 1, "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"),
    ("tonne", "mass", "kg", 1e3, "tonne tonnes metric_ton metric_tons"),
    ("ton", "mass", "kg", None, "ton tons"),
    ("pound", "mass", "kg", 0.45359237, "pound pounds lb lbs"),
    ("ounce", "mass", "kg", 0.02834952, "ounce ounces oz"),
    ("mile/hour", "speed", "m/s", 0.44704, "mph miles_per_hour miles_an_hour mile_per_hour mile-per-hour"),
    (
        "km/hour", "speed", "m/s", 1 / 3.6,
        "km/h kph kmh kilometres_per_hour kilometers_per_hour kilometres_an_hour kilometers_an_hour km_per_hour",
    ),
    ("knot", "speed", "m/s", 0.5144444, "knot knots"),
    ("W", "power", "W", 1, "watt watts"),
    ("kW", "power", "W", 1e3, "kW kilowatt kilowatts"),
    ("MW", "power", "W", 1e6, "MW megawatt megawatts"),
    ("GW", "power", "W", 1e9, "GW gigawatt gigawatts"),
    ("horsepower", "power", "W", 745.6999, "horsepower hp"),
    ("kWh", "energy", "J", 3.6e6, "kWh kilowatt-hour kilowatt-hours kilowatt_hours"),
    ("MB", "data", "byte", 1e6, "MB megabyte megabytes"),
    ("GB", "data", "byte", 1e9, "GB gigabyte gigabytes"),
    ("TB", "data", "byte", 1e12, "TB terabyte terabytes"),
    ("Hz", "frequency", "Hz", 1, "Hz hertz"),
    ("MHz", "frequency", "Hz", 1e6, "MHz megahertz"),
    ("GHz", "frequency", "Hz", 1e9, "GHz gigahertz"),
    ("V", "voltage", "V", 1, "volt volts"),
    ("degree", "angle", None, None, "degree degrees"),
    ("magnitude", "magnitude", None, None, "magnitude"),
    ("%", "ratio", "1", 0.01, "% percent per_cent pct"),
    ("percentage point", "ratio", "1", 0.01, "percentage_point percentage_points"),
    ("basis point", "ratio", "1", 1e-4, "basis_point basis_points"),
    ("USD", "money", None, None, "dollar dollars USD US_dollars US_dollar U.S._dollars bucks"),
    ("CAD", "money", None, None, "Canadian_dollars CAD"),
    ("AUD", "money", None, None, "Australian_dollars AUD"),
    ("NZD", "money", None, None, "New_Zealand_dollars NZD"),
    ("HKD", "money", None, None, "Hong_Kong_dollars HKD"),
    ("CHF", "money", None, None, "Swiss_francs CHF"),
    ("cent", "money", None, None, "cent cents"),
    ("EUR", "money", None, None, "euro euros EUR"),
    ("GBP", "money", None, None, "GBP pounds_sterling British_pounds"),
    ("penny", "money", None, None, "pence penny"),
    ("JPY", "money", None, None, "yen"),
    ("CNY", "money", None, None, "yuan renminbi"),
    ("RUB", "money", None, None, "rouble roubles ruble rubles"),
    ("UAH", "money", None, None, "hryvnia hryvnias"),
    ("INR", "money", None, None, "Indian_rupees"),
    ("rupee", "money", None, None, "rupee rupees"),
    ("IDR", "money", None, None, "rupiah"),
    ("franc", "money", None, None, "franc francs French_francs"),
    ("mark", "money", None, None, "Deutsche_marks German_marks"),
    ("peso", "money", None, None, "peso pesos"),
    ("krona", "money", None, None, "krona kronor kroner krone"),
    ("shekel", "money", None, None, "shekel shekels"),
    *(
        (name, "money", None, None, f"{name} {name}s")
        for name in (
            "dinar", "dirham", "riyal", "rial", "baht", "ringgit", "naira", "taka", "forint", "zloty", "koruna", "lari",
            "tenge", "manat", "birr", "cedi", "kwacha", "shilling", "bolivar", "quetzal", "guilder", "afghani",
        )
    ),
    ("lira", "money", None, None, "lira liras lire"),
)  # fmt: skip

UNITS = {name: Unit(name, dimension, si, factor) for name, dimension, si, factor, _ in _TABLE}
CELSIUS = Unit("°C", "temperature", "K", 1.0, 273.15)
FAHRENHEIT = Unit("°F", "temperature", "K", 5 / 9, 459.67 * 5 / 9)
X = Unit("x", "ratio", "1", 1.0)
RATIO = Unit("ratio", "ratio", "1", 1.0)

SIGNS = {
    "$": "USD", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD", "R$": "BRL", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH",
    "₩": "KRW", "₪": "ILS",
    "₺": "TRY", "Rs": "INR", "Rs.": "INR", "dlrs": "USD", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "#": "GBP",
    "RMB": "CNY",
}  # fmt: skip
"""Currency signs before a number. `#` stands for the pound sign in old wire copy."""

_SPELLINGS = {
    spelling.replace("_", " "): UNITS[name] for name, _, _, _, spellings in _TABLE for spelling in spellings.split()
}
_BY_LENGTH = "|".join(re.escape(spelling) for spelling in sorted(_SPELLINGS, key=len, reverse=True))
_MORE = (
    "more|additional|further|full|whole|long|short|consecutive|straight|trading|business|working|calendar|extra|solid"
)
_UNIT = re.compile(rf"(?P<gap> - |[ -])?(?:(?:{_MORE}) )?(?P<unit>{_BY_LENGTH})(?![A-Za-z0-9²³])")
_TEMPERATURE = re.compile(
    r"(?: - | |-)?(?:°|º|deg(?:rees?)?\.?)? ?(?P<scale>C|F|Celsius|Fahrenheit|centigrade)\b(?<![- ][CF])"
)
_LETTERS = {"m", "mi", "ha", "g", "oz", "hp", "min", "sec"}
"""Short spellings that are other things as often, and need closer looks (``read``)."""
_PLURAL_NEXT = re.compile(r" (?!(?:this|is|was|as|across|his|its|has|less)\b)[a-z]{3,}s\b| people\b")


class Reading(NamedTuple):
    """A unit as found after a number: what, where it ends, and whether a hyphen ties it on."""

    unit: Unit
    end: int
    tied: bool
    spelling: str


def read(body: str, at: int) -> Reading | None:
    """The unit that begins at a position (right after a number), if one does."""
    if match := _TEMPERATURE.match(body, at):
        unit = FAHRENHEIT if match["scale"][0] == "F" else CELSIUS
        return Reading(unit, match.end(), tied=False, spelling=match["scale"])
    match = _UNIT.match(body, at)
    if match is None:
        return None
    spelling = match["unit"]
    if spelling in _LETTERS and (match["gap"] == " - " or _PLURAL_NEXT.match(body, match.end())):
        return None
    return Reading(_SPELLINGS[spelling], match.end(), "-" in (match["gap"] or ""), spelling)


def money(sign: str) -> Unit:
    """The currency of a sign or code before a number."""
    sign = sign.strip()
    return Unit(SIGNS.get(sign) or SIGNS.get(sign.rstrip("$")) or sign.rstrip("$"), "money")
