"""The tasks of the review: which batches, the question to a person, what was answered."""

from datetime import timedelta
from inspect import getdoc
from typing import Any, TypedDict

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Asset, AssetWatcher, Context, Param
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import AirflowSkipException

from newsledger import settings
from newsledger.orchestrate.groups import step
from newsledger.orchestrate.review_trigger import ReviewTrigger

REVIEWS = Asset("reviews", watchers=[AssetWatcher(name="reviews", trigger=ReviewTrigger())])
"""Batches that wait for a person; its events only ring."""
PATIENCE = timedelta(hours=4)
"""How long a question waits for an answer before it is put again."""
CHOICES = ["Release", "Drop", "Replay", "Later"]


class Answered(TypedDict):
    """An answer, as it travels between tasks."""

    batch_id: str
    choice: str
    records: list[str]
    by: str | None
    reason: str


@step()
def gather(run_id: str | None = None) -> list[str]:
    """Tell which batches to ask about: those that are held, else those with rejected records.

    What another open run of this DAG asks about is left to it. When nothing waits, the run ends here, skipped.
    """
    from newsledger.pipeline import rounds

    batch_ids = rounds.begin(settings.load(), run_id or "", PATIENCE)
    if not batch_ids:
        raise AirflowSkipException("Nothing waits for a review.")
    return list(batch_ids)


class Ask(HITLOperator):
    """Show a person what was rejected of a batch, or why it is held, and wait for a choice.

    It waits without a worker: the answer comes by the UI (Required Actions) or by the REST API. Without one in time the
    choice is Later, and the next run asks again.
    """

    # The question is no template: nothing that an article says may be run.
    template_fields = ("batch_id",)

    def __init__(self, *, batch_id: str, **options: Any) -> None:
        super().__init__(
            subject="Review",
            options=CHOICES,
            defaults=["Later"],
            response_timeout=PATIENCE,
            doc_md=getdoc(type(self)),
            **options,
        )
        self.batch_id = batch_id

    def execute(self, context: Context) -> Any:
        """Put the question and begin to wait."""
        from newsledger.pipeline import asking

        found = asking.question(settings.load(), self.batch_id)
        if found is None:
            raise AirflowSkipException("Nothing of this batch waits any more.")
        self.subject, self.body = found.subject, found.body
        self.params = _params(found.records)
        super().execute(context)

    def validate_params_input(self, params_input: Any) -> None:
        """What was filled in is looked at when it is used: the form was made for this batch alone."""

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Answered:
        """Hand on what was chosen."""
        from newsledger.pipeline import asking

        got = super().execute_complete(context, event)
        given, user = got["params_input"], got["responded_by_user"]
        ids = asking.chosen(settings.load(), self.batch_id, [str(each) for each in given.get("records") or ()])
        return Answered(
            batch_id=self.batch_id,
            choice=got["chosen_options"][0],
            records=list(ids),
            by=(user["name"] or user["id"]) if user else None,
            reason=str(given.get("reason") or ""),
        )


@step()
def carry_out(answered: Answered) -> None:
    """Carry out what was chosen, and keep it under the id of each record, or of the batch: who, when and why.

    What is released or read again is left as a batch for `watch_inbox`.
    """
    from newsledger.pipeline import asking

    given = asking.Answer(
        batch_id=answered["batch_id"],
        choice=asking.Choice(answered["choice"]),
        records=tuple(answered["records"]),
        by=answered["by"],
        reason=answered["reason"],
    )
    asking.answer(settings.load(), given)


@step(trigger_rule="all_done")
def finish(run_id: str | None = None) -> None:
    """Let the next run ask about what is left, and about what came meanwhile."""
    from newsledger.pipeline import rounds

    rounds.end(settings.load(), run_id or "")


def _params(records: dict[str, str]) -> ParamsDict:
    """The form beside the question: which records, and why."""
    # Where nothing is filled in the answer is null: the form takes everything else for required.
    fields = {"reason": Param(None, type=["null", "string"], title="Reason", description="Kept with the decision")}
    if records:
        fields["records"] = Param(
            None,
            type=["null", "array"],
            items={"type": "string"},
            examples=list(records),
            values_display=records,
            title="Only these",
            description="Choose some of the records; none chosen means all of them",
        )
    return ParamsDict(fields)
