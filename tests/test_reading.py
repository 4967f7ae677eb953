"""Records read back, by kind, time, position and condition, in every format."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from newsledger.errors import QueryError, StoreError
from newsledger.settings import Settings
from newsledger.store import views
from newsledger.store.formats import Format, cell, write
from newsledger.store.objects import Objects
from newsledger.store.publish import publish
from newsledger.store.reading import Kind, Question, ask
from newsledger.store.tables import Articles, storage_options
from tests.ledger import AT, BODY, batch, extraction
from tests.proxy import before

LATER = "2026-05-04T09:00:00Z"


@pytest.fixture
def printed(objects: Objects, settings: Settings) -> Callable[..., bytes]:
    """Two batches: a and b, then a's second version and c."""
    publish(objects, settings, batch("one"), [extraction("x/a"), extraction("x/b", headline="=1+1")], AT)
    second = [extraction("x/a", body=BODY + " More.", at=LATER), extraction("x/c", speaker=None)]
    publish(objects, settings, batch("two"), second, LATER)

    def reads(form: Format = Format.jsonl, **question: Any) -> bytes:
        out = io.BytesIO()
        asked = Question(**question)
        with ask(settings, asked) as reader:
            write(reader, asked.kind, form, out)
        return out.getvalue()

    return reads


def listed(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def test_the_newest_versions_are_read_in_order(printed: Callable[..., bytes]) -> None:
    assert [(one["article_id"], one["version"], one["seq"]) for one in listed(printed())] == [
        ("x/b", 1, 2),
        ("x/a", 2, 3),
        ("x/c", 1, 4),
    ]
    assert [one["seq"] for one in listed(printed(every=True))] == [1, 2, 3, 4]


@pytest.mark.parametrize(("kind", "each"), [("quotes", 1), ("mentions", 2), ("figures", 1), ("dates", 1)])
def test_facts_are_read_a_row_each_with_their_article(printed: Callable[..., bytes], kind: str, each: int) -> None:
    facts = listed(printed(kind=Kind(kind)))
    assert len(facts) == 3 * each
    assert len(listed(printed(kind=Kind(kind), every=True))) == 4 * each
    assert {"article_id", "headline", "published_at", "fact_id", "exact", "prefix", "suffix"} <= facts[0].keys()


def test_a_consumer_goes_on_where_it_stopped(printed: Callable[..., bytes]) -> None:
    assert [one["seq"] for one in listed(printed(after=2))] == [3, 4]
    assert printed(after=4) == b""
    assert [one["seq"] for one in listed(printed(since="2026-05-04"))] == [3, 4]
    assert [one["seq"] for one in listed(printed(since="2026-05-04T11:00:00+02:00"))] == [3, 4]


def test_a_condition_is_sql_on_the_columns(printed: Callable[..., bytes]) -> None:
    assert [one["article_id"] for one in listed(printed(kind=Kind.quotes, where="speaker IS NULL -- nobody"))] == [
        "x/c"
    ]
    assert len(listed(printed(kind=Kind.figures, where="low < 0 OR true", after=3))) == 1


@pytest.mark.parametrize("where", ["speaker =", "nobody = 1", "1 = 1); SELECT (1", "true; DROP VIEW quotes"])
def test_a_bad_condition_is_said_in_one_sentence(printed: Callable[..., bytes], where: str) -> None:
    with pytest.raises(QueryError) as error:
        printed(kind=Kind.quotes, where=where)
    assert "\n" not in str(error.value)


def test_a_misspelt_column_is_answered_with_those_that_come_near(printed: Callable[..., bytes]) -> None:
    with pytest.raises(QueryError, match='"speaker"'):
        printed(kind=Kind.quotes, where="spaeker = 'Jane Smith'")


def test_a_store_out_of_reach_is_said_in_one_sentence(settings: Settings) -> None:
    away = settings.model_copy(update={"s3_endpoint": "http://127.0.0.1:9"})
    with (
        pytest.raises(StoreError, match=r"out of reach, or cannot answer now; see that it runs \(`newsledger up`"),
        ask(away, Question()),
    ):
        pass


def test_a_condition_does_not_read_this_machines_files(printed: Callable[..., bytes]) -> None:
    with pytest.raises(QueryError):
        printed(where="headline IN (SELECT content FROM read_text('/etc/hostname'))")


def test_a_bad_time_is_said_in_one_sentence(printed: Callable[..., bytes]) -> None:
    with pytest.raises(QueryError, match="'yesterday' is not a time such as 2026-05-03"):
        printed(since="yesterday")


def test_a_store_that_goes_away_meanwhile_is_said_in_one_sentence(
    printed: Callable[..., bytes], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.s3_endpoint
    real = Articles.dataset
    with before(settings.s3_endpoint) as proxy:

        def cut(self: Articles) -> Any:
            found = real(self)
            proxy.fail("cut")
            return found

        monkeypatch.setattr(Articles, "dataset", cut)
        asked = ask(settings.model_copy(update={"s3_endpoint": proxy.endpoint}), Question())
        with pytest.raises(StoreError, match="see that the object store runs"):
            asked.__enter__()


def test_before_anything_was_published_all_is_empty(settings: Settings, objects: Objects) -> None:
    for kind in Kind:
        with ask(settings, Question(kind=kind)) as reader:
            assert reader.read_all().num_rows == 0


def test_the_canonical_form_does_not_depend_on_order_clock_or_batch(
    printed: Callable[..., bytes], settings: Settings
) -> None:
    first = printed(Format.canonical, canonical=True)
    other = settings.model_copy(update={"bucket": f"{settings.bucket[:50]}-other"})
    objects = Objects.open(other)
    objects.ensure_bucket()
    publish(objects, other, batch("x"), [extraction("x/c", speaker=None), extraction("x/a")], LATER)
    publish(objects, other, batch("y"), [extraction("x/b", headline="=1+1", at=LATER)], LATER)
    publish(objects, other, batch("z"), [extraction("x/a", body=BODY + " More.", at=AT)], LATER)
    out = io.BytesIO()
    with ask(other, Question(canonical=True)) as reader:
        write(reader, Kind.articles, Format.canonical, out)
    assert out.getvalue() == first
    assert [one["article_id"] for one in listed(first)] == ["x/a", "x/b", "x/c"]


def test_csv_has_a_header_and_no_formulas(printed: Callable[..., bytes]) -> None:
    rows = [*csv.DictReader(io.StringIO(printed(Format.csv).decode()))]
    assert [row["headline"] for row in rows] == ["'=1+1", "Weir holds", "Weir holds"]
    assert rows[0]["body"] == BODY
    assert json.loads(rows[0]["quotes"])[0]["exact"] == BODY[1:15]
    figures = [*csv.DictReader(io.StringIO(printed(Format.csv, kind=Kind.figures).decode()))]
    assert figures[0]["low"] == "-2.5"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\n=x", "＝1", "＠x"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_stay_numbers_in_csv() -> None:
    assert (cell(-2.5), cell(None), cell("a-b")) == (-2.5, None, "a-b")


def test_parquet_reads_back(printed: Callable[..., bytes]) -> None:
    table = pq.read_table(io.BytesIO(printed(Format.parquet, kind=Kind.mentions)))
    assert table.num_rows == 6
    assert pl.read_parquet(io.BytesIO(printed(Format.parquet)))["seq"].to_list() == [2, 3, 4]


def test_the_table_for_people_counts_and_obeys_no_text(printed: Callable[..., bytes]) -> None:
    text = printed(Format.table, kind=Kind.quotes).decode()
    assert "The weir holds" in text
    assert "3 quotes" in text
    text = printed(Format.table).decode()
    assert "[/red]" not in text
    assert "\x1b" not in text


def test_views_are_published_and_work_as_their_first_lines_say(
    printed: Callable[..., bytes], objects: Objects, settings: Settings
) -> None:
    assert objects.get(views.KEY).decode() == views.sql()
    connection = duckdb.connect()
    articles = Articles.open(settings).delta.to_pyarrow_dataset()
    connection.register("articles", articles)
    connection.execute(objects.get(views.KEY).decode())
    assert connection.execute("SELECT count(*), max(version) FROM quotes_latest").fetchone() == (3, 2)


def test_polars_and_pandas_read_the_table_by_its_address(printed: Callable[..., bytes], settings: Settings) -> None:
    frame = pl.read_delta(settings.table, storage_options=storage_options(settings))
    assert frame.explode("quotes").unnest("quotes", separator=".")["quotes.exact"].to_list() == [BODY[1:15]] * 4
    assert len(Articles.open(settings).delta.to_pandas()) == 4
