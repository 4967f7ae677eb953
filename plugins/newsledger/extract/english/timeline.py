"""What expressions of time are resolved against."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from newsledger.extract.english import tense
from newsledger.extract.english.expressions import Expression

_SAME_TOPIC = 700
"""Code points within which `a year earlier` still means the quarter last named."""


@dataclass
class Context:
    """What an expression is resolved against: the day of publishing and what the text spoke of before."""

    body: str
    today: date | None
    country: Callable[[int], str | None]
    """Country code of the place that the text is about at a position."""
    quarter: tuple[int, int] | None = None
    quarter_at: int = -10_000
    year: int | None = None
    month: tuple[int, int] | None = None

    def tense(self, expression: Expression) -> tense.Tense | None:
        """Whether the clause looks back or ahead."""
        return tense.around(self.body, expression.start, expression.end)

    def speak_of(self, position: int, quarter: tuple[int, int]) -> None:
        """Remember the quarter that the text speaks of."""
        self.quarter, self.quarter_at = quarter, position

    def spoken_quarter(self, position: int) -> tuple[int, int] | None:
        """The quarter that the text spoke of last, if that was not long before."""
        return self.quarter if position - self.quarter_at < _SAME_TOPIC else None
