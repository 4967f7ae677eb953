"""Errors that newsledger raises on purpose: one base, each with a sentence for the person who must act."""


class NewsledgerError(Exception):
    """Base of all expected errors; ``str(error)`` is one sentence: what, where, what to do."""


class SettingsError(NewsledgerError):
    """A setting, or a file below ``config/``, is wrong."""


class UnreadableError(NewsledgerError):
    """An input cannot be read as an article: wrong format, empty, too large, broken."""


class StoreError(NewsledgerError):
    """The object store is out of reach, refuses us, or lacks what we need of it."""


class FullError(StoreError):
    """There is no room: a disk, a quota or the store itself is full. Nothing is lost by waiting."""


class AwayError(StoreError):
    """The object store does not answer, or says that it cannot now: the same will work once it is back."""


class ConflictError(StoreError):
    """A conditional write lost: somebody else wrote the key first."""


class NotStoredError(StoreError):
    """The key does not exist."""


class QueryError(NewsledgerError):
    """What was asked of the records is not understood: a time, a condition."""
