"""The guards of the tests themselves: each must turn red when what it guards against happens."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Clock, LiveFileGuard

    from crm_tui.services.core.crm import Crm


def test_opening_a_live_database_file_is_caught(crm: Crm, live_files: LiveFileGuard) -> None:
    with pytest.raises(AssertionError, match="live database"):
        crm.store.path.open("rb")
    with pytest.raises(AssertionError, match="live database"):
        os.open(crm.store.path, os.O_RDONLY)
    assert live_files.opened == [str(crm.store.path)] * 2
    live_files.opened.clear()


def test_a_closed_database_file_may_be_copied(demo_db: Path) -> None:
    connection = sqlite3.connect(demo_db)
    assert connection.execute("SELECT count(*) FROM card").fetchone() == (60,)
    connection.close()
    assert demo_db.read_bytes()[:15] == b"SQLite format 3"


def test_the_clock_stands_until_it_is_moved(clock: Clock, crm: Crm) -> None:
    before = crm.clock()
    assert crm.clock() == before
    clock.advance(minutes=5)
    assert (crm.clock() - before).total_seconds() == 300


def test_operators_and_an_empty_database(crm_as: Callable[[str], Crm], empty_db: Path) -> None:
    assert crm_as("carla").viewer.login == "carla"
    connection = sqlite3.connect(empty_db)
    assert connection.execute("SELECT count(*) FROM card").fetchone() == (0,)
    assert connection.execute('SELECT login FROM "user"').fetchall() == [("ana",)]
    connection.close()


def test_no_setting_of_the_person_reaches_a_test() -> None:
    assert not [name for name in os.environ if name.startswith("CRM_TUI_")]
