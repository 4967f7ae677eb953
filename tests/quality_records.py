"""Records for the tests of validation: the sound sample, and what breaks it in one place."""

import json
from pathlib import Path
from typing import Any

import msgspec

from newsledger.quality import sample
from newsledger.quality.columns import Kind
from newsledger.records import Extraction, FactKind, identified, sha256

DATA = Path(__file__).parent / "data" / "quality"
EXPECTATIONS = Path(__file__).parents[1] / "config" / "expectations"


def broken_records(kind: Kind) -> list[dict[str, Any]]:
    """The records that break a suite: ``breaks`` names the expectation, ``also`` others that it cannot but break."""
    found: list[dict[str, Any]] = json.loads((DATA / f"{kind}.json").read_text(encoding="utf-8"))
    return found


def broken(change: dict[str, Any]) -> Extraction:
    """The sample with some fields ``set`` by their paths, or a fact ``repeat``-ed.

    Identities are worked out anew after the change, so that they are right unless they are what is set.
    """
    changes: dict[str, Any] = change.get("set", {})
    changed = sample.extraction()
    for path, value in changes.items():
        changed = replaced(changed, path.split("."), _value(value))
    changed = _identified(changed, changes)
    if "repeat" in change:
        kind, index = change["repeat"].split(".")
        facts = getattr(changed, kind)
        changed = msgspec.structs.replace(changed, **{kind: (*facts, facts[int(index)])})
    return changed


def replaced(record: Any, path: list[str], value: Any) -> Any:
    """A record, or a tuple of them, with the value at a path."""
    if not path:
        return value
    first, *rest = path
    if isinstance(record, tuple):
        index = int(first)
        return (*record[:index], replaced(record[index], rest, value), *record[index + 1 :])
    return msgspec.structs.replace(record, **{first: replaced(getattr(record, first), rest, value)})


def _value(value: Any) -> Any:
    match value:
        case {"text": str(text), "times": int(times)}:
            return (text * times).strip()
        case list():
            return tuple(value)
    return value


def _identified(changed: Extraction, changes: dict[str, Any]) -> Extraction:
    if "article.body" in changes:
        digest = sha256(changed.article.body.encode())
        changed = replaced(changed, ["article", "body_sha256"], digest)
    facts = {kind.value: identified(changed.article, kind, getattr(changed, kind.value)) for kind in FactKind}
    changed = msgspec.structs.replace(changed, **facts)
    for path, value in changes.items():
        if path.endswith(".fact_id"):
            changed = replaced(changed, path.split("."), value)
    return changed
