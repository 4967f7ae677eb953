"""The views that people ask the table through: SQL, published beside it."""

from importlib.resources import files

from newsledger.errors import NotStoredError
from newsledger.store.objects import Objects

KEY = "records/views.sql"


def sql() -> str:
    """Definitions of `articles_latest`, `quotes`, `quotes_latest`, ... on top of `articles`, for DuckDB."""
    return files("newsledger.store").joinpath("views.sql").read_text("utf-8")


def publish(objects: Objects) -> None:
    """Put them beside the table unless the very same are there."""
    data = sql().encode()
    try:
        if objects.get(KEY) == data:
            return
    except NotStoredError:
        pass
    objects.put(KEY, data)
