"""The command line. Heavy imports wait until a command needs them."""

import os
import sys
from pathlib import Path

import click

from newsledger.cli.care import forget, migrate, verify
from newsledger.cli.corrections import replay, retract
from newsledger.cli.feeds import feeds
from newsledger.cli.progress import Progress
from newsledger.cli.quarantine import quarantine
from newsledger.errors import NewsledgerError, printable

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
@click.option(
    "--seconds",
    type=click.FloatRange(min=5),
    envvar="NEWSLEDGER_DOCUMENT_SECONDS",
    help="Processor time that a document may take.  [default: 60]",
)
@click.option(
    "--memory",
    type=click.IntRange(min=500_000_000),
    envvar="NEWSLEDGER_DOCUMENT_MEMORY",
    help="Bytes of memory that reading it may take.  [default: 2000000000]",
)
def extract(files: tuple[Path, ...], seconds: float | None, memory: int | None) -> None:
    """Print what each FILE says: one JSON object a line, in the order given.

    Reads text, Markdown, pages, JSON, saved feeds (.xml), mail (.eml), PDF, web archives (.warc) and .zip of these.

    Exit status 1 when a file could not be read: it is named on standard error, and the others are still printed.
    """
    import msgspec

    from newsledger.extract.reading import Unread, read_files
    from newsledger.worker import MEMORY, SECONDS, Bounds

    failed, bounds = False, Bounds(seconds or SECONDS, memory or MEMORY)
    watched = sys.stderr.isatty() and not sys.stdout.isatty()  # a bar among the lines would spoil both
    with click.progressbar(files, label="Reading", file=sys.stderr, hidden=not watched) as counted:
        for found in read_files(counted, bounds):
            if isinstance(found, Unread):
                failed = True
                click.echo(printable(f"{found.path}: {found.reason}"), err=True)
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
@click.argument("file", required=False)
def status(file: str | None) -> None:
    """Tell what became of FILE (waiting, held, published, rejected because, decided on); without FILE, of everything.

    FILE is a path (or s3:// address) as you dropped it, though it may have left the inbox since, or a copy of the file.
    """
    from newsledger import settings
    from newsledger.pipeline.overview import overview
    from newsledger.pipeline.status import of_file

    told = of_file(settings.load(), file).split("\n") if file else overview(settings.load())
    for line in told:
        click.echo(printable(line))


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
    progress = Progress(shown=not sys.stdout.isatty())  # a line among the records would spoil both
    with reading.ask(settings.load(), question) as found:
        formats.write(progress.rows("Records", found), question.kind, written, sys.stdout.buffer)
    progress.clear()


cli.add_command(quarantine)
cli.add_command(verify)
cli.add_command(forget)
cli.add_command(migrate)
cli.add_command(feeds)
cli.add_command(replay)
cli.add_command(retract)


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
