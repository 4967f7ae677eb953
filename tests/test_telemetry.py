"""Counts, times and spans arrive at a receiver of OpenTelemetry's protocol, from a real run of the DAG."""

import pytest

from tests.airflow_command import airflow
from tests.airflow_home import PROJECT
from tests.telemetry import receiver

from newsledger.settings import Settings  # isort: skip
from newsledger.store.objects import Objects  # isort: skip
from tests.flow import drop  # isort: skip

DATED = '{"@type": "NewsArticle", "headline": "H", "datePublished": "2024-08-25T09:00:00+03:00", "articleBody": "%s"}'


def test_what_a_run_did_arrives_where_it_is_collected(
    settings: Settings, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(settings, "good.json", DATED % ("Mayor Olena Hrytsenko said 1,200 people had left the town. " * 5))
    drop(settings, "bad.xyz")
    settings = settings.model_copy(update={"config": PROJECT / "config"})
    airflow(settings, "db", "migrate")
    with receiver() as (address, received):
        for name, value in {
            "AIRFLOW__METRICS__OTEL_ON": "True",
            "AIRFLOW__TRACES__OTEL_ON": "True",
            "OTEL_EXPORTER_OTLP_ENDPOINT": address,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_TRACES_EXPORTER": "otlp_proto_http",
            "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "delta",
        }.items():
            monkeypatch.setenv(name, value)
        said = airflow(settings, "dags", "test", "watch_inbox")
    assert received.counts["newsledger.articles", "new"] == 1
    assert received.counts["newsledger.rejections", "file"] == 1
    assert received.counts["newsledger.facts", "people"] == 1
    assert received.histograms["newsledger.publication.delay"] == 1
    assert received.histograms["newsledger.collection.delay"] == 1
    (batch_id,) = {
        span["newsledger.batch_id"]
        for name, spans in received.spans.items()
        if name.startswith("newsledger.")
        for span in spans
    }
    assert all(
        f"batch_id={batch_id}" in line for line in said.splitlines() if "Accepted 1" in line or "Published 1" in line
    )
    assert objects.exists(f"batches/done/{batch_id}.json")
    assert {f"newsledger.{step}" for step in ("collect", "extract", "validate", "publish")} <= received.spans.keys()
    assert any(name.startswith("airflow.") for name, _ in received.counts)
