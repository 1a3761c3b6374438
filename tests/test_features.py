"""Holds docs/features.md to the code: every key, command and test that the page names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from crm_tui import bootstrap
from crm_tui.cli.help import VERBS
from crm_tui.ui.actions import ACTIONS

ROOT = Path(__file__).parents[1]
ARROWS = {"←": "left", "→": "right", "↑": "up", "↓": "down"}


def _rows() -> list[list[str]]:
    text = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return [row for row in rows if re.fullmatch(r"[KBETMX]\d+", row[0])]


def _codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def _tests(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


ROWS = _rows()


def test_the_page_has_each_row_once_with_all_its_columns() -> None:
    ids = [row[0] for row in ROWS]
    assert len(ids) == len(set(ids)) > 100
    assert [row[0] for row in ROWS if len(row) not in (5, 6) or not all(row)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_the_page_names_is_there(row: list[str]) -> None:
    _id, _what, where, line, test = row[:5]
    for keys, action in re.findall(r"((?:`[^`]+` )+)\(`([a-z_]+\.[a-z_]+)`\)", where):
        named = {ARROWS.get(key, key) for key in _codes(keys)}
        assert named <= set(ACTIONS[action].keys.split()), action
    assert set(re.findall(r"\(`([a-z_]+\.[a-z_]+)`\)", where)) <= set(ACTIONS)
    verbs, commands = {verb.name for verb in VERBS}, bootstrap.commands()
    without_json_fields = re.sub(r": `\w+`", "", line)
    for part in (part for code in _codes(without_json_fields) for part in code.split(", ")):
        verb, *rest = part.split()
        if verb.startswith("--"):
            continue
        assert verb in verbs, part
        if verb == "do" and rest and not rest[0].startswith("--"):
            assert rest[0] in commands, part
            fields = {word[2:].replace("-", "_") for word in rest[1:]}
            assert fields <= set(commands[rest[0]].model_fields), part
    for named_test in _codes(test):
        path, _, name = named_test.partition("::")
        assert name in _tests(path), named_test
