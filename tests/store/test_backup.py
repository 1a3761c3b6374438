"""Copies under load, and putting one back into the live file while programs are open."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from house import House, card_secret, do

from crm_tui.services.board.commands import EditCard
from crm_tui.store import backup as backup_module
from crm_tui.store import connect
from crm_tui.store.backup import backup, restore
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused
from crm_tui.store.feed import Feed


def unnoted(_connection: object) -> None:
    """The store's own part of a restore: who notes it in the trail is above it."""


def _everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the file's own facts."""
    connection = connect.raw(path, Use.READ)
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta'"
        ).fetchall()
        return {n: connection.execute(f'SELECT * FROM "{n}"').fetchall() for (n,) in names}
    finally:
        connection.close()


def _generation(path: Path) -> str:
    connection = connect.raw(path, Use.READ)
    try:
        return str(connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])
    finally:
        connection.close()


def test_restored_equals_the_copy_row_for_row_and_the_present_is_kept(house: House, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    crm = house.open()
    backup(house.path, copy)
    copied, generation = _everything(copy), _generation(house.path)
    do(crm, EditCard(card=house.card(), subject="danach"))
    after = _everything(house.path)
    present = restore(house.path, copy, unnoted)
    assert _everything(house.path) == copied
    assert _everything(present) == after
    assert _generation(house.path) not in (generation, _generation(copy))
    assert restore(house.path, present, unnoted) != present
    assert _everything(house.path) == after


def test_open_programs_go_on_and_are_told(house: House, tmp_path: Path) -> None:
    """A reader, a writer and a watcher that were open before read and write the restored rows."""
    copy = tmp_path / "copy.db"
    crm, card = house.open(), house.card()
    backup(house.path, copy)
    do(crm, EditCard(card=card, subject="danach"))
    crm.drafts.save("edit_card", "card:1", {"subject": "x"}, {}, "x")
    feed = Feed(house.open("beto").store)
    restore(house.path, copy, unnoted)
    news = feed.poll()
    assert news is not None
    assert (news.everything, news.restored) == (True, True)
    assert crm.store.reader().execute("SELECT title FROM card WHERE id = ?", (card,)).fetchone()[
        0
    ] == card_secret("ana")
    do(crm, EditCard(card=card, subject="wieder", version=house.version("card", card)))
    assert crm.drafts.save("edit_card", "card:1", {"subject": "x y"}, {}, "x y", rev=1).id != 0
    assert feed.poll() is not None
    assert house.one("PRAGMA integrity_check") == "ok"


def test_a_copy_under_load_is_one_moment(house: House, tmp_path: Path) -> None:
    """While another thread saves without a pause: the two numbers that every save writes are equal in each copy."""
    crm, card, stop = house.open(), house.card(), threading.Event()
    do(crm, EditCard(card=card, value_one_off=0, value_recurring=0))

    def save() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            do(crm, EditCard(card=card, value_one_off=n, value_recurring=n))

    saver = threading.Thread(target=save)
    saver.start()
    try:
        seen = []
        for n in range(4):
            copy = tmp_path / f"copy-{n}.db"
            backup(house.path, copy)
            connection = connect.raw(copy, Use.READ)
            seen.append(
                connection.execute(
                    "SELECT value_one_off, value_recurring FROM card WHERE id = ?", (card,)
                ).fetchone()
            )
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            connection.close()
    finally:
        stop.set()
        saver.join()
    assert all(one == other for one, other in seen)
    assert [one for one, _ in seen] == sorted(one for one, _ in seen)


def _damaged(path: Path) -> None:
    page = path.read_bytes()
    path.write_bytes(page[:8192] + bytes(4096) + page[8192 + 4096 :])


def test_a_damaged_newer_or_foreign_copy_is_refused_and_nothing_changes(house: House, tmp_path: Path) -> None:
    before = _everything(house.path)
    good, bad = tmp_path / "good.db", tmp_path / "bad.db"
    backup(house.path, good)
    house.close()
    bad.write_bytes(good.read_bytes())
    _damaged(bad)
    with pytest.raises(StoreRefused, match="damaged"):
        restore(house.path, bad, unnoted)
    older = tmp_path / "older.db"
    older.write_bytes(good.read_bytes())
    connection = sqlite3.connect(older)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    with pytest.raises(StoreRefused, match="migrate it"):
        restore(house.path, older, unnoted)
    with pytest.raises(StoreRefused):
        restore(house.path, tmp_path / "none.db", unnoted)
    assert _everything(house.path) == before
    assert not [p for p in house.path.parent.iterdir() if "before-restore" in p.name]


def test_a_restore_that_dies_half_way_leaves_the_present(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    backup(house.path, copy)
    do(house.open(), EditCard(card=house.card(), subject="danach"))
    before, generation = _everything(house.path), _generation(house.path)

    def dies(_connection: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backup_module, "stamp_generation", dies)
    with pytest.raises(KeyboardInterrupt):
        restore(house.path, copy, unnoted)
    assert _everything(house.path) == before
    assert _generation(house.path) == generation
    assert not [p for p in house.path.parent.iterdir() if p.name.endswith((".restore", ".part"))]


def test_what_a_killed_restore_left_is_taken_away_by_the_next(house: House, tmp_path: Path) -> None:
    """It is a whole copy of everybody's data."""
    copy = tmp_path / "copy.db"
    backup(house.path, copy)
    left = [house.path.with_name(f".{house.path.name}.99999.restore{end}") for end in ("", "-wal", "-shm")]
    for each in left:
        each.write_bytes(b"x")
    restore(house.path, copy, unnoted)
    assert not any(each.exists() for each in left)


def test_a_copy_that_fails_its_check_is_none(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: Path) -> None:
        raise StoreRefused(backup_module.Text("no"))

    monkeypatch.setattr(backup_module, "check", refuses)
    target = tmp_path / "out" / "copy.db"
    target.parent.mkdir()
    with pytest.raises(StoreRefused):
        backup(house.path, target)
    assert list(target.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(house: House, tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="could not be written"):
        backup(house.path, tmp_path / "none" / "copy.db")
