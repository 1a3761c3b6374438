"""The small texts that handlers ask with the writer held: each is prepared, and none walks a table that grows."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sqlite3
from pathlib import Path

import pytest

from crm_tui import services
from crm_tui.store import connect
from crm_tui.store.connect import Use

GROWS = r"SCAN (card|activity|event|change|note|party|contact_point|stage_visit|attachment|form_response|[acenpvx])\b"
SCANS = {
    "board.handlers._HELD": "a stage is removed: a setting, seldom",
    "board.handlers._HOLDS": "a stage is removed: a setting, seldom",
    "board.handlers._STATUSES": "a stage changes its category: a setting, seldom",
    "board.put_back._ONE_OF_EACH_STATUS": "a stage comes back by undo: a setting, seldom",
    "core.trail._LAST": "the end of the table, by its own sequence",
}


def _texts() -> dict[str, str]:
    """Every text of a handler or a reaction by module and name, but those that are still to be filled in."""
    found: dict[str, str] = {}
    for info in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        for name, value in vars(importlib.import_module(info.name)).items():
            if name.startswith("_") and isinstance(value, str) and re.match(r"\s*(SELECT|WITH)\b", value):
                found[f"{info.name.removeprefix('crm_tui.services.')}.{name}"] = value
    return {name: text for name, text in found.items() if "{" not in text}


TEXTS = _texts()


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_asked_inside_a_command_does_not_grow_with_the_data(empty_db: Path, name: str) -> None:
    connection = connect.raw(empty_db, Use.READ)
    asked = dict.fromkeys(re.findall(r":([a-z_]+)", TEXTS[name]), 0)
    try:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {TEXTS[name]}", asked)]
    except sqlite3.OperationalError as error:
        pytest.fail(f"{name}: {error}")
    finally:
        connection.close()
    assert any(re.match(GROWS, step) and "VIRTUAL" not in step for step in plan) is (name in SCANS), plan


def test_what_is_let_through_is_still_there() -> None:
    assert set(SCANS) <= set(TEXTS)
    assert len(TEXTS) > 50
