"""A table that the first release wrote is carried to the present schema version, with all that lies beside it."""

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from newsledger import pipeline
from newsledger.cli import cli
from newsledger.errors import StoreError
from newsledger.pipeline import review
from newsledger.records import SCHEMA_VERSION
from newsledger.settings import Settings
from newsledger.store import migrations, schema
from newsledger.store.decisions import fold
from newsledger.store.heads import Heads
from newsledger.store.objects import Objects
from newsledger.store.publish import jsonl_key, lines, publish
from newsledger.store.schema import PARTITION, Row
from newsledger.store.tables import APP, VERSION, Articles, table_options
from newsledger.store.verify import verify
from tests.flow import drop, run
from tests.ledger import AT, BODY, batch, extraction

FIRST = Path(__file__).parent / "data" / "schema_1.json"
"""The schema of the first release, as Delta states it."""


def first_rows(*article_ids: str) -> list[Row]:
    """Rows as the first release had them."""
    made = [schema.row(extraction(one), batch("first"), AT) for one in article_ids]
    rows = [row | {"seq": seq, "schema_version": 1} for seq, row in enumerate(made, 1)]
    return [{name: value for name, value in row.items() if name not in schema.SINCE} for row in rows]


@pytest.fixture
def first(settings: Settings, objects: Objects) -> list[Row]:
    """A table of the first release, its JSON Lines and its heads."""
    import pyarrow as pa
    from deltalake import CommitProperties, DeltaTable, Schema, Transaction, write_deltalake

    layout = Schema.from_json(FIRST.read_text())
    options = table_options(settings)
    DeltaTable.create(settings.table, layout, partition_by=[PARTITION], storage_options=options)
    rows = first_rows("x/a", "x/b")
    present: Any = schema.ARTICLES
    names = [field.name for field in layout.fields]
    table = pa.Table.from_pylist(rows, schema=pa.schema([present.field(name) for name in names]))
    done = CommitProperties(app_transactions=[Transaction(APP, len(rows))])
    write_deltalake(settings.table, table, mode="append", storage_options=options, commit_properties=done)
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    objects.put(jsonl_key(batch("first"), AT[:10]), gzip.compress(lines, 6, mtime=0))
    Heads(objects).save({row["article_id"]: fold(None, row) for row in rows}, len(rows))
    for body in {BODY}:
        objects.put(f"raw/{rows[0]['sources'][0]['raw_sha256']}", body.encode())
    return rows


def faults(objects: Objects, settings: Settings) -> list[str]:
    return [str(one) for one in verify(objects, settings, AT)]


def test_before_it_everything_says_in_one_sentence_what_to_do(
    first: list[Row], objects: Objects, settings: Settings
) -> None:
    with pytest.raises(StoreError, match=r"is of schema version 1, .* run `newsledger migrate`") as told:
        publish(objects, settings, batch("new"), [extraction("x/c")], AT)
    assert "\n" not in str(told.value)
    said = CliRunner().invoke(cli, ["records", "articles"])
    assert isinstance(said.exception, StoreError)
    assert "newsledger migrate" in str(said.exception)


def test_it_keeps_every_row_and_what_lies_beside_the_table(
    first: list[Row], objects: Objects, settings: Settings
) -> None:
    before = {one.key: one.etag for one in objects.list("") if not one.key.startswith("records/articles/_delta_log")}
    said = CliRunner().invoke(cli, ["migrate"])
    assert said.exit_code == 0
    assert "retractions" in said.stdout
    after = {one.key: one.etag for one in objects.list("") if not one.key.startswith("records/articles/_delta_log")}
    assert after == before
    rows = Articles.find(settings).rows("true")
    assert lines(rows) == lines(first)
    assert [row["retractions"] for row in rows] == [None, None]
    assert faults(objects, settings) == []


def test_after_it_publishing_goes_on_in_the_same_order(first: list[Row], objects: Objects, settings: Settings) -> None:
    migrations.migrate(settings)
    told = publish(objects, settings, batch("new"), [extraction("x/a", at="2026-05-04T00:00:00Z")], AT)
    assert [one.outcome.value for one in told.placed] == ["duplicate"]
    told = publish(objects, settings, batch("newer"), [extraction("x/a", speaker=None), extraction("x/c")], AT)
    assert [(one.outcome.value, one.seq) for one in told.placed] == [("revision", 3), ("new", 4)]
    versions = [(row["seq"], row["schema_version"]) for row in Articles.find(settings).rows("true")]
    assert versions == [(1, 1), (2, 1), (3, SCHEMA_VERSION), (4, SCHEMA_VERSION)]
    objects.delete("records/sightings/2026-05-03/" + batch("new") + ".jsonl")
    assert faults(objects, settings) == []
    newest = gzip.decompress(objects.get(jsonl_key(batch("newer"), AT[:10])))
    assert [json.loads(line)["retractions"] for line in newest.splitlines()] == [[], []]


def test_lines_of_old_rows_are_mended_as_they_were_written(
    first: list[Row], objects: Objects, settings: Settings
) -> None:
    migrations.migrate(settings)
    where = jsonl_key(batch("first"), AT[:10])
    before = objects.get(where)
    objects.delete(where)
    assert CliRunner().invoke(cli, ["verify", "--repair"]).exit_code == 0
    assert objects.get(where) == before


def test_killed_between_its_commits_it_is_finished_by_the_next(
    first: list[Row], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deltalake.table import TableAlterer

    class Crash(BaseException):
        """A kill."""

    def crash(*_: Any, **__: Any) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(TableAlterer, "set_table_properties", crash)
        with pytest.raises(Crash):
            migrations.migrate(settings)
    with pytest.raises(StoreError, match="newsledger migrate"):
        Articles.find(settings)
    assert [step.version for step in migrations.migrate(settings)] == [2]
    assert migrations.migrate(settings) == []


def test_a_table_of_a_newer_release_is_left_alone(settings: Settings, objects: Objects) -> None:
    Articles.open(settings).delta.alter.set_table_properties({VERSION: "99"}, raise_if_not_exists=False)
    for act in (lambda: Articles.find(settings), lambda: migrations.migrate(settings)):
        with pytest.raises(StoreError, match=r"is of schema version 99, .* install the newer release"):
            act()


def test_a_new_table_is_of_the_present_version_and_there_is_a_step_to_each(
    settings: Settings, objects: Objects
) -> None:
    assert Articles.open(settings).schema_version == SCHEMA_VERSION
    assert [step.version for step in migrations.STEPS] == [*range(2, SCHEMA_VERSION + 1)]
    added = [(name, step.version) for step in migrations.STEPS for name in step.columns]
    assert dict(added) == schema.SINCE
    first = {field["name"] for field in json.loads(FIRST.read_text())["fields"]}
    assert {field.name for field in schema.ARTICLES} == first | schema.SINCE.keys()


def test_a_retraction_stands_in_the_revision_without_the_fact(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    run(quick)
    (fact, *_) = Articles.find(quick).rows("true")[0]["quotes"]
    review.retract(quick, fact["fact_id"], "ann", "misheard")
    run(quick)
    row = Articles.find(quick).rows("true")[-1]
    (told,) = row["retractions"]
    assert (told["fact_id"], told["kind"], told["by"], told["reason"]) == (fact["fact_id"], "quotes", "ann", "misheard")
    pipeline.replay(quick, pipeline.Wanted(every=True), "again")
    run(quick)
    assert Articles.find(quick).rows("true")[-1] == row
