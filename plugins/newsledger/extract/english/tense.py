"""Whether the clause around a date looks back or ahead."""

import re
from typing import Literal

Tense = Literal["past", "future"]

_CUES = re.compile(
    r"(?P<future>\b(?:will|would be|[’']ll|shall|won[’']t|is to|are to|be(?! [a-z]+ (?:by|with)\b)"
    r"|set to|supposed to|by (?=[A-Z])|(?<!been )scheduled|(?<!been )expect(?:s|ed|ing)?|(?<!been )"
    r"due|plan(?:s|ned|ning)?"
    r"|until|payable|expires?|ahead of|upcoming|intends?|call(?:s|ed)? for|proposed|mooted|slated"
    r"|aims?|begin(?:s|ning)?"
    r"|starts?|opens?|hopes?|wants?|effective|record|deadline|may|might|could|should|can|target(?:s"
    r"|ed)?|promis(?:es|ed)"
    r"|coming|forecast(?:s|ed)?|is being|are being|extended to|postponed (?:to|until)|through)\b)"
    r"|(?P<past>\b(?:said|told|was|were|had|did|has|have|since|ago|had been (?:scheduled|due|expected|set|supposed)"
    r"|(?<!be )(?<!is )(?<!are )(?!un)[a-z]{2,}ed|went|came|left|met|rose|fell|began|took|made|won|lost"
    r"|held|became|grew|saw|shot|struck|hit|broke|found|got|sold|bought|fought|spoke|wrote|led|sent|gave|posted)\b)"
)
_CLAUSE = re.compile(r"[.;:!?\n](?=\s|$)| (?:but|while|whereas|although|--|–|—) ")


def around(body: str, start: int, end: int) -> Tense | None:
    """The tense of the nearest telling word before a date in its clause, else after it; none when nothing tells."""
    lead = body[max(start - 110, 0) : start]
    for cut in _CLAUSE.finditer(lead):
        last = cut.end()
        lead = " " * last + lead[last:]
    cues = list(_CUES.finditer(lead))
    if cues:
        return "future" if cues[-1]["future"] else "past"
    tail = body[end : end + 70]
    if stop := _CLAUSE.search(tail):
        tail = tail[: stop.start()]
    first = _CUES.search(tail)
    if first:
        return "future" if first["future"] else "past"
    return None
