"""What surrounds every task, so that a batch can be followed: its id on each line of the log, a span, its counts."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from opentelemetry import trace
from structlog.contextvars import bind_contextvars

from newsledger import measures


def watched(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function of a task, in a span of its own that names the batch; what it counted is sent when it ends."""
    takes = signature(function)

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        given = takes.bind(*args, **kwargs).arguments
        with trace.get_tracer("newsledger").start_as_current_span(f"newsledger.{function.__name__}"):
            try:
                for batch_id in _batches(given):
                    name_batch(batch_id)
                return function(*args, **kwargs)
            finally:
                measures.flush()

    return run


def _batches(given: dict[str, Any]) -> set[str]:
    """The ids of the batch that a task's arguments name, one or none."""
    return {str(each["batch_id"]) for each in (given, *given.get("chunks", ())) if "batch_id" in each}


def name_batch(batch_id: str) -> None:
    """Put the batch's id on the span and on every line of the log from here on."""
    trace.get_current_span().set_attribute("newsledger.batch_id", batch_id)
    bind_contextvars(batch_id=batch_id)
