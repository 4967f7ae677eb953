"""What polls are about to hand on, in ``feeds/handover/``: written down whole before the first of it is done.

Batches, the records of health and the states of feeds are many objects, and nothing writes many at once. So whoever was
killed among them is finished by whoever comes next: all of it can be done a second time, and changes nothing then.
"""

from collections.abc import Iterator, Sequence

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import Record, sha256
from newsledger.store.batches import Manifest
from newsledger.store.feed_health import FeedHealth
from newsledger.store.feed_states import Place
from newsledger.store.objects import Objects

PREFIX = "feeds/handover/"


class Advance(Record, frozen=True, kw_only=True):
    """One feed's step from the state before a poll to the one after it."""

    place: Place
    state: msgspec.Raw
    seen: bytes | None
    """The state before, as it was written."""
    record: FeedHealth


class Handover(Record, frozen=True, kw_only=True):
    """What some polls came to."""

    manifests: tuple[Manifest, ...]
    advances: tuple[Advance, ...]

    @property
    def records(self) -> tuple[FeedHealth, ...]:
        """What the polls came to, in health."""
        return tuple(one.record for one in self.advances)


def begin(objects: Objects, handover: Handover) -> str:
    """Write it down; the key."""
    data = msgspec.json.encode(handover)
    key = f"{PREFIX}{sha256(data)[:32]}.json"
    objects.put(key, data)
    return key


def end(objects: Objects, key: str) -> None:
    """Forget it: all of it is done."""
    objects.delete(key)


def begun(objects: Objects) -> Iterator[tuple[str, Handover]]:
    """Key and content of those that are not done. One that was torn while it was written was not begun: it goes."""
    for listed in list(objects.list(PREFIX)):
        try:
            yield listed.key, msgspec.json.decode(objects.get(listed.key), type=Handover)
        except NotStoredError:
            continue
        except msgspec.DecodeError:
            end(objects, listed.key)


def by_shelf(advances: Sequence[Advance]) -> dict[str, list[Advance]]:
    """The feeds whose states lie together."""
    shelves: dict[str, list[Advance]] = {}
    for one in advances:
        shelves.setdefault(one.place[0], []).append(one)
    return shelves
