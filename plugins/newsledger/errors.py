"""Errors that newsledger raises on purpose: one base, each with a sentence for the person who must act."""


def printable(text: str) -> str:
    """The text on one line, for a terminal or a log: what either would obey (ends of lines, escapes) is shown as �."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else "�" for letter in text)


class NewsledgerError(Exception):
    """Base of all expected errors; ``str(error)`` is one sentence, on one line: what, where, what to do.

    Whatever name or text it quotes, it can be shown as it is.
    """

    def __str__(self) -> str:
        """The sentence."""
        return printable(super().__str__())


class SettingsError(NewsledgerError):
    """A setting, or a file below ``config/``, is wrong. It may show lines for the person to copy."""

    def __str__(self) -> str:
        """The sentence, and the lines below it."""
        return "\n".join(map(printable, Exception.__str__(self).split("\n")))


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
