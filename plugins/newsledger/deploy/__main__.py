"""`python -m newsledger.deploy STEP`: exit status 1 and one sentence where it cannot go on.

| step | does |
|---|---|
| `secrets` | looks at the secrets in the environment |
| `prepare` | makes the bucket; tries store, inbox and configuration |
| `first-articles` | puts them into the inbox |
| `save`, `load` | the whole bucket to standard output, and from standard input into an empty one |
"""

import os
import sys
from collections.abc import Callable, Mapping

from newsledger import settings
from newsledger.deploy import archive
from newsledger.deploy.prepare import DeployError, first_articles, prepare
from newsledger.deploy.secrets import faults
from newsledger.errors import NewsledgerError
from newsledger.store.objects import Objects


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _secrets() -> None:
    if fault := next(faults(os.environ), None):
        raise DeployError(fault)


def _save() -> None:
    number = archive.save(Objects.open(settings.load()), sys.stdout.buffer)
    _say(f"{number:,} objects saved")


def _load() -> None:
    number = archive.load(Objects.open(settings.load()), sys.stdin.buffer)
    _say(f"{number:,} objects restored")


STEPS: Mapping[str, Callable[[], None]] = {
    "secrets": _secrets,
    "prepare": lambda: prepare(settings.load(), _say),
    "first-articles": lambda: first_articles(settings.load()),
    "save": _save,
    "load": _load,
}

if __name__ == "__main__":
    try:
        STEPS[sys.argv[1]]()
    except NewsledgerError as error:
        _say(f"newsledger: {error}")
        raise SystemExit(1) from None
