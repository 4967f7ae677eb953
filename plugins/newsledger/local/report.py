"""What the console tells of the work as it happens, read from the object store and the inbox."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsledger.inboxes import inbox
from newsledger.settings import Settings
from newsledger.store import batches
from newsledger.store.batches import Manifest, Outcome
from newsledger.store.objects import Objects

ROWS = 20
"""So many articles of a batch are shown; the rest is counted."""
NAMES = 3
COLUMNS = ("words", "quotes", "people", "places", "figures")


class Report:
    """Follows batches from pending to done, and files into `rejected/`; what lay there before the start is old news."""

    def __init__(self, settings: Settings, objects: Objects, console: Console) -> None:
        self._settings = settings
        self._objects = objects
        self._console = console
        self._under_way: dict[str, Manifest] = {}
        self._inbox = inbox(settings)
        self._rejected = set(self._inbox.rejections())
        self.rejected = 0
        """Articles and files that were turned away whole since the start."""

    def show_news(self) -> None:
        """Print what was collected, finished or turned away since the last call."""
        pending = {manifest.batch_id: manifest for manifest in batches.pending(self._objects)}
        for batch_id in pending.keys() - self._under_way.keys():
            self._show_collected(pending[batch_id])
        for batch_id in self._under_way.keys() - pending.keys():
            if outcome := batches.outcome(self._objects, batch_id):
                self._show_outcome(outcome)
        self._under_way = pending
        for origin in sorted(set(self._inbox.rejections()) - self._rejected):
            self._rejected.add(origin)
            self._show_turned_away(origin)

    def waiting(self) -> int:
        """How many files wait in the inbox or are under way."""
        return len(self._inbox.look()) + sum(len(manifest.items) for manifest in self._under_way.values())

    def stalled(self) -> Manifest | None:
        """A batch that a run has failed on and that waits for another attempt, if there is one."""
        return next((manifest for manifest in self._under_way.values() if manifest.attempts > 1), None)

    def _say(self, text: str) -> None:
        self._console.print(f"[dim]{datetime.now().astimezone():%H:%M:%S}[/]  {text}", highlight=False, soft_wrap=True)

    def _show_collected(self, manifest: Manifest) -> None:
        names = ", ".join(item.origin for item in manifest.items[:NAMES])
        more = f" and {len(manifest.items) - NAMES} more" if len(manifest.items) > NAMES else ""
        self._say(f"[bold]Collected[/] {_count(len(manifest.items), 'file')}: {escape(names)}{more}")

    def _show_outcome(self, outcome: Outcome) -> None:
        if outcome.split_into:
            self._say(f"Batch {outcome.batch_id} failed three times and was halved, to find the article that breaks it")
            return
        self.rejected += sum(rejection["kind"] == "article" for rejection in outcome.rejected)
        if outcome.articles:
            self._console.print(_table(outcome, self._console.width))
        self._say(f"[bold]Validated[/] {_verdict(outcome)}")
        for line in _faults(outcome):
            self._console.print(f"          {escape(line)}", highlight=False, soft_wrap=True)
        if outcome.articles:
            took = f"{_seconds(outcome):.1f} s after collecting"
            self._say(f"{_published(outcome, self._settings.table)}, {took}")

    def _show_turned_away(self, origin: str) -> None:
        self.rejected += 1
        self._say(f"[bold yellow]Rejected[/] rejected/{escape(origin)}: {escape(self._inbox.reason(origin))}")


def _table(outcome: Outcome, width: int) -> Table:
    """A row for each article; on a narrow console the headlines give way, never the numbers."""
    gap = 2
    room = width - sum(len(column) + gap for column in COLUMNS) - gap
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="dim")
    table.add_column("          headline", overflow="ellipsis", no_wrap=True, max_width=max(20, min(70, room)))
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True, min_width=len(column))
    for article in outcome.articles[:ROWS]:
        title = f"          {escape(article['title'])}"
        table.add_row(title, *(f"{article[column]:,}" for column in COLUMNS))
    if len(outcome.articles) > ROWS:
        table.add_row(f"          ... and {len(outcome.articles) - ROWS} more")
    return table


def _verdict(outcome: Outcome) -> str:
    accepted = _count(len(outcome.articles), "article")
    by_kind = [rejection["kind"].removesuffix("s") for rejection in outcome.rejected]
    counted = ", ".join(_count(by_kind.count(kind), kind) for kind in sorted(set(by_kind)))
    return f"{accepted} accepted, " + (f"in quarantine: {counted}" if counted else "nothing rejected")


def _faults(outcome: Outcome) -> list[str]:
    lines = [f"{each['input']} ({each['kind']}): {' '.join(each['reasons'])}" for each in outcome.rejected]
    return lines if len(lines) <= ROWS else [*lines[:ROWS], f"... and {len(lines) - ROWS} more in quarantine/"]


def _published(outcome: Outcome, table: str) -> str:
    """`Published 1 new, 1 version to s3://..., 1 known already`, or `Nothing new, 2 known already`."""
    decided: Sequence[str] = [article["outcome"] for article in outcome.articles if article["seq"] is not None]
    known = len(outcome.articles) - len(decided)
    met = f", {known:,} known already" if known else ""
    if not decided:
        return f"[bold]Nothing new[/]{met}"
    counted = ", ".join(f"{decided.count(each)} {each}" for each in dict.fromkeys(decided))
    return f"[bold green]Published[/] {counted} to {table}{met}"


def _seconds(outcome: Outcome) -> float:
    """From the making of the batch to its end."""
    return (datetime.fromisoformat(outcome.finished_at) - datetime.fromisoformat(outcome.created_at)).total_seconds()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
