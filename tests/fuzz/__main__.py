"""Fuzz: `python -m tests.fuzz --count 100000 [--seed 1] [--only extract] [--guided]`; exit status 1 when a fault shows.

Every input must be read or refused in words, within a few seconds, and every span must match. What does not is kept
in `var/fuzz/`, with its trace. `--guided` lets Atheris choose the inputs by what code they reach (pip install atheris).
"""

import argparse
import faulthandler
import logging
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fuzz.mutation import MOST, mutated
from tests.fuzz.targets import TARGETS, Target

SECONDS = 10.0
"""Of processor time for one input."""
KEPT = Path("var/fuzz")


class HangError(BaseException):
    """An input took too long; nothing on the way may take it for an error of its own."""


def hang(*_: object) -> None:
    """Called by the clock."""
    raise HangError(f"more than {SECONDS:g} s")


def tried(target: Target, data: bytes) -> int:
    """What the target found in it.

    Raises:
        HangError: it took too long.
    """
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    faulthandler.dump_traceback_later(SECONDS * 60, exit=True)  # what does not even hear the clock
    try:
        return target.read(data)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()


def inputs(name: str, target: Target, count: int, seed: int) -> Iterator[bytes]:
    """The same for the same seed."""
    dice = random.Random(f"{seed} {name}")
    for _ in range(count):
        yield mutated(dice, target.beginnings)


def run(name: str, count: int, seed: int) -> int:
    """Try so many inputs on one target and print what became of them; how many showed a fault."""
    target, found, faults, slowest, begun = TARGETS[name], 0, 0, 0.0, time.monotonic()
    for number, data in enumerate(inputs(name, target, count, seed)):
        before = time.process_time()
        try:
            found += tried(target, data) > 0
        except (Exception, HangError):  # noqa: BLE001  whatever it is, it is what we look for
            faults += 1
            keep(name, f"{seed}-{number}", data)
        slowest = max(slowest, time.process_time() - before)
    print(
        f"{name:30} {count:7,} inputs  {found:7,} read  {count - found - faults:7,} refused  {faults:3} faults  "
        f"slowest {slowest:.2f} s  {time.monotonic() - begun:5.0f} s",
        flush=True,
    )
    return faults


def keep(name: str, number: str, data: bytes) -> None:
    """Write the input and its trace where they can be looked at."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{name.replace(' ', '-')}-{number}"
    path.write_bytes(data)
    path.with_name(path.name + ".txt").write_text(traceback.format_exc(), errors="backslashreplace")
    print(f"  {path}: {traceback.format_exc().splitlines()[-1][:200]!r}", flush=True)


def guided(name: str, count: int) -> int:
    """As ``run``, with inputs that Atheris chooses; each target in a process of its own, for that ends with it."""
    corpus = KEPT / "corpus" / name.replace(" ", "-")
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(TARGETS[name].beginnings):
        (corpus / f"beginning-{number}").write_bytes(data)
    options = [f"-runs={count}", f"-max_len={MOST}", f"-artifact_prefix={KEPT}/", "-verbosity=0", "-timeout=60"]
    command = [sys.executable, "-c", _GUIDED, name, *options, "-print_final_stats=1", str(corpus)]
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, errors="replace")
    stats = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    print(f"{name:30} {int(stats[0]) if stats else 0:7,} inputs  status {done.returncode}", flush=True)
    if done.returncode:
        print("  " + "\n  ".join(done.stderr.splitlines()[-15:]), flush=True)
    return int(done.returncode != 0)


_GUIDED = """
import sys
import atheris
with atheris.instrument_imports(include=["newsledger", "warcio", "pypdf", "feedparser", "email", "zipfile"]):
    from tests.fuzz.targets import TARGETS
target = TARGETS[sys.argv.pop(1)]
atheris.Setup(sys.argv, lambda data: target.read(data) and None)
atheris.Fuzz()
"""


def main() -> None:
    """Share the inputs out among the targets, and a process for each core."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").split("\n", 1)[0])
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="targets whose name holds this")
    asked.add_argument("--guided", action="store_true")
    chosen = asked.parse_args()
    signal.signal(signal.SIGPROF, hang)
    logging.disable(logging.CRITICAL)
    names = [name for name in TARGETS if chosen.only in name]
    each = -(-chosen.count // len(names))
    act: Callable[[str], int] = (
        (lambda name: guided(name, each)) if chosen.guided else (lambda name: run(name, each, chosen.seed))
    )
    begun = time.monotonic()
    faults = sum(act(name) for name in names)
    print(f"{each * len(names):,} inputs, {faults} faults, {time.monotonic() - begun:,.0f} s")
    sys.stdout.flush()
    os._exit(faults > 0)


if __name__ == "__main__":
    main()
