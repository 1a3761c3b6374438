"""What is exported, opened by LibreOffice: no cell is a formula, whatever a customer is called. (threat 4)"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.blackbox.conftest import PROGRAM

OFFICE = shutil.which("soffice")
FORMULAS = (
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "＋1+1",
    "﹦1+1",
    "%0A=1+1",
    ";=1+1",
)


@pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["people", "cards", "activities"])
def test_no_cell_of_an_export_is_a_formula(
    demo_db: Path, env: dict[str, str], tmp_path: Path, form: str, what: str
) -> None:
    with closing(sqlite3.connect(demo_db)) as base:
        for table, column in (
            ("party", "name"),
            ("party", "preferences"),
            ("card", "title"),
            ("activity", "subject"),
        ):
            for (row,) in base.execute(f"SELECT id FROM {table}").fetchall():
                base.execute(
                    f"UPDATE {table} SET {column} = ? WHERE id = ?", (FORMULAS[row % len(FORMULAS)], row)
                )
        base.commit()
    target = tmp_path / f"out.{form}"
    own = {**env, "PATH": "/usr/bin:/bin"}
    asked = [PROGRAM, "--db", demo_db, "--as", "admin", "export", what, "--format", form, "--out", target]
    subprocess.run(asked, env=own, check=True, capture_output=True)
    words = [OFFICE, "--headless", "--convert-to", "fods", "--outdir", tmp_path, target]
    if form == "csv":  # by semicolons, UTF-8, each cell taken for what it looks like
        words.insert(2, "--infilter=CSV:59,34,76,1,,0,false,true,false")
    subprocess.run(words, env=own, check=True, capture_output=True, timeout=120)
    opened = (tmp_path / "out.fods").read_text("utf-8")
    assert "1+1" in opened
    assert re.findall(r'table:formula="[^"]*"', opened) == []
