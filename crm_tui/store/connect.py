"""The connection profile: how every connection to the file is opened, and which files are refused.

The live file is never `open()`ed here or elsewhere: closing it would drop SQLite's locks and corrupt it
(reproduced, threat 36). Everything is learnt through SQLite itself or `stat`.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from enum import StrEnum
from pathlib import Path

from crm_tui.i18n import Text
from crm_tui.store.errors import NoDatabase, NoRoom, StoreRefused

APPLICATION_ID = 0x43524D54
"""`CRMT` in the file's header: a file without it is not ours."""
SCHEMA_VERSION = 17
"""`PRAGMA user_version` of this program's schema; equals the number of the last migration."""
BUSY_MS = 5000
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "fuse.sshfs", "afpfs", "webdav"}


class Use(StrEnum):
    """What a connection is for; decides how durable its commits are and whether it may write."""

    READ = "read"
    SAVE = "save"
    DRAFT = "draft"
    WATCH = "watch"
    ONCE = "once"
    """Read the whole file once, as copies do: a page is not asked for twice, and 8 MB of cache are only memory."""
    BESIDE = "beside"
    """Reading in a thread beside the screen: what it looks through is shown once, and 8 MB more were the difference
    between 98 and 106 at 10,000 cards."""
    PEEK = "peek"
    """Of a file that another program left unclean: read-only, so that closing it checkpoints nothing into it."""


_CACHES = {
    Use.READ: -2048,
    Use.SAVE: -1024,
    Use.ONCE: -512,
    Use.BESIDE: -1024,
    Use.DRAFT: -1024,
    Use.WATCH: -512,
    Use.PEEK: -2048,
}
"""Kilobytes of the file that a connection keeps in memory (SQLite wants them negative). The system keeps the file's
pages as well: with 8 MB queries took as long, and the program came to 6 MB more. (measured)"""
MUCH = "PRAGMA cache_size = -8192"
"""While a file is taken in: the pages of one chunk do not fit into 1 MB, and are written twice and read again, a tenth
of the processor time. (measured)"""
LITTLE = f"PRAGMA cache_size = {_CACHES[Use.SAVE]}"
"""As `MUCH`, after it."""


def _profile(use: Use) -> list[str]:
    sync = "FULL" if use is Use.SAVE else "NORMAL"
    pragmas = [
        f"busy_timeout = {BUSY_MS}",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "wal_autocheckpoint = 0",
        f"synchronous = {sync}",
        "temp_store = MEMORY",
        f"cache_size = {_CACHES[use]}",
    ]
    if use in (Use.READ, Use.BESIDE, Use.WATCH, Use.ONCE, Use.PEEK):
        pragmas.append("query_only = ON")
    return pragmas


def raw(path: Path, use: Use, factory: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    """A connection with the profile set, in manual transaction mode; never creates a file."""
    uri = f"{path.resolve().as_uri()}?mode={'ro' if use is Use.PEEK else 'rw'}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5, factory=factory
    )
    try:
        for pragma in _profile(use):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def filesystem_of(path: Path, mounts: str = "/proc/self/mountinfo") -> str:
    """The type of the file system that holds `path`; empty where the system does not tell (not Linux)."""
    try:
        lines = Path(mounts).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    target = str(path.resolve())
    for line in lines:
        left, _, right = line.partition(" - ")
        point = left.split()[4].replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, right.split()[0]
    return kind


def check_disk(path: Path) -> None:
    """Refuse a network disk: the log's shared memory works on one machine only."""
    kind = filesystem_of(path)
    if kind in _NETWORK:
        raise StoreRefused(
            Text(
                "{path} lies on a network disk ({kind}), where several programs corrupt it: keep it on this "
                "machine and reach it by SSH.",
                {"path": str(path), "kind": kind},
            )
        )


def check_file(path: Path) -> None:
    """Refuse a path that cannot hold a live database, before SQLite touches it. Writes nothing."""
    try:
        facts = path.lstat()
    except FileNotFoundError:
        raise NoDatabase(Text("There is no database at {path}.", {"path": str(path)})) from None
    except OSError as error:
        raise StoreRefused(
            Text("{path} cannot be reached: {why}.", {"path": str(path), "why": error.strerror or ""})
        ) from None
    if stat.S_ISLNK(facts.st_mode) or not stat.S_ISREG(facts.st_mode):
        raise StoreRefused(
            Text("{path} is not a plain file: name the file itself with --db.", {"path": str(path)})
        )
    if facts.st_size == 0:
        raise StoreRefused(
            Text(
                "{path} is empty, so it is no database of ours: remove it, or restore a backup over it.",
                {"path": str(path)},
            )
        )
    check_disk(path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreRefused(
            Text(
                "{path} or its folder is read-only: give yourself the right to write, or copy it elsewhere.",
                {"path": str(path)},
            )
        )


def version_of(path: Path) -> int:
    """The schema version of a file that is ours; refuses corrupt, foreign and newer ones. Writes nothing."""
    check_file(path)
    try:
        try:
            application, version = _marks(path, Use.PEEK if _logged(path) else Use.READ)
        except sqlite3.OperationalError:
            if _logged(path):
                raise
            application, version = _marks(path, Use.READ)  # who closed last meanwhile took the log along
    except sqlite3.OperationalError as error:
        raise NoRoom(
            Text(
                "{path} cannot be opened: check the disk (SQLite: “{why}”).",
                {"path": str(path), "why": str(error)},
            )
        ) from None
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # a damaged schema is quoted, whatever it holds
        raise StoreRefused(
            Text(
                "{path} is damaged or is not a database: restore the latest backup with crm-tui restore.",
                {"path": str(path)},
            )
        ) from None
    if application != APPLICATION_ID:
        raise StoreRefused(
            Text("{path} belongs to another program: name ours with --db.", {"path": str(path)})
        )
    if version > SCHEMA_VERSION:
        raise StoreRefused(
            Text(
                "{path} was written by a newer crm-tui (schema {theirs}, this program knows {ours}): update "
                "this program.",
                {"path": str(path), "theirs": version, "ours": SCHEMA_VERSION},
            )
        )
    return version


def _logged(path: Path) -> bool:
    """Whether a log with something in it lies beside the file; whoever closes last takes it away at any moment."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _marks(path: Path, use: Use) -> tuple[int, int]:
    """Whose the file is and of which schema; reading the schema finds a damaged one."""
    connection = raw(path, use)
    try:
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return application, version
    finally:
        connection.close()
