"""Nobody comes in without a login: every route of Airflow, of its login, of the plugins, and of S3.

Routes are taken from the OpenAPI documents of the very programs that run, so that a new one is walked as well.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from botocore.config import Config

from tests.compose.stack import Stack

OPEN = {
    # What a load balancer and the login page need; none tells of data.
    ("GET", "/api/v2/monitor/health"),
    ("GET", "/api/v2/version"),
    ("GET", "/execution/health"),
    ("GET", "/execution/health/ping"),
    ("GET", "/api/v2/auth/login"),  # sends on to the login page
    ("GET", "/api/v2/auth/logout"),
    ("GET", "/auth/logout"),
    # The ways to log in: they want name and password.
    ("POST", "/auth/token"),
    ("POST", "/auth/token/cli"),
    ("GET", "/auth/login/"),
    ("POST", "/auth/login/"),
}
"""Routes that answer anybody."""
REFUSED = {401, 403}
VALUES = {"dag_id": "watch_inbox", "dag_run_id": "manual", "task_id": "collect"}
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")

DUMP = """
import json
from airflow.api_fastapi.app import create_app
app = create_app()
def walk(routes, prefix):
    for route in routes:
        path = prefix + getattr(route, "path", "")
        inner = getattr(getattr(route, "app", None), "routes", None)
        if inner is not None:
            yield from walk(inner, path)
        elif getattr(route, "methods", None):
            yield from ([method, path] for method in sorted(route.methods))
        else:
            yield ["MOUNT", path + " " + type(getattr(route, "app", route)).__name__]
print("ROUTES", json.dumps([*walk(app.routes, "")]))
"""


@pytest.fixture(scope="module")
def routes(stack: Stack) -> list[tuple[str, str]]:
    """Method and path of everything that the API server serves, as the program itself has it."""
    said = stack.compose("exec", "-T", "api-server", "python", "-c", DUMP).stdout
    line = next(line for line in said.splitlines() if line.startswith("ROUTES "))
    return [(method, path) for method, path in json.loads(line.removeprefix("ROUTES "))]


def filled(path: str) -> str:
    """The path with something in the place of each parameter."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda match: VALUES.get(match[1], "1"), path)


def test_every_route_of_airflow_is_walked_and_refuses_strangers(stack: Stack, routes: list[tuple[str, str]]) -> None:
    walked = [(method, path) for method, path in routes if path.startswith(("/api/", "/ui/", "/execution/", "/auth/"))]
    assert len(walked) > 150
    let_in = []
    with httpx.Client(base_url=stack.url, timeout=30) as stranger:
        for method, path in walked:
            if (method, path) in OPEN or method in {"HEAD", "OPTIONS"}:
                continue
            answer = stranger.request(method, filled(path), json={} if method in {"POST", "PUT", "PATCH"} else None)
            if answer.status_code not in REFUSED:
                let_in.append((method, path, answer.status_code))
    assert let_in == []


def test_the_published_documents_name_no_route_that_is_open(stack: Stack) -> None:
    """The same by the OpenAPI documents, which an API client would read."""
    let_in = []
    with httpx.Client(base_url=stack.url, timeout=30) as stranger:
        for prefix in ("", "/execution", "/auth"):
            document = stranger.get(f"{prefix}/openapi.json")
            if document.status_code != 200:
                continue
            for method, path in _of(document.json(), prefix):
                status = stranger.request(method, filled(path)).status_code
                if (method, path) not in OPEN and status not in REFUSED:
                    let_in.append((method, path, status))
    assert let_in == []


def _of(document: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for path, operations in document["paths"].items():
        for method in operations:
            if method in METHODS:
                yield method.upper(), prefix + path


def test_a_forged_token_is_refused(stack: Stack) -> None:
    token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwiZXhwIjo5OTk5OTk5OTk5fQ."
    for path in ("/api/v2/dags", "/execution/task-instances/1/run"):
        answer = httpx.get(f"{stack.url}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=30)
        assert answer.status_code in {401, 403, 405}


def test_a_wrong_password_is_refused(stack: Stack) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        stack.login(password="wrong")


@pytest.mark.parametrize(
    "path", ["/", "/news", "/news?list-type=2", "/news/records/views.sql", "/_ministack/health", "/news?policy"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE"])
def test_s3_refuses_what_is_not_signed(stack: Stack, method: str, path: str) -> None:
    address = f"http://127.0.0.1:{stack.settings['NEWSLEDGER_S3_PORT']}{path}"
    assert httpx.request(method, address, timeout=30).status_code == 403


def test_s3_refuses_a_wrong_secret_and_a_wrong_key(stack: Stack) -> None:
    import boto3
    from botocore.exceptions import ClientError

    right = stack.reader()
    for key, secret in ((right.access_key, "wrong" * 8), ("nobody", right.secret_key)):
        client = boto3.client(
            "s3",
            endpoint_url=right.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}),
        )
        with pytest.raises(ClientError, match=r"SignatureDoesNotMatch|InvalidAccessKeyId|AccessDenied"):
            client.list_objects_v2(Bucket="news")
