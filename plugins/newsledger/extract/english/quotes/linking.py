"""Which report of its sentence a quotation hangs on."""

from bisect import bisect_right
from itertools import pairwise

from newsledger.extract.english.quotes.clauses import QUOTED, Sentence, Token
from newsledger.extract.english.quotes.reports import Report, beside_only

GOES_ON = frozenset(", ? ! — – - …".split())
"""Last marks of a quotation after which its sentence goes on: “…,” she said."""
_TAIL = frozenset(", . — ; : ( )".split())
_CONTRASTS = frozenset("but while whereas".split())
_OBJECTS = frozenset("it this we i you which".split())


def link(sentence: Sentence, reports: tuple[Report, ...], index: int) -> Report | None:
    """The report of the quotation at a token, by trust: right beside it, before it, after it in the sentence."""
    near = _near(reports, index)
    return _beside_right(sentence, near, index) or left(sentence, near, index) or _right(sentence, near, index)


def _beside_right(sentence: Sentence, reports: tuple[Report, ...], index: int) -> Report | None:
    """“…,” she said; “…,” said Jane Roe."""
    tokens = sentence.tokens
    for report in reports:
        between = tokens[index + 1 : report.first]
        if (
            report.first <= index
            or report.shared
            or any(token.kind not in {",", "—"} and token.word != "as" for token in between)
        ):
            continue
        if any(token.word == "as" for token in between) and tokens[index].word != "," and between[0].kind != ",":
            continue
        if report.inverted and not (report.cue.says or report.cue.holds):
            continue
        goes_on = between or tokens[index].word in GOES_ON
        if report.inverted or goes_on or report.source.kind != "description":
            return report
    return None


def left(sentence: Sentence, reports: tuple[Report, ...], index: int) -> Report | None:
    """She said: “…”; the last report before the quotation."""
    chosen: Report | None = None
    for report in reversed(reports):
        if report.verb >= index or not _reaches(sentence, report, index) or _is_you(sentence, report):
            continue
        if chosen is None:
            if report.cue.lemma in {"call", "dub", "label", "name"} and _names_a_thing(report, index):
                return None
            chosen = report
        elif _holds(sentence, report, chosen):
            chosen = report
        if chosen.cue.says and not _is_thing(sentence, chosen):
            break
    return chosen


def _is_you(sentence: Sentence, report: Report) -> bool:
    return sentence.text[report.source.span].lower() == "you"


def _reaches(sentence: Sentence, report: Report, index: int) -> bool:
    """Whether a quotation so far to the right can still belong to the report."""
    if beside_only(report):
        return index - report.last <= 2
    if report.cue.form == "noun" or not (report.cue.says or report.cue.holds):
        return index - report.last <= 30 and not any(
            token.kind == ";" for token in sentence.tokens[report.last : index]
        )
    return True


def _is_thing(sentence: Sentence, report: Report) -> bool:
    """`It means`, `this shows`, `we believe`: the words belong to who is quoted as saying so."""
    return sentence.text[report.source.span].lower() in _OBJECTS


def _holds(sentence: Sentence, outer: Report, inner: Report) -> bool:
    """Whether one report stands inside the clause of another: `She said [the plan favours a “…”]`."""
    if not (outer.cue.says or outer.cue.holds) or outer.cue.form == "noun" or outer.last >= inner.first:
        return False
    between = sentence.tokens[outer.last + 1 : inner.first]
    return not any(
        token.kind in {";", "—", QUOTED} or token.word in _CONTRASTS or _breaks(before, token)
        for before, token in pairwise(between)
    ) and not any(token.kind == QUOTED for token in between)


def _breaks(before: Token, token: Token) -> bool:
    return before.kind == "," and token.word in {"and", "so", "yet"}


def _names_a_thing(report: Report, index: int) -> bool:
    """A group called “…”: the words are a name."""
    return index == report.verb + 1 and report.source.kind == "description" and report.cue.form == "ed"


def _right(sentence: Sentence, reports: tuple[Report, ...], index: int) -> Report | None:
    """The “…” plan would fail, she said; … “…” …, according to two officials."""
    tokens = sentence.tokens
    for report in reports:
        if report.first <= index or report.shared or not report.cue.says:
            continue
        opened = tokens[report.first - 1].kind in {",", "—", QUOTED} or report.cue.lemma == "according"
        closed = report.last + 1 >= len(tokens) or tokens[report.last + 1].kind in _TAIL or report.inverted
        if opened and closed:
            return report
    return None


def _near(reports: tuple[Report, ...], index: int) -> tuple[Report, ...]:
    """The dozen reports on either side of a token: no rule reaches further."""
    at = bisect_right(reports, index, key=lambda report: report.verb)
    return reports[max(at - 12, 0) : at + 12]
