"""What is right and wrong with a database file, and the rebuilding of what is derived from other rows.

Reads through one connection, repairs through the row writer under the writer's lock. Knows no operator and no
permission: whoever may open the file may ask. The trail's chain is checked by whoever writes it
(`services.core.trail`), and only called here.
"""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from crm_tui.i18n import Text, text_n
from crm_tui.store import connect, derived
from crm_tui.store.connect import APPLICATION_ID, SCHEMA_VERSION, Use
from crm_tui.store.errors import StoreRefused
from crm_tui.store.findings import Finding
from crm_tui.store.store import Store

WAL_RESET = ((3, 7, 0), (3, 51, 2))
"""Versions in which two connections may corrupt the file when one restarts the log while the other begins."""
FIX = Text("crm-tui doctor --fix rebuilds them")
Trail = Callable[[sqlite3.Connection], Sequence[Finding]]
"""What whoever writes the trail finds in it."""


def diagnose(path: Path, trail: Trail, *, fix: bool) -> list[Finding]:
    """Every finding about the file, in the order in which they build on each other. Never raises for a file."""
    found = [_sqlite(sqlite3.sqlite_version_info)]
    try:
        version = connect.version_of(path)
    except StoreRefused as refused:
        return [*found, Finding("file", False, refused.reason)]
    found.append(Finding("file", True, Text("{path}", {"path": str(path)})))
    found.append(_mode(path, fix=fix))
    found.append(_schema(version))
    if version != SCHEMA_VERSION:
        return found
    with closing(connect.raw(path, Use.READ)) as connection:
        try:
            found.append(_whole(connection))
            if found[-1].ok:
                found += [_foreign_keys(connection), *trail(connection)]
                found += _derived(path, connection, fix=fix)
        except sqlite3.DatabaseError as error:
            reason = Text(
                "cannot be read to its end: restore a backup (SQLite: “{why}”)", {"why": str(error)}
            )
            found.append(Finding("integrity", False, reason))
    return [*found, _spills(path)]


def _sqlite(version: tuple[int, ...]) -> Finding:
    name = ".".join(map(str, version))
    if WAL_RESET[0] <= version <= WAL_RESET[1]:
        told = Text(
            "SQLite {version} has the WAL-reset fault (3.7.0 to 3.51.2): crm-tui's writer lock keeps away from "
            "it, other programs do not; do not write to the file with them",
            {"version": name},
        )
        return Finding("sqlite", True, told)
    return Finding("sqlite", True, Text("SQLite {version}", {"version": name}))


def _mode(path: Path, *, fix: bool) -> Finding:
    """Only the owner may read or write the file and what lies beside it."""
    open_to_others = []
    for tail in ("", "-wal", "-shm", ".lock", ".key", ".heads"):
        part = path.with_name(path.name + tail)
        with contextlib.suppress(FileNotFoundError):  # who closes last takes the companions away
            if stat.S_IMODE(part.stat().st_mode) & 0o077:
                if fix:
                    part.chmod(0o600)
                else:
                    open_to_others.append(part.name)
    if open_to_others:
        told = Text(
            "others may read {files}: chmod 600, or doctor --fix", {"files": ", ".join(open_to_others)}
        )
        return Finding("mode_of_file", False, told)
    return Finding("mode_of_file", True, Text("only its owner reads it (0600)"))


def _schema(version: int) -> Finding:
    params = {"id": f"{APPLICATION_ID:#x}", "version": version, "ours": SCHEMA_VERSION}
    if version != SCHEMA_VERSION:
        told = Text("schema {version}, this program has {ours}: open it once to migrate it", params)
        return Finding("schema", False, told)
    return Finding("schema", True, Text("ours ({id}), schema {version}", params))


def _whole(connection: sqlite3.Connection) -> Finding:
    told = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)").fetchall()]
    if told == ["ok"]:
        return Finding("integrity", True, Text("SQLite's own check finds it sound"))
    reason = Text(
        "damaged: restore a backup with crm-tui restore (SQLite: “{why}”)", {"why": "; ".join(told)}
    )
    return Finding("integrity", False, reason)


def _foreign_keys(connection: sqlite3.Connection) -> Finding:
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(1000)
    if not rows:
        return Finding("foreign_keys", True, Text("every reference finds its row"))
    table, row_id, target = rows[0][0], rows[0][1], rows[0][2]
    told = text_n(
        "{n} row refers to none, in {table} ({id} to {target}): restore a backup",
        "{n} rows refer to none, the first in {table} ({id} to {target}): restore a backup",
        len(rows),
        table=table,
        id=row_id,
        target=target,
    )
    return Finding("foreign_keys", False, told)


def _derived(path: Path, connection: sqlite3.Connection, *, fix: bool) -> list[Finding]:
    """Search rows, folded keys, next steps and counters, compared with what they are made from."""
    found = []
    for check in derived.CHECKS:
        wrong = check.differing(connection)
        if wrong and fix:
            with closing(Store(path)) as store, store.writing() as writer:
                check.rebuild(writer, check.differing(writer))  # anew: a save may have come between
            told = text_n("{n} row differed and is rebuilt", "{n} rows differed and are rebuilt", len(wrong))
            found.append(Finding(check.name, True, told))
        elif wrong:
            told = text_n("{n} row differs: {fix}", "{n} rows differ: {fix}", len(wrong), fix=FIX)
            found.append(Finding(check.name, False, told))
        else:
            found.append(Finding(check.name, True, Text("as the rows that it is made from")))
    return found


def _spills(path: Path) -> Finding:
    left = sorted(part.name for part in path.parent.glob(f"{path.name}.spill-*"))
    if not left:
        return Finding("spilled_drafts", True, Text("none lies beside the database"))
    told = Text(
        "{files}: text that lock or disk did not take; its author's next start takes it up",
        {"files": ", ".join(left)},
    )
    return Finding("spilled_drafts", False, told)
