"""Putting a copy back where there is no usable database: nothing, an empty file, or a damaged one.

A sound live file is written into, under the writer lock (store/backup.py); what is unusable is moved aside and
kept, because somebody may still save something out of it. A file of another program is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from crm_tui.i18n import Text
from crm_tui.store import backup, connect, schema
from crm_tui.store.connect import APPLICATION_ID, Use
from crm_tui.store.errors import NoDatabase, StoreRefused
from crm_tui.store.lock import WriterLock


def restore(database: Path, copy: Path, note: backup.Note) -> Path | None:
    """Put `copy` back; where what was there is kept, or None if nothing was.

    `StoreRefused` if the copy is unusable, or if what lies there belongs to another program. A copy that an older
    program made is brought up to date beside the database first: the copy itself is left as it is. `note` writes into
    the trail that it was restored.
    """
    with _up_to_date(copy, database.parent) as fitting:
        return _restore(database, copy, fitting, note)


@contextmanager
def _up_to_date(copy: Path, folder: Path) -> Iterator[Path]:
    if not 0 < connect.version_of(copy) < connect.SCHEMA_VERSION:
        yield copy
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".restore-", dir=folder) as beside:
        fitting = Path(beside) / copy.name
        backup.copy_to(copy, fitting)
        schema.migrate(fitting)
        yield fitting


def _restore(database: Path, named: Path, copy: Path, note: backup.Note) -> Path | None:
    backup.check(copy)
    if database.exists() and database.samefile(named):
        raise StoreRefused(Text("{path} is the database itself: name a copy.", {"path": str(named)}))
    try:
        connect.version_of(database)
    except NoDatabase:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        backup.copy_to(copy, database, approve=partial(backup.stamp, note=note))
        return None
    except StoreRefused:
        if not _unusable(database):
            raise
        return _replace(database, copy, note)
    return backup.restore(database, copy, note)


def _unusable(path: Path) -> bool:
    """Whether a file is empty or is no longer a database, so that nobody can be working in it."""
    if path.is_symlink() or not path.is_file():
        return False
    if path.stat().st_size == 0:
        return True
    try:
        with closing(connect.raw(path, Use.READ)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return bool(application == APPLICATION_ID)


def _replace(database: Path, copy: Path, note: backup.Note) -> Path:
    """Move the unusable file and its companions aside, and make the copy the database."""
    with WriterLock(database.resolve()).held(backup.RESTORE_DEADLINE):
        aside = next(
            name
            for name in (database.with_name(f"{database.name}.damaged-{n}") for n in range(1, 10_000))
            if not name.exists()
        )
        for tail in ("-wal", "-shm", ""):
            part = database.with_name(database.name + tail)
            if part.exists():
                part.rename(aside.with_name(aside.name + tail))
        backup.copy_to(copy, database, approve=partial(backup.stamp, note=note))
    return aside
