"""Who may copy the whole base out, and who may put a copy in its place. (decision 0009)

Both are small doors beside the one door: they are about the file, not about a row, so the profile is asked here.
Knows no rows but the operator's own.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crm_tui.domain.access import Scope
from crm_tui.services.core.crm import NotAUser
from crm_tui.services.core.reading import Denied
from crm_tui.store import connect
from crm_tui.store.connect import Use
from crm_tui.store.errors import NoDatabase, StoreRefused
from crm_tui.store.queries import access

BACKUP, RESTORE = "database.backup", "database.restore"
KEYS = (BACKUP, RESTORE)


def ask(database: Path, key: str, acting: Callable[[sqlite3.Connection], str]) -> None:
    """Return if the operator whom `acting` names may do it; else `Denied`, or `NotAUser` if there is no such user.

    A demonstration is nobody's, and nothing is asked in it. Where the users cannot be read (damaged, empty, newer),
    the file's owner on this machine may go on, so that a rescue stays possible; where there is no file, anyone.
    """
    try:
        connect.version_of(database)
        with closing(connect.raw(database, Use.READ)) as connection:
            if connection.execute(access.DEMONSTRATION).fetchone() is not None:
                return
            login = acting(connection)
            viewer = access.viewer(connection, login)
    except NoDatabase:
        return
    except (StoreRefused, sqlite3.DatabaseError):
        if not _owns(database):
            raise Denied(key) from None
        return
    if viewer is None:
        raise NotAUser(login)
    if viewer.scope(key) is Scope.NONE:
        raise Denied(key)


def _owns(database: Path) -> bool:
    return os.geteuid() in (0, database.lstat().st_uid)
