"""A file of schema 6 becomes one of 7: its notices stay, steps of deleted cards give their time back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from house import House, do

from crm_tui.services.agenda.commands import BookAppointment
from crm_tui.services.board.commands import DeleteCard
from crm_tui.store import connect, schema
from crm_tui.store.migrations import STEPS

AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)


def _as_schema_6(path: Path) -> None:
    """Make the file what a program of schema 6 left of the same rows."""
    old = path.with_name("schema-6.db")
    with closing(sqlite3.connect(old, isolation_level=None, factory=schema._Ours)) as connection:
        schema._steps(connection, 0, STEPS[:6])
        connection.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("ATTACH ? AS new", (str(path),))
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts%'"
        ).fetchall():
            columns = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")').fetchall()
            )
            connection.execute(f'DELETE FROM main."{table}"')
            connection.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM new."{table}"')
        connection.execute("UPDATE agenda_slot SET busy = 1")
    old.replace(path)


def test_a_file_of_schema_6_keeps_its_notices_and_frees_what_deleted_cards_took(house: House) -> None:
    crm = house.open()
    made = do(crm, BookAppointment(card=house.card("ana"), when=AT, subject="X")).entity_id
    kept = do(crm, BookAppointment(when=AT.replace(hour=20), subject="Y")).entity_id
    do(crm, DeleteCard(card=house.card("ana")))
    notice = (7, house.user("ana"), "stage_due", "visit:1", "{}", "2026-11-01T00:00:00.000Z", None)
    with crm.store.writing() as connection:
        connection.execute("INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?, ?)", notice)
    house.close()
    _as_schema_6(house.path)
    assert connect.version_of(house.path) == 6
    assert schema.migrate(house.path) is not None
    assert connect.version_of(house.path) == connect.SCHEMA_VERSION
    busy = dict(house.rows("SELECT activity_id, busy FROM agenda_slot"))
    assert (busy[made], busy[kept]) == (0, 1)
    assert house.rows("SELECT * FROM notice") == [notice]
    house.close()
    with closing(sqlite3.connect(house.path)) as connection:
        connection.execute("UPDATE notice SET kind = 'appointment'")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE notice SET kind = 'other'")
        assert "agenda_card" in {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
