"""The second task: read the facts out of one chunk of a batch."""

import logging
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from newsledger.envelope import unpacked
from newsledger.errors import NotStoredError, UnreadableError
from newsledger.extract.reader import ANSWERS, FILES, OutOfBoundsError, Reader, SlipError
from newsledger.pipeline import capacity, forgotten
from newsledger.pipeline.rejections import unread
from newsledger.pipeline.words import count, describe, summary
from newsledger.records import Extraction, FactKind, Rejection, Source, identified
from newsledger.settings import Settings
from newsledger.store import batches, tombstones
from newsledger.store.batches import Item, Manifest
from newsledger.store.objects import Objects
from newsledger.worker import Bounds

log = logging.getLogger(__name__)


def extract(settings: Settings, batch_id: str, chunk: int) -> None:
    """Read one chunk of a batch and stage what it says; what cannot be read is put down with its reason.

    Files are read in a process of their own, within the settings' bounds for each document.

    Raises:
        StoreError: the object store is out of reach, or a disk is full.
        SettingsError: the configuration is broken, so that no article can be read rightly.
    """
    capacity.require_to_finish(settings)
    with bounded(settings) as reader:  # first, since it is a fork: before connections
        _extract(Objects.open(settings), reader, batch_id, chunk)


def bounded(settings: Settings) -> Reader:
    """A reader within the settings' bounds for each document."""
    seconds = settings.document_seconds
    return Reader(Bounds(seconds, settings.document_memory, all_seconds=FILES * seconds, answers=ANSWERS))


def _extract(objects: Objects, reader: Reader, batch_id: str, chunk: int) -> None:
    manifest = batches.load(objects, batch_id)
    if manifest is None:
        return
    read, failed = read_items(objects, reader, manifest, manifest.chunk(chunk))
    batches.stage(objects, batch_id, f"failed-{chunk:04d}.jsonl", failed)
    batches.stage(objects, batch_id, f"extracted-{chunk:04d}.jsonl", read)
    log.info("Read %s; %s could not be read", count(len(read), "article"), count(len(failed), "file"))
    for extraction in read:
        log.info("  %s", describe(summary(extraction)))


def read_items(
    objects: Objects, reader: Reader, manifest: Manifest, items: Iterable[Item]
) -> tuple[list[Extraction], list[Rejection]]:
    """The articles of some items of a batch, and what could not be read, or is not to be."""
    read: list[Extraction] = []
    failed: list[Rejection] = []
    kept = _Kept(objects)
    for item in items:
        found = _read_item(reader, manifest, item, *kept.bytes(item))
        if isinstance(found, Rejection):
            failed.append(found)
            log.warning("  %s: %s", item.origin, found.reasons[0].message)
        else:
            read.extend(found)
    read, aside = forgotten.apart(objects, manifest, read)
    return read, failed + aside


class _Kept:
    """What was kept of items. The entries of a poll stand together in a batch, so their object is read once."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._key = ""
        self._entries: dict[str, bytes] = {}

    def bytes(self, item: Item) -> tuple[bytes | None, bytes | None]:
        """The file or entry, null where it was taken out of what is kept, and the page behind an entry."""
        page = _get(self._objects, item.page_key) if item.page_key else None
        if item.raw_member is None:
            return _get(self._objects, item.raw_key), page
        if item.raw_key != self._key:
            self._key, self._entries = item.raw_key, dict(unpacked(_get(self._objects, item.raw_key) or b""))
        return self._entries.get(item.read_sha256), page


def _get(objects: Objects, key: str) -> bytes | None:
    """The bytes under a raw key; null where they were removed for good."""
    try:
        return objects.get(key)
    except NotStoredError:
        if objects.exists(tombstones.raw_key(key)):
            return None
        raise


def _read_item(
    reader: Reader, manifest: Manifest, item: Item, data: bytes | None, page: bytes | None
) -> list[Extraction] | Rejection:
    if data is None:
        return unread(manifest, item, "is_kept", f"It is no longer kept in {item.raw_key}.")
    try:
        return [_known(_with_source(one, item), item) for one in _articles(reader, item, data, page)]
    except OutOfBoundsError as error:
        return unread(manifest, item, "is_read_within_bounds", str(error))
    except UnreadableError as error:
        return unread(manifest, item, "is_readable", str(error))
    except SlipError as error:  # one article that the extractor breaks on must not stop its batch
        log.warning("The extractor failed on %s\n%s", item.origin, error.trace)
        return unread(manifest, item, "extractor_holds", f"The extractor failed on it: {error}.")


def _articles(reader: Reader, item: Item, data: bytes, page: bytes | None) -> Iterator[Extraction]:
    if item.kind != "feed":
        return reader.document(data, item.origin)
    found = reader.entry(data, item.origin, page, item.retrieved_at)
    return (replace(one, member=item.raw_member) for one in found)


def _with_source(found: Extraction, item: Item) -> Extraction:
    source = Source(
        name=item.source,
        kind=item.kind,
        url=found.article.url,
        guid=item.guid,
        origin=item.agency if item.kind == "feed" else item.origin,
        raw_key=item.raw_key,
        raw_sha256=item.raw_sha256,
        raw_member=found.member,
        retrieved_at=item.retrieved_at,
    )
    return replace(found, input=item.origin, article=replace(found.article, sources=(source,)))


def _known(found: Extraction, item: Item) -> Extraction:
    """Under the identity that it was first published with, whatever would be made of it now."""
    article_id = dict(item.known_as).get(found.member or "", found.article.article_id)
    if article_id == found.article.article_id:
        return found
    article = replace(found.article, article_id=article_id)
    facts = {kind.value: identified(article, kind, getattr(found, kind.value)) for kind in FactKind}
    return replace(found, article=article, **facts)
