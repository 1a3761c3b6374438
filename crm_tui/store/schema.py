"""Making and migrating a database: backup first, then all steps and the version in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from crm_tui.i18n import Text
from crm_tui.store import connect
from crm_tui.store.backup import copy_to, remove, whole
from crm_tui.store.connect import APPLICATION_ID, SCHEMA_VERSION, Use
from crm_tui.store.errors import StoreRefused
from crm_tui.store.lock import WriterLock
from crm_tui.store.migrations import STEPS, Step

MIGRATE_DEADLINE = 60.0


class _Ours(sqlite3.Connection):
    """A connection whose transaction SQLAlchemy can neither commit nor roll back: only our statements do."""

    def commit(self) -> None:
        """Not SQLAlchemy's to do."""

    def rollback(self) -> None:
        """Not SQLAlchemy's to do."""


DDL = ("counters.sql", "search.sql", "agenda.sql")


def ddl(names: Sequence[str] = DDL) -> list[str]:
    """The statements of `ddl/*.sql`: triggers and full-text tables, made anew after every migration."""
    found: list[str] = []
    for name in names:
        text = files("crm_tui.store").joinpath("ddl", name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("--")]
        pending = ""
        for line in lines:
            pending += line + "\n"
            if sqlite3.complete_statement(pending):
                found.append(pending.strip())
                pending = ""
    return found


def create(path: Path, finish: Callable[[sqlite3.Connection], None]) -> None:
    """Make a new database at `path`; `finish` writes its first rows in the same transaction.

    Made beside and moved into place, so that a half-made file is never found. An existing file is refused.
    """
    if path.exists() or path.is_symlink():
        raise _is_there(path)
    connect.check_disk(path)
    making = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        remove(making)
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise _not_made(path, error.strerror or "") from None
    try:
        _fill(making, finish)
        os.link(making, path)  # fails if somebody else made it meanwhile; a rename would overwrite
    except FileExistsError:
        raise _is_there(path) from None
    except (OSError, sqlite3.OperationalError) as error:
        raise _not_made(path, str(error)) from error
    finally:
        remove(making)


def _is_there(path: Path) -> StoreRefused:
    return StoreRefused(Text("There is already a file at {path}: nothing was changed.", {"path": str(path)}))


def _not_made(path: Path, why: str) -> StoreRefused:
    return StoreRefused(
        Text(
            "{path} cannot be made ({why}): choose another place with --db.",
            {"path": str(path), "why": why},
        )
    )


def _fill(making: Path, finish: Callable[[sqlite3.Connection], None]) -> None:
    connection = sqlite3.connect(making, isolation_level=None, factory=_Ours)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("BEGIN IMMEDIATE")
        _steps(connection, 0, STEPS)
        finish(connection)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise AssertionError(f"the first rows of a new database point to nothing: {broken}")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def migrate(path: Path, steps: Sequence[Step] = STEPS, target: int = SCHEMA_VERSION) -> Path | None:
    """Bring a file of ours to `target`; the backup's path, or None if nothing was to do.

    Its own connection, `foreign_keys=OFF` before BEGIN IMMEDIATE (with them on, a rebuild of a table deleted
    CASCADE children without a word; inside a transaction the pragma is ignored); all steps and the version in
    one transaction; foreign keys and row counts are checked before the commit.
    """
    with WriterLock(path.resolve()).held(MIGRATE_DEADLINE):
        found = connect.version_of(path)
        if found == target:
            return None
        backup = path.with_name(f"{path.name}.before-{target}")
        copy_to(path, backup, approve=whole)
        connection = connect.raw(path, Use.SAVE, factory=_Ours)
        try:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("BEGIN IMMEDIATE")
            try:
                before = _counts(connection)
                _steps(connection, found, steps[:target])
                after = _counts(connection)
                lost = {t: n for t, n in before.items() if t in after and after[t] < n}
                broken = connection.execute("PRAGMA foreign_key_check").fetchone()
                if lost or broken:
                    raise StoreRefused(
                        Text(
                            "The migration would have lost rows, so nothing was changed; the copy is {backup}.",
                            {"backup": str(backup)},
                        )
                    )
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            connection.close()
        return backup


def _steps(
    connection: sqlite3.Connection, found: int, steps: Sequence[Step], names: Sequence[str] = DDL
) -> None:
    import sqlalchemy as sa
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    # Before the steps: SQLite renames no table while a trigger names one that a rebuild has just dropped. A step that
    # changes what triggers keep has to keep it itself.
    for name, kind in connection.execute(
        "SELECT name, type FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f'DROP {kind} "{name}"')
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: connection,
        poolclass=sa.pool.StaticPool,
        pool_reset_on_return=None,
    )
    with engine.connect() as bound:
        context = MigrationContext.configure(bound, opts={"render_as_batch": True})
        with Operations.context(context) as op:
            for step in steps[found:]:
                step(op)
    for statement in ddl(names):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(steps)}")


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
    ).fetchall()
    return {n: connection.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for (n,) in names}
