"""Who may copy the whole base out, and who may put a copy in its place. (decision 0009)

Both are small doors beside the one door: they are about the file, not about a row, so the profile is asked here.
Knows no rows but the operator's own and the event
that says what was put back.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from crm_tui.domain.access import Scope
from crm_tui.domain.events.custody import BaseRestored
from crm_tui.services.core import trail
from crm_tui.services.core.crm import NotAUser
from crm_tui.services.core.reading import Denied
from crm_tui.store import connect, heads, seal
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


def restore(
    database: Path, copy: Path, acting: Callable[[sqlite3.Connection], str], now: datetime
) -> Path | None:
    """Put a copy back for whom `acting` names, with a note of it in the trail; where the present is kept, None if there
    was none. Raises as `ask`, and `StoreRefused` if the copy or the place is unusable."""
    from crm_tui.store import recover

    ask(database, RESTORE, acting)
    kept = recover.restore(database, copy, partial(_noted, database, copy.name, acting, now))
    with closing(connect.raw(database, Use.READ)) as connection:
        heads.keep(database, connection, now, restored=True)
    return kept


def _noted(
    database: Path,
    file: str,
    acting: Callable[[sqlite3.Connection], str],
    now: datetime,
    connection: sqlite3.Connection,
) -> None:
    """In the copy, whose users may be others: the event bears the name of who acts there, or nobody's."""
    viewer = access.viewer(connection, acting(connection))
    user = (
        connection.execute('SELECT min(id) FROM "user"').fetchone()[0] if viewer is None else viewer.user_id
    )
    trail.write(
        connection,
        [(BaseRestored(entity_id=user, file=file), ())],
        at=now,
        actor_id=None if viewer is None else viewer.user_id,
        batch=secrets.token_hex(8),
        reason=None,
        cause_id=None,
        undoes=None,
        key=seal.sealing(database),
    )


def _owns(database: Path) -> bool:
    return os.geteuid() in (0, database.lstat().st_uid)
