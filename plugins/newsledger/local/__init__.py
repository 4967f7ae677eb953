"""The stack on one machine: object store, Airflow, ready checks, a watch over them, and an orderly stop."""

from newsledger.local.processes import LocalError
from newsledger.local.up import up

__all__ = ["LocalError", "up"]
