"""`newsledger quarantine`, `replay` and `retract`, as people type them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsledger.cli import cli
from newsledger.settings import Settings
from newsledger.store import breaker
from newsledger.store.breaker import Counted
from newsledger.store.objects import Objects
from tests.feedworld import rows
from tests.flow import STORY, drop, run
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
    assert "1 file would be read again\n" in said("replay", "--all", "--dry-run")
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


def test_a_held_batch_is_listed_shown_and_decided_by_its_id(strict: Settings, objects: Objects) -> None:
    for number in range(20):
        breaker.remember(objects, Counted(batch_id=f"old-{number}", articles={"article": 10, "quotes": 9}, failed={}))
    for number in range(6):
        drop(strict, f"{number}.txt", f"{STORY}\nPart {number}.")
    batch_id = run(strict)
    assert batch_id
    assert "held batch" in said("quarantine", "list")
    assert json.loads(said("quarantine", "list", "--format", "jsonl").splitlines()[0])["held"] == batch_id
    shown = said("quarantine", "show", batch_id[:10])
    assert "6 of 6 articles fail it" in shown
    assert "file     3.txt" in shown
    assert f"held        batch {batch_id} since" in said("status")
    assert "held: batch" in said("status", str(strict.inbox / "3.txt"))  # type: ignore[operator]
    told = said("quarantine", "release", batch_id, "--reason", "a new kind of story", "--by", "ana")
    assert f"batch {batch_id}: released by ana on " in told
    before = len(rows(strict))
    run(strict)
    assert len(rows(strict)) == before + 6
    assert "held batch" not in said("quarantine", "list")


def test_replay_is_kept_with_who_asked_for_it(strict: Settings) -> None:
    record = json.loads(said("quarantine", "list", "--format", "jsonl"))["rejection_id"]
    said("quarantine", "replay", record, "--by", "ana", "--reason", "better rules")
    assert "decided  replayed by ana on" in said("quarantine", "show", record)
    assert json.loads(said("quarantine", "list", "--format", "jsonl"))["rejection_id"] == record  # it still waits


def test_status_without_a_file_tells_how_everything_stands(strict: Settings) -> None:
    record = json.loads(said("quarantine", "list", "--format", "jsonl"))["rejection_id"]
    said("quarantine", "drop", record, "--reason", "no", "--by", "ana")
    drop(strict, "b.txt", STORY)
    lines = dict(line.split(maxsplit=1) for line in said("status").splitlines())
    assert lines["inbox"].startswith("1 file in ")
    assert lines["quarantine"].startswith("1 batch with records")
    assert lines["decisions"] == "1 dropped"
    assert lines["room"] == "enough"
    assert lines["published"] == "up to position 1"


def test_a_dry_run_says_what_would_change(strict: Settings, quick: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_CONFIG", str(quick.config))
    before = rows(strict)
    told = said("replay", "--all", "--dry-run")
    assert "revision  " in told
    assert "(a.txt): +1 quotes\n" in told
    assert "1 article would change" in told
    assert rows(strict) == before
    assert run(strict) is None
