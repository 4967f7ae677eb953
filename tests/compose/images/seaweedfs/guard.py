"""Who may speak to the stand-in's S3: requests signed with the one key of the environment (AWS Signature Version 4).

MiniStack checks no signature of a header, so this stands before it. Nothing else is let through but `/healthz`.
"""

import hashlib
import hmac
import os
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, quote

from ministack.app import app as store  # type: ignore[import-not-found]  # it lives in the image only

Scope = MutableMapping[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

KEY, SECRET = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
ALGORITHM = "AWS4-HMAC-SHA256"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer health at once, refuse what is not signed by us, hand on the rest."""
    if scope["type"] != "http":
        await store(scope, receive, send)
    elif scope["path"] == "/healthz":
        await _answer(send, 200, b"")
    elif fault := _fault(scope):
        await _answer(send, 403, f"<Error><Code>{fault}</Code><Message>{fault}</Message></Error>".encode())
    else:
        await store(scope, receive, send)


def _fault(scope: Scope) -> str | None:
    """S3's code for what is wrong with the request's signature; None where it is right."""
    headers = {name.decode().lower(): value.decode("utf-8", "replace") for name, value in scope["headers"]}
    query = parse_qsl(scope["query_string"].decode(), keep_blank_values=True)
    asked = dict(query)
    try:
        if asked.get("X-Amz-Algorithm") == ALGORITHM:
            given, signed, credential = (
                asked["X-Amz-Signature"],
                asked["X-Amz-SignedHeaders"],
                asked["X-Amz-Credential"],
            )
            moment, payload = asked["X-Amz-Date"], "UNSIGNED-PAYLOAD"
            query = [pair for pair in query if pair[0] != "X-Amz-Signature"]
        else:
            algorithm, _, rest = headers.get("authorization", "").partition(" ")
            if algorithm != ALGORITHM:
                return "AccessDenied"
            parts = dict(part.strip().split("=", 1) for part in rest.split(","))
            given, signed, credential = parts["Signature"], parts["SignedHeaders"], parts["Credential"]
            moment, payload = headers["x-amz-date"], headers["x-amz-content-sha256"]
        key, day, region, service, _ = credential.split("/")
    except (KeyError, ValueError):
        return "AccessDenied"
    if key != KEY:
        return "InvalidAccessKeyId"
    request = _canonical(scope, headers, query, signed, payload)
    right = _signature(request, moment, day, region, service)
    return None if hmac.compare_digest(right, given) else "SignatureDoesNotMatch"


def _canonical(
    scope: Scope, headers: Mapping[str, str], query: list[tuple[str, str]], signed: str, payload: str
) -> str:
    path = quote(scope["path"], safe="/-_.~")
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query)
    lines = "".join(f"{name}:{' '.join(headers.get(name, '').split())}\n" for name in signed.split(";"))
    asked = "&".join(f"{name}={value}" for name, value in pairs)
    return "\n".join((scope["method"], path, asked, lines, signed, payload))


def _signature(request: str, moment: str, day: str, region: str, service: str) -> str:
    scope = f"{day}/{region}/{service}/aws4_request"
    text = "\n".join((ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()))
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


async def _answer(send: Send, status: int, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/xml")]})
    await send({"type": "http.response.body", "body": body})
