"""The copies of a database that lie beside it, making one more by hand, and putting one back. (M105)

A copy is checked by SQLite before it counts, so what is listed was whole when it was made. Knows no screen.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crm_tui.connectors.files import FileFault, allowed, located
from crm_tui.services.core import custody
from crm_tui.services.core.reading import Denied
from crm_tui.store import backup
from crm_tui.store.errors import StoreRefused

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

OLD: Final = timedelta(days=2)
"""The clock makes one a day: a newest one of more than this is worth a word."""
_BESIDE: Final = r"\.(daily-[0-9]{4}-[0-9]{2}-[0-9]{2}|before-restore-[0-9]+|copy-[0-9-]+)"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy beside the database: where, since when (aware, UTC) and its size in bytes."""

    path: Path
    at: datetime
    size: int


def kept(database: Path) -> list[Copy]:
    """The copies beside a database, the newest first; none of a folder that cannot be read."""
    named = re.compile(re.escape(database.name) + _BESIDE)
    found = []
    with contextlib.suppress(OSError):
        for path in database.parent.iterdir():
            if named.fullmatch(path.name):
                there = path.stat()
                found.append(Copy(path, datetime.fromtimestamp(there.st_mtime, UTC), there.st_size))
    return sorted(found, key=lambda each: (each.at, each.path.name), reverse=True)


def suggested(database: Path, local: datetime) -> str:
    """A name beside the database that says when: the operator may write any other."""
    return str(database.with_name(f"{database.name}.copy-{local:%Y-%m-%d-%H%M}"))


def make(crm: Crm, typed: str) -> Path:
    """Copy the live database to a new file and check the copy; `FileFault` with the reason if it may not or cannot."""
    target, login = allowed(located(typed), crm.store.path), crm.viewer.login
    try:
        custody.ask(crm.store.path, custody.BACKUP, lambda _: login)
        backup.backup(crm.store.path, target)
    except (Denied, StoreRefused) as error:
        raise FileFault(error.reason) from error
    return target


def put_back(crm: Crm, typed: str) -> Path | None:
    """Write a checked copy into the live database, under its lock; where the present is kept. Every open program, this
    one too, sees it at its next look and reads everything anew. `FileFault` with the reason if it may not or cannot."""
    source, login = allowed(located(typed), crm.store.path), crm.viewer.login
    try:
        return custody.restore(crm.store.path, source, lambda _: login, crm.clock())
    except (Denied, StoreRefused) as error:
        raise FileFault(error.reason) from error
