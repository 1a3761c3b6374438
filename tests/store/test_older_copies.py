"""A copy that an older program made is put back as well: it is migrated beside the database first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from house import House

from crm_tui.store import connect, schema
from crm_tui.store.backup import backup
from crm_tui.store.migrations import STEPS
from crm_tui.store.recover import restore

NEW_KEYS = ("card.close", "card.archive", "card.delete", "card.convert")


def unnoted(_connection: object) -> None:
    """The store's own part of a restore: who notes it in the trail is above it."""


def _of_schema_1(path: Path) -> None:
    """Make the file what the first release's program would have made of the same rows."""
    old = path.with_name("schema-1.db")
    with closing(sqlite3.connect(old, isolation_level=None, factory=schema._Ours)) as connection:
        schema._steps(connection, 0, STEPS[:1], ("counters.sql", "search.sql"))
        connection.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        connection.execute("ATTACH ? AS new", (str(path),))
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts%'"
        ).fetchall():
            columns = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")').fetchall()
            )
            connection.execute(f'DELETE FROM main."{table}"')
            connection.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM new."{table}"')
        for key in (*NEW_KEYS, "filter.save", "user.pin", "card.reopen", "export.run"):
            connection.execute("DELETE FROM profile_permission WHERE key = ?", (key,))
    old.replace(path)


def _granted(path: Path) -> set[tuple[int, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT profile_id, key, scope FROM profile_permission").fetchall()
    return set(rows)


def test_an_older_copy_is_migrated_and_left_as_it_was(house: House, tmp_path: Path) -> None:
    granted, copy = _granted(house.path), tmp_path / "old.db"
    movers = {(p, key, scope) for p, k, scope in granted if k == "card.move" for key in NEW_KEYS}
    wanted = (
        granted
        | movers
        | {(p, key, "own") for p, k, _ in granted if k == "card.read" for key in ("filter.save", "user.pin")}
    )
    backup(house.path, copy)
    _of_schema_1(copy)
    before = copy.read_bytes()
    house.close()
    kept = restore(house.path, copy, unnoted)
    assert kept is not None
    assert connect.version_of(house.path) == connect.SCHEMA_VERSION
    assert _granted(house.path) == wanted, (
        "who moves cards closes them, within the same reach; a manager reopens"
    )
    assert copy.read_bytes() == before
    assert [p.name for p in house.path.parent.iterdir() if p.name.startswith(".restore")] == []


def test_it_is_put_where_nothing_lies_too(house: House, tmp_path: Path) -> None:
    copy, empty = tmp_path / "old.db", tmp_path / "new" / "crm.db"
    backup(house.path, copy)
    _of_schema_1(copy)
    assert restore(empty, copy, unnoted) is None
    assert connect.version_of(empty) == connect.SCHEMA_VERSION
