"""People are told, by mail, Slack and webhook, once a cause and period; what fails on the way fails nothing else."""

import json
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.airflow_home import PROJECT
from tests.mailserver import mail_server

from newsledger.orchestrate import alerts  # isort: skip
from newsledger.pipeline import telling  # isort: skip
from newsledger.pipeline.alerts import Alert, untold  # isort: skip
from newsledger.pipeline.configuration import problems  # isort: skip
from newsledger.pipeline.telling import Event, Kind  # isort: skip
from newsledger.settings import Settings  # isort: skip
from newsledger.store.objects import Objects  # isort: skip

NOW = datetime(2026, 5, 3, 10, tzinfo=UTC)
HELD = Alert(Event.held, "held b1", "Batch b1 is held", "quotes: <b>bad</b> & {{ 7*7 }} <!channel>")


class Hook:
    """A web server on loopback that keeps what is posted to it."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, str]] = []
        hook, self.statuses = self, dict[str, int]()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name that http.server calls
                hook.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(hook.statuses[self.path])
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str, status: int = 200) -> str:
        self.statuses[path] = status
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    """The file that says who is told, in this test's own folder."""
    monkeypatch.setenv("NEWSLEDGER_CONFIG", str(tmp_path))
    return tmp_path / telling.FILE


def test_a_webhook_is_told_once_in_a_period(config: Path, hook: Hook, objects: Objects) -> None:
    config.write_text(f"channels:\n  - webhook: {hook.answer('/hook')}\n")
    for _ in range(3):
        alerts.tell(lambda: [HELD])
    (body,) = hook.bodies
    assert (body["event"], body["subject"], body["text"]) == ("held", HELD.subject, HELD.text)


def test_slack_is_told_plain_text(config: Path, hook: Hook, objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK", hook.answer("/secret"))
    config.write_text("channels:\n  - slack: ${SLACK}\n")
    alerts.tell(lambda: [HELD])
    (body,) = hook.bodies
    assert body["text"] == "Batch b1 is held\nquotes: &lt;b&gt;bad&lt;/b&gt; &amp; {{ 7*7 }} &lt;!channel&gt;"


def test_mail_goes_through_the_connection_of_airflow(
    config: Path, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text("channels:\n  - mail: [desk@example.org, eve@example.org]\n    from: news@example.org\n")
    with mail_server() as (port, kept):
        extra = {"disable_ssl": True, "disable_tls": True}
        connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": extra}
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(connection))
        alerts.tell(lambda: [HELD._replace(subject="Held\nBcc: all@example.org")])
    (mail,) = kept
    assert (mail["Subject"], mail["From"]) == ("newsledger: Held Bcc: all@example.org", "news@example.org")
    assert mail["Bcc"] is None
    page = next(part for part in mail.walk() if part.get_content_type() == "text/html")
    assert "&lt;b&gt;bad&lt;/b&gt; &amp; {{ 7*7 }}" in page.get_content()


def test_a_channel_hears_only_what_it_asked_for(config: Path, hook: Hook, objects: Objects) -> None:
    config.write_text(f"channels:\n  - webhook: {hook.answer('/hook')}\n    events: [run]\n")
    alerts.tell(lambda: [HELD])
    assert hook.bodies == []
    alerts.RunFailed().notify({"ti": SimpleNamespace(dag_id="watch_inbox", task_id="collect"), "exception": "No."})
    assert [body["subject"] for body in hook.bodies] == ["The task collect of watch_inbox failed for good"]


def test_many_of_one_event_are_one_message(config: Path, hook: Hook, objects: Objects) -> None:
    config.write_text(f"channels:\n  - webhook: {hook.answer('/hook')}\n")
    feeds = [SimpleNamespace(name=f"f{n}", url="https://a.example", health="failing", error="gone") for n in range(40)]
    alerts.tell(lambda: [alerts.troubled(feed) for feed in feeds])
    alerts.tell(lambda: [alerts.troubled(feed) for feed in feeds])
    (body,) = hook.bodies
    assert body["subject"] == "The feed f0 is failing, and 39 more"
    assert "The feed f39 is failing" in body["text"]


def test_whoever_can_not_be_told_fails_nothing_and_is_tried_the_next_time(
    config: Path, hook: Hook, objects: Objects, caplog: pytest.LogCaptureFixture
) -> None:
    config.write_text(f"channels:\n  - webhook: {hook.answer('/secret-path', 500)}\n")
    with caplog.at_level(logging.ERROR):
        alerts.tell(lambda: [HELD])
    assert "Nobody could be told by webhook: Batch b1 is held" in caplog.text
    assert "secret-path" not in caplog.text
    hook.answer("/secret-path")
    alerts.tell(lambda: [HELD])
    alerts.tell(lambda: [HELD])
    assert len(hook.bodies) == 2


def test_an_alert_that_can_not_even_be_made_fails_nothing(config: Path, caplog: pytest.LogCaptureFixture) -> None:
    alerts.tell(lambda: 1 // 0)  # type: ignore[arg-type, return-value]
    assert "An alert could not be told" in caplog.text


def test_while_the_store_is_away_this_machine_remembers(
    config: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLEDGER_S3_ENDPOINT", "http://127.0.0.1:9")
    config.write_text(f"channels:\n  - webhook: {hook.answer('/hook')}\n")
    for _ in range(2):
        alerts.tell(lambda: [HELD])
    assert len(hook.bodies) == 1


def test_a_cause_is_told_again_after_the_period(settings: Settings, objects: Objects) -> None:
    day = timedelta(days=1)
    away = settings.model_copy(update={"s3_endpoint": "http://127.0.0.1:9"})
    for given in (settings, away):
        assert untold(given, [HELD], day, NOW) == [HELD]
        assert untold(given, [HELD], day, NOW + timedelta(hours=23)) == []
        assert untold(given, [HELD], day, NOW + timedelta(hours=25)) == [HELD]


def test_what_is_shipped_tells_nobody_and_is_sound() -> None:
    assert telling.read(PROJECT / "config" / telling.FILE) == (telling.Telling(), [])


def test_every_option_is_read(config: Path) -> None:
    config.write_text(
        "again: 2d\nchannels:\n  - {mail: a@b.example, from: c@d.example, connection: own, events: run}\n"
    )
    found, wrong = telling.read(config)
    assert wrong == []
    assert found.again == timedelta(days=2)
    assert found.channels == (telling.Channel(Kind.mail, "a@b.example", frozenset({Event.run}), "own", "c@d.example"),)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("channels: [", "alerts.yaml:1: not valid YAML"),
        ("[]", "it holds a list"),
        ("chanels: []", "there is no 'chanels'"),
        ("again: soon", "again is 'soon': say 30m, 6h or 1d"),
        ("channels: [5]", "channel 1: a channel is"),
        ("channels: [{mail: a@b.example, slack: http://x}]", "channel 1: say exactly one"),
        ("channels: [{mail: nobody}]", "'nobody' is no mail address"),
        ("channels: [{webhook: ftp://x}]", "must be an http or https address"),
        ("channels: [{slack: '${NOT_THERE}'}]", "the environment has no NOT_THERE"),
        ("channels: [{mail: a@b.example, events: [all]}]", "there is no event 'all'"),
        ("channels: [{mail: a@b.example, form: x}]", "there is no 'form' here"),
    ],
)
def test_faults_are_told_by_check(config: Path, text: str, fault: str) -> None:
    config.write_text(text)
    assert any(fault in problem and str(config) in problem for problem in problems(config.parent))


def test_a_faulty_channel_does_not_silence_the_others(config: Path, hook: Hook, objects: Objects) -> None:
    config.write_text(f"channels:\n  - mail: nobody\n  - webhook: {hook.answer('/hook')}\n")
    alerts.tell(lambda: [HELD])
    assert len(hook.bodies) == 1
