"""Which secrets a deployment is refused for."""

import base64
import os
import random
import string

import pytest

from newsledger.deploy.secrets import SECRETS, faults

FERNET = "NEWSLEDGER_FERNET_KEY"
JWT = "NEWSLEDGER_JWT_SECRET"


def strong(seed: int = 1) -> dict[str, str]:
    chance = random.Random(seed)
    letters = string.ascii_letters + string.digits
    found = {name: "".join(chance.choices(letters, k=64)) for name in SECRETS}
    return found | {FERNET: base64.urlsafe_b64encode(chance.randbytes(32)).decode()}


@pytest.mark.parametrize("seed", range(50))
def test_random_secrets_are_taken(seed: int) -> None:
    assert (
        list(faults(strong(seed) | {"NEWSLEDGER_ADMIN_PASSWORD": strong(-seed)["NEWSLEDGER_ADMIN_PASSWORD"][:16]}))
        == []
    )


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_that_is_missing_is_named(name: str) -> None:
    (fault,) = faults({key: value for key, value in strong().items() if key != name})
    assert fault.startswith(f"{name} is missing: ")


@pytest.mark.parametrize(
    "known",
    [
        *("airflow", "changeme", "ChangeMe123", "admin", "password123", "postgres-password", "newsledger-secret-key"),
        *("airflow_admin_password_2", "a" * 64, "abababab" * 8, "1234567890123456", "minioadmin:minioadmin"),
        *("please-change-this-secret-key", "this.is.my.secret", "testtesttesttesttest"),
    ],
)
def test_a_known_secret_is_refused_without_being_repeated(known: str) -> None:
    found = list(faults(strong() | {"NEWSLEDGER_POSTGRES_PASSWORD": known}))
    assert len(found) == 1
    assert found[0].startswith("NEWSLEDGER_POSTGRES_PASSWORD ")
    assert known not in found[0].removeprefix("NEWSLEDGER_POSTGRES_PASSWORD")


def test_a_short_secret_is_refused() -> None:
    (fault,) = faults(strong() | {"NEWSLEDGER_ADMIN_PASSWORD": "kV9xQ2mZr7Lp4Tc"})
    assert "has fewer than 16 characters" in fault


def test_a_key_that_signs_tokens_is_as_long_as_its_hash() -> None:
    (fault,) = faults(strong() | {JWT: strong(2)[JWT][:63]})
    assert "has fewer than 64 characters" in fault


@pytest.mark.parametrize(
    "key", ["kV9xQ2mZr7Lp4TcYkV9xQ2mZr7Lp4TcY", "x" * 43 + "=", base64.b64encode(b"?" * 32).decode()]
)
def test_what_is_no_fernet_key_is_refused(key: str) -> None:
    (fault,) = faults(strong() | {FERNET: key})
    assert fault.startswith(FERNET)


def test_characters_that_an_address_cannot_carry_are_refused() -> None:
    (fault,) = faults(strong() | {"NEWSLEDGER_REDIS_PASSWORD": "kV9x/2mZ@7Lp:TcYkV9x"})
    assert "addresses cannot carry" in fault


def test_one_secret_for_two_purposes_is_refused() -> None:
    same = strong()
    (fault,) = faults(same | {"NEWSLEDGER_REDIS_PASSWORD": same["NEWSLEDGER_POSTGRES_PASSWORD"]})
    assert "are the same" in fault


def test_the_environment_of_the_tests_is_no_deployment() -> None:
    assert len(list(faults({name: os.environ.get(name, "") for name in SECRETS}))) == len(SECRETS)
