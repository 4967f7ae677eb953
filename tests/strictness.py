"""Settings with one expectation more than the project's."""

import json
import shutil
from pathlib import Path

from newsledger.settings import Settings


def stricter(settings: Settings, folder: Path, kind: str, column: str, regex: str) -> Settings:
    """The same, but records of a kind whose column matches are rejected; may be put upon one another."""
    config = folder / f"config-{kind}-{column}"
    shutil.copytree(settings.config / "expectations", config / "expectations")
    path = config / "expectations" / f"{kind}.json"
    suite = json.loads(path.read_text())
    kwargs = {"column": column, "regex": regex}
    suite["expectations"].append({"type": "expect_column_values_to_not_match_regex", "kwargs": kwargs})
    path.write_text(json.dumps(suite))
    return settings.model_copy(update={"config": config})
