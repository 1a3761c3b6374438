"""The rows of parked forms. No event, no undo: typing is not a business fact. (B45-B47)

`copy` 0 is the draft itself; 1 and on only when a second terminal of the same author typed on at the same
time: the later saver sees that `rev` moved under it and keeps its own copy.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from crm_tui.store.values import as_instant, instant


class DraftRow(NamedTuple):
    """A draft as read: raw field texts, the cursor as the form stored it, and the text's beginning."""

    id: int
    author_id: int
    author: str
    command: str
    subject: str
    copy: int
    payload: Mapping[str, str]
    cursor: Mapping[str, Any]
    text: str
    terminal: str
    rev: int
    created_at: datetime
    saved_at: datetime

    @property
    def at(self) -> tuple[int, int] | None:
        """Row and column of the text's cursor; None where none was kept."""
        match self.cursor.get("at"):
            case [int(row), int(column)] if row >= 0 and column >= 0:
                return row, column
            case _:
                return None


_SELECT = """
SELECT d.id, d.author_id, u.login, d.command, d.subject, d.copy, d.payload, d.cursor, d.text, d.terminal,
       d.rev, d.created_at, d.saved_at
FROM draft d JOIN "user" u ON u.id = d.author_id
"""


def _row(row: tuple[Any, ...]) -> DraftRow:
    created, saved = as_instant(row[11]), as_instant(row[12])
    columns = (*row[:6], _texts(row[6]), _object(row[7]), *row[8:11], created, saved)
    return DraftRow(*columns)


def _object(text: str) -> Mapping[str, Any]:
    """A JSON object; an empty one of what is none: a row that other hands changed must not hide the others."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _texts(text: str) -> Mapping[str, str]:
    """The texts of the fields, each as it would have been typed."""
    found = _object(text)
    return {
        n: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)
        for n, v in found.items()
        if v is not None
    }


def of_author(connection: sqlite3.Connection, author_id: int) -> list[DraftRow]:
    """All drafts of one author, the newest first. Nobody reads another's."""
    rows = connection.execute(f"{_SELECT} WHERE d.author_id = ? ORDER BY d.saved_at DESC", (author_id,))
    return [_row(row) for row in rows]


def count(connection: sqlite3.Connection, author_id: int) -> int:
    """How many drafts an author has."""
    row = connection.execute("SELECT count(*) FROM draft WHERE author_id = ?", (author_id,)).fetchone()
    return int(row[0])


def find(
    connection: sqlite3.Connection, author_id: int, command: str, subject: str, copy: int = 0
) -> DraftRow | None:
    """The draft of this author, form and subject."""
    row = connection.execute(
        f"{_SELECT} WHERE d.author_id = ? AND d.command = ? AND d.subject = ? AND d.copy = ?",
        (author_id, command, subject, copy),
    ).fetchone()
    return None if row is None else _row(row)


def by_id(connection: sqlite3.Connection, author_id: int, draft_id: int) -> DraftRow | None:
    """A draft by id, if it is this author's."""
    row = connection.execute(
        f"{_SELECT} WHERE d.author_id = ? AND d.id = ?", (author_id, draft_id)
    ).fetchone()
    return None if row is None else _row(row)


class Saved(NamedTuple):
    """Where a save landed: its row, and the copy and rev to hand in next time."""

    id: int
    copy: int
    rev: int


def save(
    connection: sqlite3.Connection,
    *,
    author_id: int,
    command: str,
    subject: str,
    payload: Mapping[str, str],
    cursor: Mapping[str, Any],
    text: str,
    terminal: str,
    now: datetime,
    copy: int = 0,
    rev: int = 0,
) -> Saved:
    """Store the form as it stands. `rev` is the one this terminal saw last (0: it saw none).

    If another terminal saved meanwhile, this one goes into the next free copy: neither text vanishes.
    """
    stored = (
        json.dumps(dict(payload), ensure_ascii=False),
        json.dumps(dict(cursor)),
        text,
        terminal,
        instant(now),
    )
    found = connection.execute(
        "SELECT id, rev, terminal, payload FROM draft WHERE author_id=? AND command=? AND subject=? AND copy=?",
        (author_id, command, subject, copy),
    ).fetchone()
    if found is not None and found[1] != rev and found[3] != stored[0]:
        copy = (
            1
            + connection.execute(
                "SELECT max(copy) FROM draft WHERE author_id=? AND command=? AND subject=?",
                (author_id, command, subject),
            ).fetchone()[0]
        )
        found = None
    if found is not None:
        connection.execute(
            "UPDATE draft SET payload=?, cursor=?, text=?, terminal=?, saved_at=?, rev=rev+1 WHERE id=?",
            (*stored, found[0]),
        )
        return Saved(found[0], copy, found[1] + 1)
    made = connection.execute(
        "INSERT INTO draft (author_id, command, subject, copy, payload, cursor, text, terminal, saved_at,"
        " created_at, rev) VALUES (?,?,?,?,?,?,?,?,?,?,1)",
        (author_id, command, subject, copy, *stored, stored[4]),
    )
    return Saved(int(made.lastrowid or 0), copy, 1)


def drop(connection: sqlite3.Connection, author_id: int, draft_id: int) -> bool:
    """Remove a draft of this author; False if there is none."""
    return (
        connection.execute("DELETE FROM draft WHERE id=? AND author_id=?", (draft_id, author_id)).rowcount > 0
    )
