"""The tasks of polling: each opens its own settings and calls one function of the pipeline; only names travel."""

from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from newsledger import settings
from newsledger.errors import FullError
from newsledger.orchestrate import alerts
from newsledger.orchestrate.groups import RINGS, ring, step


@step()
def due() -> list[list[str]]:
    """Tell which feeds of `config/feeds.yaml` are due, grouped by host into parts.

    A feed is due by what it publishes, by what its server asks for and by how it has been doing. Whoever adds a feed to
    the file, or changes one, sees it here at the next minute. Where none is due, the run ends here, skipped.
    While disk or store are short of room, it waits and says so.
    """
    from newsledger import pipeline

    try:
        parts = pipeline.due(settings.load())
    except FullError as error:
        why = str(error)
        alerts.tell(lambda: [alerts.short_of_room(why)])
        raise  # it waits, and says why
    if not parts:
        raise AirflowSkipException("Nothing to do: no feed is due.")
    return parts


@step(outlets=[RINGS])
def poll(names: list[str], outlet_events: Any = None) -> None:
    """Fetch and read some feeds, and hand on what is new.

    Raw entries and pages are kept under `raw/`, batches of them under `batches/pending/`, where the flow of the inbox
    takes them on. What a feed did is one line in this log and one row in the table `records/feeds`; no feed can fail
    the task. Feeds that fail, are gone or silent are told to whoever `config/alerts.yaml` names.
    """
    from newsledger import pipeline
    from newsledger.pipeline import feeds

    if pipeline.poll(settings.load(), names):
        ring(outlet_events)
    alerts.tell(lambda: [alerts.troubled(feed) for feed in feeds.troubled(settings.load(), names)])
