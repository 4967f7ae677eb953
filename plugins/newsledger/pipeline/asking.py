"""What a reviewer is asked of one batch, and how the answer is carried out.

The question is Markdown that Airflow's UI shows. Whatever comes from an article, a file name or a feed stands in code
blocks whose fence is longer than any run of backticks inside, one printable line at a time: it is shown, never read as
Markdown, HTML or a link.
"""

import logging
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from newsledger.errors import printable
from newsledger.pipeline import holds, review, rounds
from newsledger.pipeline.deciding import undecided
from newsledger.pipeline.words import count
from newsledger.records import Rejection
from newsledger.settings import Settings
from newsledger.store import held, quarantine, reviews, rulings
from newsledger.store.held import Held
from newsledger.store.objects import Objects
from newsledger.store.rulings import Verdict

log = logging.getLogger(__name__)

SHOWN, CHOOSABLE = 20, 200
"""Records that are shown in full, and that can be chosen one by one."""
_WIDTH, _LINES = 100, 12
_LATER, _AFTER_REPLAY = timedelta(days=1), timedelta(hours=1)


_HELD = (
    "**Release** publishes it as it is. **Replay** reads it again by the present rules and expectations. **Drop** "
    "keeps its articles out for good. **Later** decides nothing."
)
_REJECTED = (
    "**Release** publishes them after all. **Drop** keeps them out for good, also when they come again. **Replay** "
    "reads their articles again. **Later** decides nothing, and asks again tomorrow."
)


class Choice(StrEnum):
    """What a reviewer can choose."""

    release = "Release"
    drop = "Drop"
    replay = "Replay"
    later = "Later"


_VERDICTS = {Choice.release: Verdict.released, Choice.drop: Verdict.dropped, Choice.replay: Verdict.replayed}


class Question(NamedTuple):
    """What is asked of one batch."""

    subject: str
    body: str
    """Markdown."""
    records: dict[str, str]
    """What can be chosen, and how it is shown; nothing where the batch is decided on whole."""


class Answer(NamedTuple):
    """What was answered."""

    batch_id: str
    choice: Choice
    records: tuple[str, ...]
    """Ids of rejected records; a batch that is held is decided on whole."""
    by: str | None
    """Null where nobody answered in time."""
    reason: str


def question(settings: Settings, batch_id: str) -> Question | None:
    """What to ask of a batch; null when nothing of it waits any more."""
    objects = Objects.open(settings)
    one = next((each for each in held.every(objects) if each.batch_id == batch_id), None)
    if one:
        return _of_held(objects, one)
    left = rounds.open_of(objects, batch_id)
    return _of_rejected(batch_id, left) if left else None


def chosen(settings: Settings, batch_id: str, records: Sequence[str]) -> tuple[str, ...]:
    """The ids of the records that an answer is about: those that were chosen, else all that wait."""
    left = rounds.open_of(Objects.open(settings), batch_id)
    return tuple(records) or tuple(one.rejection_id for one in left)


def answer(settings: Settings, given: Answer) -> None:
    """Carry out an answer; done twice, it is done once.

    Raises:
        StoreError: the object store is out of reach, or an article is still under way.
    """
    objects = Objects.open(settings)
    if given.choice is Choice.later or not given.by:
        later = given.choice is Choice.later and given.by
        log.info("Nothing is decided on batch %s%s", given.batch_id, "; it is asked again tomorrow" if later else "")
        if later and given.batch_id in reviews.noted(objects):
            reviews.note(objects, given.batch_id, (datetime.now(UTC) + _LATER).isoformat())
        return
    reason = given.reason.strip() or f"{given.choice} in the review of batch {given.batch_id}"
    if any(each.batch_id == given.batch_id for each in held.every(objects)):
        case = holds.decide(settings, given.batch_id, _VERDICTS[given.choice], given.by, reason)
        log.info("Batch %s is %s by %s", given.batch_id, case.ruling.verdict, given.by)
        return
    wanted = _wanted(objects, given)
    _carry_out(settings, wanted, given.choice, given.by, reason)
    if rounds.open_of(objects, given.batch_id) and given.choice is Choice.replay:
        reviews.note(objects, given.batch_id, (datetime.now(UTC) + _AFTER_REPLAY).isoformat())


def _wanted(objects: Objects, given: Answer) -> list[Rejection]:
    """What the answer is about and nobody decided otherwise meanwhile; also what an earlier try has decided so."""
    found = [one for one in quarantine.of_batch(objects, given.batch_id) if one.rejection_id in given.records]
    cases = rulings.among(objects, set(given.records))
    verdict = _VERDICTS[given.choice]
    known = {record: case for record, case in cases.items() if case.ruling.verdict is not verdict}
    return [one for one in found if undecided(known.get(one.rejection_id))]


def _carry_out(settings: Settings, wanted: Sequence[Rejection], choice: Choice, by: str, reason: str) -> None:
    if choice is Choice.replay and wanted:
        review.read_again(settings, wanted, by, reason)
    if choice is Choice.drop:
        for one in wanted:
            review.drop(settings, one.rejection_id, by, reason)
    if choice is Choice.release:
        done = review.release_all(settings, wanted, by, reason)
        for refused in done.refused:
            log.warning("Not released: %s", refused)
    log.info("%s: %s, by %s: %s", choice, count(len(wanted), "record"), by, reason)


def _of_held(objects: Objects, one: Held) -> Question:
    found = holds.contents(objects, one)
    size = f"{count(len(one.manifest.items), 'file')}, {count(len(found.accepted), 'article')} accepted"
    since = f"since {one.at[:16]}Z: more of it fails than is usual, so the extractor or a source may be broken"
    lines = [
        f"Batch `{one.batch_id}` is held {since}. It has {size}, {count(len(found.rejected), 'record')} rejected.",
        *_fenced([], one.why),
        _HELD,
        *_shown(found.rejected),
    ]
    return Question(f"Batch {one.batch_id} is held: {size}", "\n\n".join(lines), {})


def _of_rejected(batch_id: str, left: Sequence[Rejection]) -> Question:
    kinds = [one.kind.removesuffix("s") for one in left]
    counted = ", ".join(count(kinds.count(kind), kind) for kind in sorted(set(kinds)))
    lines = [
        f"Batch `{batch_id}`: {counted} failed validation, and nobody has decided on them.",
        _REJECTED,
        *_shown(left),
    ]
    shown = {one.rejection_id: f"{one.kind} {one.rejection_id[:12]}  {_words(one)}"[:100] for one in left[:CHOOSABLE]}
    return Question(f"Batch {batch_id}: {counted} rejected", "\n\n".join(lines), shown)


def _shown(rejections: Sequence[Rejection]) -> Iterator[str]:
    for number, one in enumerate(rejections[:SHOWN], 1):
        yield f"**{number}. {one.kind.removesuffix('s')}** `{one.rejection_id[:12]}`"
        yield from _fenced([("from", one.input), ("words", one.record.get("exact"))], _why(one), one.context)
    if len(rejections) > SHOWN:
        yield f"... and {len(rejections) - SHOWN:,} more, which `newsledger quarantine list` shows."


def _why(one: Rejection) -> Iterator[str]:
    return (reason.message for reason in one.reasons)


def _words(one: Rejection) -> str:
    return printable(str(one.record.get("exact") or one.input))


def _fenced(fields: Iterable[tuple[str, object]], why: Iterable[str], around: str | None = None) -> Iterator[str]:
    """A code block of labelled lines."""
    labelled = [*(("why", sentence) for sentence in why), *fields, ("around", around)]
    lines = [line for label, value in labelled if value for line in _wrapped(label, str(value))]
    fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
    yield "\n".join([f"{fence}text", *lines, fence])


def _wrapped(label: str, value: str) -> list[str]:
    text = printable(" / ".join(value.splitlines()))
    lines = textwrap.wrap(text, _WIDTH, initial_indent=f"{label:7} ", subsequent_indent=" " * 8)
    return lines if len(lines) <= _LINES else [*lines[:_LINES], " " * 8 + "..."]
