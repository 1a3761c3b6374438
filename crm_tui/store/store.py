"""The open file: reading connections per thread, write transactions under the writer's lock, checkpoints."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from crm_tui.i18n import Text
from crm_tui.store import connect
from crm_tui.store.connect import Use
from crm_tui.store.errors import Busy, Lost, NoRoom, StoreRefused
from crm_tui.store.lock import WriterLock, busy
from crm_tui.store.standing import Standing

if TYPE_CHECKING:
    from crm_tui.store.seal import Key

SAVE_DEADLINE = 10.0
DRAFT_DEADLINE = 1.0
LOG_LIMIT = 4 * 1024 * 1024
"""The writer whose commit leaves the log above this checkpoints before it lets go (bytes)."""
LOG_PAUSE = 2.0
"""Seconds after which a checkpoint that a reader hindered is tried again."""
CLOSE_DEADLINE = 2.0
_OF_THE_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


class Store:
    """One database file, opened by one program. Close it when done."""

    def __init__(self, path: Path) -> None:
        version = connect.version_of(path)
        if version != connect.SCHEMA_VERSION:
            raise StoreRefused(
                Text(
                    "{path} has schema {theirs}, this program needs {ours}: it must be migrated first.",
                    {"path": str(path), "theirs": version, "ours": connect.SCHEMA_VERSION},
                )
            )
        self.path = path.resolve()
        self.lock = WriterLock(self.path)
        self._standing = Standing(self.path)
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._readers: list[tuple[str, sqlite3.Connection]] = []
        self._guard = threading.Lock()
        self._writers: dict[Use, sqlite3.Connection] = {}
        self._much = 0
        self._checkpoint_after = (0, 0.0)
        self.interrupts = 0
        """How often something was cancelled."""

    def connection(self, use: Use) -> sqlite3.Connection:
        """A new connection of this profile; closed with the store."""
        made = connect.raw(self.path, use)
        with self._guard:
            self._all.append(made)
        return made

    def reader(self) -> sqlite3.Connection:
        """This thread's reading connection; it never opens a transaction that outlives a query."""
        found: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if found is None:
            own = threading.current_thread() is threading.main_thread()
            found = self._local.reader = self.connection(Use.READ if own else Use.BESIDE)
            with self._guard:
                self._readers.append((threading.current_thread().name, found))
        return found

    @contextlib.contextmanager
    def writing(self, use: Use = Use.SAVE, deadline: float | None = None) -> Iterator[sqlite3.Connection]:
        """A write transaction: lock, BEGIN IMMEDIATE, the block, COMMIT (or ROLLBACK if it raises).

        `Busy` if the lock is not to be had in time (also if a stranger such as the sqlite3 shell holds
        SQLite's own), `NoRoom` if the disk refuses, `StoreRefused` if the file is damaged, `Lost` if it is
        no longer the one that was opened or a newer program has migrated it meanwhile.
        """
        seconds = (
            deadline if deadline is not None else (DRAFT_DEADLINE if use is Use.DRAFT else SAVE_DEADLINE)
        )
        with self.lock.held(seconds):
            try:
                connection = self._writers.get(use)
                if connection is None:
                    connection = self._writers[use] = self.connection(use)
                if self._much and use is Use.SAVE:
                    connection.execute(connect.MUCH)
                connection.execute("BEGIN IMMEDIATE")
                try:
                    lost = self.lost(connection)
                    if lost is not None:
                        raise lost
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except sqlite3.DatabaseError as error:
                refused = self._standing.elsewhere() or self._refused(error)
                if refused is None:
                    raise
                raise refused from error
            self._checkpoint(connection)

    @contextlib.contextmanager
    def much(self) -> Iterator[None]:
        """Many transactions follow: for the length of the block more of the file is kept in memory."""
        with self._guard:
            self._much += 1
        try:
            yield
        finally:
            with self._guard:
                self._much -= 1
                writer = self._writers.get(Use.SAVE)
                if writer is not None and not self._much:
                    with contextlib.suppress(sqlite3.Error):  # it may be closed
                        writer.execute(connect.LITTLE)

    def key(self) -> Key:
        """What seals the trail, as it lies beside the file now; made if there is none, under the writer's lock."""
        from crm_tui.store import seal  # the first frame needs none

        return seal.sealing(self.path)

    def lost(self, connection: sqlite3.Connection) -> Lost | None:
        """Why this program must not go on with its file; None if all is well."""
        return self._standing.lost(connection)

    def rescue(self) -> None:
        """Of a file that is lost: put what its log holds into it, wherever it lies now, as long as we hold both.

        Without this a file that was moved away lacks the latest saves, its log is applied to whatever is put in
        its place, and with a log that was removed they are gone when the last program closes. (reproduced)
        """
        if not self._standing.shares_its_log() or not self._all:
            return
        oldest = self._all[0]  # opened when all was well: a later one may be of the file that lies there now
        with contextlib.suppress(sqlite3.DatabaseError, StoreRefused), self.lock.held(DRAFT_DEADLINE):
            oldest.execute("PRAGMA busy_timeout = 0")
            oldest.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _refused(self, error: sqlite3.DatabaseError) -> StoreRefused | None:
        """What an error of SQLite means to the operator; None if it is a fault of ours."""
        code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return busy()
        if code in _OF_THE_DISK:
            return NoRoom(
                Text(
                    "Nothing was saved: the disk refused. Make room and repeat (SQLite: “{why}”).",
                    {"why": str(error)},
                )
            )
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return StoreRefused(
                Text(
                    "{path} is damaged, so nothing was saved: restore the latest backup with crm-tui restore.",
                    {"path": str(self.path)},
                )
            )
        return None

    def _checkpoint(self, connection: sqlite3.Connection) -> None:
        """Empty a log that has grown, while the lock is held; back off if a reader is in the way.

        `busy_timeout=0`: with 5 s one slow reader stalled all writers for 2.3 s, with 0 the worst was 17 ms.
        """
        log = self.path.with_name(self.path.name + "-wal")
        try:
            size = log.stat().st_size
        except FileNotFoundError:
            return
        threshold, not_before = self._checkpoint_after
        if size < max(LOG_LIMIT, threshold) and not (threshold and time.monotonic() > not_before):
            return
        if size < LOG_LIMIT:
            return
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:
            busy = 1
        finally:
            connection.execute(f"PRAGMA busy_timeout = {connect.BUSY_MS}")
        self._checkpoint_after = (size + LOG_LIMIT, time.monotonic() + LOG_PAUSE) if busy else (0, 0.0)

    def interrupt(self, threads: str) -> None:
        """Cancel what the threads whose names begin so are reading (a superseded search); no other's."""
        self.interrupts += 1
        with self._guard:
            for name, connection in self._readers:
                if name.startswith(threads):
                    connection.interrupt()

    def close(self) -> None:
        """Close every connection; under the writer lock if it is to be had, because the last close checkpoints.

        No other thread may still be reading: its memory would be pulled away under it.
        Without the lock too: SQLite makes the last close alone with its own exclusive lock, and a program that
        leaves must leave.
        """
        try:
            with self.lock.held(CLOSE_DEADLINE):
                self._close_all()
        except (Busy, NoRoom):
            self._close_all()

    def _close_all(self) -> None:
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
            self._readers.clear()
            self._writers.clear()
