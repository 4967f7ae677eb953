"""Extraction on one core, beside floors measured in the same run: `python -m bench.extraction`.

Rates are of processor time, ours and the floor's in turn, the best round of each, so that other work on the machine
counts little. Start-up is what a clock shows.
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.pages import page
from newsledger.extract import article, document, html
from newsledger.text import Text, clean

FIRST = Path(__file__).resolve().parents[1] / "config" / "first_articles"
PAGES = 20
_WORD = re.compile(r"\w+|[^\w\s]")
_GAZETTEER = """
import re, time, psutil
import newsledger.extract.gazetteer as gazetteer
memory = psutil.Process().memory_full_info
before, began = memory().uss, time.perf_counter()
assert gazetteer.default().places("Springfield")
print(time.perf_counter() - began, (memory().uss - before) / 2**20)
"""


def main() -> None:
    """Run everything once and print a table."""
    options = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    options.add_argument("--rounds", type=int, default=15, help="of each measurement; the best counts")
    Console().print(measured(options.parse_args().rounds))


def measured(rounds: int = 15) -> Table:
    """All measurements."""
    table = Table("what", "measured", "beside its floor", title="extraction on one core")
    for row in (*texts(rounds), *pages(max(rounds // 4, 2)), gazetteer(), *starts()):
        table.add_row(*row)
    return table


def texts(rounds: int) -> list[tuple[str, str, str]]:
    """All facts of the first articles, and of splitting the same texts into sentences and words by one expression."""
    files = [(path.read_bytes(), path.name) for path in sorted(FIRST.iterdir())]

    def facts() -> None:
        for data, name in files:
            list(document.read(data, name))

    def split() -> None:
        for data, _ in files:
            text = Text(clean(data.decode()))
            _ = [_WORD.findall(text[sentence]) for sentence in text.sentences]

    ours, floor = _rates([facts, split], rounds, len(files), inner=5)
    words = sum(len(data.split()) for data, _ in files) / len(files)
    return [
        (f"floor: sentences and words of the first articles ({words:,.0f} words)", f"{floor:,.0f} articles/s", ""),
        ("all facts of the same", f"{ours:,.0f} articles/s", f"{ours / floor:.1%}"),
    ]


def pages(rounds: int) -> list[tuple[str, str, str]]:
    """Articles of web pages, and bare trafilatura with metadata on the same pages."""
    from trafilatura import bare_extraction

    made = [page(number) for number in range(PAGES)]
    encoded = [text.encode() for text in made]

    def bare() -> None:
        for text in made:
            bare_extraction(text, with_metadata=True)

    def read() -> None:
        for data in encoded:
            for draft in html.drafts(data):
                article.compose(draft, "")

    def facts() -> None:
        for data in encoded:
            list(document.read(data, "page.html"))

    floor, ours, whole = _rates([bare, read, facts], rounds, len(made))
    size = statistics.mean(map(len, encoded)) / 1024
    return [
        (f"floor: trafilatura with metadata, pages of {size:.0f} KiB", f"{floor:,.0f} pages/s", ""),
        ("article of the same pages", f"{ours:,.0f} pages/s", f"{ours / floor:.0%}"),
        ("article and all facts", f"{whole:,.0f} pages/s", f"{whole / floor:.0%}"),
    ]


def gazetteer() -> tuple[str, str, str]:
    """Seconds and MiB until the first name is looked up, in a process of its own; the index is in the cache."""
    runs = [_python("-c", _GAZETTEER).split() for _ in range(3)]
    seconds, memory = min(float(run[0]) for run in runs), max(float(run[1]) for run in runs)
    return "gazetteer ready", f"{seconds * 1000:.0f} ms", f"{memory:.1f} MiB added"


def starts() -> list[tuple[str, str, str]]:
    """Seconds of `newsledger extract` of one file, start included, and of a Python that does nothing."""
    text = min(FIRST.iterdir())
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder) / "page.html"
        saved.write_text(page(1))
        floor = _clock("-c", "pass")
        command = ("-c", "from newsledger.cli import main; main()", "extract")
        plain, web = _clock(*command, str(text)), _clock(*command, str(saved))
    return [
        ("floor: Python starts and ends", f"{floor:.2f} s", ""),
        ("newsledger extract, one text", f"{plain:.2f} s", f"{plain / floor:.0f} times"),
        ("newsledger extract, one page", f"{web:.2f} s", f"{web / floor:.0f} times"),
    ]


def _rates(acts: Sequence[Callable[[], object]], rounds: int, items: int, inner: int = 1) -> list[float]:
    """Items a second of each act, in turn, the best round of each; the first time is for warming up."""
    best = [float("inf")] * len(acts)
    for act in acts:
        act()
    for _ in range(rounds):
        for at, act in enumerate(acts):
            began = time.process_time()
            for _ in range(inner):
                act()
            best[at] = min(best[at], time.process_time() - began)
    return [items * inner / seconds for seconds in best]


def _clock(*arguments: str) -> float:
    """The best of five runs, in seconds."""
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        _python(*arguments)
        taken.append(time.perf_counter() - began)
    return min(taken)


def _python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
