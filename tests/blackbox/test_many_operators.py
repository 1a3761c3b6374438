"""Six terminals write at once, each by keys: what a screen said was saved is there once. (`make soak` plays forty)"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.blackbox.conftest import PROGRAM
from tests.tools import ledgers, operators
from tests.tools.ledgers import Saved

TERMINALS, SECONDS = 6, 6


def test_what_screens_said_was_saved_is_there_once_however_many_write(
    demo_db: Path, env: dict[str, str], tmp_path: Path
) -> None:
    found, onlooker = operators.together(PROGRAM, demo_db, env, tmp_path, TERMINALS, SECONDS, seed=7)
    assert operators.faults(demo_db, found, onlooker) == []
    told = operators.measured(found, onlooker)
    assert all(each.saved for each in found), told
    assert onlooker.took, told


def test_the_check_sees_what_was_lost_doubled_or_written_over(demo_db: Path) -> None:
    with closing(sqlite3.connect(demo_db)) as connection:
        card, event = connection.execute(
            "SELECT row_id, event_id FROM change WHERE table_name = 'card' AND op = 'update' LIMIT 1"
        ).fetchone()
        before, after = ('{"title": "nobody wrote this"}', '{"title": "<t00.00001>"}')
        connection.execute(
            "INSERT INTO change (event_id, table_name, row_id, op, row_version, before, after, digest)"
            " VALUES (?, 'card', ?, 'update', 900, ?, ?, '')",
            (event, card, before, after),
        )
        connection.commit()
    told = ledgers.faults(demo_db, [Saved("title", "t00.00001"), Saved("note", "t00.00000")])
    assert "t00.00000 is in 0 notes" in told
    assert f"card {card}: version 900 was written over another than the one before" in told
    assert f"row {card} of card is not as its trail says" in told
    assert any(each.startswith("event ") for each in told)
    assert not any("00001" in each for each in told)
