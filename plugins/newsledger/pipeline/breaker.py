"""The breaker: when an unusual share of a batch fails, the extractor or the source is broken, not the articles.

Such a batch is held whole. What is unusual, ``quality.surprise`` says from the batches before; batches that only carry
out a decision are not asked, nor is what lay in quarantine already and is read again.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from newsledger.quality.surprise import Trials, unusual, usual
from newsledger.records import Extraction, FactKind, Reason, Rejection
from newsledger.store import breaker
from newsledger.store.batches import Manifest
from newsledger.store.breaker import Counted, History
from newsledger.store.objects import Objects

log = logging.getLogger(__name__)

_DECIDED = "is_not_"
"""How the reasons begin that people gave, not expectations."""


def trips(
    objects: Objects, manifest: Manifest, read: Sequence[Extraction], rejected: Sequence[Rejection]
) -> tuple[str, ...]:
    """Why a batch is to be held, a sentence for each expectation; none where it is not, and then it is remembered."""
    if manifest.purpose == "release":
        return ()
    counted = count(manifest, read, rejected)
    history = breaker.load(objects).without(manifest.batch_id)
    found = () if manifest.passed_by else sentences(counted, history, _examples(rejected))
    if not found and manifest.fresh:
        breaker.remember(objects, counted)
    return found


def count(manifest: Manifest, read: Iterable[Extraction], rejected: Iterable[Rejection]) -> Counted:
    """In how many articles of a batch each expectation failed; what was in quarantine before does not count."""
    old = {item.origin for item in manifest.items if item.settles}
    fresh = [one for one in read if one.input not in old]
    articles = Counter(kind.value for one in fresh for kind in FactKind if getattr(one, kind.value))
    failing: set[tuple[str, str, str | None]] = set()
    unread = 0
    for rejection in rejected:
        if rejection.input in old:
            continue
        unread += not rejection.record
        keys = [key(rejection, reason) for reason in rejection.reasons if not reason.expectation.startswith(_DECIDED)]
        failing |= {(each, rejection.input, rejection.raw_member) for each in keys}
    articles["article"] = len(fresh) + unread
    return Counted(
        batch_id=manifest.batch_id, articles=dict(articles), failed=dict(Counter(each for each, *_ in failing))
    )


def sentences(counted: Counted, history: History, examples: Mapping[str, Reason]) -> tuple[str, ...]:
    """What fails unusually often, in words."""
    found = []
    for each, failed in sorted(counted.failed.items()):
        kind = each.partition(":")[0]
        now = Trials(failed, counted.articles.get(kind, 0))
        before = [Trials(one.failed.get(each, 0), one.articles.get(kind, 0)) for one in history.batches]
        if unusual(now, before, tests=len(counted.failed)):
            rule = examples[each].message.partition(" Found ")[0]
            share = f"{now.failed} of {now.of} articles fail it, {now.share:.0%}, where {usual(before):.1%} is usual"
            found.append(f"{kind}: {rule} {share}.")
    return tuple(found)


def key(rejection: Rejection, reason: Reason) -> str:
    """By what an expectation is known in the history."""
    return f"{rejection.kind}:{reason.expectation}:{reason.column or ''}"


def _examples(rejected: Iterable[Rejection]) -> dict[str, Reason]:
    return {key(rejection, reason): reason for rejection in rejected for reason in rejection.reasons}
