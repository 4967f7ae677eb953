"""Drop a document, read its validated record: with real Airflow processes and a real object store."""

import gzip
import json
import re
import subprocess
import sys
from contextlib import suppress
from typing import Any

import boto3
import polars as pl
import psutil
import pytest
from botocore.config import Config

from newsledger.local import guide
from newsledger.local.airflow import Api, ApiError
from tests.e2e.stack import Running, story

FIRST = ("000_a2bfbc4a6601ecbf.txt", "001_be786e589cc32096.txt")


def test_the_first_articles_are_published_and_the_console_tells(stack: Running) -> None:
    said = stack.first_said
    assert all(name in said for name in FIRST)
    assert re.search(r"Validated 2 articles accepted", said)
    assert re.search(r"Published 2 new to s3://news/records/articles", said)
    assert stack.articles().height >= 2


def test_a_dropped_document_is_read_back_with_polars_and_boto3(stack: Running) -> None:
    names = stack.drop(story("Birchwater"))
    stack.wait_for(lambda: stack.published("The Birchwater fair"), 60, "the article is in the table")
    rows = stack.articles().filter(pl.col("body").str.contains("The Birchwater fair"))
    article = rows.to_dicts()[0]
    assert article["sources"][0]["origin"] == names[0]
    assert "We have waited for this day," in [quote["exact"] for quote in article["quotes"]]
    assert all(article["body"][fact["start"] : fact["end"]] == fact["exact"] for fact in article["mentions"])

    client = boto3.client(
        "s3",
        endpoint_url=stack.settings.endpoint,
        aws_access_key_id="newsledger",
        aws_secret_access_key="newsledger",
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )
    stack.wait_for(lambda: done(client, article["batch_id"]), 30, "the batch is done")
    listed = client.list_objects_v2(Bucket="news", Prefix="records/jsonl/")["Contents"]
    mine = next(each["Key"] for each in listed if article["batch_id"] in each["Key"])
    lines = gzip.decompress(client.get_object(Bucket="news", Key=mine)["Body"].read()).splitlines()
    assert any("Birchwater" in json.dumps(json.loads(line)) for line in lines)
    raw = client.get_object(Bucket="news", Key=article["sources"][0]["raw_key"])["Body"].read()
    assert raw.decode() == story("Birchwater")


def done(client: Any, batch_id: str) -> bool:
    listed = client.list_objects_v2(Bucket="news", Prefix=f"batches/done/{batch_id}")
    return bool(listed["KeyCount"])


def test_a_file_that_is_no_article_is_turned_away_with_its_reason(stack: Running) -> None:
    (stack.inbox / "program.exe").write_bytes(b"MZ\x00\x01")
    reason = stack.inbox / "rejected" / "program.exe.reason.txt"
    stack.wait_for(reason.exists, 60, "the reason lies beside the file")
    assert reason.read_text().strip()
    stack.wait_for(lambda: "program.exe" in stack.said(), 10, "the console tells")


@pytest.mark.parametrize("recipe", ["DuckDB", "Polars", "pandas", "AWS"])
def test_the_printed_lines_read_the_records(stack: Running, recipe: str) -> None:
    said = stack.said()
    export = re.search(r"^ +(export AWS_.*)$", said, re.MULTILINE)
    assert export
    chosen = next(each for each in guide.recipes(stack.settings) if each.tool == recipe)
    assert all(line in said for line in chosen.lines)
    lines = "\n".join(chosen.lines)
    command = lines if chosen.in_shell else f"{sys.executable} -c '{lines}'"
    result = subprocess.run(
        ["bash", "-ec", f"{export[1]}\n{command}"],
        cwd=stack.folder,
        env=stack.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) > 1


def test_airflow_shows_what_each_task_did(stack: Running) -> None:
    stack.drop(story("Elmstead"))
    stack.wait_for(lambda: stack.published("The Elmstead fair"), 60, "the article is in the table")
    api = Api(stack.settings)
    runs = "/api/v2/dags/watch_inbox/dagRuns"

    def told() -> str:
        """The logs of the last runs; a task that was skipped has none."""
        texts = []
        for run in api.get(runs, order_by="-start_date", limit=5)["dag_runs"]:
            for task in ("collect", "publish"):
                with suppress(ApiError):
                    texts.append(
                        api.get(f"{runs}/{run['dag_run_id']}/taskInstances/{task}/logs/1", full_content="true")
                    )
        return json.dumps(texts)

    log = stack.wait_for(lambda: "wrote s3://news/" in (text := told()) and text, 30, "the log tells of keys")
    assert "Collected 1 file" in log
    assert "-> s3://news/raw/" in log


def test_nothing_listens_beyond_this_machine(stack: Running) -> None:
    addresses = {address for process in stack.processes() for address in listens_at(process)}
    assert addresses == {"127.0.0.1"}


def listens_at(process: psutil.Process) -> set[str]:
    """The addresses that a process listens at; none when it is gone."""
    with suppress(psutil.NoSuchProcess):
        return {each.laddr.ip for each in process.net_connections("inet") if each.status == psutil.CONN_LISTEN}
    return set()
