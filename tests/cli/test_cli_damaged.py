"""A damaged database is answered as far as it can be, or refused with a sentence; it is never written. (threat 20)"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_tui.cli.failures import Status
from crm_tui.store import connect
from tests.cli.conftest import Run
from tests.tools.damage import play


def test_damaged_files_are_told_in_a_sentence_and_left_alone(demo_db: Path, tmp_path: Path) -> None:
    small = tmp_path / "whole.db"
    with closing(sqlite3.connect(demo_db)) as base:
        base.execute("VACUUM INTO ?", (str(small),))
    folder = tmp_path / "damaged"
    folder.mkdir()
    assert [*play(small, "ana", folder, files=16, seed=20)] == []


def test_bytes_where_a_text_belongs_in_the_trail_are_named_and_no_fault(demo: Run, demo_db: Path) -> None:
    with closing(sqlite3.connect(demo_db)) as base, base:
        (event,) = base.execute("SELECT event_id FROM change ORDER BY id LIMIT 1 OFFSET 9").fetchone()
        base.execute("UPDATE change SET digest = x'00c4ff' WHERE event_id = ?", (event,))
        base.execute("UPDATE event SET digest = x'00c4ff' WHERE id = (SELECT max(id) FROM event)")
    found = demo("doctor", "--json")
    assert found.status == Status.STORE
    (trail,) = [each for each in found.json if each["check"] == "trail"]
    assert not trail["ok"]
    assert str(event) in trail["detail"]


def test_a_damaged_schema_that_sqlite_cannot_even_quote_is_a_damaged_file(
    demo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quoted(*_: Any) -> Any:
        raise UnicodeDecodeError("utf-8", b"\xc4", 0, 1, "invalid continuation byte")

    monkeypatch.setattr(connect, "raw", quoted)
    answer = demo("today")
    assert answer.status == Status.STORE
    assert "damaged" in answer.err
