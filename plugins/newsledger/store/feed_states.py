"""What is remembered of feeds, in ``feeds/state/``: those of a host lie in one object, replaced by conditional writes.

An object for each feed would cost a tick of thousands as many reads and writes, and one for all would make every poll
wait for every other. So hosts share out a fixed number of objects by their hash, and a tick gives each to one task.

Which feeds are due must be known every minute: ``feeds/schedule.json`` holds what that takes of each state, by the etag
of its object, so that only what changed is read. It can be deleted at any time.
"""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

import msgspec

from newsledger.errors import ConflictError, NotStoredError
from newsledger.records import Record, sha256
from newsledger.store.objects import Objects, each

R = TypeVar("R", bound=Record)

STATES = "feeds/state/"
SCHEDULE = "feeds/schedule.json"
SHELVES = 64
_TRIES = 20

Place = tuple[str, str]
"""Shelf and name of a feed: a feed that changes its host starts anew on another shelf."""
_Raw = dict[str, msgspec.Raw]


class Scheduled(Record, frozen=True, kw_only=True):
    """What a state says about when to poll its feed."""

    url: str
    health: str = "new"
    next_due: str | None = None


class _Plan(Record, frozen=True, kw_only=True):
    etag: str
    feeds: dict[str, Scheduled]


class Held(Record, Generic[R], frozen=True, kw_only=True):
    """A state as it was read; both null where there is none yet."""

    state: R | None = None
    seen: bytes | None = None
    """As it was written, by which another's write is noticed."""


def place_of(host: str, name: str) -> Place:
    """Where the state of a feed lies: that of its host, and its name."""
    return f"{int(sha256(host.encode())[:8], 16) % SHELVES:02d}", name


class FeedStates:
    """The states of one bucket. Remembers what it read; one object serves one poll at a time."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is read yet."""
        self._objects = objects
        self._shelves: dict[str, tuple[_Raw, str | None]] = {}

    def all(self, kind: type[R]) -> dict[Place, R]:
        """Every state that can be read. ``kind``: the record that a state is."""
        shelves = [_shelf(listed.key) for listed in self._objects.list(STATES)]
        return {place: held.state for place, held in self.load(shelves, kind).items() if held.state is not None}

    def load(self, shelves: Iterable[str], kind: type[R]) -> dict[Place, Held[R]]:
        """The states of some shelves. One that cannot be read (torn, of another release) counts as none."""
        wanted = sorted(set(shelves))
        each(self._fetch, wanted)
        return {(shelf, name): _held(raw, kind) for shelf in wanted for name, raw in self._shelves[shelf][0].items()}

    def save(
        self, shelf: str, states: Mapping[str, Record | msgspec.Raw], seen: Mapping[str, bytes | None]
    ) -> set[str]:
        """Replace states of one shelf; the names of those that another poll replaced since they were ``seen``.

        Raises:
            ConflictError: others keep writing to the same shelf.
        """
        if shelf not in self._shelves:
            self._fetch(shelf)
        for _ in range(_TRIES):
            held, etag = self._shelves[shelf]
            late = {name for name in states if _bytes(held.get(name)) != seen.get(name)}
            mine = {name: msgspec.Raw(msgspec.json.encode(states[name])) for name in states if name not in late}
            if self._written(shelf, held | mine, etag):
                return late
            self._fetch(shelf)
        raise ConflictError(f"Cannot write {STATES}{shelf}.json: others keep writing it; poll again.")

    def schedule(self) -> dict[Place, Scheduled]:
        """When each feed is due; feeds that were never polled are not in it."""
        before = self._schedule()
        etags = {_shelf(listed.key): listed.etag for listed in self._objects.list(STATES)}
        known = {shelf: plan for shelf, plan in before.items() if etags.get(shelf) == plan.etag}
        changed = [shelf for shelf in etags if shelf not in known]
        now = known | dict(zip(changed, each(self._plan, changed), strict=True))
        if now != before:
            self._objects.put(SCHEDULE, msgspec.json.encode(now))
        return {(shelf, name): line for shelf, plan in now.items() for name, line in plan.feeds.items()}

    def _plan(self, shelf: str) -> _Plan:
        self._fetch(shelf)
        held, etag = self._shelves.pop(shelf)
        found = ((name, _held(raw, Scheduled).state) for name, raw in held.items())
        return _Plan(etag=etag or "", feeds={name: state for name, state in found if state is not None})

    def _schedule(self) -> dict[str, _Plan]:
        try:
            return msgspec.json.decode(self._objects.get(SCHEDULE), type=dict[str, _Plan])
        except (NotStoredError, msgspec.DecodeError):
            return {}

    def _fetch(self, shelf: str) -> None:
        try:
            stored = self._objects.read(_key(shelf))
        except NotStoredError:
            self._shelves[shelf] = {}, None
            return
        try:
            self._shelves[shelf] = msgspec.json.decode(stored.data, type=_Raw), stored.etag
        except msgspec.DecodeError:  # torn: the store was killed while it wrote; its feeds start anew
            self._shelves[shelf] = {}, stored.etag

    def _written(self, shelf: str, states: _Raw, etag: str | None) -> bool:
        data = msgspec.json.encode(states)
        if etag is None:
            self._shelves.pop(shelf, None)
            created = self._objects.create(_key(shelf), data)
            self._fetch(shelf)
            return created
        try:
            self._shelves[shelf] = states, self._objects.replace(_key(shelf), data, etag)
        except ConflictError:
            return False
        return True


def _held(raw: msgspec.Raw, kind: type[R]) -> Held[R]:
    try:
        return Held(state=msgspec.json.decode(raw, type=kind), seen=bytes(raw))
    except msgspec.DecodeError:
        return Held(seen=bytes(raw))


def _bytes(raw: msgspec.Raw | None) -> bytes | None:
    return None if raw is None else bytes(raw)


def _key(shelf: str) -> str:
    return f"{STATES}{shelf}.json"


def _shelf(key: str) -> str:
    return key.removeprefix(STATES).removesuffix(".json")
