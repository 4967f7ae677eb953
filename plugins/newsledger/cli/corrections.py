"""Read again, and take back."""

from typing import TYPE_CHECKING

import click

from newsledger.cli.deciding import by_option, reason_option, ruled, waits
from newsledger.errors import printable

if TYPE_CHECKING:
    from newsledger.pipeline.forecast import Change


@click.command()
@click.option("--since", metavar="TIME", help="What was collected then or later: 2026-05-03 or 2026-05-03T10:00:00Z.")
@click.option("--article", metavar="ID", help="One article, all its versions.")
@click.option("--all", "every", is_flag=True, help="Everything.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
def replay(*, since: str | None, article: str | None, every: bool, dry_run: bool) -> None:
    """Read articles again from their kept bytes, by the present rules and expectations.

    They keep their identity. The same facts publish nothing; others come out as a new revision. Dropped and retracted
    records stay out, released ones stay in. Fresh files go first.
    """
    from newsledger import settings
    from newsledger.pipeline import Wanted
    from newsledger.pipeline import replay as read_again
    from newsledger.pipeline.forecast import forecast
    from newsledger.pipeline.words import count, now

    chosen = settings.load()
    found = read_again(chosen, Wanted(since, article, every), now(), dry_run=dry_run)
    if dry_run:
        changes = 0
        for change in forecast(chosen, found.items):
            changes += 1
            click.echo(printable(_said(change)))
        click.echo(f"{count(changes, 'article')} would change", err=True)
    what = count(len(found.items), "file")
    click.echo(f"{what} would be read again" if dry_run else f"{what}; {waits(found.batch_ids)}", err=True)


def _said(change: "Change") -> str:
    """What would become of an article, in one line."""
    facts = [f"+{number} {kind}" for kind, number in change.added.items()]
    facts += [f"-{number} {kind}" for kind, number in change.removed.items()]
    facts += [f"{change.rejected} rejected"] if change.rejected and change.outcome != "rejected" else []
    what = f": {', '.join(facts or change.changed)}" if facts or change.changed else ""
    return f"{change.outcome}  {change.article_id}  ({change.input}){what}"


@click.command()
@click.argument("fact")
@reason_option
@by_option
def retract(fact: str, reason: str, by: str) -> None:
    """Take a published FACT back, by its fact_id: its article comes out in a new revision without it, for good."""
    from newsledger import settings
    from newsledger.pipeline import review

    done = review.retract(settings.load(), fact, by, reason)
    click.echo(f"{done.case.id}: {ruled(done.case.ruling)}; {waits(done.batch_ids)}")
