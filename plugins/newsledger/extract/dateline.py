"""The dateline: where, and sometimes when, an agency's report was filed."""

import re

# A place in capitals, then region, day and agency as they come, then a dash, e.g. "KYIV, Ukraine (AP) — ", "LONDON — ",
# "TOKYO, March 3 (Reuters) - "; or a place in letters of both cases before an agency: "Kyiv, Ukraine (AFP) – ".
_CAPITAL = r"[A-Z\u00c0-\u00de](?:[.'’\-]?[A-Z\u00c0-\u00de])+\.?"
_CAPITALS = rf"(?=[^\s,]{{3}}|\w+ \w){_CAPITAL}(?:[ /]{_CAPITAL}){{0,4}}"
_REGION = r"(?:, [A-Z][\w.'’]*(?: [\w.'’]+){0,3}){0,2}"
_MIXED = r"[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]+){0,3}"
_AGENCY = r"\([A-Z][\w ./&\-]{1,40}\)"
_DASH = r"(?:\s*(?:[—–―]|--)\s*|\s-\s)(?=\S)"
_DATELINE = re.compile(
    rf"(?P<capitals>{_CAPITALS}{_REGION})(?:\s{_AGENCY})?{_DASH}|(?P<mixed>{_MIXED}{_REGION})\s{_AGENCY}{_DASH}"
)
# Labels that open a text in the same way and name no place: "EXCLUSIVE — The minister ...".
_LABEL = re.compile(
    r"(?:EXCLUSIVE|UPDATED?|BREAKING(?: NEWS)?|ANALYSIS|OPINION|WATCH|VIDEO|LIVE|REVIEW|INTERVIEW|COMMENT|EDITORIAL"
    r"|CORRECTION|NOTE|EXPLAINER|FEATURE|PHOTOS|Q&A)$"
)
_LINES = 6
_LONGEST = 120


def find(body: str) -> str | None:
    """Place (and day) of the dateline, as written, without agency and dash; null where the body opens with none.

    It is looked for where one of the first paragraphs begins; the body keeps it.
    """
    for line in body.split("\n", _LINES)[:_LINES]:
        match = _DATELINE.match(line[:_LONGEST])
        if match and not _LABEL.match(match["capitals"] or "") and len(line) > match.end() + 20:
            return (match["capitals"] or match["mixed"]).strip()
    return None
