"""What became of a file that somebody dropped."""

from collections.abc import Mapping
from pathlib import Path

from newsledger.collect.folder import Folder
from newsledger.errors import UnreadableError
from newsledger.extract import document
from newsledger.inbox import REJECTED, Found, Inbox, is_in_the_making
from newsledger.inboxes import inbox
from newsledger.pipeline.heeding import record_ids
from newsledger.pipeline.rejections import unread_id
from newsledger.records import Extraction, FactKind, Rejection, sha256
from newsledger.settings import Settings
from newsledger.store import batches, quarantine, rulings
from newsledger.store import held as kept
from newsledger.store.heads import Heads
from newsledger.store.objects import Objects
from newsledger.store.rulings import Case
from newsledger.store.schema import Row
from newsledger.store.tables import Articles


def of_file(settings: Settings, file: str | Path) -> str:
    """One line for each thing there is to say of the file: waiting, running, held, published, rejected, decided on.

    Raises:
        UnreadableError: there is no such file, here or where the inbox keeps what was dealt with, or it cannot be read.
        StoreError: the object store is out of reach.
    """
    place = _place(settings, str(file))
    found = place.find(str(file))
    if aside := _set_aside(place, found):
        return aside
    data = place.content(found)
    objects = Objects.open(settings)
    digest = sha256(data)
    if under_way := _under_way(objects, digest):
        return under_way
    if found.folder == "inbox":
        return f"waiting: it lies in {found.where} and is taken once it holds still"
    lines = _read(settings, objects, data, found)
    if lines:
        return "\n".join(lines)
    if objects.exists(batches.raw_key(digest)):
        return "collected, but nothing is known of it: run `newsledger verify`"
    return f"unknown: it was never collected; drop it into {settings.inbox}"


def _under_way(objects: Objects, digest: str) -> str | None:
    """The batch that the bytes are in, and how far that is; null where it is done."""
    running = [manifest for manifest in batches.pending(objects) for i in manifest.items if i.raw_sha256 == digest]
    if running:
        return f"running: batch {running[0].batch_id}, attempt {running[0].attempts}"
    held = [one for one in kept.every(objects) for item in one.manifest.items if item.raw_sha256 == digest]
    if held:
        return f"held: batch {held[0].batch_id}: {' '.join(held[0].why)} See `newsledger quarantine list`."
    return None


def _set_aside(place: Inbox, found: Found) -> str | None:
    """What there is to say of a file that is not to be read, null of any other."""
    if found.folder == REJECTED:
        return f"rejected: {place.reason(found.origin)} It lies in {found.where}."
    if found.folder == "inbox" and is_in_the_making(found.origin):
        return f"left alone: by its name {found.where} is hidden or still being written; rename it to have it read"
    return None


def _place(settings: Settings, file: str) -> Inbox:
    """The inbox; for a copy on this disk of what was dropped into a bucket, a folder that it does not lie in."""
    return inbox(settings) if isinstance(settings.inbox, Path) or "://" in file else Folder(settings.home)


def _read(settings: Settings, objects: Objects, data: bytes, place: Found) -> list[str]:
    """What became of what the file says: of its articles, of what was rejected of them, and what was decided."""
    digest = sha256(data)
    try:
        found = list(document.read(data, place.origin))
    except UnreadableError:
        found = []
    articles = Articles.open(settings)
    heads = Heads(objects).load([one.article.article_id for one in found], articles)
    rows = {one.article.article_id: _rows(articles, one) for one in found if one.article.article_id in heads}
    lines = [_published(rows[one.article.article_id], digest, place) for one in found if one.article.article_id in rows]
    ids = {unread_id(digest, place.origin), *record_ids(found)}
    published = {row["batch_id"] for mine in rows.values() for row in mine}
    rejections = quarantine.among(objects, ids, published)
    if not lines and not rejections:  # read by other rules then, perhaps: only now all of it is looked through
        rejections = list(quarantine.read(objects))
    mine = [one for one in quarantine.newest(rejections) if one.raw_key == batches.raw_key(digest)]
    cases = rulings.among(objects, ids | {one.rejection_id for one in mine} | _fact_ids(rows))
    told = {one.rejection_id for one in mine}
    lines += [_rejected(one, cases.get(one.rejection_id)) for one in mine]
    return lines + [_ruled(case) for record, case in sorted(cases.items()) if record not in told]


def _rows(articles: Articles, one: Extraction) -> list[Row]:
    literal = one.article.article_id.replace("'", "''")
    return articles.rows(f"article_id = '{literal}'")


def _published(rows: list[Row], digest: str, place: Found) -> str:
    mine = [row for row in rows if any(source["raw_sha256"] == digest for source in row["sources"])]
    row = (mine or rows)[-1]
    origins = [source["origin"] for source in row["sources"]]
    what = f"article {row['article_id']} version {row['version']}.{row['revision']}, seq {row['seq']}"
    if place.folder and place.origin not in origins:
        first = row["sources"][0]
        return f"duplicate of {first['origin'] or first['url'] or first['name']}: {what}"
    return f"published as {what}"


def _fact_ids(rows: Mapping[str, list[Row]]) -> set[str]:
    every = (row for mine in rows.values() for row in mine)
    return {fact["fact_id"] for row in every for kind in FactKind for fact in row[kind.value]}


def _rejected(rejection: Rejection, case: Case | None) -> str:
    why = " ".join(reason.message for reason in rejection.reasons)
    what = "" if rejection.fact_id is None else f" ({rejection.kind} {rejection.record.get('exact')!r})"
    decided = f" {_decided(case)}." if case else ""
    return f"rejected because{what}: {why} Quarantine id {rejection.rejection_id}.{decided}"


def _ruled(case: Case) -> str:
    return f"{_decided(case)}: {case.kind} {case.id}"


def _decided(case: Case) -> str:
    return f"{case.ruling.verdict} by {case.ruling.by} on {case.ruling.at[:10]} ({case.ruling.reason})"
