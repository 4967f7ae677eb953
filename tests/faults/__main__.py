"""`make faults ROUNDS=60 SEED=1`: the long form; prints a line a round, and the figures at the end."""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.faults.campaign import PATIENCE, Campaign, Round
from tests.faults.stand import Stand, disk

_SHOWN = 20


def main() -> int:
    """0 when nothing was lost, doubled or stuck in any round; else 1, and all evidence is kept."""
    asked = _asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing is left running
    folder = Path(asked.folder or tempfile.mkdtemp(prefix="newsledger-faults-")).absolute()
    with disk(folder / "disk") as mounted:
        if not mounted:
            print("No disk is filled in this run: mounting a small one takes root.")
        stand = Stand(folder, (asked.port, asked.port + 1, asked.port + 2) if asked.port else None)
        campaign = Campaign(stand, asked.seed, disk=mounted, patience=asked.patience)
        try:
            stand.begin()
            campaign.skip(asked.first - 1, asked.files)
            for number in range(asked.first, asked.first + asked.rounds):
                _tell(campaign.play(number, asked.files), campaign.rounds)
                if stand.ended():
                    break
        finally:
            stand.end()
            _keep(stand)
    print(*_figures(campaign.rounds), sep="\n")
    failed = any(one.wrong for one in campaign.rounds)
    if failed or asked.folder:
        print(f"Evidence: {folder}")
    else:
        shutil.rmtree(folder)
    return int(failed)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1, help="the same seed drops, kills and breaks the same")
    parser.add_argument("--first", type=int, default=1, help="the first round; those before are left out")
    parser.add_argument("--files", type=int, default=40, help="files dropped in a round")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a round is stuck")
    parser.add_argument("--folder", help="where all of it lies, and is kept (else: kept only when something is wrong)")
    parser.add_argument("--port", type=int, help="the first of three free ports (else: any)")
    return parser.parse_args()


def _tell(done: Round, rounds: Sequence[Round]) -> None:
    harm = ", ".join(f"{name} {times}" for name, times in (done.kills + done.outages).items())
    settled = f"settled after {done.settled_after:.0f} s" if done.settled_after is not None else "not settled"
    verdict = "all well" if not done.wrong else f"{len(done.wrong)} wrong"
    clock = time.strftime("%H:%M:%S")
    print(f"{clock} round {done.number}: {done.files.total()} files; {harm}; {settled}; {verdict}", flush=True)
    if done.wrong:
        print(f"  seed {done.seed}, round {done.number} (of this run {len(rounds)}) did:", *done.did, sep="\n    ")
        more = [f"... and {len(done.wrong) - _SHOWN} more: see rounds.jsonl"] if len(done.wrong) > _SHOWN else []
        print("  and then:", *done.wrong[:_SHOWN], *more, sep="\n    ", flush=True)


def _keep(stand: Stand) -> None:
    """What lay on the small disk, which is about to go."""
    for name in ("var/logs", "var/airflow", "inbox"):
        if not (stand.disk / name).exists():
            continue
        shutil.copytree(stand.disk / name, stand.folder / "kept" / name, symlinks=True, dirs_exist_ok=True)


def _figures(rounds: Sequence[Round]) -> list[str]:
    """What was done in all, and what came of it."""
    kills: Counter[str] = sum((one.kills for one in rounds), Counter())
    outages: Counter[str] = sum((one.outages for one in rounds), Counter())
    files: Counter[str] = sum((one.files for one in rounds), Counter())
    settled = [one.settled_after for one in rounds if one.settled_after is not None]
    seconds, failed = sum(one.outage_seconds for one in rounds), sum(one.requests_failed for one in rounds)
    return [
        f"{len(rounds)} rounds, {sum(bool(one.wrong) for one in rounds)} of them with something wrong",
        f"{files.total():,} files: {_counted(files)}",
        f"{kills.total():,} kills: {_counted(kills)}",
        f"{outages.total():,} outages of {seconds:,.0f} s in all, {failed:,} requests failed: {_counted(outages)}",
        f"settled after {median(settled):.0f} s (median), {max(settled):.0f} s at the most" if settled else "",
    ]


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{times:,} {name}" for name, times in counter.most_common())


if __name__ == "__main__":
    sys.exit(main())
