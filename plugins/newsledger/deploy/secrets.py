"""Whether the secrets of a deployment are worth the name; pure."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping

SECRETS = (
    "NEWSLEDGER_ADMIN_PASSWORD",
    "NEWSLEDGER_POSTGRES_PASSWORD",
    "NEWSLEDGER_REDIS_PASSWORD",
    "NEWSLEDGER_FERNET_KEY",
    "NEWSLEDGER_API_SECRET",
    "NEWSLEDGER_JWT_SECRET",
    "NEWSLEDGER_S3_ACCESS_KEY",
    "NEWSLEDGER_S3_SECRET_KEY",
)
"""What `.env` must hold; `stack up` writes all of them."""
SHORTEST = 16
"""Characters. Sixteen letters and digits at random are 95 bits; NIST SP 800-63B asks for 15 characters at the least."""
SHORTEST_SIGNING = 64
"""Characters of the key that signs tokens: Airflow's HS512 wants as many bytes as its hash has (RFC 7518, 3.2)."""

# Words that make a secret a guess, however they are strung together: names of this stack, and the defaults of the
# compose files that people copy from.
_KNOWN = re.compile(
    r"admin|administrator|airflow|newsledger|postgres|redis|seaweed|minio|root|user|test|demo|example|default|secret|"
    r"password|passwort|passwd|pass|changeme|change|me|replace|please|this|your|my|key|access|fernet|jwt|token|here|"
    r"qwerty|letmein|welcome|1234567890|123456789|12345678|1234567|123456|12345|1234|123|0|1|[-_.:@ ]",
    re.IGNORECASE,
)
_REMAINDER, _DIFFERENT = 8, 6
"""Characters that a secret has beside such words, and different ones, at the least."""
_URL_SAFE = re.compile(r"[A-Za-z0-9_~.=-]+")


def faults(environment: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each secret that is missing, known, or too weak; it never repeats the secret."""
    for name in SECRETS:
        if fault := _fault(name, environment.get(name, "")):
            yield f"{name} {fault}: put a random one into .env, or remove .env and let `make up` write a new one."
    values = [environment.get(name, "") for name in SECRETS]
    if len(set(values)) < len(values) and all(values):
        yield "Two secrets in .env are the same: give each a random value of its own."


def _fault(name: str, secret: str) -> str | None:
    if not secret:
        return "is missing"
    if not _URL_SAFE.fullmatch(secret):
        return "has characters other than letters, digits and -_.~=, which addresses cannot carry"
    if len(_KNOWN.sub("", secret)) < _REMAINDER or len(set(secret)) < _DIFFERENT:
        return "is one that everybody knows"
    if name == "NEWSLEDGER_FERNET_KEY":
        return None if _is_fernet(secret) else "is no Fernet key (32 random bytes as URL-safe base64)"
    shortest = SHORTEST_SIGNING if name == "NEWSLEDGER_JWT_SECRET" else SHORTEST
    return f"has fewer than {shortest} characters" if len(secret) < shortest else None


def _is_fernet(key: str) -> bool:
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    except (ValueError, binascii.Error):
        return False
