"""A bucket as one tar stream, and back: the copy that `make backup` keeps, from and into any S3 store."""

import io
import tarfile
from datetime import UTC
from typing import IO

from newsledger.errors import NewsledgerError
from newsledger.store.objects import Objects


def save(objects: Objects, out: IO[bytes]) -> int:
    """Write every object as a member named by its key; how many they were."""
    number = 0
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for listed in objects.list(""):
            data = objects.get(listed.key)
            member = tarfile.TarInfo(listed.key)
            member.size, member.mtime = len(data), int(listed.modified.astimezone(UTC).timestamp())
            archive.addfile(member, io.BytesIO(data))
            number += 1
    return number


def load(objects: Objects, source: IO[bytes]) -> int:
    """Put every member of a saved stream into an empty bucket; how many they were.

    Raises:
        NewsledgerError: the bucket holds something already, or the stream is not what ``save`` wrote.
    """
    objects.ensure_bucket()
    if next(objects.list(""), None):
        raise NewsledgerError(
            f"The bucket {objects.bucket} is not empty, and nothing in it is overwritten: empty it (`make destroy`), "
            "or name another with NEWSLEDGER_BUCKET in .env."
        )
    number = 0
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is not None:
                    objects.put(member.name, content.read())
                    number += 1
    except (tarfile.TarError, EOFError) as error:
        raise NewsledgerError(
            f"The copy of the bucket cannot be read ({error}): it is cut short, or another file."
        ) from None
    return number
