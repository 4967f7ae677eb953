"""What is wrong with ``config/``, by file and line."""

from pathlib import Path

from newsledger.quality import suites


def problems(config: Path) -> list[str]:
    """One line for each fault of any file that people edit; none when all is well."""
    if not config.is_dir():
        return [f"{config}: there is no such folder; set NEWSLEDGER_CONFIG"]
    return [str(problem) for problem in suites.check(config / "expectations")]
