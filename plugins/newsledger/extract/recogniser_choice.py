"""``config/recogniser.yaml``: which trained pipeline takes part; every fault is told by file and line."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from newsledger.errors import SettingsError
from newsledger.records import MentionType

if TYPE_CHECKING:
    import yaml

FILE = "recogniser.yaml"

LABELS: Mapping[str, MentionType] = {
    "PERSON": "person",  # OntoNotes, the English pipelines of spaCy
    "PER": "person",  # CoNLL, WikiNER
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
}
"""What labels stand for where the configuration does not say. Peoples, buildings and miscellany are left out."""

_TYPES = get_args(MentionType)
_OPTIONS = ("spacy", "labels")


class Choice(NamedTuple):
    """A pipeline as the configuration names it."""

    where: str
    """File and line, for faults that show later."""
    pipeline: str
    """Name of an installed pipeline, or path of a folder."""
    is_folder: bool
    labels: tuple[tuple[str, MentionType], ...]


class Stamp(NamedTuple):
    """A state of the file."""

    path: Path
    mtime_ns: int
    size: int


def stamp() -> Stamp | None:
    """The file of the folder that NEWSLEDGER_CONFIG names, as it is now; null where there is none."""
    path = Path(os.environ.get("NEWSLEDGER_CONFIG") or "config").absolute() / FILE
    try:
        state = path.stat()
    except OSError:
        return None
    return Stamp(path, state.st_mtime_ns, state.st_size)


def load(path: Path) -> Choice | None:
    """The pipeline that takes part; null where none does.

    Raises:
        SettingsError: the first fault, by file and line.
    """
    choice, problems = read(path)
    if problems:
        more = f" (and {len(problems) - 1} more, which `newsledger check` lists)" if len(problems) > 1 else ""
        raise SettingsError(problems[0] + more)
    return choice


def read(path: Path) -> tuple[Choice | None, list[str]]:
    """The choice, if it can be read, and every fault as ``file:line: what is wrong``."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None, []
    except (OSError, UnicodeDecodeError) as error:
        return None, [f"{path}:1: cannot be read ({error})"]
    if all(line.lstrip()[:1] in {"", "#"} for line in text.splitlines()):
        return None, []  # as nearly everywhere: comments need no YAML, which takes time to import
    root, fault = _composed(path, text)
    if root is None:
        return None, [fault]
    problems = [f"{path}:{line}: {fault}" for line, fault in sorted(_faults(root))]
    return (None, problems) if problems else (_choice(path, root), [])


def _composed(path: Path, text: str) -> "tuple[yaml.MappingNode | None, str]":
    """The mapping that the file holds, or why it holds none."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, f"{path}:{line}: {error.problem or 'not YAML'}"
    except yaml.YAMLError as error:
        return None, f"{path}:1: not YAML ({' '.join(str(error).split())})"
    if isinstance(root, yaml.MappingNode):
        return root, ""
    return None, f"{path}:1: the file holds `spacy: <name or folder of a pipeline>`, and `labels` beside it"


def _choice(path: Path, root: "yaml.MappingNode") -> Choice:
    options = {key.value: value for key, value in root.value}
    named = options["spacy"].value.strip()
    labels = {key.value: value.value for key, value in options["labels"].value} if "labels" in options else LABELS
    where = f"{path}:{_line(options['spacy'])}"
    if "/" in named or os.sep in named or named.startswith("~"):
        folder = path.parent / Path(named).expanduser()
        return Choice(where, str(folder), is_folder=True, labels=tuple(sorted(labels.items())))
    return Choice(where, named, is_folder=False, labels=tuple(sorted(labels.items())))


def _faults(root: "yaml.MappingNode") -> Iterator[tuple[int, str]]:
    import yaml

    seen: set[str] = set()
    for key, value in root.value:
        if key.value not in _OPTIONS:
            yield _line(key), f"there is no option {key.value!r}; there are {' and '.join(_OPTIONS)}"
        elif key.value in seen:
            yield _line(key), f"`{key.value}` stands here twice"
        elif key.value == "labels":
            yield from _label_faults(value)
        elif not isinstance(value, yaml.ScalarNode) or value.tag != "tag:yaml.org,2002:str" or not value.value.strip():
            yield _line(value), "`spacy` is the name of an installed pipeline or the path of a folder"
        seen.add(str(key.value))
    if "spacy" not in seen:
        yield _line(root), "`spacy` is missing: name a pipeline, or make every line a comment"


def _label_faults(value: "yaml.Node") -> Iterator[tuple[int, str]]:
    import yaml

    if not isinstance(value, yaml.MappingNode) or not value.value:
        yield _line(value), "`labels` maps labels of the pipeline to person, organisation or place"
        return
    for label, stands in value.value:
        if not isinstance(label, yaml.ScalarNode) or not isinstance(stands, yaml.ScalarNode):
            yield _line(label), "a label and what it stands for are single words"
        elif stands.value not in _TYPES:
            yield _line(stands), f"label {label.value!r} stands for {stands.value!r}; it may be {', '.join(_TYPES)}"


def _line(node: "yaml.Node") -> int:
    return int(node.start_mark.line) + 1
