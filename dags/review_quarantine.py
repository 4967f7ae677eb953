"""Asks a person what becomes of what was rejected, and of batches that are held: look under **Required Actions**.

Runs when something waits and nobody is being asked already: one task a batch. Choose, for the whole batch or for some
of its records:

| choice | does |
|---|---|
| Release | publishes the records after all, in a new revision that says who released them; a held batch as it is |
| Drop | keeps them out for good, also when the same article comes again |
| Replay | reads their articles again, by the present rules and expectations |
| Later | decides nothing; asks again tomorrow |

The choice, who made it and when is kept under the id of the fact or the article (`rulings/`). A question waits for four
hours without a worker; unanswered, it is put again by the next run. The same on the command line: `newsledger
quarantine`.

| task | does | leaves in object storage |
|---|---|---|
| `gather` | tells which batches to ask about | `reviews/rounds/` |
| `review.ask` | shows a batch, and waits for a choice | |
| `review.carry_out` | carries the choice out | `rulings/`, `batches/pending/` |
| `finish` | makes way for the next run | |
"""

from typing import Any

from airflow.sdk import dag, task_group

from newsledger.orchestrate.alerts import RunFailed
from newsledger.orchestrate.groups import DEFAULTS
from newsledger.orchestrate.review import REVIEWS, Ask, carry_out, finish, gather


@task_group
def review(batch_id: Any) -> None:
    """Ask about one batch, and do as was answered."""
    carry_out(Ask(task_id="ask", batch_id=batch_id, map_index_template="{{ task.batch_id }}").output)


@dag(
    schedule=[REVIEWS],
    catchup=False,
    max_active_runs=2,
    default_args=DEFAULTS,
    tags=["newsledger", "quarantine"],
    on_failure_callback=RunFailed(),
    doc_md=__doc__,
)
def review_quarantine() -> None:
    """Gather, ask, carry out."""
    review.expand(batch_id=gather()) >> finish()


review_quarantine()
