"""How surprising it is that so many of a batch fail, seen beside the batches before it.

The share that fails differs from batch to batch more than chance alone would have it: one source writes otherwise than
another. So the number that fails among ``n`` is taken as beta-binomial (J. G. Skellam, "A probability distribution
derived from the binomial distribution by regarding the probability of success as variable between the sets of trials",
Journal of the Royal Statistical Society B 10, 1948). Its mean is the share of all articles before; its spread is the
correlation within batches, each pair of articles of one batch counting alike (S. Karlin, E. C. Cameron, P. T. Williams,
"Sibling and parent-offspring correlation estimation with variable family size", PNAS 78, 1981; compared with others in
M. S. Ridout, C. G. B. Demetrio, D. Firth, "Estimating intraclass correlation for binary data", Biometrics 55, 1999).
The tail is summed exactly, so a small batch has to fail nearly whole before it is unlikely. What is counted are
articles, not facts: the facts of one article fail together, and would pass for many trials that agree.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

ALPHA = 1e-4
"""How likely a sound batch may be held: one in ten thousand, over all its expectations together (Bonferroni)."""
LEAST_FAILED, LEAST_SHARE = 5, 0.1
"""Fewer articles, or a lesser share of a batch, are work for a reviewer, however unlikely they are."""
BATCHES, ARTICLES = 10, 100
"""What must have been seen before anything counts as unusual."""
_WIDEST = 0.9


class Trials(NamedTuple):
    """Of how many articles how many failed."""

    failed: int
    of: int

    @property
    def share(self) -> float:
        """The part that failed."""
        return self.failed / self.of if self.of else 0.0


def unusual(now: Trials, before: Sequence[Trials], tests: int) -> bool:
    """Whether a batch fails as it does not by chance; ``tests`` is how many expectations are asked of it at once."""
    known = [trials for trials in before if trials.of]
    if len(known) < BATCHES or sum(trials.of for trials in known) < ARTICLES:
        return False
    if now.failed < LEAST_FAILED or now.share < LEAST_SHARE:
        return False
    return tail(now, known) < ALPHA / max(tests, 1)


def tail(now: Trials, before: Sequence[Trials]) -> float:
    """The probability that at least so many of a batch of this size fail, as the batches before it were."""
    a, b = _beta(before)
    logs = [_log_choose(now.of, k) + _log_beta(k + a, now.of - k + b) for k in range(now.failed, now.of + 1)]
    top = max(logs)
    return min(1.0, math.exp(top - _log_beta(a, b)) * sum(math.exp(each - top) for each in logs))


def usual(before: Sequence[Trials]) -> float:
    """The share that fails as a rule, never quite nought (half a failure is added: the Jeffreys prior)."""
    return (sum(trials.failed for trials in before) + 0.5) / (sum(trials.of for trials in before) + 1)


def _beta(before: Sequence[Trials]) -> tuple[float, float]:
    """The two parameters of the distribution of shares.

    Their sum is never more than the articles seen: the mean is no better known than that.
    """
    total = sum(trials.of for trials in before)
    mean = usual(before)
    chance = mean * (1 - mean)
    pairs = [trials for trials in before if trials.of > 1]  # a single article says nothing of how others go with it
    excess = sum((trials.failed - trials.of * mean) ** 2 - trials.of * chance for trials in pairs)
    possible = chance * sum(trials.of * (trials.of - 1) for trials in pairs)
    between = min(max(excess / possible, 0.0), _WIDEST) if possible else 0.0
    size = min((1 - between) / between, total) if between else total
    return mean * size, (1 - mean) * size


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
