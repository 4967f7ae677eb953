"""Rounds of faults: play the plan, wait until all is settled, count."""

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import count
from tests.faults.count import Arrived
from tests.faults.newsroom import Drop, How, Newsroom, Times
from tests.faults.plan import DISK, Act, Break, Kill, Outage, Victim, schedule
from tests.faults.stand import BUCKET, RESERVE, Stand, fill

PATIENCE = 300.0
"""Seconds after the last act within which a round must be settled, else it is stuck; a busy machine needs more."""
SAME = 1_767_225_600.0
"""The instant that files share which have one time of change."""
YEAR = 365 * 86_400.0


@dataclass
class Round:
    """What was done in one round, and what came of it."""

    seed: int
    number: int
    did: list[str] = field(default_factory=list)
    """Each act with the second at which it was done."""
    files: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    outages: Counter[str] = field(default_factory=Counter)
    outage_seconds: float = 0.0
    requests_failed: int = 0
    settled_after: float | None = None
    """Seconds from the last act until nothing was under way."""
    wrong: list[str] = field(default_factory=list)


class Campaign:
    """Rounds on one stack; what is wrong is told once."""

    def __init__(self, stand: Stand, seed: int, *, disk: bool, patience: float = PATIENCE) -> None:
        self.stand, self.seed, self.disk, self._patience = stand, seed, disk, patience
        self.rounds: list[Round] = []
        self._newsroom = Newsroom(seed)
        self._arrived: list[Arrived] = []
        self._told: set[str] = set()

    def skip(self, rounds: int, files: int) -> None:
        """Leave the first rounds out, so that the next one drops what it would have dropped after them."""
        for _ in range(rounds):
            self._newsroom.edition(files)

    def play(self, number: int, files: int) -> Round:
        """One round by the plan of its number."""
        acts = schedule(self.seed, number, self._newsroom.edition(files), disk=self.disk)
        return self.run(number, acts)

    def run(self, number: int, acts: Sequence[Act]) -> Round:
        """One round of given acts."""
        done = Round(self.seed, number)
        self.rounds.append(done)
        dice, began, failed = random.Random(f"{self.seed} {number}"), time.monotonic(), self.stand.proxy.failed
        threads = []
        for act in acts:
            time.sleep(max(0.0, began + act.at - time.monotonic()))
            if isinstance(act.what, Drop):
                self._drop(act.what, done)
                continue
            threads.append(threading.Thread(target=self._harm, args=(act.what, done, dice, began)))
            threads[-1].start()
        for thread in threads:
            thread.join()
        done.requests_failed = self.stand.proxy.failed - failed
        self._settle(done)
        self._judge(done)
        return done

    def _drop(self, drop: Drop, done: Round) -> None:
        pieces = put(self.stand.inbox, drop)
        self._arrived.append(Arrived(drop, pieces))
        done.files[drop.kind] += 1

    def _harm(self, what: Kill | Break, done: Round, dice: random.Random, began: float) -> None:
        at = time.monotonic() - began
        if isinstance(what, Break):
            self._break(what)
            done.outages[what.outage.value] += 1
            done.outage_seconds += what.seconds
            said = str(what)
        elif what.victim is Victim.object_store:
            self.stand.kill_store(what.away)
            said = str(what)
            done.kills[what.victim.value] += 1
        else:
            name = self._kill(what.victim, dice)
            said = str(what) + (f": {name}" if name else ": there was none")
            done.kills.update([name] if name else [])
        done.did.append(f"{at:.1f} s: {said}")

    def _kill(self, victim: Victim, dice: random.Random) -> str | None:
        """Kill; wait for a busy worker for some seconds, for there is not always one."""
        until = time.monotonic() + 5
        while not (name := self.stand.kill(victim, dice.choice)) and time.monotonic() < until:
            time.sleep(0.05)
        return name

    def _break(self, what: Break) -> None:
        if what.outage in DISK:
            ballast = fill(self.stand.home, RESERVE // 2 if what.outage is Outage.short else 0)
            time.sleep(what.seconds)
            ballast.unlink()
            return
        self.stand.proxy.fail(what.outage.value, what.share)
        time.sleep(what.seconds)
        self.stand.proxy.fail(None)

    def _settle(self, done: Round) -> None:
        ended, still = time.monotonic(), 0
        while time.monotonic() - ended < self._patience:
            if self.stand.ended():
                done.wrong.append(f"newsledger ended: {self.stand.said()[-1000:]}")
                return
            still = still + 1 if self.stand.idle() else 0
            if still == 1:
                done.settled_after = round(time.monotonic() - ended, 1)
            if still >= 5:
                return
            time.sleep(0.3)
        done.settled_after = None
        done.wrong.append(f"stuck: after {self._patience:.0f} s something waits or is under way")

    def _judge(self, done: Round) -> None:
        found = count.find(self.stand.direct, BUCKET, self.stand.inbox)
        done.wrong += [wrong for wrong in count.count(self._arrived, found) if wrong not in self._told]
        loose = _never_whole(self._arrived)
        findings = [found for found in self.stand.verify() if not loose & {*found.split(": ")[1:2]}]
        done.wrong += [f"verify: {finding}" for finding in findings if f"verify: {finding}" not in self._told]
        self._told |= {*done.wrong}
        with (self.stand.folder / "rounds.jsonl").open("a") as log:
            log.write(json.dumps(vars(done)) + "\n")


def _never_whole(arrived: Sequence[Arrived]) -> set[str]:
    """Where the bytes of files lie that were replaced, or went on growing, before a batch of them was written down."""
    pieces = [piece for one in arrived for piece in (*one.pieces, *([one.drop.data] if one.drop.overtaken else []))]
    return {f"raw/{count.sha256(piece)}" for piece in pieces}


def put(inbox: Path, drop: Drop) -> tuple[bytes, ...]:
    """Drop a file; the beginnings that lay under its name before it was whole."""
    target = inbox / drop.origin
    target.parent.mkdir(parents=True, exist_ok=True)
    hidden = target.parent / f".{time.monotonic_ns()}.part"
    if drop.how is How.linked:
        target.symlink_to(drop.data.decode())
        return ()
    if drop.how is How.grown:
        return _grow(target, drop.data)
    while True:  # the disk may be full: whoever drops a file waits
        try:
            hidden.write_bytes(drop.data)
            break
        except OSError:
            time.sleep(0.2)
    now = time.time()
    at = {Times.now: None, Times.past: now - YEAR, Times.future: now + YEAR, Times.same: SAME}[drop.times]
    if at is not None:
        os.utime(hidden, (at, at))
    hidden.rename(target)
    return ()


def _grow(target: Path, data: bytes) -> tuple[bytes, ...]:
    pieces, size = [], max(1, len(data) // 4)
    with target.open("ab", buffering=0) as file:
        for start in range(0, len(data), size):
            left = data[start : start + size]
            while left:
                try:
                    left = left[file.write(left) :]
                except OSError:
                    time.sleep(0.05)
            pieces.append(data[: start + size])
            time.sleep(0.05)
    return tuple(pieces[:-1])
