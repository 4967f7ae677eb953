"""Plans and files come from the seed alone, and hold what they must."""

from collections import Counter
from itertools import pairwise

from tests.faults.newsroom import Fate, Newsroom
from tests.faults.plan import DISK, LASTS, Act, Break, Kill, Outage, Victim, schedule


def plans(seed: int, rounds: int = 60) -> list[list[Act]]:
    room = Newsroom(seed)
    return [schedule(seed, number, room.edition(20), disk=True) for number in range(rounds)]


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    assert plans(1, 5) == plans(1, 5)
    assert plans(1, 5) != plans(2, 5)


def test_every_round_has_several_kills_and_outages() -> None:
    for plan in plans(1):
        assert sum(isinstance(act.what, Kill) for act in plan) >= 2
        assert sum(isinstance(act.what, Break) for act in plan) >= 2


def test_in_sixty_rounds_everything_is_killed_and_broken() -> None:
    acts = [act.what for plan in plans(1) for act in plan]
    assert {act.victim for act in acts if isinstance(act, Kill)} == {*Victim}
    assert {act.outage for act in acts if isinstance(act, Break)} == {*Outage}


def test_outages_come_one_after_the_other() -> None:
    for plan in plans(1):
        broken = [(act.at, act.what) for act in plan if isinstance(act.what, Break)]
        assert all(at + what.seconds < later for (at, what), (later, _) in pairwise(broken))
        assert all(at <= LASTS + 30 for at, _ in broken)


def test_where_no_disk_can_be_filled_none_is() -> None:
    acts = [act.what for number in range(60) for act in schedule(1, number, [], disk=False)]
    assert not any(isinstance(act, Break) and act.outage in DISK for act in acts)


def test_what_overtakes_a_file_comes_within_a_second_of_it() -> None:
    found = 0
    for plan in plans(1):
        drops = [(act.at, drop) for act in plan if not isinstance(drop := act.what, Kill | Break)]
        for number, (at, drop) in enumerate(drops):
            if drop.overtaken:
                later = next(then for then, other in drops[number + 1 :] if other.origin == drop.origin)
                assert later - at <= 1
                found += 1
    assert found > 10


def test_a_newsroom_writes_files_of_every_fate_under_names_of_their_own() -> None:
    drops = Newsroom(1).edition(400)
    assert {drop.fate for drop in drops} == {*Fate}
    names = Counter(drop.origin for drop in drops)
    overtaken = {drop.origin for drop in drops if drop.overtaken}
    assert all(times == 1 + (name in overtaken) for name, times in names.items())
