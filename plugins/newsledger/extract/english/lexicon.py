"""Word lists of English, read from ``data/`` when first asked for.

A list is words parted by spaces (or by ``|`` where entries hold spaces), under ``[section]`` lines; ``#`` is a comment.
"""

from functools import cache
from importlib.resources import files


@cache
def _sections(file: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"": []}
    entries = found[""]
    for raw in (files(__package__) / "data" / f"{file}.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("["):
            entries = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            entries.extend(entry.strip() for entry in (line.split("|") if " | " in line else line.split()))
    return {section: tuple(entries) for section, entries in found.items()}


@cache
def words(file: str, section: str = "") -> frozenset[str]:
    """The entries of one section of ``data/<file>.txt``, as written there."""
    return frozenset(_sections(file)[section])


@cache
def common() -> frozenset[str]:
    """The commonest words of English, days and months among them, in small letters."""
    return words("common_words") | words("common_words", "days")


@cache
def demonyms() -> dict[str, str]:
    """Adjective of a country or region to its name: ``Ukrainian`` to ``Ukraine``."""
    lines = (files(__package__) / "data" / "demonyms.txt").read_text(encoding="utf-8").split("[plural]")[0]
    pairs = (pair.split("=") for line in lines.splitlines() if not line.startswith("#") for pair in line.split(" | "))
    return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}


@cache
def groups() -> frozenset[str]:
    """Peoples, religions and parties, and the adjectives of countries."""
    return words("demonyms", "plural") | frozenset(demonyms())
