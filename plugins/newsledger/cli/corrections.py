"""Read again, and take back."""

import click

from newsledger.cli.deciding import by_option, reason_option, ruled, waits
from newsledger.errors import printable


@click.command()
@click.option("--since", metavar="TIME", help="What was collected then or later: 2026-05-03 or 2026-05-03T10:00:00Z.")
@click.option("--article", metavar="ID", help="One article, all its versions.")
@click.option("--all", "every", is_flag=True, help="Everything.")
@click.option("--dry-run", is_flag=True, help="Only list what would be read again.")
def replay(*, since: str | None, article: str | None, every: bool, dry_run: bool) -> None:
    """Read articles again from their kept bytes, by the present rules and expectations.

    They keep their identity. The same facts publish nothing; others come out as a new revision. Dropped and retracted
    records stay out, released ones stay in. Fresh files go first.
    """
    from newsledger import settings
    from newsledger.pipeline import Wanted
    from newsledger.pipeline import replay as read_again
    from newsledger.pipeline.words import count, now

    found = read_again(settings.load(), Wanted(since, article, every), now(), dry_run=dry_run)
    if dry_run:
        for item in found.items:
            click.echo(printable(f"{item.retrieved_at}  {item.source}  {item.origin}"))
    what = count(len(found.items), "file")
    click.echo(f"{what} would be read again" if dry_run else f"{what}; {waits(found.batch_ids)}", err=True)


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
