"""Whether what lies beside the table agrees with it: JSON Lines, heads, sightings, quarantine, rulings."""

import gzip
import zlib
from collections.abc import Iterator

import msgspec

from newsledger.errors import NotStoredError
from newsledger.records import Rejection, sha256
from newsledger.store import quarantine, rulings, tombstones
from newsledger.store.decisions import Head, Sighting
from newsledger.store.findings import Finding, Trouble
from newsledger.store.heads import POSITION
from newsledger.store.looking import Look, some
from newsledger.store.objects import each
from newsledger.store.publish import lines
from newsledger.store.schema import Row


def json_lines(look: Look) -> Iterator[Finding]:
    """Whether each batch has its lines, and no others."""

    def fault(expected: tuple[str, list[str]]) -> str | None:
        where, hashes = expected
        message = _lines_fault(look, where, hashes)
        if message is None or look.under_way(_batch_of(where)):
            return None  # committed a moment ago, and not finished
        rows = look.rows_now(batch_predicate(where))  # articles may have been forgotten since
        return None if _forgetting(look, where) else _lines_fault(look, where, [_hash(row) for row in rows])

    for part in some(look.counted("JSON Lines", look.ledger.expected_lines())):
        for (where, _), message in zip(part, each(fault, part), strict=True):
            if message:
                yield Finding(kind=Trouble.json_lines, where=where, message=message)
    for where in look.ledger.lines_without_rows():
        if look.objects.exists(where) and not look.rows_now(batch_predicate(where)) and not _forgetting(look, where):
            yield Finding(kind=Trouble.json_lines, where=where, message="The table has no rows of this batch.")


def batch_predicate(where: str) -> str:
    """What selects the rows that a key of JSON Lines is made of."""
    day, name = where.split("/")[-2:]
    return f"published_on = '{day}' AND batch_id = '{name.partition('.')[0]}'"


def _batch_of(where: str) -> str:
    return where.rsplit("/", 1)[1].partition(".")[0]


def _forgetting(look: Look, where: str) -> bool:
    """Whether an article of a batch is being forgotten at this moment."""
    stones = tombstones.every(look.objects)
    return any(not stone.proved_at and _batch_of(where) in stone.batches for stone in stones)


def _hash(row: Row) -> str:
    return sha256(lines([row]))


def _lines_fault(look: Look, where: str, expected: list[str]) -> str | None:
    try:
        packed = look.objects.get(where)
    except NotStoredError:
        return "It is missing, though the table has its rows." if expected else None
    try:
        found = [sha256(line) for line in gzip.decompress(packed).splitlines(keepends=True)]
    except (OSError, EOFError, zlib.error) as error:
        return f"It cannot be unpacked: {error}."
    return None if found == expected else "Its lines are not the table's rows."


def heads(look: Look, position: int) -> Iterator[Finding]:
    """Whether each article's head knows its newest row, and the table knows each head."""

    def fault(article: tuple[str, str, int, bytes]) -> Finding | None:
        where, article_id, newest, digests = article
        head = look.decoded(where, Head)
        if isinstance(head, Head) and (head.seq > newest or _agrees(head, newest, digests)):
            return None
        if look.objects.exists(tombstones.key(tombstones.identity(article_id))):
            return None
        known = f"knows of positions up to {head.seq}" if isinstance(head, Head) else "is gone or torn"
        message = f"It {known} and does not agree with {article_id}, published at {newest}."
        return Finding(kind=Trouble.head, where=where, message=message, article_id=article_id)

    for part in some(look.counted("Heads", look.ledger.newest(position))):
        yield from filter(None, each(fault, part))
    for where in look.ledger.heads_without_rows():
        head = None if where == POSITION else look.decoded(where, Head)
        if isinstance(head, Head) and not look.rows_now(of_article(head.article_id)):
            yield Finding(kind=Trouble.head, where=where, message=f"The table has no rows of {head.article_id}.")
        elif isinstance(head, msgspec.DecodeError):
            yield Finding(
                kind=Trouble.head, where=where, message="It is torn, and the table has no rows of its article."
            )


def _agrees(head: Head, newest: int, digests: bytes) -> bool:
    """Whether a head that knows up to a row knows it as it is."""
    known = msgspec.json.decode(digests)
    return head.seq == newest and any(version.parts == known for version in head.versions)


def of_article(article_id: str) -> str:
    """What selects the rows of an article."""
    literal = article_id.replace("'", "''")
    return f"article_id = '{literal}'"


def sightings(look: Look) -> Iterator[Finding]:
    """Whether each sighting is of something that was published."""
    keys = (where for where, _, _ in look.ledger.listed("records/sightings/"))
    for part in some(look.counted("Sightings", keys)):
        for where, found in zip(part, each(lambda where: _sightings(look, where), part), strict=True):
            for message in [found] if isinstance(found, str) else _unknown(look, where, found):
                yield Finding(kind=Trouble.sighting, where=where, message=message)


def _sightings(look: Look, where: str) -> list[Sighting] | str:
    try:
        return msgspec.json.Decoder(Sighting).decode_lines(look.objects.get(where))
    except NotStoredError:
        return []
    except msgspec.DecodeError as error:
        return f"It cannot be read: {error}"


def _unknown(look: Look, where: str, found: list[Sighting]) -> Iterator[str]:
    """What was sighted and never published; what a batch under way is about to publish is not told of."""
    for article_id, version in {(one.article_id, one.version): None for one in found}:
        if look.ledger.has(article_id, version) or look.under_way(_batch_of(where)):
            continue
        gone = look.objects.exists(tombstones.key(tombstones.identity(article_id)))
        if not gone and not look.rows_now(f"{of_article(article_id)} AND version = {version}"):
            yield f"The table lacks {article_id} version {version}."


def quarantined(look: Look) -> Iterator[Finding]:
    """Whether rejections and decisions can be read, under their own names."""

    def fault(where: str) -> Finding | None:
        found = look.decoded(where, Rejection)
        if found is None or (isinstance(found, Rejection) and quarantine.key(found) == where):
            return None
        message = f"It cannot be read: {found}" if isinstance(found, Exception) else "It lies under another's name."
        return Finding(kind=Trouble.quarantine, where=where, message=message)

    def ruling(where: str) -> Finding | None:
        found = look.decoded(where, rulings.Case)
        if found is None or (isinstance(found, rulings.Case) and rulings.key(found.id) == where and found.rulings):
            return None
        message = f"It cannot be read: {found}" if isinstance(found, Exception) else "It decides nothing of its record."
        return Finding(kind=Trouble.ruling, where=where, message=message)

    keys = (where for where, _, _ in look.ledger.listed("quarantine/"))
    for part in some(look.counted("Quarantine", keys)):
        yield from filter(None, each(fault, part))
    for part in some(listed.key for listed in look.objects.list(rulings.PREFIX)):
        yield from filter(None, each(ruling, part))
