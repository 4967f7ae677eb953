"""Take rows out of the table and out of its past: rows, the files that ever held them, and what the log says of those.

Files are removed one by one rather than by a vacuum, so that what others are just writing is safe. What the log states
of them goes too: its statistics hold an article's id.
"""

import io
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from newsledger.errors import NotStoredError
from newsledger.store.objects import Objects, each
from newsledger.store.tables import Articles

TABLE = "records/articles/"
LOG = f"{TABLE}_delta_log/"


def purge(objects: Objects, articles: Articles, article_id: str) -> tuple[str, ...]:
    """Remove every file that holds rows of an article and is no part of the newest snapshot; their keys.

    First what the log states of such a file is taken out, then the file goes: killed in between, it is found again.
    """
    articles.refresh()
    live = set(articles.files())
    stored = [listed.key for listed in objects.list(TABLE) if listed.key.endswith(".parquet")]
    dead = [key for key in stored if key not in live and not key.startswith(LOG)]
    held = each(lambda key: _holds(objects, key, article_id), dead)
    holding = [key for key, holds in zip(dead, held, strict=True) if holds]
    if holding:
        names = {key.rsplit("/", 1)[1] for key in holding}
        each(lambda key: _redact(objects, key, names), [listed.key for listed in objects.list(LOG)])
        each(objects.delete, holding)
    return tuple(holding)


def _holds(objects: Objects, key: str, article_id: str) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        column = pq.read_table(io.BytesIO(objects.get(key)), columns=["article_id"]).column("article_id")
    except NotStoredError:
        return False
    except (pa.ArrowException, KeyError):  # torn: nobody can tell what is in it, and it is no part of the table
        return True
    return article_id in column.to_pylist()


def _redact(objects: Objects, key: str, names: Collection[str]) -> None:
    """Take the statistics of some files out of an entry of the log, or of a checkpoint."""
    try:
        data = objects.get(key)
    except NotStoredError:
        return
    if key.endswith(".json"):
        lines = data.splitlines(keepends=True)
        redacted = b"".join(_line(line, names) for line in lines)
    elif key.endswith(".parquet"):
        redacted = _checkpoint(data, names)
    else:
        return
    if redacted != data:
        objects.put(key, redacted)


def _line(line: bytes, names: Collection[str]) -> bytes:
    if not any(name.encode() in line for name in names):
        return line
    action = msgspec.json.decode(line)
    for kind in ("add", "remove"):
        if action.get(kind, {}).get("stats"):
            del action[kind]["stats"]
            return msgspec.json.encode(action) + b"\n"
    return line


def _checkpoint(data: bytes, names: Collection[str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    adds: Sequence[dict[str, Any] | None] = table.column("add").to_pylist()
    hit = [bool(add and add["path"].rsplit("/", 1)[-1] in names and add.get("stats")) for add in adds]
    if not any(hit):
        return data
    redacted = [add and {**add, "stats": None} if found else add for add, found in zip(adds, hit, strict=True)]
    place = table.schema.get_field_index("add")
    field = table.schema.field(place)
    out = io.BytesIO()
    pq.write_table(table.set_column(place, field, pa.array(redacted, type=field.type)), out)
    return out.getvalue()
