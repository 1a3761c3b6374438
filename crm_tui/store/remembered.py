"""What a place remembers for an operator: a text under a name, beside the facts about the file itself (`meta`).

No business fact: no event, no undo, no version; who writes last is right.
"""

from __future__ import annotations

import sqlite3

_KEY = "remembered:{user_id}:{name}"


def find(connection: sqlite3.Connection, user_id: int, name: str) -> str:
    """The text; empty if there is none."""
    key = _KEY.format(user_id=user_id, name=name)
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row is not None else ""


def keep(connection: sqlite3.Connection, user_id: int, name: str, text: str) -> None:
    """Put the text there; an empty one takes it away."""
    key = _KEY.format(user_id=user_id, name=name)
    if text:
        connection.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, text),
        )
    else:
        connection.execute("DELETE FROM meta WHERE key = ?", (key,))
