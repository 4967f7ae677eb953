"""The columns of the suite ``mentions``."""

from newsledger.quality.columns.column import Column, Row, field, untidy
from newsledger.quality.columns.fact import fact_columns
from newsledger.records import FactKind


def _coordinates(row: Row) -> str:
    pair = (row.record.latitude, row.record.longitude)
    if pair == (0, 0):
        return "zero"
    return {0: "none", 2: "both"}.get(sum(value is not None for value in pair), "half")


def _candidates_ok(row: Row) -> bool:
    return all(-90 <= one.latitude <= 90 and -180 <= one.longitude <= 180 and one.name for one in row.record.candidates)


def _key_names_place(row: Row) -> bool | None:
    """Whether the last number in the key is the GeoNames id."""
    mention = row.record
    if mention.geonames_id is None or mention.entity_key is None:
        return None
    return bool(mention.entity_key.rpartition(":")[2] == str(mention.geonames_id))


_ONLY_PERSONS = ("role",)
_ONLY_PLACES = ("geonames_id", "latitude", "longitude", "country_code", "precision", "candidates")


def _stray(row: Row) -> str | None:
    """The fields that hold something although the mention is of another type than they are for."""
    names = (
        *(_ONLY_PERSONS if row.record.type != "person" else ()),
        *(_ONLY_PLACES if row.record.type != "place" else ()),
    )
    return ", ".join(name for name in names if getattr(row.record, name) not in {None, ()}) or None


MENTIONS: tuple[Column, ...] = (
    *fact_columns(FactKind.mentions),
    field("type", "text", "`person`, `organisation` or `place`"),
    field("name", "text", "canonical name in the article"),
    field("entity_key", "text", "key of the resolved name, or of the GeoNames id"),
    Column(
        "entity_key_is_geonames_id",
        "flag",
        "`entity_key` ends in `geonames_id`; null where either is null",
        _key_names_place,
    ),
    field("role", "text", "role of a person"),
    field("affiliation", "text", "affiliation of a person"),
    untidy("name", "role", "affiliation"),
    Column("stray_fields", "text", "names of the fields that hold something and are not for this type", _stray),
    field("geonames_id", "number", "GeoNames id of a place"),
    field("latitude", "number", "degrees, WGS 84"),
    field("longitude", "number", "degrees, WGS 84"),
    Column("coordinates", "text", "`both`, `half`, `none`, or `zero` for 0, 0", _coordinates),
    field("country_code", "text", "ISO 3166-1 alpha-2, and XK for Kosovo as GeoNames has it"),
    field("precision", "text", "what kind of place it is"),
    Column(
        "candidates_count",
        "integer",
        "places that the text does not decide between",
        lambda row: len(row.record.candidates),
    ),
    Column("candidates_ok", "flag", "each candidate has a name and coordinates in range", _candidates_ok),
)
