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
    """Look into what failed validation and into batches that are held, and decide what becomes of it."""


@quarantine.command("list")
@click.option("--all", "every", is_flag=True, help="Also what somebody has decided on.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def quarantine_list(form: str, *, every: bool) -> None:
    """List the batches that are held, and the rejected records that nobody has decided on, with their reasons."""
    import msgspec

    from newsledger import settings
    from newsledger.pipeline import holds, review
    from newsledger.pipeline.deciding import undecided

    held = holds.every(settings.load())
    found = [(one, case) for one, case in review.open_rejections(settings.load()) if every or undecided(case)]
    if form == "jsonl":
        for batch in held:
            click.echo(msgspec.json.encode({"held": batch.batch_id, "at": batch.at, "why": batch.why}))
        for rejection, _ in found:
            click.echo(msgspec.json.encode(rejection))
        return
    from rich.console import Console
    from rich.table import Table

    from newsledger.pipeline.words import count

    table = Table("id", "kind", "from", "words", "why", title="Quarantine")
    for batch in held:
        files = count(len(batch.manifest.items), "file")
        table.add_row(batch.batch_id[:12], "held batch", files, "", " ".join(batch.why))
    for one, case in found:
        why = " ".join([*([ruled(case.ruling)] if case else []), *(reason.message for reason in one.reasons)])
        table.add_row(one.rejection_id[:12], one.kind, one.input, str(one.record.get("exact", "")), why)
    Console().print(table if table.row_count else "Quarantine is empty.", markup=False)


@quarantine.command("show")
@click.argument("record", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def quarantine_show(record: str, form: str) -> None:
    """Show one rejected record (why, the text around it, what was decided) or one held batch.

    ID may be the beginning of its id.
    """
    import msgspec

    from newsledger import settings
    from newsledger.pipeline import holds, review

    held = holds.named(settings.load(), record)
    if held:
        lines = [f"{held.batch_id}  held since {held.at}", *(f"why      {why}" for why in held.why)]
        lines += [f"file     {item.origin}" for item in held.manifest.items]
        told = [printable(line) for line in lines] if form == "text" else [msgspec.json.encode(held).decode()]
        click.echo("\n".join(told))
        return
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
    """Publish rejected records after all, in a new revision that says who released them; a held batch as it is."""
    from newsledger import settings
    from newsledger.pipeline import review

    for record in records:
        if _decided(record, "released", by, reason):
            continue
        done = review.release(settings.load(), record, by, reason)
        click.echo(f"{done.case.id}: {ruled(done.case.ruling)}; {waits(done.batch_ids)}")


@quarantine.command("drop")
@click.argument("records", metavar="ID...", nargs=-1, required=True)
@reason_option
@by_option
def quarantine_drop(records: tuple[str, ...], reason: str, by: str) -> None:
    """Keep rejected records, or the articles of a held batch, out for good, also when they come again."""
    from newsledger import settings
    from newsledger.pipeline import review

    for record in records:
        if _decided(record, "dropped", by, reason):
            continue
        case = review.drop(settings.load(), record, by, reason).case
        click.echo(f"{case.id}: {ruled(case.ruling)}")


@quarantine.command("replay")
@click.argument("records", metavar="[ID]...", nargs=-1)
@click.option("--reason", default="read again by the present rules", metavar="TEXT", help="Why; kept with the record.")
@by_option
def quarantine_replay(records: tuple[str, ...], reason: str, by: str) -> None:
    """Read rejected records or held batches again; without ID all rejected ones that nobody has decided on."""
    from newsledger import settings
    from newsledger.pipeline import review
    from newsledger.pipeline.deciding import undecided
    from newsledger.pipeline.words import count

    chosen = settings.load()
    left = [record for record in records if not _decided(record, "replayed", by, reason)]
    if records and not left:
        return
    if left:
        wanted = [review.look_up(chosen, record)[0] for record in left]
    else:
        wanted = [rejection for rejection, case in review.open_rejections(chosen) if undecided(case)]
    done = review.read_again(chosen, wanted, by, reason)
    click.echo(f"{count(len(done.items), 'file')} of {count(len(wanted), 'record')}; {waits(done.batch_ids)}")


def _decided(beginning: str, verdict: str, by: str, reason: str) -> bool:
    """Decide on the held batch whose id begins so; False where there is none."""
    from newsledger import settings
    from newsledger.pipeline import holds
    from newsledger.store.rulings import Verdict

    chosen = settings.load()
    held = holds.named(chosen, beginning)
    if held is None:
        return False
    case = holds.decide(chosen, held.batch_id, Verdict(verdict), by, reason)
    click.echo(f"batch {case.id}: {ruled(case.ruling)}; left for the next run of watch_inbox")
    return True


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
