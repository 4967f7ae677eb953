"""One function for each task: collect, extract, validate, publish.

Only a batch id and a chunk number travel between them; everything else lies in object storage, so each can be killed
at any point and run again. What they did, they say in plain words through ``logging``: the task's log in Airflow.
"""

from newsledger.pipeline.collect import Work, collect, more
from newsledger.pipeline.data_docs import build_data_docs
from newsledger.pipeline.extract import extract
from newsledger.pipeline.publish import publish
from newsledger.pipeline.replay import Wanted, replay
from newsledger.pipeline.tick import due, poll
from newsledger.pipeline.validate import validate

__all__ = [
    "Wanted",
    "Work",
    "build_data_docs",
    "collect",
    "due",
    "extract",
    "more",
    "poll",
    "publish",
    "replay",
    "validate",
]
