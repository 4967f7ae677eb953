"""What the commands share by which people decide: who, why, and what comes of it."""

import getpass
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsledger.store.rulings import Ruling


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as containers have
        return ""


reason_option = click.option("--reason", required=True, metavar="TEXT", help="Why; kept with the record.")
by_option = click.option("--by", metavar="NAME", default=_account, help="Who decides; your account otherwise.")


def ruled(ruling: "Ruling") -> str:
    """A decision in one line."""
    return f"{ruling.verdict} by {ruling.by} on {ruling.at[:10]}: {ruling.reason}"


def waits(batch_ids: Sequence[str]) -> str:
    """What follows from leaving these batches."""
    if not batch_ids:
        return "nothing to read again"
    name = "batch" if len(batch_ids) == 1 else "batches"
    return f"{name} {', '.join(batch_ids)} left for the next run of watch_inbox"
