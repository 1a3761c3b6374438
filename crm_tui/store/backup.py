"""Copies of the live file through SQLite alone, and putting one back. Never a file copy (rule 3 of the threats)."""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path

from crm_tui.i18n import Text
from crm_tui.store import connect
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused
from crm_tui.store.lock import WriterLock

RESTORE_DEADLINE = 60.0


def copy_to(source: Path, target: Path) -> None:
    """A complete, consistent copy of a live database, made beside and moved into place, mode 0600."""
    making = target.with_name(f".{target.name}.{os.getpid()}.part")
    making.unlink(missing_ok=True)
    reading = connect.raw(source, Use.READ)
    try:
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        writing = sqlite3.connect(making)
        try:
            reading.backup(writing, pages=4096)
        finally:
            writing.close()
        os.replace(making, target)
    except (OSError, sqlite3.Error) as error:
        making.unlink(missing_ok=True)
        raise StoreRefused(
            Text("The copy {path} could not be written ({why}).", {"path": str(target), "why": str(error)})
        ) from error
    finally:
        reading.close()


def backup(database: Path, target: Path) -> None:
    """Back up to `target`, which must not exist yet; the copy is checked before it counts."""
    if target.exists():
        raise StoreRefused(Text("{path} is there already: name a new file.", {"path": str(target)}))
    copy_to(database, target)
    check(target)


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
    connection = connect.raw(path, Use.READ)
    try:
        verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        connection.close()
    if verdict != "ok":
        raise StoreRefused(
            Text("{path} is damaged ({why}): take an older copy.", {"path": str(path), "why": verdict})
        )


def restore(database: Path, copy: Path) -> Path:
    """Put a copy back INTO the live file, under the writer lock; the path of the backup of the present.

    A new `generation` is stamped: other open programs see it, keep their drafts and read everything anew.
    """
    check(copy)
    with WriterLock(database.resolve()).held(RESTORE_DEADLINE):
        present = _free_name(database)
        copy_to(database, present)
        source = connect.raw(copy, Use.READ)
        live = connect.raw(database, Use.SAVE)
        try:
            source.backup(live)
            live.execute("BEGIN IMMEDIATE")
            stamp_generation(live)
            live.execute("COMMIT")
        finally:
            live.close()
            source.close()
    return present


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
