"""What can wait until nobody waits for it.

| task | does | leaves in object storage |
|---|---|---|
| `data_docs` | makes pages of the expectations and of the newest validation results | `reports/data-docs/` |
| `compact` | makes few large files of many small ones in both tables, removes old ones | `records/` |
| `expire` | removes what was kept for long enough, by the settings | nothing |
| `forget_again` | finishes what `newsledger forget` began, takes out what came again since | `forgotten/` |
| `clean_database` | has Airflow forget runs of long ago, once a day | nothing |

Every hour. It can be run at any time, twice, at once, and killed anywhere.
"""

from airflow.sdk import CronTriggerTimetable, dag

from newsledger.orchestrate.care import clean_database, compact, expire, forget_again
from newsledger.orchestrate.groups import DEFAULTS, data_docs


@dag(
    schedule=CronTriggerTimetable("17 * * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    max_active_tasks=1,  # so that it never takes more than one worker from fresh articles
    default_args=DEFAULTS,
    tags=["newsledger"],
    doc_md=__doc__,
)
def housekeeping() -> None:
    """Five tasks that do not wait for each other."""
    data_docs()
    compact()
    expire()
    forget_again()
    clean_database()


housekeeping()
