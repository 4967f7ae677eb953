"""From feeds to batches of entries, which `watch_inbox` reads and publishes.

Looks every minute which feeds of `config/feeds.yaml` are due and polls those. How often that is for each, the feed
decides by what it publishes.

| task | does | leaves in object storage |
|---|---|---|
| `due` | tells which feeds are due, grouped by host | `feeds/schedule.json` |
| `poll` | fetches and reads feeds, keeps what is new | `raw/`, `batches/pending/`, `records/feeds/`, `feeds/state/` |

Each task can be cleared and run again at any time. What a killed one was about to hand on lies in `feeds/handover/`,
and the next finishes it.
"""

from airflow.sdk import CronTriggerTimetable, dag

from newsledger.orchestrate.alerts import RunFailed, deadline
from newsledger.orchestrate.feeds import due, poll
from newsledger.orchestrate.groups import DEFAULTS


@dag(
    schedule=CronTriggerTimetable("* * * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS | {"priority_weight": 5},
    tags=["newsledger", "feeds"],
    on_failure_callback=RunFailed(),
    deadline=deadline("poll_feeds"),
    doc_md=__doc__,
)
def poll_feeds() -> None:
    """Tell what is due, and poll it part by part."""
    poll.expand(names=due())


poll_feeds()
