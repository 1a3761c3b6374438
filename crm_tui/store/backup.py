"""Copies of the live file through SQLite alone, and putting one back. Never a file copy (rule 3 of the threats)."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from crm_tui.i18n import Text
from crm_tui.store import connect
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused
from crm_tui.store.lock import WriterLock

RESTORE_DEADLINE = 60.0
Note = Callable[[sqlite3.Connection], None]
"""Writes into a copy, inside the caller's transaction, that it was put back."""


def copy_to(source: Path, target: Path, approve: Callable[[Path], None] = lambda _: None) -> None:
    """A complete, consistent copy of a live database, made beside and moved into place, mode 0600.

    In one step: copied in parts it would begin anew at every save of another program, under load for ever.
    `approve` is asked with the finished copy before it is moved; if it raises there is none.
    """
    making = target.with_name(f".{target.name}.{os.getpid()}.part")
    reading = connect.raw(source, Use.ONCE)
    try:
        remove(making)
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        writing = sqlite3.connect(making)
        try:
            writing.execute("PRAGMA cache_size = -512")  # each page is written once
            reading.backup(writing)
        finally:
            writing.close()
        approve(making)
        os.replace(making, target)
    except (OSError, sqlite3.Error) as error:
        raise _unwritten(target, error) from error
    finally:
        reading.close()
        with contextlib.suppress(OSError):  # where none could be made there is none to take away
            remove(making)


def _unwritten(target: Path, error: Exception) -> StoreRefused:
    return StoreRefused(
        Text("The copy {path} could not be written ({why}).", {"path": str(target), "why": str(error)})
    )


def remove(path: Path) -> None:
    """Remove a database that nobody uses yet, with what SQLite lays beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.with_name(path.name + suffix).unlink()


def backup(database: Path, target: Path) -> None:
    """Back up to `target`, which must not exist yet; the copy is checked before it counts."""
    try:
        there = target.exists()
    except OSError as error:  # a name that no file can have
        raise _unwritten(target, error) from error
    if there:
        raise StoreRefused(Text("{path} is there already: name a new file.", {"path": str(target)}))
    copy_to(database, target, approve=check)


def check(path: Path) -> None:
    """Refuse a copy that is not ours, is newer, or fails SQLite's own check."""
    version = connect.version_of(path)
    if version != connect.SCHEMA_VERSION:
        raise StoreRefused(
            Text(
                "{path} has schema {theirs}, this program needs {ours}: open it once to migrate it.",
                {"path": str(path), "theirs": version, "ours": connect.SCHEMA_VERSION},
            )
        )
    whole(path)


def whole(path: Path) -> None:
    """Refuse a copy that fails SQLite's own check, of whichever schema it is."""
    connection = connect.raw(path, Use.ONCE)
    try:
        verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        connection.close()
    if verdict != "ok":
        raise StoreRefused(
            Text(
                "{path} is damaged: take an older copy (SQLite: “{why}”).",
                {"path": str(path), "why": verdict},
            )
        )


def restore(database: Path, copy: Path, note: Note) -> Path:
    """Put a copy back INTO the live file, under the writer lock; the path of the backup of the present.

    A new `generation` is stamped: other open programs see it, keep their drafts and read everything anew. `note` writes
    into the trail that it was restored.
    """
    check(copy)
    with WriterLock(database.resolve()).held(RESTORE_DEADLINE):
        for left in database.parent.glob(
            f".{database.name}.*.restore"
        ):  # by one that was killed: nobody uses it
            remove(left)
        present = _free_name(database)
        copy_to(database, present)
        stamped = database.with_name(f".{database.name}.{os.getpid()}.restore")
        try:
            copy_to(copy, stamped, approve=partial(stamp, note=note))
            _write_into(database, stamped)
        finally:
            remove(stamped)
    return present


def stamp(copy: Path, *, note: Note) -> None:
    """Stamp before the pages go over, so that they, their generation and the note arrive in one transaction."""
    connection = sqlite3.connect(copy, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        stamp_generation(connection)
        note(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _write_into(database: Path, copy: Path) -> None:
    source = connect.raw(copy, Use.READ)
    try:
        live = connect.raw(database, Use.SAVE)
        try:
            source.backup(live)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            live.close()
    except sqlite3.Error as error:
        raise StoreRefused(
            Text(
                "{path} could not be written ({why}), so nothing was restored.",
                {"path": str(database), "why": str(error)},
            )
        ) from error
    finally:
        source.close()


def stamp_generation(connection: sqlite3.Connection) -> None:
    """Write a new generation of the file (inside the caller's transaction)."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('generation', ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (secrets.token_hex(8),),
    )


def _free_name(database: Path) -> Path:
    for n in range(1, 10_000):
        candidate = database.with_name(f"{database.name}.before-restore-{n}")
        if not candidate.exists():
            return candidate
    raise StoreRefused(Text("Too many old backups beside {path}: move them away.", {"path": str(database)}))
