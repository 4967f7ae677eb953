"""Places against people and organisations: whose name is it, where both claim the same words."""

from collections.abc import Iterable
from typing import NamedTuple

from newsledger.extract.english.places import words as lexicon
from newsledger.extract.english.places.spans import Hit
from newsledger.extract.folding import fold_word
from newsledger.extract.gazetteer import Kind
from newsledger.records import Mention

# A name of a place as well known as this is not a person's, unless a title or a given name says so.
_KNOWN = 100_000
_GOVERNMENTS = frozenset(("city of ", "town of ", "village of ", "county of ", "state of ", "government of "))
_STANDING = frozenset((Kind.country, Kind.continent, Kind.region, Kind.district, Kind.area, Kind.water))


class Claims(NamedTuple):
    """Hits that are free to be places, and the mentions that fall if they turn out to be."""

    hits: list[Hit]
    rivals: dict[int, Mention]
    """By number of the hit: the mention on the same words."""


def free(body: str, found: Iterable[Hit], named: tuple[Mention, ...]) -> Claims:
    """Hits outside of names, at the head of an authority's name, or where a lone name is not known to be a person's."""
    ordered = sorted(named, key=lambda mention: (mention.start, mention.end))
    kept: list[Hit] = []
    rivals: dict[int, Mention] = {}
    at = 0
    for hit in found:
        while at < len(ordered) and ordered[at].end <= hit.start:
            at += 1
        claim = ordered[at] if at < len(ordered) and ordered[at].start < hit.end else None
        if claim is not None and not _stands(body, hit, claim):
            continue
        if claim is not None and claim.end <= hit.end:
            rivals[len(kept)] = claim
        kept.append(hit)
    return Claims(kept, rivals)


def _stands(body: str, hit: Hit, claim: Mention) -> bool:
    """Whether a hit may be a place though a person or an organisation is claimed there."""
    best = hit.places[0]
    if hit.start < claim.start < hit.end:  # the name was cut: New [Zealand Department of Conservation]
        return True
    same = (hit.start, hit.end) == (claim.start, claim.end)
    if same and best.own and best.kind in _STANDING:
        return True
    return _in_organisation(body, hit, claim) if claim.type == "organisation" else same and _against_person(hit, claim)


def _in_organisation(body: str, hit: Hit, claim: Mention) -> bool:
    if (hit.start, hit.end) == (claim.start, claim.end):
        return hit.places[0].own and hit.places[0].weight >= _KNOWN
    if hit.end == claim.end and body[claim.start : hit.start].lower() in _GOVERNMENTS:
        return True
    return hit.start == claim.start and _heads_authority(body, hit, claim)


def _against_person(hit: Hit, claim: Mention) -> bool:
    """A lone name that nobody is known to bear or says what they are, or a known place of several words."""
    best = hit.places[0]
    # Uttar Pradesh
    known = " " in hit.key and best.own and best.weight >= _KNOWN
    return (claim.entity_key is None and claim.role is None) or (
        known and (best.kind is not Kind.city or hit.key.split(" ")[0] not in lexicon.PERSONAL)
    )


def _heads_authority(body: str, hit: Hit, claim: Mention) -> bool:
    """*Hartford Police*, *U.S. Army*: a public body of the place, which is named thereby; not *Washington Post*."""
    rest = body[hit.end : claim.end].split()
    if not rest or not rest[0][0].isupper():
        return False
    words = [fold_word(word).removesuffix("s") if word[-2:] in {"'s", "’s"} else word.lower() for word in rest]
    if any(word in lexicon.TAILS for word in words):
        return False
    return words[0] in lexicon.AUTHORITIES or words[-1] in lexicon.BODIES or hit.key in {"us", "uk", "united states"}
