"""Which entries of a feed are new, and which were edited: decided from what is remembered of it; no I/O.

An entry is recognised by its guid, else its link, else its content. Each of the three can mislead, so all three are
remembered, and a key that several entries of one fetch share (one guid for all, every link to the front page) is none:

- the guid changes with each fetch: the link tells;
- the link carries a tracker or a session: it is compared without the one, and where guid and link are new, the content
  tells;
- content is the text and the stated date; that an entry was edited, its text tells, and its time of change unless the
  feed writes those anew for each fetch.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from newsledger.envelope import Entry
from newsledger.records import Record, sha256

Clean = Callable[[str | None], str | None]
"""Gives an address without what does not identify it: ``extract.address.clean``."""

LEAST_TEXT = 100
"""Characters; a shorter text is no evidence that two entries are one ("Morning briefing")."""
KEPT = 3_000
"""Keys remembered beyond those of the newest fetch: feeds drop entries and bring them back."""
CHURN = 3
"""From this many entries on, all of them having new times of change beside the same text mean nothing."""


class Fresh(Record, frozen=True, kw_only=True):
    """An entry to be taken on."""

    entry: Entry
    edited: bool = False
    """Known before, with another text or time of change."""
    shared_link: bool = False
    """Several entries have this link, so it names none of them."""


class News(Record, frozen=True, kw_only=True):
    """What a fetch gave beside what was known."""

    fresh: tuple[Fresh, ...]
    known: dict[str, str]
    """What is to be remembered: key of an entry -> digest of its text and of its time of change."""


class _Seen(NamedTuple):
    entry: Entry
    keys: tuple[str, ...]
    print: str
    """Digest of its text and of its time of change."""
    shared_link: bool


def news(entries: Sequence[Entry], known: Mapping[str, str], clean: Clean) -> News:
    """The entries that are new or edited, in the feed's order, and what to remember now."""
    seen = _seen(entries, clean)
    before = [_recognised(one, known) for one in seen]
    churn = _churns(seen, before)
    fresh = tuple(
        Fresh(entry=one.entry, edited=old is not None, shared_link=one.shared_link)
        for one, old in zip(seen, before, strict=True)
        if old is None or _differs(old, one.print, churn=churn)
    )
    return News(fresh=fresh, known=_remembered(seen, known))


def without(known: Mapping[str, str], left: Iterable[Fresh], entries: Sequence[Entry], clean: Clean) -> dict[str, str]:
    """What to remember when some of the fresh entries are left for the next poll."""
    kept_back = {one.entry for one in left}
    forgotten = {key for one in _seen(entries, clean) if one.entry in kept_back for key in one.keys}
    return {key: print_ for key, print_ in known.items() if key not in forgotten}


def _seen(entries: Sequence[Entry], clean: Clean) -> list[_Seen]:
    """Each entry once, with the keys that tell it from the others of this fetch."""
    unlike = {(entry.guid, place := clean(entry.link), _text_print(entry)): (entry, place) for entry in entries}
    stated = [(entry, place, _keys(entry, place)) for entry, place in unlike.values()]
    often = Counter(key for *_, keys in stated for key in keys)
    found = []
    for entry, place, keys in stated:
        own = tuple(key for key in keys if often[key] == 1)
        shared = place is not None and often[_key("l", place)] > 1
        found.append(_Seen(entry, own or (_key("c", f"{keys}{_text_print(entry)}"),), _print(entry), shared))
    return found


def _keys(entry: Entry, place: str | None) -> tuple[str, ...]:
    keys = [_key("g", entry.guid)] if entry.guid else []
    keys += [_key("l", place)] if place else []
    words = _words(entry)
    if entry.published or len(words) >= LEAST_TEXT or not keys:
        keys.append(_key("c", f"{words}\x1f{entry.published}"))
    return tuple(keys)


def _recognised(one: _Seen, known: Mapping[str, str]) -> str | None:
    """What was known of it: the same as now where guid or link says so (some feeds number their guids anew)."""
    named = [known[key] for key in one.keys if key in known and not key.startswith("c")]
    if named:
        return one.print if one.print in named else named[0]
    return next((known[key] for key in one.keys if key in known), None)


def _churns(seen: Sequence[_Seen], before: Sequence[str | None]) -> bool:
    """Whether the feed writes times of change anew at each fetch."""
    old = [(found, one.print) for one, found in zip(seen, before, strict=True) if found is not None]
    return len(old) >= CHURN and all(a != b and _text_part(a) == _text_part(b) for a, b in old)


def _differs(old: str, new: str, *, churn: bool) -> bool:
    return _text_part(old) != _text_part(new) if churn else old != new


def _remembered(seen: Sequence[_Seen], known: Mapping[str, str]) -> dict[str, str]:
    """The keys of this fetch last, before them the newest of the others."""
    now = {key: one.print for one in seen for key in one.keys}
    older = [(key, print_) for key, print_ in known.items() if key not in now]
    return dict(older[-KEPT:]) | now


def _print(entry: Entry) -> str:
    """Digest of the text, and of the time of change: for a sitemap the only sign of an edit."""
    return f"{_text_print(entry)}.{_digest(entry.updated or '', 6)}"


def _text_part(print_: str) -> str:
    return print_.partition(".")[0]


def _text_print(entry: Entry) -> str:
    return _digest("\x1f".join((entry.title or "", *entry.authors, _words(entry))), 12)


def _words(entry: Entry) -> str:
    """The entry's text without markup, in which addresses of pictures and trackers change."""
    return f"{entry.title or ''} {_untagged(entry.content or entry.summary or '')}".strip()


def _untagged(html: str) -> str:
    """The text between tags, in time that grows with its length; no more than that is wanted of it here."""
    outside, *rest = html.split("<")
    return " ".join(" ".join((outside, *(piece.partition(">")[2] for piece in rest))).split())


def _key(kind: str, value: str) -> str:
    return kind + _digest(value, 16)


def _digest(value: str, digits: int) -> str:
    return sha256(value.encode("utf-8", "replace"))[:digits]
