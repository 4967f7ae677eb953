"""Whether the clause around a date looks back or ahead."""

import re
from typing import Literal

Tense = Literal["past", "future"]

# `the vote is expected on`, `a summit that they have called for in`, `two boats were lost on`.
_SURE = (
    r"will|[’']ll|shall|won[’']t|would|were to|is to|are to|set to|supposed to|(?<!been )scheduled|(?<!been )due|slated"
    r"|(?<!been )expect(?:s|ed|ing)?"
)
_AHEAD = (
    r"be(?! [a-z]+ (?:by|with)\b)|if|unless|plan(?:s|ned|ning)?|payable|expires?|ahead of|upcoming|intends?"
    r"|call(?:s|ed)? for|proposed|mooted|aims?|begin(?:s|ning)?|starts?|opens?|hopes?|wants?|effective|record|deadline"
    r"|may|might|could|should|can|target(?:s|ed)?|promis(?:es|ed)|coming|forecast(?:s|ed)?|is being|are being"
    r"|extended to|postponed (?:to|until)|through"
)
_BACK = (
    r"said|told|was|were|had|did|has|have|since|ago|had been (?:scheduled|due|expected|set|supposed)"
    r"|(?<!be )(?<!is )(?<!are )(?!un)[a-z]{2,}ed|went|came|left|met|rose|fell|began|took|made|won|lost|held|became"
    r"|grew|saw|shot|struck|hit|broke|found|got|sold|bought|fought|spoke|wrote|led|sent|gave|kept|ran|stood|brought|heard"
    r"|sank|drove|chose"
)
_BEFORE = re.compile(rf"(?P<future>\b(?:{_SURE}|{_AHEAD})(?!\w))|(?P<past>\b(?:{_BACK})\b)")
_AFTER = re.compile(rf"(?P<future>\b(?:{_SURE})(?!\w))|(?P<past>\b(?:{_BACK})\b)")
_BY = re.compile(r"\b(?:by|until) (?:the |about |nearly |around )?\Z")
_TO_DO = re.compile(r"\bto [a-z]+\b")
_QUOTED = re.compile(r"[“”\"]|''|‘")
_CLAUSE = re.compile(r"[.;:!?\n](?=\s|$)| (?:but|while|whereas|although|--|–|—) | (?=(?:if|unless) )")


def around(body: str, start: int, end: int) -> Tense | None:
    """The tense of the nearest telling word before a date in its clause, else after it; none when nothing tells."""
    lead = body[max(start - 110, 0) : start]
    lead = lead[max((cut.end() for cut in _CLAUSE.finditer(lead)), default=0) :]
    cues = list(_BEFORE.finditer(lead))
    if _BY.search(lead):  # `finished by`, but `agreed to finish by`
        back = cues and cues[-1]["past"] and not _TO_DO.search(lead, cues[-1].end())
        return "past" if back else "future"
    if not cues:
        tail = body[end : end + 70]
        ends = [cut.start() for cut in (_CLAUSE.search(tail), _QUOTED.search(tail)) if cut]
        cues = list(_AFTER.finditer(tail[: min(ends, default=len(tail))]))[:1]
    if not cues:
        return None
    return "future" if cues[-1]["future"] else "past"
