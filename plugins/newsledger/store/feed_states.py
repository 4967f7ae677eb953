"""What is remembered of each feed: ``feeds/state/<name>.json``, replaced by conditional writes.

Which feeds are due must be known every minute, of thousands: ``feeds/schedule.json`` holds what that takes of each
state, by the state's etag, so that only states that changed are read. It can be deleted at any time.
"""

from typing import Generic, TypeVar

import msgspec

from newsledger.errors import ConflictError, NotStoredError
from newsledger.records import Record
from newsledger.store.objects import Objects, each

R = TypeVar("R", bound=Record)

STATES = "feeds/state/"
SCHEDULE = "feeds/schedule.json"


class Scheduled(Record, frozen=True, kw_only=True):
    """What a state says about when to poll its feed."""

    url: str
    health: str = "new"
    next_due: str | None = None


class _Line(Record, frozen=True, kw_only=True):
    etag: str
    state: Scheduled


class Held(Record, Generic[R], frozen=True, kw_only=True):
    """A state as it was read, and the etag to replace it by; both null where there is none yet."""

    state: R | None = None
    etag: str | None = None


class FeedStates:
    """The states of one bucket. ``kind``: the record that a state is."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is read yet."""
        self._objects = objects

    def load(self, name: str, kind: type[R]) -> Held[R]:
        """The state of a feed. One that cannot be read (torn, from another release) counts as none."""
        try:
            stored = self._objects.read(_key(name))
        except NotStoredError:
            return Held()
        try:
            return Held(state=msgspec.json.decode(stored.data, type=kind), etag=stored.etag)
        except msgspec.DecodeError:
            return Held(etag=stored.etag)

    def save(self, name: str, state: Record, etag: str | None) -> bool:
        """Replace the state that was read under ``etag``; False where another poll was quicker."""
        data = msgspec.json.encode(state)
        if etag is None:
            return self._objects.create(_key(name), data)
        try:
            self._objects.replace(_key(name), data, etag)
        except ConflictError:
            return False
        return True

    def schedule(self) -> dict[str, Scheduled]:
        """When each feed is due, by name; feeds that were never polled are not in it."""
        before = self._schedule()
        etags = {_name(listed.key): listed.etag for listed in self._objects.list(STATES)}
        known = {name: line for name, line in before.items() if etags.get(name) == line.etag}
        changed = [name for name in etags if name not in known]
        now = known | dict(zip(changed, each(self._line, changed), strict=True))
        if now != before:
            self._objects.put(SCHEDULE, msgspec.json.encode(now))
        return {name: line.state for name, line in now.items()}

    def _line(self, name: str) -> _Line:
        held = self.load(name, Scheduled)
        return _Line(etag=held.etag or "", state=held.state or Scheduled(url=""))

    def _schedule(self) -> dict[str, _Line]:
        try:
            return msgspec.json.decode(self._objects.get(SCHEDULE), type=dict[str, _Line])
        except (NotStoredError, msgspec.DecodeError):
            return {}


def _key(name: str) -> str:
    return f"{STATES}{name}.json"


def _name(key: str) -> str:
    return key.removeprefix(STATES).removesuffix(".json")
