"""What expressions of time are resolved against."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from newsledger.extract.english.dates import tense
from newsledger.extract.english.dates.expressions import Expression

_SAME_TOPIC = 1500
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
        """Remember the quarter that the text speaks of; one that is not over does not replace one that is."""
        if self.spoken_quarter(position) and self._over(self.quarter) and not self._over(quarter):
            return
        self.quarter, self.quarter_at = quarter, position

    def speak_of_longer(self) -> None:
        """A longer stretch (`the nine months`) is what the text speaks of: `a year earlier` is no quarter now."""
        self.quarter = None

    def spoken_quarter(self, position: int) -> tuple[int, int] | None:
        """The quarter that the text spoke of last, if that was not long before."""
        return self.quarter if position - self.quarter_at < _SAME_TOPIC else None

    def _over(self, quarter: tuple[int, int] | None) -> bool:
        return bool(self.today and quarter and quarter < (self.today.year, (self.today.month - 1) // 3 + 1))
