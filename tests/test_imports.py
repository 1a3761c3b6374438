"""What a start really loads, asked of a fresh interpreter: the start-up budget of docs/architecture.md.

import-linter knows the graph, this knows the truth: a late import that became early, or a library that pulls
another one in, is seen only here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "crm_tui"
HEAVY = ("pydantic", "sqlmodel", "sqlalchemy", "alembic", "typer", "babel", "holidays", "phonenumbers")
"""Each costs the first paint between 30 and 300 ms; they are loaded by the thread behind it."""
TERMINAL = ("textual", "rich", "typer")
STANDARD = {*sys.stdlib_module_names, "crm_tui"}

ASK = """
import importlib, json, sys
before = set(sys.modules)
seen = {}
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
    seen[name] = sorted(set(sys.modules) - before)
    before |= set(sys.modules)
print(json.dumps(seen))
"""


def loaded(*modules: str) -> dict[str, set[str]]:
    """For each module, imported in turn by one fresh interpreter, the modules it was the first to load."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(modules)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return {name: set(new) for name, new in json.loads(done.stdout).items()}


def modules_of(*folders: str) -> list[str]:
    """Dotted names of every module below the folders, in a fixed order."""
    files = sorted(f for folder in folders for f in (PACKAGE / folder).rglob("*.py"))
    names = [".".join(f.relative_to(ROOT).with_suffix("").parts) for f in files if f.name != "__main__.py"]
    return [name.removesuffix(".__init__") for name in names]


def intruders(found: dict[str, set[str]], forbidden: tuple[str, ...]) -> dict[str, list[str]]:
    """Which module brought which forbidden library, by the library's name only."""
    guilty = {}
    for name, new in found.items():
        tops = sorted({m.split(".")[0] for m in new} & set(forbidden))
        if tops:
            guilty[name] = tops
    return guilty


def views() -> list[str]:
    return [f"crm_tui.services.{f.parent.name}.views" for f in sorted(PACKAGE.glob("services/*/views.py"))]


def test_the_command_line_starts_without_a_library() -> None:
    found = loaded("crm_tui.cli")
    assert intruders(found, ("textual", "pydantic", "sqlmodel", "sqlalchemy", "alembic", "babel")) == {}


def test_the_composition_root_and_the_application_load_nothing_heavy() -> None:
    names = [n for n in ("crm_tui.bootstrap", "crm_tui.app") if _exists(n)]
    assert intruders(loaded(*names), HEAVY) == {}


def _exists(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def test_the_door_loads_nothing_heavy() -> None:
    assert intruders(loaded("crm_tui.services.core.crm"), HEAVY) == {}


@pytest.mark.parametrize("name", views())
def test_views_are_read_through_the_standard_library(name: str) -> None:
    found = loaded(name)
    assert intruders(found, (*HEAVY, *TERMINAL)) == {}
    assert "sqlite3" in set().union(*found.values()) or "crm_tui.store.queries" in set().union(
        *found.values()
    )


def test_what_draws_the_first_paint_loads_nothing_heavy() -> None:
    assert intruders(loaded(*modules_of("ui", "widgets", "screens")), HEAVY) == {}


def test_what_is_asked_and_how_it_is_done_load_no_orm() -> None:
    """A third of the program's memory, and most of the time until commands are ready (decision 0020)."""
    found = loaded(*modules_of("services"), "crm_tui.store.rows", "crm_tui.store.trail")
    assert intruders(found, ("sqlmodel", "sqlalchemy", "alembic")) == {}


def test_below_the_screens_nothing_loads_the_terminal() -> None:
    assert intruders(loaded(*modules_of("i18n", "domain", "store", "services", "connectors")), TERMINAL) == {}


def test_the_domain_is_standard_library_only() -> None:
    for name, new in loaded(*modules_of("i18n", "domain")).items():
        foreign = {m for m in new if m.split(".")[0] not in STANDARD and not m.startswith("_sysconfigdata")}
        assert not foreign, f"{name} loads {sorted(foreign)}"
        ours = {m for m in new if m.startswith("crm_tui.")}
        assert all(m.split(".")[1] in {"i18n", "domain"} for m in ours), f"{name} loads {sorted(ours)}"
        assert not any(m.split(".")[0] == "sqlite3" for m in new), f"{name} loads sqlite3"


def test_the_question_would_see_an_intruder() -> None:
    assert intruders(loaded("crm_tui.domain", "sqlmodel"), HEAVY)["sqlmodel"] == [
        "pydantic",
        "sqlalchemy",
        "sqlmodel",
    ]
