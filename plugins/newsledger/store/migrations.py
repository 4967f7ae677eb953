"""Carry the table of articles from one schema version to the next.

A step only adds columns at the end, in the table's log: no row and no file is written anew, so it takes a moment
however large the table is, and older rows have nothing there. The version is stated last; whoever is killed before runs
it again.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from newsledger.errors import StoreError
from newsledger.records import SCHEMA_VERSION
from newsledger.settings import Settings
from newsledger.store.schema import ARTICLES
from newsledger.store.tables import VERSION, Articles, explained


class Step(NamedTuple):
    """From the schema version before to this one."""

    version: int
    columns: tuple[str, ...]
    """Names of the columns that it adds, as ``schema.ARTICLES`` has them."""
    about: str


STEPS = (Step(2, ("retractions",), "`retractions`: what was published of a text and taken back, by whom and why"),)


def migrate(settings: Settings) -> Sequence[Step]:
    """Bring the table to the schema version of this release; the steps that were taken, none where it is there.

    Raises:
        NotStoredError: there is no table yet, and nothing to do.
        StoreError: the store is out of reach, or the table is of a newer release.
    """
    from deltalake import Schema

    articles = Articles.find(settings, any_version=True)
    if articles.schema_version > SCHEMA_VERSION:
        Articles.find(settings)  # says what to do
    steps = [step for step in STEPS if step.version > articles.schema_version]
    for step in steps:
        added = Schema.from_arrow(pa.schema([ARTICLES.field(name) for name in step.columns])).fields
        with explained(articles.address):
            articles.delta.alter.add_columns(added)
            articles.delta.alter.set_table_properties({VERSION: str(step.version)}, raise_if_not_exists=False)
    if Articles.find(settings, any_version=True).schema_version != SCHEMA_VERSION:
        raise StoreError(f"The table {articles.address} did not take its new version: run `newsledger migrate` again.")
    return steps
