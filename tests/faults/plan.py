"""When what is dropped, killed and broken in one round: made from a seed, the same each time. No I/O."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.faults.newsroom import Drop

LASTS = 18.0
"""Seconds for which things happen in a round."""


class Victim(StrEnum):
    """What is killed."""

    busy_worker = "busy worker"
    idle_worker = "idle worker"
    task = "task process"
    scheduler = "scheduler"
    triggerer = "triggerer"
    api_server = "api-server"
    dag_processor = "dag-processor"
    object_store = "object-store"
    any_process = "any process"


class Outage(StrEnum):
    """How the object store fails, by the names of ``tests.proxy``; or a disk."""

    cut = "cut"
    busy = "busy"
    broken = "broken"
    full = "full"
    hang = "hang"
    slow = "slow"
    lost = "lost"
    torn = "torn"
    disk = "disk full"
    """The disk that holds the inbox and Airflow's files has not a byte left."""
    short = "disk short"
    """It has less than newsledger keeps free, so that nothing may be collected."""


DISK = (Outage.disk, Outage.short)


@dataclass(frozen=True)
class Kill:
    """SIGKILL; the object store stays away for some seconds, everything else is started again by its keeper."""

    victim: Victim
    away: float = 0.0

    def __str__(self) -> str:
        return f"kill {self.victim.value}" + (f", away {self.away:.0f} s" if self.away else "")


@dataclass(frozen=True)
class Break:
    """An outage of some seconds."""

    outage: Outage
    seconds: float
    share: float = 1.0

    def __str__(self) -> str:
        return f"{self.outage.value} {self.share:.0%} for {self.seconds:.0f} s"


@dataclass(frozen=True)
class Act:
    """What happens how many seconds after the round began."""

    at: float
    what: Drop | Kill | Break


_VICTIMS = {
    Victim.busy_worker: 4,
    Victim.task: 3,
    Victim.idle_worker: 2,
    Victim.scheduler: 3,
    Victim.triggerer: 2,
    Victim.api_server: 2,
    Victim.dag_processor: 1,
    Victim.object_store: 3,
    Victim.any_process: 2,
}


def schedule(seed: int, number: int, drops: Sequence[Drop], *, disk: bool) -> list[Act]:
    """One round: the drops in their order, two to four kills, two or three outages one after the other."""
    dice = random.Random(f"plan {seed} {number}")
    acts = [*_dropped(dice, drops), *_broken(dice, disk=disk)]
    victims = dice.choices([*_VICTIMS], [*_VICTIMS.values()], k=dice.randint(2, 4))
    for victim in victims:
        away = round(dice.uniform(0, 8), 1) if victim is Victim.object_store else 0.0
        acts.append(Act(dice.uniform(1, LASTS), Kill(victim, away)))
    return sorted(acts, key=lambda act: act.at)


def short(drops: Sequence[Drop], *, disk: bool) -> list[Act]:
    """A round of a quarter of a minute, without those kills that take Airflow half a minute to notice."""
    harm = [
        Act(1, Break(Outage.lost, 2, 0.5)),
        Act(2, Kill(Victim.triggerer)),
        Act(4, Kill(Victim.task)),
        Act(4, Break(Outage.busy, 1)),
        Act(6, Break(Outage.torn, 2, 0.5)),
        Act(9, Kill(Victim.object_store, away=1)),
        Act(10, Kill(Victim.dag_processor)),
        Act(11, Break(Outage.cut, 1)),
        Act(13, Break(Outage.slow, 1)),
        *([Act(15, Break(Outage.short, 1))] if disk else []),
    ]
    dropped = [Act(15 * number / len(drops), drop) for number, drop in enumerate(drops)]
    return sorted([*harm, *dropped], key=lambda act: act.at)


def _dropped(dice: random.Random, drops: Sequence[Drop]) -> list[Act]:
    """All the while, some in a pile; what overtakes comes within a second, most often while its forerunner is read."""
    times = sorted(dice.choice([dice.uniform(0, LASTS), LASTS * dice.randint(0, 4) / 5]) for _ in drops)
    acts: list[Act] = []
    for drop, at in zip(drops, times, strict=True):
        follows = acts and isinstance(acts[-1].what, Drop) and acts[-1].what.overtaken
        acts.append(Act(acts[-1].at + dice.uniform(0, 1) if follows else at, drop))
    return acts


def _broken(dice: random.Random, *, disk: bool) -> list[Act]:
    acts: list[Act] = []
    kinds = [outage for outage in Outage if disk or outage not in DISK]
    at, number = dice.uniform(0, 3), dice.randint(2, 3)
    for outage in dice.sample(kinds, number):
        seconds = dice.choice([1.0, 2.0, 4.0, 8.0])
        share = 1.0 if outage in {*DISK, Outage.full} else dice.choice([1.0, 1.0, 0.3])
        acts.append(Act(at, Break(outage, seconds, share)))
        at += seconds + dice.uniform(0.5, 4)
    return acts
