"""Tests; `tests.ledger` and `tests.conftest` are shared by those of storage."""
