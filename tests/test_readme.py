"""What the README says is so."""

import re
from pathlib import Path

import pytest

from newsledger.extract.document import FORMATS
from newsledger.local import guide
from newsledger.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_command_comes_within_fifteen_lines() -> None:
    assert "make run" in README.splitlines()[:15]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained(name: str) -> None:
    alias = Settings.model_fields[name].validation_alias
    names = getattr(alias, "choices", None) or [f"NEWSLEDGER_{name.upper()}"]
    assert f"`{names[0]}`" in README


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_listed(ending: str) -> None:
    assert f"`{ending}`" in README


@pytest.mark.parametrize("recipe", guide.recipes(Settings()), ids=lambda recipe: recipe.tool)
def test_the_recipes_are_those_that_the_console_prints(recipe: guide.Recipe) -> None:
    assert "\n".join(recipe.lines) in README


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_tree_names_what_is_there() -> None:
    tree = README.split("config/                  what to watch", 1)[1].split("```")[0]
    package = ROOT / "plugins/newsledger"
    for name in re.findall(r"(?m)^  ([a-z_]+(?:/|\.py))", tree):
        assert any((base / name).exists() for base in (package, ROOT / "config")), name
