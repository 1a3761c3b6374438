"""Whether the file at the path is still the one that was opened, and of this program's schema.

A file that was deleted, replaced or moved away goes on being written by whoever has it open, into a file without a
name, and its log, which stays at the old path, is applied to whatever lies there next. A removed log takes with it
what was saved since the last checkpoint; a removed index lets two programs write past each other. A newer program's
migration leaves columns that this one does not know. (threats 35 and 36; all reproduced)

Knows no lock and no transaction. Costs three `stat` and one pragma: it is asked before every write and by every poll.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from crm_tui.i18n import Text
from crm_tui.store import connect
from crm_tui.store.errors import Lost

COMPANIONS = ("-wal", "-shm")


class Standing:
    """The facts of one open file: itself as it was opened, its companions as they were first seen."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _identity(path)
        self._beside: dict[str, tuple[int, int]] = {}

    def lost(self, connection: sqlite3.Connection) -> Lost | None:
        """Why this program must not go on with its file; None if all is as it was."""
        return self.elsewhere() or self._migrated(connection) or self._stripped()

    def elsewhere(self) -> Lost | None:
        """Whether another file, or none, lies at the path now."""
        here = _identity(self._path)
        if here is None:
            return Lost(
                Text(
                    "{path} was deleted or moved away while it was open: nothing was saved; put it back and "
                    "start again.",
                    {"path": str(self._path)},
                )
            )
        if here != self._file:
            return Lost(
                Text(
                    "Another file was put at {path} while it was open: nothing was saved; start again to work "
                    "with that one.",
                    {"path": str(self._path)},
                )
            )
        return None

    def _migrated(self, connection: sqlite3.Connection) -> Lost | None:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version != connect.SCHEMA_VERSION:
            return Lost(
                Text(
                    "A newer crm-tui has changed {path} meanwhile (schema {theirs}, this program knows {ours}): "
                    "nothing was saved; start again with the newer one.",
                    {"path": str(self._path), "theirs": version, "ours": connect.SCHEMA_VERSION},
                )
            )
        return None

    def _stripped(self) -> Lost | None:
        for tail in COMPANIONS:  # there since the first read: only the last program that closes removes them
            name = self._path.with_name(self._path.name + tail)
            beside = _identity(name)
            if beside is None or self._beside.setdefault(tail, beside) != beside:
                return Lost(
                    Text(
                        "{path} was removed while the database was open: nothing was saved; start again.",
                        {"path": str(name)},
                    )
                )
        return None

    def shares_its_log(self) -> bool:
        """Whether the index of the log is still the one that other programs see: only then may it be emptied."""
        known = self._beside.get("-shm")
        return known is not None and _identity(self._path.with_name(f"{self._path.name}-shm")) == known


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        facts = os.stat(path)
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
