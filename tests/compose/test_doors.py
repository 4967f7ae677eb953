"""Nobody comes in without a login: every route of Airflow, of its login, of the plugins, and of S3.

Routes are taken from the OpenAPI documents of the very programs that run, so that a new one is walked as well.
"""

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
METHODS = ("get", "post", "put", "patch", "delete")
PAGES = (
    # What is drawn by Flask and stands in no document: pages of FAB's auth manager.
    *("/auth/users/list/", "/auth/users/add", "/auth/users/edit/1", "/auth/users/show/1", "/auth/users/delete/1"),
    *("/auth/users/userinfo/", "/auth/roles/list/", "/auth/roles/add", "/auth/roles/edit/1", "/auth/roles/show/1"),
    *("/auth/roles/delete/1", "/auth/actions/list/", "/auth/resources/list/", "/auth/permissions/list/"),
    *(
        "/auth/userstatschartview/chart/",
        "/auth/resetpassword/form",
        "/auth/resetmypassword/form",
        "/auth/userinfoedit/form",
    ),
)


def filled(path: str) -> str:
    """The path with something in the place of each parameter."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda match: VALUES.get(match[1], "1"), path)


def documents(stranger: httpx.Client) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where each API begins, and its document: Airflow's own, its login's, and the one that tasks speak to."""
    yield "", stranger.get("/openapi.json").raise_for_status().json()
    yield "/auth", stranger.get("/auth/openapi.json").raise_for_status().json()
    versions = re.findall(r"docs\?version=(\d{4}-\d\d-\d\d)", stranger.get("/execution/docs").text)
    newest = {"version": max(versions)}
    yield "/execution", stranger.get("/execution/openapi.json", params=newest).raise_for_status().json()


def routes(document: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """Method and path of all that a document names."""
    for path, operations in document["paths"].items():
        yield from ((method.upper(), prefix + path) for method in operations if method in METHODS)


def test_every_route_of_every_document_refuses_strangers(stack: Stack) -> None:
    let_in, walked = [], 0
    with httpx.Client(base_url=stack.url, timeout=60) as stranger:
        for prefix, document in documents(stranger):
            for method, path in routes(document, prefix):
                walked += 1
                body: dict[str, str] | None = {} if method in {"POST", "PUT", "PATCH"} else None
                status = stranger.request(method, filled(path), json=body).status_code
                if (method, path) not in OPEN and status not in REFUSED:
                    let_in.append((method, path, status))
    assert walked > 150
    assert let_in == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_auth_manager_sends_strangers_to_the_login(stack: Stack, page: str) -> None:
    answer = httpx.get(f"{stack.url}{page}", timeout=60, follow_redirects=False)
    while answer.is_redirect and "/login" not in answer.headers["location"]:
        answer = httpx.get(answer.next_request.url, timeout=60)  # type: ignore[union-attr]  # a redirect has one
    assert answer.status_code in {401, 403, 404} or "/login" in answer.headers.get("location", "")


@pytest.mark.parametrize("path", ["/", "/dags", "/plugins", "/docs", "/dags/watch_inbox"])
def test_the_ui_tells_strangers_nothing(stack: Stack, path: str) -> None:
    """It is one page that asks the API for all it shows."""
    answer = httpx.get(f"{stack.url}{path}", timeout=60)
    assert "watch_inbox" not in answer.text
    assert len(answer.text) < 2_000


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
