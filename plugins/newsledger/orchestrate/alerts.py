"""Tells people: Airflow's notifiers for callbacks, a function for tasks. What fails here is logged, never raised."""

import html
import json
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import BaseNotifier
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from newsledger import settings

log = logging.getLogger(__name__)

_SECONDS = 10.0
_LONGEST = 8_000
Post = Callable[[str, Mapping[str, Any]], None]


class RunFailed(BaseNotifier):
    """For `on_failure_callback` of a task or a DAG."""

    def notify(self, context: Any) -> None:
        """Tell that a run has failed, once in a period for each DAG."""
        tell(lambda: [_failed(context)])


class DeadlineMissed(BaseNotifier):
    """For the deadline of a DAG; runs in the triggerer, where no DAG is known: it is told its name."""

    def __init__(self, dag_id: str, minutes: float, **options: Any) -> None:
        super().__init__(**options)
        self.dag_id = dag_id
        self.minutes = minutes

    async def async_notify(self, context: Any) -> None:
        """Tell that a run takes longer than it may."""
        import asyncio

        run_id = (context.get("dag_run") or {}).get("dag_run_id", "") if isinstance(context, dict) else ""
        await asyncio.to_thread(tell, lambda: [_late(self.dag_id, self.minutes, run_id)])


def deadline(dag_id: str) -> DeadlineAlert | None:
    """The deadline of a DAG's runs: NEWSLEDGER_DEADLINE_MINUTES after they were queued.

    None for `airflow dags test`: in Airflow 3.3.2 it looks for a deadline's row in its database by the deadline itself,
    and breaks at the end of a run that went well.
    """
    if sys.argv[1:3] == ["dags", "test"]:
        return None
    minutes = settings.load().deadline_minutes
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(minutes=minutes),
        callback=AsyncCallback(DeadlineMissed, kwargs={"dag_id": dag_id, "minutes": minutes}),
    )


def tell(*found: Callable[[], Sequence[Any]]) -> None:
    """Tell whoever is to be told of what is found (``pipeline.alerts.Alert``), each cause once in a period."""
    try:
        _tell([alert for each in found for alert in each()])
    except Exception:
        log.exception("An alert could not be told")


def _tell(alerts: Sequence[Any]) -> None:
    from newsledger.pipeline import alerts as ours
    from newsledger.pipeline import telling

    given = settings.load()
    wanted, problems = telling.read(given.config / telling.FILE)
    for problem in problems:
        log.error("%s: nobody is told by it until this is put right", problem)
    heard = [alert for alert in alerts if any(alert.event in channel.events for channel in wanted.channels)]
    due = ours.untold(given, heard, wanted.again, datetime.now(UTC)) if heard else []
    for event, message in ours.summed(due).items():
        reached = [_sent(channel, message) for channel in wanted.channels if event in channel.events]
        if not any(reached):
            ours.give_back(given, [alert for alert in due if alert.event is event])


def _sent(channel: Any, message: Any) -> bool:
    try:
        _WAYS[channel.kind](channel, message)
    except Exception:
        log.exception("Nobody could be told by %s: %s", channel.kind, line(message.subject))
        return False
    log.info("Told by %s: %s", channel.kind, line(message.subject))
    return True


def _by_mail(channel: Any, message: Any) -> None:
    """Through Airflow's connection; not by its notifier, whose fields are templates, which an alert's text is not."""
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    with SmtpHook(smtp_conn_id=channel.connection) as server:
        server.send_email_smtp(
            to=channel.to,
            from_email=channel.sender,
            subject=f"newsledger: {line(message.subject)}",
            html_content=f"<pre>{html.escape(message.text[:_LONGEST])}</pre>",
        )


def _by_slack(channel: Any, message: Any) -> None:
    # Only these three are markup in a text that is marked plain (Slack API, "Formatting text").
    text = html.escape(f"{line(message.subject)}\n{message.text[:3_000]}", quote=False)
    _post(channel.to, {"text": text, "mrkdwn": False, "unfurl_links": False})


def _by_webhook(channel: Any, message: Any) -> None:
    said = {"event": message.event.value, "subject": line(message.subject), "text": message.text[:_LONGEST]}
    _post(channel.to, {**said, "at": datetime.now(UTC).isoformat(timespec="seconds")})


_WAYS: Mapping[str, Callable[[Any, Any], None]] = {"mail": _by_mail, "slack": _by_slack, "webhook": _by_webhook}


def _post(url: str, body: Mapping[str, Any]) -> None:
    import httpx

    answer = httpx.post(
        url, content=json.dumps(body), headers={"Content-Type": "application/json"}, timeout=_SECONDS, trust_env=False
    )
    if answer.status_code >= 300:
        raise ConnectionError(f"It answered {answer.status_code}.")  # without the address, which may be a secret


def line(text: str) -> str:
    """The text as one printable line, so that it can be the subject of a mail."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:200]


def _failed(context: Mapping[str, Any]) -> Any:
    from newsledger.pipeline.alerts import Alert
    from newsledger.pipeline.telling import Event

    instance, run = context.get("ti"), context.get("dag_run")
    dag_id = getattr(run, "dag_id", None) or getattr(instance, "dag_id", "?")
    task = getattr(instance, "task_id", None)
    why = context.get("exception") or context.get("reason") or "see its log"
    what = f"The task {task} of {dag_id} failed for good" if task else f"A run of {dag_id} failed"
    text = f"{what}: {why}\nRun {context.get('run_id') or getattr(run, 'run_id', '?')}. Nothing is lost: the next run "
    return Alert(Event.run, f"run {dag_id}", what, f"{text}takes it up again. The log in Airflow says more.")


def _late(dag_id: str, minutes: float, run_id: str) -> Any:
    from newsledger.pipeline.alerts import Alert
    from newsledger.pipeline.telling import Event

    what = f"A run of {dag_id} takes longer than {minutes:g} minutes"
    return Alert(Event.deadline, f"deadline {dag_id}", what, f"{what}. {run_id}\nSee in Airflow what it waits for.")


def held(batch: Any) -> Any:
    """That a batch is held (``store.held.Held``)."""
    from newsledger.pipeline.alerts import Alert
    from newsledger.pipeline.telling import Event

    what = f"Batch {batch.batch_id} is held"
    why = "\n".join(batch.why)
    text = f"{why}\n\nDecide in Airflow, review_quarantine, or by `newsledger quarantine show {batch.batch_id}`."
    return Alert(Event.held, f"held {batch.batch_id}", what, text)


def short_of_room(why: str) -> Any:
    """That nothing is collected for want of room."""
    from newsledger.pipeline.alerts import Alert
    from newsledger.pipeline.telling import Event

    return Alert(Event.room, "room", "Short of room: nothing is collected", why)


def troubled(feed: Any) -> Any:
    """That a feed fails, is gone or silent (``pipeline.feeds.Troubled``)."""
    from newsledger.pipeline.alerts import Alert
    from newsledger.pipeline.telling import Event

    what = f"The feed {feed.name} is {feed.health}"
    text = f"{feed.url}: {feed.error or 'nothing new for far longer than is its habit'}"
    return Alert(Event.feed, f"feed {feed.health} {feed.name} {feed.url}", what, text)
