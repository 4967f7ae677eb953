"""Look after the store: check it, forget an article."""

from collections import Counter
from datetime import timedelta

import click

from newsledger.cli.deciding import by_option, reason_option
from newsledger.cli.progress import Progress
from newsledger.errors import printable


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be made anew from the table, and say what was done.")
@click.option(
    "--patience",
    type=click.FloatRange(min=0),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="How long work may be under way before it is a finding.",
)
def verify(*, repair: bool, patience: float) -> None:
    """Check all that the store promises; print each finding, and exit with status 1 when there is one.

    It can run beside a working stack. With --repair, the exit status is that of what could not be mended.
    """
    from newsledger import settings
    from newsledger.pipeline.words import count, now
    from newsledger.store import repair as mending
    from newsledger.store import verify as checks
    from newsledger.store.objects import Objects

    chosen, progress, left = settings.load(), Progress(), Counter[str]()
    objects, mended = Objects.open(chosen), 0
    for finding in checks.verify(objects, chosen, now(), timedelta(minutes=patience), progress):
        done = mending.repair(objects, chosen, finding) if repair else None
        progress.clear()
        click.echo(printable(f"{finding.kind.value}: {finding.where}: {finding.message}{f' {done}' if done else ''}"))
        mended += done is not None
        left[finding.kind.value] += done is None
    progress.clear()
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(left.items()) if number)
    what = f"{count(left.total(), 'finding')} ({kinds})" if left.total() else "nothing wrong"
    click.echo(f"{chosen.endpoint}/{chosen.bucket}: {f'{mended} mended, ' if mended else ''}{what}", err=True)
    if left.total():
        raise SystemExit(1)


@click.command()
def migrate() -> None:
    """Bring the table of articles to the schema version of this release, once after an upgrade; stop the stack first.

    No row is written anew. It can be run at any time, and again when it was interrupted.
    """
    from newsledger import settings
    from newsledger.records import SCHEMA_VERSION
    from newsledger.store import migrations

    chosen = settings.load()
    for step in migrations.migrate(chosen):
        click.echo(f"Schema version {step.version}: {step.about}")
    click.echo(f"{chosen.table} is of schema version {SCHEMA_VERSION}")


@click.command()
@click.argument("article")
@reason_option
@by_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(article: str, reason: str, by: str, *, yes: bool) -> None:
    """Remove ARTICLE, by its article_id, and all that was derived from it, for good; then search for what is left.

    It goes from raw bytes, the table and its history, JSON Lines, sightings, quarantine, decisions, reports, the
    folders of the inbox and this machine's logs. A tombstone without its text stays, and the same article is turned
    away when it comes again. Run it again when it was interrupted. Exit status 1 when something is left.
    """
    from newsledger import settings
    from newsledger.pipeline import forget as forgetting

    chosen, progress = settings.load(), Progress()
    if not yes:
        click.confirm(f"Remove {article} and everything read out of it from {chosen.bucket}, for good?", abort=True)
    done = forgetting.forget(chosen, article, by, reason, progress)
    progress.clear()
    for line in forgetting.told_of(done):
        click.echo(line)
    if done.left or done.pending:
        raise SystemExit(1)
