"""What is wrong with ``config/``, by file and line."""

from pathlib import Path

from newsledger.collect import feed_list
from newsledger.extract import recogniser
from newsledger.pipeline import telling
from newsledger.quality import suites


def problems(config: Path) -> list[str]:
    """One line for each fault of any file that people edit; none when all is well."""
    if not config.is_dir():
        return [f"{config}: there is no such folder; set NEWSLEDGER_CONFIG"]
    _, feeds = feed_list.read(config / "feeds.yaml")
    broken = [str(problem) for problem in suites.check(config / "expectations")]
    _, alerts = telling.read(config / telling.FILE)
    return [*feeds, *broken, *recogniser.problems(config), *alerts]
