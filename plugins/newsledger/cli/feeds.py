"""The feeds to watch."""

from pathlib import Path

import click

from newsledger.errors import printable

_FEEDS = """\b
Such as:
  newsledger feeds add https://example.org     find the feed of a site, and watch it
  newsledger feeds try example-org | head      see what it would give, storing nothing
  newsledger feeds list                        see how all of them are doing
"""


@click.group(epilog=_FEEDS)
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
    told = f"Added {added.source.name}: {added.source.url} ({title}{count(len(added.feed.entries), 'entry')} now)"
    click.echo(printable(told))
    for other in added.others:
        click.echo(printable(f"  the page also names {other}"), err=True)


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
