"""From the inbox to the table of articles.

Runs when a file is dropped into the **inbox**, when `poll_feeds` left a batch of entries, and every two minutes to
sweep up what an event missed. A run takes on one batch of bounded size; while more waits, the next run follows.

| task | does | leaves in object storage |
|---|---|---|
| `collect` | takes a batch that waits, or files from the inbox | `raw/`, `batches/pending/` |
| `extract` | reads articles and facts, a chunk at a time | `staging/` |
| `validate` | holds them to the expectations | `reports/validation/` |
| `publish` | commits what was accepted, once | `records/`, `quarantine/`, `batches/done/` |

Each task can be cleared and run again at any time. Events only ring: what there is to do, `collect` sees for itself.
"""

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, Param, dag

from newsledger.orchestrate.alerts import RunFailed, deadline
from newsledger.orchestrate.groups import BATCHES, DEFAULTS, INBOX, collect, extract, publish, validate

SWEEP = CronTriggerTimetable("*/2 * * * *", timezone="UTC")
BATCH_ARTICLES = Param(
    None,
    type=["null", "integer"],
    minimum=1,
    maximum=5000,
    title="Files in this run",
    description="How many files this run takes at the most; empty for the setting NEWSLEDGER_BATCH_ARTICLES.",
)


@dag(
    schedule=AssetOrTimeSchedule(timetable=SWEEP, assets=INBOX | BATCHES),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    params={"batch_articles": BATCH_ARTICLES},
    tags=["newsledger", "articles"],
    on_failure_callback=RunFailed(),
    deadline=deadline("watch_inbox"),
    doc_md=__doc__,
)
def watch_inbox() -> None:
    """Collect, extract, validate, publish."""
    chunks = collect()
    extract.expand_kwargs(chunks) >> validate(chunks) >> publish(chunks)


watch_inbox()
