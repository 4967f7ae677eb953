"""Pages that stand in an article's place: consent walls, checks for robots, refusals."""

import re
from urllib.parse import urlsplit

FRONT = frozenset({"", "/", "/index.html", "/index.php", "/home", "/en", "/en/"})
"""Paths of front pages, to which sites send readers of articles that are gone."""
SHORT = 1_500
"""Characters; an article that speaks of cookies is longer than a wall that does."""

# What a page says when it is no article; the first kind of which it says anything is told.
_SAYINGS = {
    "a consent wall": (
        r"before you continue",  # "Before you continue to Example News"
        r"we (?:value|care about|respect) your privacy",
        r"your privacy (?:choices|matters)",
        r"(?:accept|allow|reject) all",
        r"manage (?:my |your )?(?:cookies?|consent|privacy)",
        r"cookie (?:settings|preferences|consent)",
        r"we (?:and our partners )?use cookies",
        r"alle(?: cookies)? akzeptieren",
        r"ihre zustimmung",
        r"tout accepter",
        r"continuer sans accepter",
        r"respectons votre vie privée",
        r"aceptar (?:todas?|y continuar)",
        r"nos importa tu privacidad",
        r"accetta (?:tutti|e continua)",
        r"alles accepteren",
        r"zaakceptuj",
        r"прийняти (?:всі|усі)",
        r"принять все",
    ),
    "a check for robots": (
        r"just a moment",
        r"checking your browser",  # "Checking your browser before accessing example.org"
        r"verify (?:that )?you are (?:a )?human",
        r"are you a robot",
        r"enable (?:javascript|cookies|js)",
        r"unusual (?:traffic|activity)",
        r"complete the (?:captcha|security check)",
        r"ddos protection",
    ),
    "a refusal": (
        r"access (?:to this page )?(?:has been |is )?denied",
        r"403 forbidden",
        r"you (?:have been|are) blocked",
        r"not available in your (?:region|country|location)",
        r"unavailable for legal reasons",
    ),
    "a paywall": (
        r"(?:subscribe|log ?in|sign ?(?:in|up)|register) (?:now )?to (?:continue|keep|read|view|access)",
        r"this (?:article|content|story) is (?:only )?for (?:our )?subscribers",
    ),
}
_TELLING = tuple(
    (told, re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)) for told, patterns in _SAYINGS.items()
)
# The tools that build walls, by the hosts and paths to which they lead.
_WALL_ADDRESS = re.compile(
    r"^(?:consent|guce|privacy|cmp|myprivacy)\.|/(?:consent|cookie-?wall|collectconsent)\b", re.IGNORECASE
)
_REFUSED = {
    401: "asks for a login",
    402: "asks for payment",
    403: "refuses us",
    429: "refuses us for now",
    451: "is withheld for legal reasons",
}


def refused(status: int | None) -> str | None:
    """What a status says instead of giving the page, in words; null for a page that was given."""
    if status is None or 200 <= status < 300:
        return None
    return f"the page {_REFUSED.get(status, 'cannot be had')} (status {status})"


def wall(text: str, headline: str | None, url: str, asked: str | None) -> str | None:
    """What stands in the article's place, in words; null where its page came.

    ``asked``: the address that was asked for, ``url`` the one that answered.
    """
    place = urlsplit(url)
    if _WALL_ADDRESS.search(place.netloc) or _WALL_ADDRESS.search(place.path):
        return "the page is a consent wall"
    if asked and place.path in FRONT and not place.query and urlsplit(asked).path not in FRONT:
        return "the page is the site's front page"
    if len(text) < SHORT:
        shown = f"{headline or ''}\n{text}"
        told = next((told for told, pattern in _TELLING if pattern.search(shown)), None)
        return f"the page is {told}" if told else None
    return None
