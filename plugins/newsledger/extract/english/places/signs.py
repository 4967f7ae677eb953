"""Signs of where an article is at home, and of what its ambiguous names mean: read off the words, before any choice."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice
from urllib.parse import urlsplit

from newsledger.extract.english.places import demonyms
from newsledger.extract.english.places import words as lexicon
from newsledger.extract.english.places.spans import Hit, Token
from newsledger.extract.gazetteer import Kind
from newsledger.records import Article

STRONG = 3.0
"""Weight of a sign that only American authorities give: a village there against a world city elsewhere."""
_WEAK, _AGAIN = 1.5, 0.5

_TOP_LEVEL = {
    "uk": "GB", "ca": "CA", "au": "AU", "nz": "NZ", "ie": "IE", "in": "IN", "za": "ZA", "ru": "RU", "ua": "UA",
    "ke": "KE", "ng": "NG", "pk": "PK", "ph": "PH", "sg": "SG", "lb": "LB", "il": "IL", "lk": "LK",
}  # fmt: skip
_AUTHORITY = re.compile(
    r" (?:PD\b|Police Department|City (?:Hall|Manager|Schools)|Junior High|Middle School|"
    r"Junior College|Community College|Independent School|School (?:Board|District)|Board of Education|Walmart|"
    r"Municipal Court|County)"
)
_PEOPLE = re.compile(
    r" (?:man|woman|teen|teenager|residents?|couple|native|police|firefighters|council|parents|boys|girls|motorist|"
    r"City Council|High School)\b"
)
_AGED = re.compile(r", \d\d, (?:of )?$")
_ADDRESS = re.compile(r"\b(?:St|Ave|Rd|Dr|Blvd|Ln)\., $")
# In three parts, each quick to scan for: known capitals lead, digits lead, and the rest word by word.
_AMERICAN = re.compile(
    r"County|Sheriff|Police Department|City Council|High School|School Board|Highway Patrol|State Police|Township|"
    r"Interstate|Wal-?[Mm]art|Councilman|\$\d|Common Pleas|Superior Court|Circuit Court"
)
_AMERICAN_ADDRESS = re.compile(r"[0-9] (?:[NSEW]\. )?[A-Z][a-z]+ (?:St|Ave|Rd|Dr|Blvd|Ln)\.")
_AMERICAN_SMALL = (
    "state trooper", "district attorney", "county jail", "grand jury", "sophomore", "varsity", "a.m.", "p.m.",
    "felony", "misdemeanor",
)  # fmt: skip
_MOST_SIGNS = 6
_CAMPAIGN = re.compile(rf"(?:['’]s)? (?:acting |regional )?(?:{'|'.join(sorted(lexicon.CAMPAIGN_WORDS))})\b")


def home(article: Article, body: str, words: list[Token]) -> Counter[str]:
    """How much the source's address, demonyms and the wording of local news speak for each country."""
    speaks = demonyms.countries(words)
    host = urlsplit(article.url or "").hostname or ""
    country = _TOP_LEVEL.get(host.rpartition(".")[2])
    if country:
        speaks[country] += 2
        return speaks
    found = chain(_AMERICAN.finditer(body), _AMERICAN_ADDRESS.finditer(body))
    signs = sum(1 for _ in islice(found, _MOST_SIGNS))
    signs = min(signs + sum(map(body.count, _AMERICAN_SMALL)), _MOST_SIGNS)
    if signs > 1:
        speaks["US"] += signs // 2
    return speaks


def local(body: str, hits: Iterable[Hit]) -> dict[str, float]:
    """By name, how much speaks for a place at home: its authorities, its people.

    *Athens Police Department*; *12 Oak St., Athens*; *an Athens man*; *Ann Lee, 54, of Athens*.
    """
    signs: dict[str, float] = {}
    for hit in hits:
        before = body[max(0, hit.start - 24) : hit.start]
        if _AUTHORITY.match(body, hit.end) or (before.endswith("., ") and _ADDRESS.search(before)):
            signs[hit.key] = STRONG
        elif (
            _PEOPLE.match(body, hit.end)
            or before.endswith("City of ")
            or (before.endswith((", ", ", of ")) and _AGED.search(before))
        ):
            signs[hit.key] = min(STRONG, signs[hit.key] + _AGAIN) if hit.key in signs else _WEAK
    return signs


def campaigns(body: str, hits: list[Hit]) -> set[str]:
    """Names of a region and its city alike that stand for the region in this article.

    That is so where the article names the region as one (*Kursk region*) and speaks of what happens to regions
    (*the Kursk incursion*, *the Kursk governor*).
    """
    regions = {hit.key for hit in hits if all(place.kind is Kind.region for place in hit.places)}
    return {hit.key for hit in hits if hit.key in regions and _CAMPAIGN.match(body, hit.end)}
