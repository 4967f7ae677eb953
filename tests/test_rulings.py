"""Decisions are kept, all of them, whoever decides at once."""

from concurrent.futures import ThreadPoolExecutor

import msgspec

from newsledger.store import rulings
from newsledger.store.objects import Objects
from newsledger.store.rulings import Case, Ruling, Verdict

AT = "2026-05-03T10:00:00.000+00:00"
FACT = Case(id="a" * 32, kind="quotes", article_id="https://news.example/weir")


def ruling(verdict: Verdict, by: str = "ana") -> Ruling:
    return Ruling(verdict=verdict, by=by, at=AT, reason="Because.")


def test_the_newest_ruling_is_in_force_and_the_others_are_kept(objects: Objects) -> None:
    rulings.rule(objects, FACT, ruling(Verdict.dropped))
    rulings.rule(objects, FACT, ruling(Verdict.released))
    case = rulings.find(objects, FACT.id)
    assert case is not None
    assert case.ruling.verdict is Verdict.released
    assert [one.verdict for one in case.rulings] == [Verdict.dropped, Verdict.released]
    assert (case.kind, case.article_id) == (FACT.kind, FACT.article_id)


def test_the_same_ruling_twice_is_the_first(objects: Objects) -> None:
    first = rulings.rule(objects, FACT, ruling(Verdict.dropped))
    assert rulings.rule(objects, FACT, ruling(Verdict.dropped, by="ben")) == first


def test_of_many_who_decide_at_once_none_is_forgotten(objects: Objects) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda verdict: rulings.rule(objects, FACT, ruling(verdict)), [*Verdict] * 4))
    case = rulings.find(objects, FACT.id)
    assert case is not None
    assert {one.verdict for one in case.rulings} == {*Verdict}
    assert all(one.verdict is not after.verdict for one, after in zip(case.rulings, case.rulings[1:], strict=False))


def test_only_the_cases_of_the_records_asked_for_are_found(objects: Objects) -> None:
    other = msgspec.structs.replace(FACT, id="b" * 32)
    rulings.rule(objects, FACT, ruling(Verdict.dropped))
    rulings.rule(objects, other, ruling(Verdict.retracted))
    assert list(rulings.among(objects, {other.id, "c" * 32})) == [other.id]
    assert rulings.among(objects, set()) == {}
    assert rulings.find(objects, "c" * 32) is None
