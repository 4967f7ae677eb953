"""Reads again what was read before, by the present extractor: start it by hand, and say what.

Use it once the rules or the expectations are better than they were. Articles keep their identity; the same facts
publish nothing, others are a new revision. Fresh drops go before it.

| parameter | reads again |
|---|---|
| `since` | what was collected at this time (UTC) or later |
| `article` | one article, by its id |
| `every` | everything |
| `dry_run` | nothing: only tells in the log how much it would be |

| task | does | leaves in object storage |
|---|---|---|
| `replay` | finds what is wanted, and leaves it for `watch_inbox` | `batches/pending/` |

The same on the command line: `newsledger replay`.
"""

from airflow.sdk import Param, dag

from newsledger.orchestrate.alerts import RunFailed
from newsledger.orchestrate.backfill import replay
from newsledger.orchestrate.groups import DEFAULTS

PARAMS = {
    "since": Param(None, type=["null", "string"], title="Since", description="2026-05-03 or 2026-05-03T10:00:00Z"),
    "article": Param(None, type=["null", "string"], title="Article", description="The id of one article"),
    "every": Param(default=False, type="boolean", title="Everything"),
    "dry_run": Param(default=False, type="boolean", title="Dry run", description="Only tell how much it would be"),
}


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS | {"priority_weight": 1},
    params=PARAMS,
    tags=["newsledger", "articles"],
    on_failure_callback=RunFailed(),
    doc_md=__doc__,
)
def backfill() -> None:
    """Leave batches that are read again."""
    replay()


backfill()
