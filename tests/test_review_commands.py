"""`newsledger quarantine`, `replay` and `retract`, as people type them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsledger.cli import cli
from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.feedworld import rows
from tests.flow import drop, run
from tests.strictness import stricter


def said(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def strict(quick: Settings, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    changed = stricter(quick, tmp_path, "quotes", "exact", "every school")
    monkeypatch.setenv("NEWSLEDGER_CONFIG", str(changed.config))
    drop(changed, "a.txt")
    run(changed)
    return changed


def test_a_record_is_listed_shown_and_released(strict: Settings) -> None:
    (line,) = said("quarantine", "list", "--format", "jsonl").splitlines()
    record = json.loads(line)["rejection_id"]
    assert record[:12] in said("quarantine", "list")
    shown = said("quarantine", "show", record[:8])
    assert "words    We will rebuild every school in this town before the winter comes," in shown
    assert "why      " in shown
    assert "around   Mayor Olena Hrytsenko said" in shown
    done = said("quarantine", "release", record[:8], "--reason", "a real speech", "--by", "ana")
    assert f"{record}: released by ana on " in done
    assert "left for the next run" in done
    run(strict)
    assert rows(strict)[-1]["released_by"] == "ana"
    assert "Quarantine is empty." in said("quarantine", "list")


def test_a_dropped_record_is_listed_with_all_others_only(strict: Settings) -> None:
    record = json.loads(said("quarantine", "list", "--format", "jsonl"))["rejection_id"]
    said("quarantine", "drop", record, "--reason", "an advertisement", "--by", "ana")
    assert said("quarantine", "list", "--format", "jsonl") == ""
    assert json.loads(said("quarantine", "list", "--all", "--format", "jsonl"))["rejection_id"] == record
    assert "decided  dropped by ana on" in said("quarantine", "show", record)
    case = json.loads(said("quarantine", "show", record, "--format", "json"))["case"]
    assert case["rulings"][0]["reason"] == "an advertisement"


def test_everything_in_quarantine_is_replayed(strict: Settings) -> None:
    assert said("quarantine", "replay").startswith("1 file of 1 record; batch ")


def test_replay_says_what_it_would_read_and_what_it_left(strict: Settings) -> None:
    assert "inbox  a.txt\n1 file would be read again\n" in said("replay", "--all", "--dry-run")
    assert "1 file; batch " in said("replay", "--since", "2001-01-01")
    assert run(strict) is not None


def test_a_fact_is_retracted(strict: Settings) -> None:
    fact = rows(strict)[0]["mentions"][0]["fact_id"]
    assert f"{fact}: retracted by ana on " in said("retract", fact, "--reason", "misread", "--by", "ana")
    run(strict)
    assert fact not in [mention["fact_id"] for mention in rows(strict)[-1]["mentions"]]


def test_a_decision_without_a_reason_is_refused() -> None:
    done = CliRunner().invoke(cli, ["retract", "0123456789"])
    assert done.exit_code == 2
    assert "--reason" in done.output
