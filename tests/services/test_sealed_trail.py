"""The trail is sealed with a key beside the file, its end is kept daily, rows are held against it. (threat 32)"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from house import House, do

from crm_tui.bootstrap import diagnose, open_crm, restore
from crm_tui.connectors import clock
from crm_tui.i18n import say, set_language
from crm_tui.services.board.commands import EditCard
from crm_tui.services.core import trail_check
from crm_tui.services.core.crm import Crm
from crm_tui.services.note.commands import AddComment
from crm_tui.services.party.commands import NewParty
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store import connect, heads, seal
from crm_tui.store.backup import backup
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused
from crm_tui.store.trail import CHAINED, content_digest, link

EDITS = 200


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def _found(path: Path, *, rows: bool = False) -> dict[str, tuple[bool, str]]:
    return {each.check: (each.ok, say(each.detail)) for each in diagnose(path, rows=rows)}


def _by_hand(house: House, *statements: str) -> None:
    """As somebody with the file and the sqlite3 shell."""
    house.close()
    connection = connect.raw(house.path, Use.SAVE)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def _forge(house: House, key: seal.Key | None) -> None:
    """Put other words into an event and make every digest from there on fit, as far as one has the key."""
    house.close()
    connection = connect.raw(house.path, Use.SAVE)
    columns = ("id", *CHAINED, "params", "reason")
    first = connection.execute("SELECT max(id) - 3 FROM event").fetchone()[0]
    connection.execute("UPDATE event SET reason = 'forjado' WHERE id = ?", (first,))
    previous = connection.execute("SELECT digest FROM event WHERE id = ?", (first - 1,)).fetchone()[0]
    query = f"SELECT {', '.join(columns)} FROM event WHERE id >= ? ORDER BY id"
    for values in connection.execute(query, (first,)).fetchall():
        row = dict(zip(columns, values, strict=True))
        row["content_digest"] = content_digest(row["params"], row["reason"])
        hanging = connection.execute("SELECT digest FROM change WHERE event_id = ? ORDER BY id", (row["id"],))
        previous = link(previous, row, [each for (each,) in hanging], key)
        connection.execute(
            "UPDATE event SET content_digest = ?, digest = ? WHERE id = ?",
            (row["content_digest"], previous, row["id"]),
        )
    connection.close()


def test_whoever_has_the_file_without_its_key_cannot_make_the_digests_fit(house: House) -> None:
    first = int(house.one("SELECT max(id) - 3 FROM event"))
    for key in (None, seal.Key("deadbeef", b"x" * 32)):
        _forge(house, key)
        ok, said = _found(house.path)["trail"]
        assert not ok
        assert f"number {first}" in said


def test_what_was_written_before_there_were_keys_is_sealed_from_the_next_event_on(house: House) -> None:
    _forge(house, None)
    _by_hand(house, "DELETE FROM change", "DELETE FROM event WHERE digest LIKE '%.%'")
    seal.path_of(house.path).unlink()
    do(house.open(), EditCard(card=house.card(), subject="Depois"))
    digests = [digest for (digest,) in house.rows("SELECT digest FROM event ORDER BY id DESC LIMIT 2")]
    assert seal.sealed_by(digests[0]) == seal.keys(house.path)[-1].name


def test_a_key_that_is_elsewhere_is_asked_for_and_its_line_mends_it(house: House) -> None:
    path = seal.path_of(house.path)
    theirs = path.read_text()
    path.unlink()
    do(house.open(), EditCard(card=house.card(), subject="Com outra chave"))
    ok, said = _found(house.path)["trail"]
    assert not ok
    assert "put its line above the others in house.db.key" in said
    path.write_text(theirs + path.read_text())
    assert _found(house.path)["trail"][0]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "not a key\n", "ab" * 31 + "\n", "\xff"])
def test_a_key_that_cannot_be_read_refuses_the_save_and_is_never_written_over(
    house: House, content: str
) -> None:
    path = seal.path_of(house.path)
    path.write_text(content, encoding="latin-1")
    outcome = house.open().run(EditCard(card=house.card(), subject="Não"))
    assert "or move it away to begin a new key" in say(outcome.reason)  # type: ignore[union-attr]
    assert path.read_text(encoding="latin-1") == content
    assert not _found(house.path)["trail"][0]
    with pytest.raises(StoreRefused):
        seal.keys(house.path)


def test_each_day_s_end_is_kept_and_a_rewritten_or_shortened_trail_no_longer_fits(house: House) -> None:
    crm = house.open()
    clock.trail_end(crm)
    do(crm, EditCard(card=house.card(), subject="Hoje"))
    assert clock.trail_end(crm) is None, "one a day"
    house.clock.advance(days=1)
    assert clock.trail_end(crm) is not None
    assert _found(house.path)["heads"] == (True, "2 days' ends of the trail fit")
    kept = heads.read(house.path)
    _forge(house, seal.keys(house.path)[-1])
    assert _found(house.path)["trail"][0], "with the key every digest fits"
    ok, said = _found(house.path)["heads"]
    assert not ok
    assert f"up to event {kept[0].event}" in said or f"up to event {kept[1].event}" in said
    with heads.path_of(house.path).open("a") as file:
        file.write("2026-11-2")  # cut off while it was written
    assert heads.read(house.path) == kept
    _by_hand(house, f"DELETE FROM event WHERE id >= {kept[0].event}")
    assert not _found(house.path)["heads"][0]


def test_a_restored_copy_stands_in_the_trail_and_takes_no_day_s_end_for_a_lie(
    crm_as: Callable[[str], Crm], tmp_path: Path
) -> None:
    crm = crm_as("ana")
    path, copy = crm.store.path, tmp_path / "copy.db"
    backup(path, copy)
    do(crm, AddComment(card=_card(crm), body="Depois da cópia"))
    clock.trail_end(crm)
    crm.store.close()
    restore(path, copy, login="ana")
    with closing(connect.raw(path, Use.READ)) as reading:
        kind, params, actor = reading.execute(
            "SELECT kind, params, actor_id FROM event ORDER BY id DESC LIMIT 1"
        ).fetchone()
    assert (kind, "copy.db" in params, actor) == ("base.restored", True, crm.viewer.user_id)
    found = _found(path, rows=True)
    assert all(found[name][0] for name in ("trail", "heads", "rows")), found
    for login in ("ana", "nobody"):
        fresh = tmp_path / login / "crm.db"
        restore(fresh, copy, login=login)
        assert _found(fresh)["integrity"][0]


def _edits(connection: sqlite3.Connection, chance: random.Random) -> Iterator[tuple[str, str, int]]:
    """A statement that changes or removes a row, the table and the row."""
    columns = {
        "stage_visit": "entered_at",
        "party": "name",
        "contact_point": "value",
        "card": "title",
        "note": "body",
        "activity": "subject",
    }
    while True:
        table = chance.choice([*columns])
        told = f"SELECT id FROM {table} t WHERE EXISTS (SELECT 1 FROM change WHERE table_name = ? AND row_id = t.id)"
        row = chance.choice(connection.execute(told, (table,)).fetchall())[0]
        column = columns[table]
        changed = f"UPDATE {table} SET {column} = 'x' || coalesce({column}, '') WHERE id = {row}"
        yield chance.choice((changed, f"DELETE FROM {table} WHERE id = {row}")), table, row


def test_any_row_that_was_changed_round_the_program_is_named(crm_as: Callable[[str], Crm]) -> None:
    """200 edits by hand, one at a time: each is found, and it is that row."""
    crm = crm_as("ana")
    done = do(crm, EditCard(card=_card(crm), subject="Outro", value_one_off=700))
    do(crm, UndoBatch(batch=done.batch))
    assert _found(crm.store.path, rows=True)["rows"] == (True, "15 tables as their trail says")
    crm.store.close()
    with closing(connect.raw(crm.store.path, Use.SAVE)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        edits = _edits(connection, random.Random(32))
        for _ in range(EDITS):
            statement, table, row = next(edits)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(statement)
            found = {(name, at) for name, at, _ in trail_check.differing(connection)}
            connection.execute("ROLLBACK")
            assert (table, row) in found, statement


def test_a_row_that_no_event_made_is_named(empty_db: Path) -> None:
    crm = open_crm(empty_db, "ana")
    do(crm, NewParty(name="Verdadeira"))
    crm.store.close()
    assert _found(empty_db, rows=True)["rows"][0]
    with closing(connect.raw(empty_db, Use.SAVE)) as connection:
        connection.execute("CREATE TEMP TABLE ghost AS SELECT * FROM party")
        connection.execute("UPDATE ghost SET id = 999, code = 'PE-99999'")
        connection.execute("INSERT INTO party SELECT * FROM ghost")
    ok, said = _found(empty_db, rows=True)["rows"]
    assert not ok
    assert "row 999 of party" in said


def _card(crm: Crm) -> int:
    return int(crm.store.reader().execute("SELECT id FROM card WHERE number = 'OP-0113'").fetchone()[0])
