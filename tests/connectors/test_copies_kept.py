"""Which copies of the base are made by themselves, which are kept, and when the newest is old. (M105)"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from crm_tui.cli import taken_in
from crm_tui.cli.taken_in import Wanted
from crm_tui.connectors import copies
from crm_tui.i18n import say, set_language
from crm_tui.services.core.crm import Crm
from crm_tui.services.party.commands import NewParty
from crm_tui.store import backup, connect
from crm_tui.store.connect import Use
from tests.conftest import NOW, Clock


def _kept_after(days: int) -> list[date]:
    """What lies there after so many days with one copy each, taken away as they go."""
    there: list[date] = []
    for n in range(days):
        there.append(date(2026, 1, 1) + timedelta(days=n))
        gone = set(copies.outlived(there))
        there = [day for day in there if day not in gone]
    return there


def test_of_daily_copies_seven_stay_and_the_last_of_four_weeks_and_of_twelve_months() -> None:
    kept = _kept_after(700)
    newest = kept[-1]
    assert kept[-7:] == [newest - timedelta(days=n) for n in range(6, -1, -1)]
    sundays = [day for day in kept if day.weekday() == 6 and (newest - day).days >= 7]
    assert len(sundays) >= 3
    ends = [day for day in kept if (day + timedelta(days=1)).month != day.month]
    assert len(ends) == 11 + (newest in ends)
    assert len(kept) <= 7 + 4 + 12


def _old(path: Path, hours: float, now: datetime = NOW) -> None:
    at = (now - timedelta(hours=hours)).timestamp()
    os.utime(path, (at, at))


def test_before_many_rows_are_taken_in_the_base_is_copied_unless_that_was_done_just_now(
    crm_as: Callable[[str], Crm], demo_db: Path, clock: Clock
) -> None:
    crm = crm_as("ana")
    assert copies.before_many(crm, copies.MANY - 1) is None
    assert copies.kept(demo_db) == []
    for hour in range(5):
        clock.now = NOW + timedelta(hours=hour)
        assert copies.before_many(crm, copies.MANY) is None
        for each in copies.kept(demo_db):
            if each.path.name.endswith(f"{clock.now.astimezone(crm.viewer.zone):%H%M%S}"):
                _old(each.path, 0, clock.now)
        assert copies.before_many(crm, copies.MANY) is None, "there is one of this hour"
        clock.advance(hours=1)
    names = [each.path.name for each in copies.kept(demo_db)]
    assert len(names) == 3
    assert all(name.startswith("demo.db.before-import-2026-11-19-") for name in names)
    for each in copies.kept(demo_db):
        assert copies.damage(each) is None


def test_what_cannot_be_copied_first_is_not_taken_in(
    crm_as: Callable[[str], Crm], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_database: Path, target: Path) -> None:
        raise backup.StoreRefused(backup.Text("no room for {path}", {"path": target.name}))

    monkeypatch.setattr(backup, "backup", full)
    crm = crm_as("ana")
    people = crm.store.reader().execute("SELECT count(*) FROM party").fetchone()
    wanted = [Wanted(n, "new", NewParty(name=f"Gente {n}")) for n in range(copies.MANY)]
    result = {"new": len(wanted), "error": 0, "errors": []}
    refusal = taken_in.write(crm, wanted, result)
    assert refusal is not None
    assert "no room for" in say(refusal.reason)
    assert (result["new"], result["error"], result["skipped"]) == (0, 1, len(wanted) - 1)
    assert crm.store.reader().execute("SELECT count(*) FROM party").fetchone() == people


def test_a_copy_that_was_damaged_since_is_told(demo_db: Path, tmp_path: Path) -> None:
    copy = demo_db.with_name("demo.db.copy-1")
    backup.backup(demo_db, copy)
    [there] = copies.kept(demo_db)
    assert copies.damage(there) is None
    page = copy.read_bytes()
    copy.write_bytes(page[:8192] + bytes(4096) + page[8192 + 4096 :])
    assert copies.damage(there) is not None


def test_an_old_newest_copy_and_none_of_an_old_base_are_told_but_not_of_a_demonstration(
    demo_db: Path, empty_db: Path
) -> None:
    set_language("en")
    assert copies.stale(demo_db, NOW) is None
    assert copies.stale(empty_db, NOW) is None, "it is new"
    later = NOW + timedelta(days=3)
    told = copies.stale(empty_db, later)
    assert told is None or "there is no copy" in say(told)
    with_event = connect.raw(empty_db, Use.SAVE)
    with_event.execute(
        "INSERT INTO event (at, entity, entity_id, kind, params, batch, content_digest, digest)"
        " VALUES (?, 'user', 1, 'base.restored', '{}', 'b', '', '')",
        (NOW.strftime("%Y-%m-%dT%H:%M:%S.000Z"),),
    )
    with_event.close()
    told = copies.stale(empty_db, later)
    assert told is not None
    assert say(told).startswith("there is no copy")
    copy = empty_db.with_name("empty.db.daily-2026-11-19")
    backup.backup(empty_db, copy)
    _old(copy, 0)
    assert copies.stale(empty_db, NOW + timedelta(hours=47)) is None
    told = copies.stale(empty_db, later)
    assert told is not None
    assert "3 days old" in say(told)
