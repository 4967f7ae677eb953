"""Great Expectations' Data Docs of the newest batches, as pages in object storage."""

import logging
import mimetypes
from hashlib import md5
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from newsledger.pipeline.words import count
from newsledger.quality import docs, suites
from newsledger.settings import Settings
from newsledger.store.batches import REPORTS
from newsledger.store.objects import Objects, each

log = logging.getLogger(__name__)

PREFIX = "reports/data-docs/"
BATCHES = 100
"""Of how many batches there is a page; a page costs a tenth of a second or so."""


def build_data_docs(settings: Settings) -> None:
    """Make the pages anew and upload what changed; what is shown no more is deleted.

    Raises:
        StoreError: the object store is out of reach.
        SettingsError: the expectations are broken.
    """
    objects = Objects.open(settings)
    kept = sorted(objects.list(REPORTS), key=lambda listed: listed.modified, reverse=True)[:BATCHES]
    reports = each(lambda listed: msgspec.json.decode(objects.get(listed.key)), kept)
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = docs.build(reports, suites.load(settings.config / "expectations"), folder)
        pages = {PREFIX + file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    written = _upload(objects, pages)
    log.info("Data Docs of the newest %d batches: %s, %d new or changed", len(kept), count(len(pages), "file"), written)
    log.info("Begin at s3://%s/%sindex.html", settings.bucket, PREFIX)


def _upload(objects: Objects, pages: dict[str, bytes]) -> int:
    """Write the pages that are not there yet to the letter; returns how many."""
    there = {listed.key: listed.etag.strip('"') for listed in objects.list(PREFIX)}
    # The etag of an object written in one piece is its MD5 (S3 API reference); where a store has it otherwise, the
    # page is only written once more.
    changed = [key for key, page in pages.items() if there.get(key) != md5(page, usedforsecurity=False).hexdigest()]
    each(lambda key: objects.put(key, pages[key], mimetypes.guess_type(key)[0] or "application/octet-stream"), changed)
    each(objects.delete, sorted(there.keys() - pages.keys()))
    return len(changed)
