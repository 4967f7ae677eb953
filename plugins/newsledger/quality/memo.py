"""A third off the time of a validation.

Great Expectations works an expectation's configuration out anew each time it is asked for, some eighty times for each
expectation of a run; nothing changes an expectation meanwhile. Here it is worked out once, for as long as the context
manager is open. Without this module everything works as well, only slower.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def configurations() -> Iterator[None]:
    """Remember the configuration of every expectation that is asked for it. Not for several threads at once."""
    from great_expectations.expectations.expectation import Expectation

    original: Any = Expectation.configuration
    known: dict[int, tuple[Any, Any]] = {}

    def remembered(expectation: Any) -> Any:
        found = known.get(id(expectation))
        if found is None:  # the expectation is kept beside it, so that nothing else can take its id
            found = known[id(expectation)] = (expectation, original.fget(expectation))
        return found[1]

    Expectation.configuration = property(remembered)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Expectation.configuration = original  # type: ignore[method-assign]
