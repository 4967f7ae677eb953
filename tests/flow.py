"""One run of the four tasks, without Airflow."""

from pathlib import Path

from newsledger import pipeline
from newsledger.settings import Settings

STORY = """Mayor Olena Hrytsenko said on Tuesday that 1,200 people had left the town of Izium.

“We will rebuild every school in this town before the winter comes,” Hrytsenko told reporters in Kharkiv.
"""


def folder(settings: Settings) -> Path:
    """The watched folder of a test."""
    assert isinstance(settings.inbox, Path)
    return settings.inbox


def drop(settings: Settings, origin: str, text: str | bytes = STORY) -> Path:
    path = folder(settings) / origin
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(settings: Settings) -> str | None:
    """One run of the DAG; the batch it took on."""
    work = pipeline.collect(settings)
    if work is None:
        return None
    for chunk in range(work.chunks):
        pipeline.extract(settings, work.batch_id, chunk)
    pipeline.validate(settings, work.batch_id)
    pipeline.publish(settings, work.batch_id)
    return work.batch_id
