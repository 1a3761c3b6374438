"""A copy that an older program made is put back as well: it is migrated beside the database first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from house import House

from crm_tui.store import connect
from crm_tui.store.backup import backup
from crm_tui.store.recover import restore

NEW_KEYS = ("card.close", "card.archive", "card.delete")


def _of_schema_1(path: Path) -> None:
    """Take back what schema 2 granted."""
    with closing(sqlite3.connect(path)) as connection:
        for key in NEW_KEYS:
            connection.execute("DELETE FROM profile_permission WHERE key = ?", (key,))
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


def _granted(path: Path) -> set[tuple[int, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT profile_id, key, scope FROM profile_permission").fetchall()
    return set(rows)


def test_an_older_copy_is_migrated_and_left_as_it_was(house: House, tmp_path: Path) -> None:
    granted, copy = _granted(house.path), tmp_path / "old.db"
    wanted = granted | {(p, key, scope) for p, k, scope in granted if k == "card.move" for key in NEW_KEYS}
    backup(house.path, copy)
    _of_schema_1(copy)
    before = copy.read_bytes()
    house.close()
    kept = restore(house.path, copy)
    assert kept is not None
    assert connect.version_of(house.path) == connect.SCHEMA_VERSION
    assert _granted(house.path) == wanted, "who moves cards closes them, within the same reach"
    assert copy.read_bytes() == before
    assert [p.name for p in house.path.parent.iterdir() if p.name.startswith(".restore")] == []


def test_it_is_put_where_nothing_lies_too(house: House, tmp_path: Path) -> None:
    copy, empty = tmp_path / "old.db", tmp_path / "new" / "crm.db"
    backup(house.path, copy)
    _of_schema_1(copy)
    assert restore(empty, copy) is None
    assert connect.version_of(empty) == connect.SCHEMA_VERSION
