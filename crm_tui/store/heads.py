"""The trail's end of each day, kept outside of the database: what was rewritten up to there no longer fits.

In `<db>.heads`, a line a day: when, the event's number, its digest. Only ever appended to, so that it may be carried
away as it grows (docs/reliability.md). A restored copy is noted, because it takes later events away rightfully.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from crm_tui.i18n import Text
from crm_tui.store.errors import NoRoom
from crm_tui.store.values import instant

RESTORED: Final = "restored"
_PARTS: Final = 3


class Head(NamedTuple):
    """The last event at a moment (ISO 8601, UTC), and its digest."""

    at: str
    event: int
    digest: str


def path_of(database: Path) -> Path:
    """Where the heads of a database's trail lie."""
    return database.with_name(f"{database.name}.heads")


def last(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """Number and digest of the last event; None if there is none."""
    found: tuple[int, str] | None = connection.execute(
        "SELECT id, digest FROM event ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return found


def keep(database: Path, connection: sqlite3.Connection, now: datetime, *, restored: bool = False) -> bool:
    """Append the trail's end as of now; false if there is no event. `NoRoom` if it cannot be written."""
    end = last(connection)
    if end is None:
        return False
    words = [instant(now), str(end[0]), end[1], *([RESTORED] if restored else [])]
    path = path_of(database)
    try:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(f"{' '.join(words)}\n".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        told = {"path": str(path), "why": error.strerror or ""}
        raise NoRoom(Text("{path} cannot be written: {why}.", told)) from None
    return True


def read(database: Path) -> list[Head]:
    """The heads that the trail must still hold, the oldest first: where a copy was put back, not what it took away."""
    try:
        text = path_of(database).read_text("utf-8", "replace")
    except OSError:
        return []
    found: list[Head] = []
    for line in text.splitlines():
        at, *words = line.split()
        if len(words) < _PARTS - 1 or not words[0].isdecimal():
            continue  # cut off while it was written
        head = Head(at, int(words[0]), words[1])
        if words[_PARTS - 1 :] == [RESTORED]:
            found = [earlier for earlier in found if earlier.event < head.event]
        found.append(head)
    return found
