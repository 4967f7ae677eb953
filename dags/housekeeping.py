"""What can wait until nobody waits for it.

| task | does | leaves in object storage |
|---|---|---|
| `data_docs` | makes pages of the expectations and of the newest validation results | `reports/data-docs/` |

Every hour. It can be run at any time, and twice.
"""

from airflow.sdk import CronTriggerTimetable, dag

from newsledger.orchestrate.groups import DEFAULTS, data_docs


@dag(
    schedule=CronTriggerTimetable("17 * * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["newsledger"],
    doc_md=__doc__,
)
def housekeeping() -> None:
    """Data Docs."""
    data_docs()


housekeeping()
