"""Who is editing what: information only, it never locks. A row when an editor opens, renewed once a minute."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from crm_tui.store.values import instant

_OTHERS = """
SELECT u.id, u.login, p.terminal FROM presence p JOIN "user" u ON u.id = p.user_id
WHERE p.subject = :subject AND p.until > :now AND p.terminal <> :terminal ORDER BY u.login
"""

_EVERYWHERE = """
SELECT p.subject, u.id, u.login, p.terminal FROM presence p JOIN "user" u ON u.id = p.user_id
WHERE p.until > :now AND p.terminal <> :terminal ORDER BY u.login
"""


def enter(
    connection: sqlite3.Connection,
    user_id: int,
    terminal: str,
    subject: str,
    *,
    now: datetime,
    until: datetime,
) -> None:
    """Say that this terminal edits the subject (`card:12`) until then; old rows of anybody are swept."""
    connection.execute("DELETE FROM presence WHERE until <= ?", (instant(now),))
    connection.execute("DELETE FROM presence WHERE terminal = ? AND subject = ?", (terminal, subject))
    connection.execute(
        "INSERT INTO presence (user_id, terminal, subject, until) VALUES (?, ?, ?, ?)",
        (user_id, terminal, subject, instant(until)),
    )


def leave(connection: sqlite3.Connection, terminal: str, subject: str) -> None:
    """The editor was closed."""
    connection.execute("DELETE FROM presence WHERE terminal = ? AND subject = ?", (terminal, subject))


def everywhere(
    connection: sqlite3.Connection, terminal: str, now: datetime
) -> list[tuple[str, int, str, str]]:
    """Subject, id, login and terminal of everything that is edited elsewhere: one row for each open editor."""
    return connection.execute(_EVERYWHERE, {"now": instant(now), "terminal": terminal}).fetchall()


def others(
    connection: sqlite3.Connection, terminal: str, subject: str, now: datetime
) -> list[tuple[int, str, str]]:
    """Id, login and terminal of those who edit the subject elsewhere (in one's own second terminal, too)."""
    params = {"subject": subject, "now": instant(now), "terminal": terminal}
    return connection.execute(_OTHERS, params).fetchall()
