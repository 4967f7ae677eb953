"""The object store, through the few operations that newsledger needs of it; boto3 lives here and nowhere else.

Every failure is a ``StoreError`` whose text names the endpoint, the bucket and the key. Conditional writes
(``If-None-Match: *``, ``If-Match``) are the only lock there is.
"""

import time
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError, ResponseStreamingError
from botocore.exceptions import ConnectionError as Unreachable

from newsledger.errors import AwayError, ConflictError, FullError, NotStoredError, StoreError
from newsledger.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")
R = TypeVar("R")

POOL = 16
"""How many requests one process has under way at the most."""

_MISSING = {"NoSuchKey", "404", "NotFound"}
_LOST = {"PreconditionFailed", "412"}
_AGAIN = {"ConditionalRequestConflict", "409"}
_RACED = {"UnknownError"}
"""With status 500, what Ceph (16) answers to a conditional write that met another."""
_REFUSED = {"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"}
# MinIO and Ceph; the status 507 is WebDAV's (RFC 4918, 11.5), and MinIO's too.
_FULL = {"XMinioStorageFull", "QuotaExceeded", "507"}
_BUSY = {429, 500, 502, 503, 504}
_OWNED = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}
_TRIES = 5

_DESCRIPTIONS = botocore.session.Session().get_component("data_loader")
"""What botocore has read of its description of S3, for every client of this process, and of those that it forks."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object's bytes and the etag to replace it by."""

    data: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a listing."""

    key: str
    size: int
    etag: str
    modified: datetime


class Objects:
    """One bucket. Safe to share between threads (a boto3 client is), not between processes that fork."""

    def __init__(self, client: "S3Client", endpoint: str, bucket: str) -> None:
        """Hold a client; use ``open`` to get one made."""
        self._client = client
        self.endpoint = endpoint
        self.bucket = bucket

    @classmethod
    def open(cls, settings: Settings) -> "Objects":
        """The settings' bucket; sends nothing yet."""
        config = Config(
            connect_timeout=5,
            read_timeout=20,
            max_pool_connections=POOL,
            retries={"mode": "standard", "max_attempts": 3},
            # Checksums newer than Content-MD5 travel as trailers, which S3 servers other than Amazon's may not read.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "auto" if "amazonaws.com" in settings.endpoint else "path"},
        )
        session = botocore.session.Session()
        session.register_component("data_loader", _DESCRIPTIONS)
        client = boto3.session.Session(botocore_session=session).client(
            "s3",
            endpoint_url=settings.endpoint,
            region_name=settings.region,
            aws_access_key_id=settings.access_key,
            aws_secret_access_key=settings.secret_key,
            aws_session_token=settings.session_token,
            config=config,
        )
        client.meta.events.register("before-parse.s3", _see_whole)
        return cls(client, settings.endpoint, settings.bucket)

    def get(self, key: str) -> bytes:
        """The bytes under a key.

        Raises:
            NotStoredError: there is no such key.
        """
        return self.read(key).data

    def read(self, key: str, etag: str | None = None) -> Stored:
        """Bytes and etag of a key, to be handed to ``replace``; with ``etag``, only while the key has it.

        Raises:
            NotStoredError: there is no such key.
            ConflictError: it has another etag by now.
        """
        condition: dict[str, Any] = {"IfMatch": etag} if etag else {}
        with self._explained("read", key):
            answer = self._client.get_object(Bucket=self.bucket, Key=key, **condition)
            return Stored(answer["Body"].read(), answer["ETag"])

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> str:
        """Write, whatever was there; the new etag."""
        with self._explained("write", key):
            return self._client.put_object(
                Bucket=self.bucket, Key=key, Body=data, ContentMD5=_md5(data), ContentType=content_type
            )["ETag"]

    def create(self, key: str, data: bytes) -> bool:
        """Write unless the key exists; whether it was written.

        An answer lost on its way is asked for again, and then says False about our own write: so write what names
        its content, or read back what is there.
        """
        try:
            with self._explained("create", key):
                self._put_if(key, data, IfNoneMatch="*")
        except ConflictError:
            return False
        return True

    def replace(self, key: str, data: bytes, etag: str) -> str:
        """Write if the key still has this etag; the new etag.

        Raises:
            ConflictError: it has another by now, or is gone.
        """
        try:
            with self._explained("replace", key):
                # Bare, as Amazon writes it: Ceph (16) finds no match with the quotes around it.
                return self._put_if(key, data, IfMatch=etag.strip('"'))
        except NotStoredError as error:
            raise ConflictError(f"{error} It was there a moment ago: read again and decide again.") from error

    def _put_if(self, key: str, data: bytes, **condition: Any) -> str:
        """Amazon answers 409 when two conditional writes meet, and asks to repeat (S3 User Guide)."""
        for attempt in range(_TRIES):
            try:
                return self._client.put_object(
                    Bucket=self.bucket, Key=key, Body=data, ContentMD5=_md5(data), **condition
                )["ETag"]
            except ClientError as error:
                if _code(error) not in _AGAIN | _RACED or attempt == _TRIES - 1:
                    raise
            time.sleep(0.05 * 2**attempt)
        raise AssertionError("the last try returns or raises")

    def exists(self, key: str) -> bool:
        """Whether there is such a key."""
        return self.etag(key) is not None

    def etag(self, key: str) -> str | None:
        """The etag of a key, or null when there is no such key."""
        try:
            with self._explained("look for", key):
                return self._client.head_object(Bucket=self.bucket, Key=key)["ETag"]
        except NotStoredError:
            return None

    def list(self, prefix: str, after: str | None = None) -> Iterator[Listed]:
        """All keys with a prefix, in order (of UTF-8 bytes), page by page; ``after`` a key, where one is given."""
        beyond: dict[str, Any] = {"StartAfter": after} if after else {}
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix, **beyond)
        with self._explained("list", prefix):
            for page in pages:
                for item in page.get("Contents", []):
                    yield _listed(item)

    def level(self, prefix: str) -> tuple[Sequence[str], Sequence[Listed]]:
        """What lies right below a prefix, up to the next slash: the longer prefixes, and the keys."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix, Delimiter="/")
        folders, keys = [], []
        with self._explained("list", prefix):
            for page in pages:
                folders += [common["Prefix"] for common in page.get("CommonPrefixes", [])]
                keys += [_listed(item) for item in page.get("Contents", [])]
        return folders, keys

    def copy(self, source: str, target: str, etag: str) -> None:
        """Write what lies under ``source`` under ``target`` too, whatever was there, while the source has this etag.

        Raises:
            ConflictError: it has another by now.
            NotStoredError: it is gone.
        """
        if self.etag(source) not in {etag, None}:  # a store may ignore the condition (Ceph 16 does)
            raise ConflictError(f"{self.bucket}/{source} at {self.endpoint} was replaced meanwhile: it is not copied.")
        with self._explained("copy", source):
            self._client.copy_object(
                Bucket=self.bucket,
                Key=target,
                CopySource={"Bucket": self.bucket, "Key": source},
                CopySourceIfMatch=etag,
            )

    def delete(self, key: str, etag: str | None = None) -> None:
        """Remove a key; nothing happens when there is none. With ``etag``, only while the key has it.

        A store may ignore the condition (Amazon's honours it since 2025): so it is asked for the etag first as well.

        Raises:
            ConflictError: it has another etag by now.
        """
        if etag and self.etag(key) != etag:
            raise ConflictError(f"{self.bucket}/{key} at {self.endpoint} was replaced meanwhile and is kept.")
        condition: dict[str, Any] = {"IfMatch": etag} if etag else {}
        with self._explained("delete", key):
            self._client.delete_object(Bucket=self.bucket, Key=key, **condition)

    def ensure_bucket(self) -> None:
        """Create the bucket unless it is there."""
        try:
            with self._explained("look for"):
                self._client.head_bucket(Bucket=self.bucket)
        except NotStoredError:
            with self._explained("create"):
                self._create_bucket()

    def _create_bucket(self) -> None:
        try:
            self._client.create_bucket(Bucket=self.bucket)
        except ClientError as error:
            if _code(error) not in _OWNED:
                raise

    def probe(self) -> None:
        """Try on a key of our own that conditional writes are honoured.

        Raises:
            StoreError: out of reach, refused, or the store ignores the conditions, on which everything rests.
        """
        key = f"probe/{uuid.uuid4().hex}"
        honoured = self.create(key, b"1") and not self.create(key, b"2") and self.get(key) == b"1"
        honoured = honoured and self._replaces_once(key)
        self.delete(key)
        if not honoured:
            raise StoreError(
                f"The object store at {self.endpoint} ignores conditional writes (If-None-Match, If-Match), without "
                "which records get lost: use one that honours them, such as Amazon S3, Ceph, MinIO or SeaweedFS."
            )

    def _replaces_once(self, key: str) -> bool:
        etag = self.read(key).etag
        self.replace(key, b"3", etag)
        try:
            self.replace(key, b"4", etag)
        except ConflictError:
            return self.get(key) == b"3"
        return False

    @contextmanager
    def _explained(self, verb: str, key: str = "") -> Iterator[None]:
        """Turn what boto3 raises into one sentence: what was tried, where, why not, what to do."""
        where = f"{verb} {self.bucket}/{key} at {self.endpoint}".replace("/ at", " at")
        try:
            yield
        except ClientError as error:
            raise _told(error, where) from error
        except (Unreachable, HTTPClientError, IncompleteReadError) as error:
            raise AwayError(
                f"Cannot {where}: the object store is out of reach ({type(error).__name__}); "
                "see that it runs (`newsledger up` starts the embedded one) and that NEWSLEDGER_S3_ENDPOINT is right."
            ) from error
        except BotoCoreError as error:
            raise StoreError(f"Cannot {where}: {error}.") from error


def _see_whole(operation_model: Any, response_dict: dict[str, Any], **_: Any) -> None:
    """Refuse an answer that broke off with its connection.

    Python's http.client takes the end of a connection for the end of the headers, and botocore compares the length only
    of objects: half a list, or nothing at all, would be the list; and without its etag an object cannot be replaced.
    """
    if response_dict["status_code"] != 200:
        return
    headers, body = response_dict["headers"], response_dict["body"]
    length, method = headers.get("content-length", ""), operation_model.http["method"]
    tagged = headers.get("etag") or operation_model.name not in {"GetObject", "PutObject"}
    framed = length.isdigit() or "transfer-encoding" in headers
    short = isinstance(body, bytes) and length.isdigit() and len(body) < int(length)
    if not tagged or (method == "GET" and (short or not framed)):
        raise ResponseStreamingError(error="the answer broke off")


def warm(settings: Settings) -> None:
    """Read what a client is made from, so that those of forked processes are made in a tenth of the time.

    The client that does it is dropped: it has opened no connection and started no thread.
    """
    Objects.open(settings)


def each(act: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """What ``act`` gives for each item, in their order; some at a time, since each is a round trip to the store."""
    if len(items) < 2:
        return [act(item) for item in items]
    with ThreadPoolExecutor(min(POOL, len(items))) as pool:
        return [*pool.map(act, items)]


def _listed(item: Any) -> Listed:
    return Listed(item["Key"], item["Size"], item["ETag"], item["LastModified"])


def _told(error: ClientError, where: str) -> StoreError:
    code = _code(error)
    if code in _MISSING:
        return NotStoredError(f"Cannot {where}: it does not exist.")
    if code == "NoSuchBucket":
        return StoreError(f"Cannot {where}: there is no such bucket; create it, or set NEWSLEDGER_BUCKET.")
    if code in _LOST | _AGAIN:
        return ConflictError(f"Cannot {where}: somebody else wrote it first.")
    if code in _FULL or _status(error) == 507:
        return FullError(f"Cannot {where}: the object store is full ({code}); make room there, or raise its quota.")
    if code in _REFUSED:
        return StoreError(
            f"Cannot {where}: the object store refuses these credentials ({code}); "
            "see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    busy = _status(error) in _BUSY
    why = "the object store cannot answer now" if busy else error.response.get("Error", {}).get("Message")
    return (AwayError if busy else StoreError)(f"Cannot {where}: {why or code} ({code}).")


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _md5(data: bytes) -> str:
    return b64encode(md5(data, usedforsecurity=False).digest()).decode()
