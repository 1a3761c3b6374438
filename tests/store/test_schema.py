"""Migrated is what the classes say; a migration is all or nothing, with a copy before and no child lost."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from house import House

from crm_tui import bootstrap
from crm_tui.store import connect, schema, tables
from crm_tui.store.connect import Use
from crm_tui.store.derived import CHECKS
from crm_tui.store.errors import StoreRefused
from crm_tui.store.migrations import STEPS
from crm_tui.store.schema import migrate
from crm_tui.store.shapes import FILE, Undo, shape, shapes
from crm_tui.store.tables import declared


@pytest.fixture
def engine(empty_db: Path) -> Iterator[sa.Engine]:
    made = sa.create_engine(f"sqlite:///{empty_db}")
    yield made
    made.dispose()


def _tidy(sql: str) -> str:
    return "".join(sql.replace('"', "").split()).lower().replace("ifnotexists", "")


def _objects(connection: sqlite3.Connection) -> dict[tuple[str, str], str | set[str]]:
    """Every table's columns and constraints as a set (order is no difference), every index and trigger as text."""
    found: dict[tuple[str, str], str | set[str]] = {}
    for kind, name, sql in connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    ):
        if name.startswith("sqlite_"):
            continue
        if kind == "table" and "USING" not in sql:
            body = sql[sql.index("(") + 1 : sql.rindex(")")]
            found[kind, name] = {_tidy(part) for line in _lines(body) for part in _parted(line)}
        else:
            found[kind, name] = _tidy(sql)
    return found


def _parted(line: str) -> list[str]:
    """A column that was added with its constraint, as the classes write the two: each for itself."""
    added = re.fullmatch(r"\s*(\w+)( .*?) (CONSTRAINT \w+) ((?:REFERENCES|CHECK) .*)", line)
    if added is None:
        return [line]
    name, kind, constraint, rule = added.groups()
    key = f" FOREIGN KEY({name})" if rule.startswith("REFERENCES") else ""
    return [f"{name}{kind}", f"{constraint}{key} {rule}"]


def _lines(body: str) -> list[str]:
    """The parts between commas outside brackets."""
    parts, depth, part = [], 0, ""
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [*parts, part]


def test_a_migrated_file_is_what_the_classes_and_the_ddl_say(empty_db: Path) -> None:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as fresh:
        declared.METADATA.create_all(fresh)
        driver = fresh.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        for statement in schema.ddl():
            driver.execute(statement)
        wanted = _objects(driver)
    engine.dispose()
    migrated = connect.raw(empty_db, Use.READ)
    assert _objects(migrated) == wanted
    migrated.close()


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")  # a team has a manager, a user a team
def test_alembic_finds_no_difference(engine: sa.Engine) -> None:
    def ours(thing: Any, name: str | None, kind: str, *_rest: Any) -> bool:
        return not (kind == "table" and "_fts" in (name or ""))  # it would drop every shadow table

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, declared.METADATA) == []


def test_what_the_writer_knows_of_a_table_is_what_its_class_declares() -> None:
    """A column that only the class has would never be written: `make shapes` writes the file anew."""
    assert FILE.read_text(encoding="utf-8") == declared.written()
    assert {shape(getattr(tables, name)).name for name in tables.__all__} == shapes().keys()
    assert {name: getattr(tables, name) for name in tables.__all__} == {
        model.__name__: declared.table_of(model).name for model in declared.CLASSES
    }


def test_the_version_is_that_of_the_last_step() -> None:
    assert len(STEPS) == connect.SCHEMA_VERSION


def test_every_table_declares_its_undo_and_imaged_ones_count_their_ids_on(empty_db: Path) -> None:
    connection = connect.raw(empty_db, Use.READ)
    for name in tables.__all__:
        model = getattr(tables, name)
        sql = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (shape(model).name,)
        ).fetchone()[0]
        if shape(model).undo is Undo.RESTORE:
            assert "AUTOINCREMENT" in sql, name
    connection.close()


def test_there_are_no_triggers_but_the_counters_and_the_agenda(empty_db: Path) -> None:
    connection = connect.raw(empty_db, Use.READ)
    on = {t for (t,) in connection.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
    connection.close()
    assert on == {"card", "activity", "activity_attendee"}


@pytest.mark.parametrize("column", ["value_one_off", "value_recurring"])
def test_money_is_whole_even_round_the_commands(house: House, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="whole"), house.open().store.writing() as connection:
        connection.execute(f"UPDATE card SET {column} = 1.5 WHERE id = 1")


@pytest.mark.parametrize(
    ("table", "column"), [("card", "status"), ("activity", "state"), ("party", "kind"), ("card", "kind")]
)
def test_an_enum_column_holds_values_and_nothing_else(house: House, table: str, column: str) -> None:
    held = {value for (value,) in house.rows(f"SELECT DISTINCT {column} FROM {table}")}
    assert held
    assert held == {value.lower() for value in held}
    with pytest.raises(sqlite3.IntegrityError, match="value"), house.open().store.writing() as connection:
        connection.execute(f"UPDATE {table} SET {column} = 'OPEN' WHERE id = 1")


# --- the machine, with steps made up for the test


def _objects_of(path: Path) -> tuple[int, list[str]]:
    connection = connect.raw(path, Use.PEEK)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return version, [
            s for (s,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        ]
    finally:
        connection.close()


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> int:
    """The program knows one schema more."""
    newer = connect.SCHEMA_VERSION + 1
    monkeypatch.setattr(connect, "SCHEMA_VERSION", newer)
    return newer


def _migrate(path: Path, *steps: Callable[[Any], None]) -> Path | None:
    every = (*STEPS, *steps)
    return migrate(path, every, len(every))


def _add_column(op: Any) -> None:
    op.add_column("party", sa.Column("nickname", sa.Text, nullable=True))


def _rebuild_party(op: Any) -> None:
    """Batch mode makes a new table, copies, drops the old one and renames: with children that point to it."""
    with op.batch_alter_table("party") as batch:
        batch.alter_column("trade_name", new_column_name="brand")


def test_a_step_is_done_with_a_copy_before_it(house: House, next_version: int) -> None:
    people = house.rows("SELECT id, name FROM party")
    house.close()
    copy = _migrate(house.path, _add_column)
    assert copy is not None
    assert _objects_of(house.path)[0] == next_version
    assert _objects_of(copy)[0] == next_version - 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert house.rows("SELECT id, name FROM party") == people
    assert house.rows("SELECT DISTINCT nickname FROM party") == [(None,)]
    assert _migrate(house.path, _add_column) is None


@pytest.mark.usefixtures("next_version")
def test_a_rebuilt_table_keeps_its_children_and_the_triggers_stay(house: House) -> None:
    """With foreign keys on, or switched off too late, a rebuild deletes CASCADE children without a word."""
    house.close()
    with sqlite3.connect(house.path) as connection:
        connection.execute(
            "CREATE TABLE pet (id INTEGER PRIMARY KEY, party_id INTEGER REFERENCES party (id) ON DELETE CASCADE)"
        )
        connection.execute("INSERT INTO pet (party_id) SELECT id FROM party")
    connection.close()
    before = [house.one(f"SELECT count(*) FROM {t}") for t in ("pet", "contact_point", "card")]
    triggers = house.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    house.close()

    def rebuild_both(op: Any) -> None:
        _rebuild_party(op)
        with op.batch_alter_table("card") as batch:
            batch.alter_column("loss_note", new_column_name="lost_because")

    _migrate(house.path, rebuild_both)
    assert [house.one(f"SELECT count(*) FROM {t}") for t in ("pet", "contact_point", "card")] == before
    assert house.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name") == triggers
    assert house.rows("PRAGMA foreign_key_check") == []
    assert house.rows("SELECT count(brand) FROM party") is not None


def _fails(op: Any) -> None:
    _add_column(op)
    op.execute("DELETE FROM note")
    raise KeyboardInterrupt


@pytest.mark.usefixtures("next_version")
def test_a_step_that_fails_half_way_leaves_the_old_schema_and_every_row(house: House) -> None:
    before, dump = _objects_of(house.path), house.dump()
    house.close()
    with pytest.raises(KeyboardInterrupt):
        _migrate(house.path, _fails)
    assert _objects_of(house.path) == before
    assert house.dump() == dump


@pytest.mark.usefixtures("next_version")
def test_killed_between_any_two_statements_it_is_before_or_after(house: House, tmp_path: Path) -> None:
    """A child is killed at each writing statement of a migration."""
    house.close()
    before = _objects_of(house.path)
    for cut in range(1, 60):
        path = tmp_path / f"cut-{cut}" / "crm.db"
        path.parent.mkdir()
        shutil.copy(house.path, path)
        child = os.fork()
        if child == 0:
            _die_at(cut, path)
        status = os.waitpid(child, 0)[1]
        found = _objects_of(path)
        if status == 0:
            assert found[0] == connect.SCHEMA_VERSION
            assert cut > 8
            return
        assert found == before, cut
        connection = connect.raw(path, Use.READ)
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        connection.close()
    pytest.fail("the migration never came to its end")


_WRITES = ("CREATE", "INSERT", "DROP", "ALTER", "UPDATE", "DELETE", "PRAGMA USER_VERSION", "COMMIT")


def _die_at(cut: int, path: Path) -> None:
    """In the child: leave for good when the n-th writing statement of the migration begins."""
    seen = 0

    def trace(text: str) -> None:
        nonlocal seen
        seen += text.lstrip().upper().startswith(_WRITES)
        if seen == cut:
            os._exit(9)

    real = connect.raw

    def raw(where: Path, use: Use, factory: Any = sqlite3.Connection) -> sqlite3.Connection:
        connection = real(where, use, factory)
        if factory is not sqlite3.Connection:
            connection.set_trace_callback(trace)
        return connection

    connect.raw = raw
    try:
        _migrate(path, _rebuild_party)
    finally:
        os._exit(0)


@pytest.mark.usefixtures("next_version")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM stage_visit",
        "DELETE FROM note WHERE id = 1",
        "UPDATE contact_point SET party_id = 999999 WHERE id = 1",
    ],
)
def test_a_step_that_would_lose_a_row_or_a_reference_is_refused(house: House, statement: str) -> None:
    before, dump = _objects_of(house.path), house.dump()
    house.close()
    with pytest.raises(StoreRefused, match="would have lost rows") as refused:
        _migrate(house.path, lambda op: op.execute(statement))
    assert "before-" in str(refused.value)
    assert _objects_of(house.path) == before
    assert house.dump() == dump


@pytest.mark.usefixtures("next_version")
def test_an_open_program_does_not_write_into_a_newer_schema(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was opened before; the newer program migrates; its next save is refused, its reading goes on."""
    today = len(STEPS)
    monkeypatch.setattr(connect, "SCHEMA_VERSION", today)
    old = house.open()
    monkeypatch.setattr(connect, "SCHEMA_VERSION", today + 1)
    _migrate(house.path, _add_column)
    monkeypatch.setattr(connect, "SCHEMA_VERSION", today)
    with pytest.raises(StoreRefused, match="meanwhile"), old.store.writing():
        pytest.fail("an old program wrote")
    assert old.store.reader().execute("SELECT count(*) FROM card").fetchone()[0] > 0


def test_a_file_of_todays_schema_is_not_touched(empty_db: Path) -> None:
    before = empty_db.stat().st_mtime_ns
    assert migrate(empty_db) is None
    assert empty_db.stat().st_mtime_ns == before


@pytest.mark.usefixtures("next_version")
def test_opening_migrates_what_is_behind(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.close()
    monkeypatch.setattr(schema, "migrate", lambda path: _migrate(path, _add_column))
    crm = bootstrap.open_crm(house.path, "ana", house.clock)
    house.opened.append(crm)
    assert house.rows("SELECT count(*) FROM party WHERE nickname IS NULL")[0][0] > 0


def test_the_step_to_schema_3_gives_what_is_there_the_words_by_which_filters_find_it(house: House) -> None:
    """Rows that were written before the columns are found like those that came after."""
    from crm_tui.store.migrations.m0003_board import _search_columns

    with house.open().store.writing() as connection:
        connection.execute("UPDATE card SET title_words = ''")
        connection.execute("UPDATE party SET name_words = ''")
        connection.execute("DELETE FROM note_fts")

        class Bind:
            """As much of Alembic's connection as the step asks for."""

            def exec_driver_sql(self, sql: str, rows: Any = None) -> sqlite3.Cursor:
                return connection.execute(sql) if rows is None else connection.executemany(sql, rows)

        _search_columns(Bind())
        checks = {check.name: check.differing(connection) for check in CHECKS}
    names = ("keys_of_card", "keys_of_party", "search_of_note")
    assert {name: checks[name] for name in names} == {name: [] for name in names}
