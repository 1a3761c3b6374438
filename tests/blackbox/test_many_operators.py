"""Six terminals write at once, each by keys: what a screen said was saved is there once. (`make soak` plays forty)"""

from __future__ import annotations

from pathlib import Path

from tests.blackbox.conftest import PROGRAM
from tests.tools import operators

TERMINALS, SECONDS = 6, 6


def test_what_screens_said_was_saved_is_there_once_however_many_write(
    demo_db: Path, env: dict[str, str], tmp_path: Path
) -> None:
    found = operators.together(PROGRAM, demo_db, env, tmp_path, TERMINALS, SECONDS, seed=7)
    assert operators.faults(demo_db, found) == []
    assert all(each.saved for each in found), operators.measured(found)


def test_the_check_sees_what_was_lost_or_doubled(demo_db: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "t00.ledger"
    ledger.write_text("t00.0000\nt00.0001\n")
    one = operators.Operator("t00", "ana", ledger, saved=["t00.0000"])
    assert operators.faults(demo_db, [one]) == [
        "t00: the ledger lost a line",
        "t00.0000 is in 0 notes",
        "t00.0001 is in 0 notes",
    ]
