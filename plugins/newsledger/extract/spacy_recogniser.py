"""A spaCy pipeline as a recogniser of names: only here is spaCy imported, and only when the configuration names one."""

import hashlib
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.errors import SettingsError
from newsledger.extract.document import READERS
from newsledger.extract.recogniser import Pointed
from newsledger.extract.recogniser_choice import Choice
from newsledger.records import Article, MentionType
from newsledger.text import Text

if TYPE_CHECKING:
    from spacy.language import Language

_UNNEEDED = ("tagger", "parser", "senter", "morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer")
"""Components that say nothing of names."""
_PIECE = 20_000
"""Characters that the pipeline gets at a time: whole paragraphs as far as they fit, so memory is bounded."""
_WHOLE = "xx"
"""The language code of pipelines for many languages."""


class SpacyRecogniser:
    """Points at what a pipeline takes for people, organisations and places."""

    def __init__(self, choice: Choice) -> None:
        """Load the pipeline.

        Raises:
            SettingsError: spaCy or the pipeline is missing, broken, of another language, or finds no names.
        """
        folder = _folder(choice)
        meta = _meta(choice, folder)
        self._labels: dict[str, MentionType] = dict(choice.labels)
        self.identity = _identity(choice, folder, meta)
        """Name and version of the pipeline, and a digest where these alone do not tell what it does."""
        self._pipeline = _load(choice, folder)

    def __call__(self, text: Text, article: Article) -> list[Pointed]:
        """Names in order of position. A language that the pipeline is not made for gives none."""
        language = self._pipeline.lang
        if language not in {article.language, _WHOLE}:
            return []
        return [one for start, end in _pieces(text) for one in self._names(start, text.body[start:end])]

    def _names(self, offset: int, piece: str) -> list[Pointed]:
        with self._pipeline.memory_zone():  # else every new word stays in memory
            return [
                Pointed(offset + entity.start_char, offset + entity.end_char, kind)
                for entity in self._pipeline(piece).ents
                if (kind := self._labels.get(entity.label_))
            ]


def _folder(choice: Choice) -> Path:
    """Where the pipeline lies; nothing of it is run yet."""
    if find_spec("spacy") is None:
        raise SettingsError(
            f"{choice.where}: spaCy is not installed: `pip install spacy` into newsledger's environment (its extra "
            "`spacy`), or make the line a comment."
        )
    if choice.is_folder:
        if not Path(choice.pipeline).is_dir():
            raise SettingsError(f"{choice.where}: there is no folder {choice.pipeline}: correct the path.")
        return Path(choice.pipeline)
    spec = find_spec(choice.pipeline) if choice.pipeline.isidentifier() else None
    if spec is None or spec.origin is None:
        raise SettingsError(
            f"{choice.where}: no pipeline {choice.pipeline!r} is installed: install its wheel with pip, or give the "
            "path of a folder (with a slash in it)."
        )
    return Path(spec.origin).parent


def _meta(choice: Choice, folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        language = str(meta["lang"])
    except (OSError, ValueError, KeyError, TypeError):
        raise SettingsError(
            f"{choice.where}: {choice.pipeline} is no spaCy pipeline (it has no meta.json that can be read): name "
            "another."
        ) from None
    if language not in {*READERS, _WHOLE}:
        known = ", ".join(READERS)
        raise SettingsError(
            f"{choice.where}: {choice.pipeline} is a pipeline for {language!r}, and facts are read from {known} only: "
            "name another."
        )
    return dict(meta)


def _identity(choice: Choice, folder: Path, meta: dict[str, Any]) -> str:
    """An installed pipeline is told by its version, one in a folder by its files too; labels count in both."""
    name = f"{meta['lang']}_{meta.get('name', 'pipeline')}-{meta.get('version', '0')}"
    digest = hashlib.sha256(repr(choice.labels).encode())
    for path in sorted(folder.rglob("*")) if choice.is_folder else ():
        if path.is_file():
            digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{name}-{digest.hexdigest()[:8]}"


def _load(choice: Choice, folder: Path) -> "Language":
    import spacy

    try:
        pipeline = spacy.load(folder if choice.is_folder else choice.pipeline, exclude=_UNNEEDED)
    except Exception as error:  # whatever a pipeline's files or code raise, the reader of the sentence must act
        reason = " ".join(str(error).split())[:200]
        raise SettingsError(f"{choice.where}: {choice.pipeline} cannot be loaded ({reason}): name another.") from error
    if not any("doc.ents" in pipeline.get_pipe_meta(name).assigns for name in pipeline.pipe_names):
        raise SettingsError(
            f"{choice.where}: {choice.pipeline} points at no names, for it has neither `ner` nor an `entity_ruler`: "
            "name another."
        )
    return pipeline


def _pieces(text: Text) -> Iterator[tuple[int, int]]:
    """Whole paragraphs up to the bound; one that is longer is cut at a space where it has one."""
    start = end = 0
    for paragraph in text.paragraphs:
        if paragraph.end - start > _PIECE and end > start:
            yield start, end
            start = paragraph.start
        end = paragraph.end
        while end - start > _PIECE:
            cut = text.body.rfind(" ", start + 1, start + _PIECE) + 1 or start + _PIECE
            yield start, cut
            start = cut
    if end > start:
        yield start, end
