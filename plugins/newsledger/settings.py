"""Settings, all optional, all from the environment: the one module that reads it.

Every task makes its settings anew, so a change counts at the next run.
"""

import re
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from newsledger import worker
from newsledger.errors import SettingsError

EMBEDDED_KEY = "newsledger"
"""Access key and secret of the embedded object store where `AWS_*` name none; it listens on loopback only."""

# Bucket names: 3 to 63 lower-case letters, digits, dots and hyphens (Amazon S3 User Guide, "General purpose bucket
# naming rules").
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")

# Nothing that could end the comment of a User-Agent, or its header (RFC 9110, 5.6.5).
_CONTACT = re.compile(r"[\x21-\x27\x2a-\x5b\x5d-\x7e]{3,200}")
_HOST = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}(?::[0-9]{1,5})?|\[?[0-9A-Fa-f:.]{2,45}\]?")

Port = Annotated[int, Field(ge=1024, le=65535)]


OURS = frozenset(
    "alerts batches breaker feeds forgotten heads probe quarantine raw records reports reviews rulings staging"
    " status".split()
)
"""First parts of the keys that newsledger keeps in its bucket; none of them can be an inbox."""


class S3Prefix(NamedTuple):
    """A place in object storage: a bucket, and a prefix that is empty or ends in a slash."""

    bucket: str
    prefix: str

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"


class Settings(BaseSettings):
    """What newsledger is told by its environment (`NEWSLEDGER_*`, and the usual `AWS_*`)."""

    model_config = SettingsConfigDict(env_prefix="NEWSLEDGER_", frozen=True, extra="ignore")

    home: Path = Field(default=Path("var"), validate_default=True)
    """Everything that a run leaves on this machine: the embedded store, Airflow's database, logs."""
    bucket: str = "news"  # before the inbox, which may not lie where the records do
    inbox: Annotated[Path | S3Prefix, NoDecode] = Field(default=Path("inbox"), validate_default=True)
    """The watched place: a folder, or `s3://bucket/prefix` on the same endpoint."""
    config: Path = Field(default=Path("config"), validate_default=True)
    """The folder of feeds, expectations and gazetteer."""
    s3_endpoint: str | None = None
    """Address of an S3-compatible store; none means the embedded store."""
    airflow_port: Port = 8080
    s3_port: Port = 4566
    """Port of the embedded store."""
    batch_articles: int = Field(default=400, ge=1, le=5000)
    """How many files one run takes at the most."""
    batch_bytes: int = Field(default=20_000_000, ge=1_000_000)
    """How many bytes one run takes at the most; a single larger file is taken alone."""
    file_bytes: int = Field(default=50_000_000, ge=1_000)
    """A larger file is rejected."""
    settle_seconds: float = Field(default=0.5, ge=0, le=60)
    """How long a file's size and time must hold still before it is taken."""
    rest_seconds: float = Field(default=30, ge=0)
    """How long a batch rests after each failed run; fresh files go before it meanwhile."""
    document_seconds: float = Field(default=worker.SECONDS, ge=5)
    """Processor time that reading one document may take; what takes more is rejected."""
    document_memory: int = Field(default=worker.MEMORY, ge=500_000_000)
    """Bytes of memory that reading one document may take; what takes more is rejected."""

    reserve_bytes: int = Field(default=500_000_000, ge=0)
    """Collecting stops while the disk of `home` or of the inbox has less free space than this."""
    deadline_minutes: float = Field(default=30, gt=0)
    """A run of the flow or of the feeds that takes longer is told to whoever `alerts.yaml` names."""
    store_bytes: int | None = Field(default=None, ge=1)
    """Collecting stops once the bucket holds this many bytes; none means that the store itself says when it is full."""

    keep_staging_days: float = Field(default=1, ge=0.1)
    """How long what a batch that is no more has staged is kept; housekeeping removes it, as all that follows."""
    keep_done_days: float | None = Field(default=None, ge=1)
    """How long files stay in `done/` of the inbox; none means for ever. Their bytes are under `raw/` anyway."""
    keep_reports_days: float | None = Field(default=90, ge=1)
    """How long the validation results of single batches are kept."""
    keep_quarantine_days: float | None = Field(default=365, ge=1)
    """How long rejected records are kept once somebody decided on them; the decisions stay in force."""
    keep_history_days: float = Field(default=7, ge=1)
    """How long earlier snapshots of the tables can be read."""
    keep_runs_days: float = Field(default=30, ge=1)
    """How long Airflow's database remembers runs."""
    airflow_database: str | None = Field(default=None, repr=False)
    """Address of Airflow's database for housekeeping, which tasks are not told otherwise; none leaves it alone."""

    contact: str | None = None
    """A web or mail address that tells publishers who reads their feeds; it goes into the User-Agent."""
    fetch_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Hosts that may be fetched from although their addresses are private, separated by commas; `host:port` for one
    port only."""
    host_pause_seconds: float = Field(default=1.0, ge=0, le=60)
    """Least time between two visits to one host."""

    access_key: str = Field(default=EMBEDDED_KEY, validation_alias=AliasChoices("AWS_ACCESS_KEY_ID"))
    secret_key: str = Field(default=EMBEDDED_KEY, validation_alias=AliasChoices("AWS_SECRET_ACCESS_KEY"), repr=False)
    session_token: str | None = Field(default=None, validation_alias=AliasChoices("AWS_SESSION_TOKEN"), repr=False)
    region: str = Field(default="us-east-1", validation_alias=AliasChoices("AWS_REGION", "AWS_DEFAULT_REGION"))

    @field_validator("inbox", mode="before")
    @classmethod
    def _place(cls, place: object) -> object:
        if not isinstance(place, str) or "://" not in place:
            return place
        scheme, _, rest = place.partition("://")
        bucket, _, prefix = rest.partition("/")
        if scheme != "s3" or not _BUCKET.fullmatch(bucket):
            raise ValueError("an inbox is a folder, or an address such as s3://bucket/prefix")
        return S3Prefix(bucket, f"{prefix.strip('/')}/" if prefix.strip("/") else "")

    @field_validator("home", "inbox", "config")
    @classmethod
    def _absolute(cls, place: Path | S3Prefix) -> Path | S3Prefix:
        return place if isinstance(place, S3Prefix) else place.expanduser().absolute()

    @field_validator("inbox")
    @classmethod
    def _apart(cls, place: Path | S3Prefix, known: ValidationInfo) -> Path | S3Prefix:
        if isinstance(place, S3Prefix) and place.bucket == known.data.get("bucket"):
            first = place.prefix.partition("/")[0]
            if not first or first in OURS:
                raise ValueError("newsledger keeps its records there; name another prefix of the bucket")
        return place

    @field_validator("bucket")
    @classmethod
    def _bucket_name(cls, bucket: str) -> str:
        if not _BUCKET.fullmatch(bucket):
            raise ValueError("a bucket name has 3 to 63 lower-case letters, digits, dots or hyphens")
        return bucket

    @field_validator("s3_endpoint")
    @classmethod
    def _http_address(cls, address: str | None) -> str | None:
        if not address:
            return None
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an endpoint is an address such as https://s3.example.org or http://127.0.0.1:8333")
        return address.rstrip("/")

    @field_validator("contact")
    @classmethod
    def _one_line(cls, contact: str | None) -> str | None:
        if contact and not _CONTACT.fullmatch(contact):
            raise ValueError("a contact is a web or mail address, such as https://example.org/reader or me@example.org")
        return contact or None

    @field_validator("fetch_hosts", mode="before")
    @classmethod
    def _host_names(cls, hosts: object) -> object:
        if not isinstance(hosts, str):
            return hosts
        names = tuple(name for part in hosts.split(",") if (name := part.strip()))
        for name in names:
            if not _HOST.fullmatch(name):
                raise ValueError(f"{name!r} is no host; name hosts without scheme and path, separated by commas")
        return names

    @property
    def user_agent(self) -> str:
        """How newsledger introduces itself to web servers."""
        name = f"newsledger/{version('newsledger')}"
        return f"{name} (+{self.contact})" if self.contact else f"{name} (news reader)"

    @property
    def embedded(self) -> bool:
        """Whether the object store is the one that newsledger starts itself."""
        return self.s3_endpoint is None

    @property
    def endpoint(self) -> str:
        """Address of the object store."""
        return self.s3_endpoint or f"http://127.0.0.1:{self.s3_port}"

    @property
    def table(self) -> str:
        """Address of the table of articles."""
        return f"s3://{self.bucket}/records/articles"


def load() -> Settings:
    """The settings of this environment.

    Raises:
        SettingsError: one sentence that names each wrong variable, its value's fault and what is wanted.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"{_variable(fault['loc'])} is {fault['input']!r}: {_plain(fault['msg'])}" for fault in error.errors()
        )
        raise SettingsError(f"Settings: {faults}. Correct or unset it.") from None


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0])
    return name if name.isupper() else f"NEWSLEDGER_{name.upper()}"


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input should be ").lower()
