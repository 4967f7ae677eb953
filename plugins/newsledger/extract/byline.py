"""Bylines: who wrote it, as a list of names."""

import re
from collections.abc import Iterator

LONGEST = 200
"""Characters; a longer line is no byline."""

_HEAD = 3  # lines among which a byline may stand

_OPENING = (
    r"(?:(?:[Ww]ords|[Ww]ritten|[Ss]tory|[Tt]ext|[Rr]eport(?:ed|ing)?|[Cc]ompiled|[Rr]eview(?:ed)?)\s+)?(?:[Bb]y|BY)"
)
_BY = re.compile(rf"\s*{_OPENING}\b[\s:]*")
_SPLIT = re.compile(r"\s*([,;/|•·&]|\b(?:and|AND|with|With|WITH)\b)\s*")
_NOISE = re.compile(
    r"\S+@\S+\.\w+|(?:https?:|www\.)\S+|@\w+"  # addresses
    r"|\b(?i:(?:last )?(?:published|updated|posted)\b.*)"
    r"|\b(?i:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b.*)"
    r"|\b\d{1,2} (?i:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{4}\b.*)"
    r"|\([^()]*\)"  # (AP)
)
# "Anna Berg in Kyiv", "Tom Hale of the Evening Courier": where and for whom is not part of the name; it is in one that
# begins with a single word ("Voice of Norland").
_TAIL = re.compile(r"(?<=\S)\s+(?:(?:in|at|from|near|for|of|IN|FOR|OF)\s+(?:the\s+)?(?=[A-Z])|[-–—]\s).*")

# What follows a comma after a name says what the person is; it is not another person.
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|journalist|columnist|contributor|chief|producer|photographer|analyst"
    r"|fellow|professor|lecturer|director|bureau|desk|intern|critic|staff|team|researcher|founder|officer)s?\b"
    r"|^(?:[JS]r|I{2,3}|Ph\.?D|M\.?D|MBE|OBE|CBE|MP)\.?$",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"^the\s|\b(?:press|news|times|post|agency|media|network|herald|tribune|magazine|journal|tv|radio|online|bbc|cnn)\b",
    re.IGNORECASE,
)
# Credits in one word that stand beside persons.
_AGENCY = re.compile(
    r"(?:news )?agenc(?:y|ies)|wires?|reuters|afp|ap|pa|dpa|ani|pti|ians|aap|epa|efe|ansa|tass|xinhua|anadolu|upi"
    r"|bloomberg",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|author|unknown|none|null|undefined|anonymous|guest|user|\W*)", re.IGNORECASE
)

# A whole line: "By Anna Berg in Kyiv and Tom Hale", "By Kyiv Staff with Agencies", "BY TOM HALE, POLITICAL EDITOR".
# Every word is a name's (capital) or one of the few that join names; no stop closes it.
_WORD = (
    r"(?:(?:[dlo]['’])?[A-Z\u00c0-\u00de][\w.'’\-]*|de|da|do|dos|del|della|di|der|den|van|von|bin|ibn|al|el|la|le|ter|y"
)
_JOIN = r"|and|with|in|at|for|of|the|&|\||staff|agencies|[Ee]ditor|[Cc]orrespondent|[Rr]eporters?|[Ww]riter"
_LINE = re.compile(rf"\s*{_OPENING}:?(?:\s+{_WORD}{_JOIN}),?)+(?<![.,])\s*")


def is_byline(line: str) -> bool:
    """Whether the whole line is a byline that opens with "By"."""
    return len(line) <= LONGEST and _LINE.fullmatch(line) is not None and len(line.split()) > 2


def taken_off(text: str) -> tuple[tuple[str, ...], str]:
    """The authors that a byline at the head or the foot of a text names, and the text without it."""
    lines = text.split("\n")
    for number in (*range(min(_HEAD, len(lines) - 1)), len(lines) - 1):
        if len(lines) > 1 and is_byline(lines[number]):
            return names(lines[number]), "\n".join(lines[:number] + lines[number + 1 :])
    return (), text


def names(stated: str) -> tuple[str, ...]:
    """The authors that a byline or an author field names, in order, each once.

    "By Anna Berg in Kyiv and Tom Hale" gives both. Roles, places, addresses and the outlet behind a person are left
    out, unless nothing else is named ("By staff reporters").
    """
    text = _BY.sub("", _NOISE.sub(" ", " ".join(stated[: 4 * LONGEST].split())), count=1)
    found: dict[str, str] = {}
    for mark, part in _parts(text):
        name = _headed(part).strip(" .:-–—\"'")
        if not _NOBODY.fullmatch(name) and not (found and _describes(name, mark)):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _headed(part: str) -> str:
    tail = _TAIL.search(part)
    return part[: tail.start()] if tail and " " in part[: tail.start()].strip() else part


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Each stretch between marks, with the mark before it."""
    mark, start = "", 0
    for match in _SPLIT.finditer(text):
        yield mark, text[start : match.start()]
        mark, start = match[1].lower(), match.end()
    yield mark, text[start:]


def _describes(part: str, mark: str) -> bool:
    """Whether a part that follows a name describes that person (role, place, outlet) and names nobody else."""
    if _AGENCY.fullmatch(part):
        return False
    if mark in {"and", "with", "&"}:
        return False
    return bool(_ROLE.search(part) or _OUTLET.search(part)) or " " not in part
