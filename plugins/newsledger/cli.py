"""The command line. Heavy imports wait until a command needs them."""

import os
import sys
from pathlib import Path

import click

from newsledger.errors import NewsledgerError

_EXAMPLES = """\b
First steps:
  newsledger up                        start everything on this machine, until Ctrl-C
  newsledger extract story.html        see what a file says; needs no server
  newsledger status inbox/story.html   what became of a file you dropped
  newsledger records quotes            read what was published
  newsledger quarantine list           what was not, and why
  newsledger feeds add URL             watch a site's feed
"""


@click.group(epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newsledger", message="newsledger %(version)s")
def cli() -> None:
    """News in, checked facts out: every fact carries the exact words it was read from."""


@cli.command()
@click.option("--once", is_flag=True, help="End when everything in the inbox is published: exit status 0, or 1.")
def up(*, once: bool) -> None:
    """Start the object store and Airflow on this machine, and watch the inbox until Ctrl-C."""
    from newsledger import local, settings

    raise SystemExit(local.up(settings.load(), once=once))


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def extract(files: tuple[Path, ...]) -> None:
    """Print what each FILE says: one JSON object a line, in the order given.

    Reads text, Markdown, pages, JSON, saved feeds (.xml), mail (.eml), PDF, web archives (.warc) and .zip of these.

    Exit status 1 when a file could not be read: it is named on standard error, and the others are still printed.
    """
    import msgspec

    from newsledger.extract.reading import Unread, read_files

    failed = False
    watched = sys.stderr.isatty() and not sys.stdout.isatty()  # a bar among the lines would spoil both
    with click.progressbar(files, label="Reading", file=sys.stderr, hidden=not watched) as counted:
        for found in read_files(counted):
            if isinstance(found, Unread):
                failed = True
                click.echo(f"{found.path}: {found.reason}", err=True)
            else:
                sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    if failed:
        raise SystemExit(1)


@cli.command()
def check() -> None:
    """Read all of config/ and say what is wrong with it, by file and line; exit status 1 when something is."""
    from newsledger import settings
    from newsledger.pipeline.configuration import problems

    found = problems(settings.load().config)
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise SystemExit(1)
    click.echo(f"{settings.load().config}: nothing wrong")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
def status(file: Path) -> None:
    """Tell what became of FILE: waiting, running, published, duplicate, or rejected because.

    FILE is a path as you dropped it (it may have left the inbox since) or a copy of the file.
    """
    from newsledger import settings
    from newsledger.pipeline.status import of_file

    click.echo(of_file(settings.load(), file))


_QUESTIONS = """\b
Such as:
  newsledger records quotes --where "speaker = 'Jane Smith'"
  newsledger records figures --since 2026-05-03 --format csv > figures.csv
  newsledger records articles --after 120 --format jsonl
"""


@cli.command(epilog=_QUESTIONS)
@click.argument(
    "kind",
    type=click.Choice(["articles", "quotes", "figures", "mentions", "dates"]),
    default="articles",
    required=False,
)
@click.option("--since", metavar="TIME", help="Published at this time or later: 2026-05-03 or 2026-05-03T10:00:00Z.")
@click.option("--after", type=int, metavar="SEQ", help="Published after this position: go on where you stopped.")
@click.option("--where", metavar="SQL", help="A condition on the columns, such as \"speaker LIKE '%Smith'\".")
@click.option("--all", "every", is_flag=True, help="Every version and revision, not only the newest.")
@click.option("--canonical", is_flag=True, help="Sorted JSON Lines without clock and batch, to compare two readings.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "csv", "parquet"]), default="table", show_default=True
)
def records(
    *,
    kind: str,
    since: str | None,
    after: int | None,
    where: str | None,
    every: bool,
    canonical: bool,
    form: str,
) -> None:
    """Read what was published: KIND is articles, quotes, figures, mentions or dates."""
    from newsledger import settings
    from newsledger.store import formats, reading

    if canonical and form not in {"table", "jsonl"}:
        raise NewsledgerError("--canonical prints JSON Lines, and nothing else: leave out --format.")
    if form == "parquet" and sys.stdout.isatty():
        raise NewsledgerError("Parquet is not for a terminal: send it to a file, --format parquet > records.parquet.")
    question = reading.Question(
        kind=reading.Kind(kind), since=since, after=after, where=where, every=every, canonical=canonical
    )
    written = formats.Format.canonical if canonical else formats.Format(form)
    with reading.ask(settings.load(), question) as found:
        formats.write(found, question.kind, written, sys.stdout.buffer)


@cli.command()
def verify() -> None:
    """Check all that the store promises; print each finding, and exit with status 1 when there is one."""
    from newsledger import settings
    from newsledger.pipeline.words import count, now
    from newsledger.store import verify as checks
    from newsledger.store.objects import Objects

    chosen = settings.load()
    findings = 0
    for finding in checks.verify(Objects.open(chosen), chosen, now()):
        findings += 1
        click.echo(f"{finding.kind.value}: {finding.where}: {finding.message}")
    click.echo(
        f"{chosen.endpoint}/{chosen.bucket}: {count(findings, 'finding') if findings else 'nothing wrong'}", err=True
    )
    if findings:
        raise SystemExit(1)


@cli.group()
def quarantine() -> None:
    """Look into what failed validation."""


@quarantine.command("list")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def quarantine_list(form: str) -> None:
    """List the rejected records with their reasons."""
    import msgspec

    from newsledger import settings
    from newsledger.store import quarantine as rejected
    from newsledger.store.objects import Objects

    rejections = rejected.read(Objects.open(settings.load()))
    if form == "jsonl":
        for rejection in rejections:
            click.echo(msgspec.json.encode(rejection))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "kind", "from", "words", "why", title="Quarantine")
    for one in rejections:
        why = " ".join(reason.message for reason in one.reasons)
        table.add_row(one.rejection_id[:12], one.kind, one.input, str(one.record.get("exact", "")), why)
    Console().print(table if table.row_count else "Quarantine is empty.", markup=False)


_FEEDS = """\b
Such as:
  newsledger feeds add https://example.org     find the feed of a site, and watch it
  newsledger feeds try example-org | head      see what it would give, storing nothing
  newsledger feeds list                        see how all of them are doing
"""


@cli.group(epilog=_FEEDS)
def feeds() -> None:
    """Add the feeds to watch, and see how they are doing (config/feeds.yaml)."""


@feeds.command("add")
@click.argument("url")
@click.option("--name", help="What to call it; made of its title otherwise.")
@click.option("--full-text", is_flag=True, help="Fetch the page behind each entry too.")
def feeds_add(url: str, name: str | None, *, full_text: bool) -> None:
    """Watch the feed at URL, or the one that the page there names, from the next tick on."""
    from newsledger import settings
    from newsledger.pipeline import feeds as ours
    from newsledger.pipeline.words import count

    added = ours.add(settings.load(), url, name, full_text=full_text)
    title = f"{added.feed.title}, " if added.feed.title else ""
    click.echo(f"Added {added.source.name}: {added.source.url} ({title}{count(len(added.feed.entries), 'entry')} now)")
    for other in added.others:
        click.echo(f"  the page also names {other}", err=True)


@feeds.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def feeds_import(file: Path) -> None:
    """Watch every feed of an OPML FILE, as feed readers export them; nothing is fetched yet."""
    from newsledger import settings
    from newsledger.pipeline import feeds as ours
    from newsledger.pipeline.words import count

    done = ours.import_opml(settings.load(), file)
    for source in done.added:
        click.echo(f"Added {source.name}: {source.url}")
    for url in done.refused:
        click.echo(f"Passed over {url[:200]!r}: it is no plain http or https address", err=True)
    click.echo(f"{count(len(done.added), 'feed')} added, {done.known} known already", err=True)


@feeds.command("list")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def feeds_list(form: str) -> None:
    """List all feeds and how they are doing."""
    import msgspec

    from newsledger import settings
    from newsledger.pipeline import feeds as ours

    found, unknown = ours.listed(settings.load())
    if form == "jsonl":
        for feed in found:
            click.echo(msgspec.json.encode(feed))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(title="Feeds")
        for title in ("name", "health", "last poll", "last news", "next", "what is wrong", "URL"):
            table.add_column(title, overflow="fold")
        for feed in found:
            moments = [
                (moment or "")[:16].replace("T", " ") for moment in (feed.polled_at, feed.news_at, feed.next_due)
            ]
            table.add_row(feed.name, feed.health, *moments, feed.error or "", feed.moved_to or feed.url)
        Console().print(table if found else "No feeds yet: newsledger feeds add URL", markup=False)
    if unknown:
        click.echo(f"newsledger: how they are doing is not known: {unknown}", err=True)


@feeds.command("try")
@click.argument("url")
def feeds_try(url: str) -> None:
    """Poll one feed just as a tick would, and store nothing: its entries and then its health, a JSON object a line.

    URL is any feed's address, or the name of one in the list. Exit status 1 when it could not be read.
    """
    import msgspec

    from newsledger import settings
    from newsledger.pipeline import feeds as ours
    from newsledger.store.feed_health import FeedHealth

    for line in ours.try_one(settings.load(), url):
        click.echo(msgspec.json.encode(line))
        if isinstance(line, FeedHealth) and line.failure:
            raise SystemExit(1)


def main() -> None:
    """Entry point of the ``newsledger`` command: an expected error is one sentence and exit status 1."""
    try:
        cli()
    except NewsledgerError as error:
        click.echo(f"newsledger: {error}", err=True)
        raise SystemExit(1) from None
    except BrokenPipeError:
        # The reader of our output left (`| head`): say nothing more, not even at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None
