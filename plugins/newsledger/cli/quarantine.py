"""Quarantine, where people work."""

from typing import TYPE_CHECKING

import click

from newsledger.cli.deciding import by_option, reason_option, ruled, waits
from newsledger.errors import printable

if TYPE_CHECKING:
    from newsledger.records import Rejection
    from newsledger.store.rulings import Case

_QUARANTINE = """\b
Such as:
  newsledger quarantine list                                     what waits for somebody to decide
  newsledger quarantine show 3f0c2a                              why, and in which words
  newsledger quarantine release 3f0c2a --reason "a real speech"  publish it after all
  newsledger quarantine drop 3f0c2a --reason "an advertisement"  keep it out for good
  newsledger quarantine replay                                   read all of it again
"""


@click.group(epilog=_QUARANTINE)
def quarantine() -> None:
    """Look into what failed validation, and decide what becomes of it."""


@quarantine.command("list")
@click.option("--all", "every", is_flag=True, help="Also what somebody has decided on.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def quarantine_list(form: str, *, every: bool) -> None:
    """List the rejected records with their reasons: those that nobody has decided on."""
    import msgspec

    from newsledger import settings
    from newsledger.pipeline import review

    found = [(one, case) for one, case in review.open_rejections(settings.load()) if every or case is None]
    if form == "jsonl":
        for rejection, _ in found:
            click.echo(msgspec.json.encode(rejection))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "kind", "from", "words", "why", title="Quarantine")
    for one, case in found:
        why = " ".join([*([ruled(case.ruling)] if case else []), *(reason.message for reason in one.reasons)])
        table.add_row(one.rejection_id[:12], one.kind, one.input, str(one.record.get("exact", "")), why)
    Console().print(table if table.row_count else "Quarantine is empty.", markup=False)


@quarantine.command("show")
@click.argument("record", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def quarantine_show(record: str, form: str) -> None:
    """Show one rejected record: why, the text around it, and what was decided. ID may be the beginning of its id."""
    import msgspec

    from newsledger import settings
    from newsledger.pipeline import review

    rejection, case = review.look_up(settings.load(), record)
    if form == "json":
        click.echo(msgspec.json.encode({"rejection": rejection, "case": case}))
        return
    for line in _told(rejection, case):
        click.echo(printable(line))  # whatever a text holds


@quarantine.command("release")
@click.argument("records", metavar="ID...", nargs=-1, required=True)
@reason_option
@by_option
def quarantine_release(records: tuple[str, ...], reason: str, by: str) -> None:
    """Publish rejected records after all, in a new revision of their articles that says who released them."""
    from newsledger import settings
    from newsledger.pipeline import review

    for record in records:
        done = review.release(settings.load(), record, by, reason)
        click.echo(f"{done.case.id}: {ruled(done.case.ruling)}; {waits(done.batch_ids)}")


@quarantine.command("drop")
@click.argument("records", metavar="ID...", nargs=-1, required=True)
@reason_option
@by_option
def quarantine_drop(records: tuple[str, ...], reason: str, by: str) -> None:
    """Keep rejected records out for good, also when the same article comes again."""
    from newsledger import settings
    from newsledger.pipeline import review

    for record in records:
        case = review.drop(settings.load(), record, by, reason).case
        click.echo(f"{case.id}: {ruled(case.ruling)}")


@quarantine.command("replay")
@click.argument("records", metavar="[ID]...", nargs=-1)
def quarantine_replay(records: tuple[str, ...]) -> None:
    """Read the articles of rejected records again; of all that nobody has decided on, where no ID is given."""
    from newsledger import settings
    from newsledger.pipeline import review
    from newsledger.pipeline.replay import replay_rejected
    from newsledger.pipeline.words import count, now

    chosen = settings.load()
    if records:
        wanted = [review.look_up(chosen, record)[0] for record in records]
    else:
        wanted = [rejection for rejection, case in review.open_rejections(chosen) if case is None]
    done = replay_rejected(chosen, wanted, now())
    click.echo(f"{count(len(done.items), 'file')} of {count(len(wanted), 'record')}; {waits(done.batch_ids)}")


def _told(rejection: "Rejection", case: "Case | None") -> list[str]:
    of = f"{rejection.kind} of {rejection.article_id}" if rejection.fact_id else f"article {rejection.article_id}"
    lines = [f"{rejection.rejection_id}  {of}", f"from     {rejection.input}  ({rejection.raw_key})"]
    lines += [f"why      {reason.message}" for reason in rejection.reasons]
    if rejection.record.get("exact"):
        lines.append(f"words    {rejection.record['exact']}")
    if rejection.context:
        lines.append(f"around   {' / '.join(rejection.context.splitlines())}")
    fields = {name: value for name, value in rejection.record.items() if rejection.fact_id and value is not None}
    lines += [f"  {name}: {value}" for name, value in fields.items() if name not in {"exact", "fact_id"}]
    lines.append(f"rejected {rejection.rejected_at}, batch {rejection.batch_id}, suites {rejection.suite_version}")
    return [*lines, *(f"decided  {ruled(ruling)}" for ruling in (case.rulings if case else ()))]
