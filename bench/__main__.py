"""Extraction, polling, latency of a drop against the floor, a burst, commits as the table grows, and all memory."""

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table
from tests.e2e.stack import Running

from bench import commits, extraction, feeds
from bench.articles import article
from newsledger.extract import document
from newsledger.store import batches
from newsledger.store.objects import Objects

BUNDLE = "airflow.dag_processing.bundles.local.LocalDagBundle"
PAUSE = 2.0
"""Seconds between two drops, so that each meets an idle stack."""
MEBI = 2**20


def main() -> None:
    """Run everything once and print a table."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--drops", type=int, default=10)
    options.add_argument("--burst", type=int, default=1000)
    options.add_argument("--table", type=int, default=100_000, help="articles of the large table for commits")
    chosen = options.parse_args()
    console = Console()
    console.print(extraction.measured())
    feeds.measured(console)
    rows: list[tuple[str, str]] = [("extract, one core", f"{extraction_rate():.0f} articles/s of 1,300 words")]
    console.print(rows[-1][1])
    with tempfile.TemporaryDirectory(prefix="newsledger-bench-") as name, _stack(Path(name)) as stack:
        rows.append(("stack at rest, PSS", f"{memory(stack):,.0f} MiB"))
        floors, drops = latencies(stack, chosen.drops, console)
        ratio = statistics.median(drops) / statistics.median(floors)
        rows += [
            ("floor, median", f"{statistics.median(floors):.2f} s ({min(floors):.2f} to {max(floors):.2f})"),
            ("drop to published, median", f"{statistics.median(drops):.2f} s ({min(drops):.2f} to {max(drops):.2f})"),
            ("ratio", f"{ratio:.2f}"),
        ]
        seconds, peak = burst(stack, chosen.burst)
        rows += [
            (f"burst of {chosen.burst:,} files", f"{seconds:.0f} s, {chosen.burst / seconds:.1f} articles/s"),
            ("stack during the burst, PSS", f"{peak:,.0f} MiB at the most"),
            (f"commit into {chosen.table:,} articles, ratio", str(commits.measured(stack.settings, chosen.table))),
        ]
    table = Table("what", "measured", title=f"newsledger on {os.cpu_count()} cores")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def extraction_rate(seconds: float = 5.0) -> float:
    """Articles a second on this core, warm."""
    texts = [article(number, paragraphs=13).encode() for number in range(20)]
    list(document.read(texts[0], "warm.txt"))
    done, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        list(document.read(texts[done % len(texts)], "bench.txt"))
        done += 1
    return done / (time.process_time() - began)


@contextmanager
def _stack(folder: Path) -> Iterator[Running]:
    """The stack with the floor's DAG beside its own."""
    (folder / "floor").mkdir()
    bundles = [
        {"name": "dags-folder", "classpath": BUNDLE, "kwargs": {}},
        {"name": "bench", "classpath": BUNDLE, "kwargs": {"path": str(Path(__file__).parent / "dags")}},
    ]
    more = {
        "NEWSLEDGER_BENCH_FLOOR": str(folder / "floor"),
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(bundles),
    }
    running = Running(folder, more)
    running.start()
    try:
        running.wait_until_ready()
        yield running
        running.interrupt()
    finally:
        running.kill_everything()


def latencies(stack: Running, drops: int, console: Console) -> tuple[list[float], list[float]]:
    """Seconds from drop to done: of the floor, and of articles; one after the other, in turn."""
    objects = Objects.open(stack.settings)
    floor = stack.folder / "floor"
    floors, articles = [], []
    for number in range(-1, drops):  # the first of each is for warming up
        mark = floor / ".done"
        mark.unlink(missing_ok=True)
        floors.append(_timed(partial(_place, floor, "text"), mark.exists))
        time.sleep(PAUSE)
        drop = partial(_place, stack.inbox, article(90_000 + number))
        articles.append(_timed(drop, partial(_more_done, objects, len(_done(objects)))))
        time.sleep(PAUSE)
        console.print(f"  floor {floors[-1]:.2f} s, drop to published {articles[-1]:.2f} s")
    return floors[1:], articles[1:]


def burst(stack: Running, files: int) -> tuple[float, float]:
    """Seconds from the first of many drops to the last published, and the peak of memory in MiB."""
    objects = Objects.open(stack.settings)
    known = _done(objects)
    peak, ended = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch_memory, args=(stack, peak, ended))
    watcher.start()
    began = time.monotonic()
    for number in range(files):
        _place(stack.inbox, article(number))
    try:
        counted: dict[str, int] = {}
        while sum(counted.values()) < files:
            for batch_id in _done(objects) - known - counted.keys():
                outcome = batches.outcome(objects, batch_id)
                counted[batch_id] = sum(each["outcome"] == "new" for each in outcome.articles) if outcome else 0
            time.sleep(0.5)
        return time.monotonic() - began, peak[0]
    finally:
        ended.set()
        watcher.join()


def memory(stack: Running) -> float:
    """Proportional set size of all processes in MiB."""
    total = 0.0
    for process in stack.processes():
        with suppress(psutil.Error):
            total += process.memory_full_info().pss / MEBI
    return total


def _watch_memory(stack: Running, peak: list[float], ended: threading.Event) -> None:
    while not ended.wait(3):
        peak[0] = max(peak[0], memory(stack))


def _timed(act: Callable[[], object], done: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    while not done():
        time.sleep(0.02)
    return time.monotonic() - began


def _place(folder: Path, text: str) -> None:
    name = f"{time.time_ns()}.txt"
    (folder / f".{name}").write_text(text)
    (folder / f".{name}").rename(folder / name)


def _more_done(objects: Objects, before: int) -> bool:
    return len(_done(objects)) > before


def _done(objects: Objects) -> set[str]:
    return {listed.key.removeprefix(batches.DONE).removesuffix(".json") for listed in objects.list(batches.DONE)}


if __name__ == "__main__":
    main()
