"""The rows of notices: told once, read once. No event, no undo: what they tell of is derived. (E29)"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from crm_tui.store.values import instant

_TELL = """
INSERT INTO notice (user_id, kind, subject, params, created_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (user_id, kind, subject) DO NOTHING
"""
_READ = """
UPDATE notice SET read_at = :now WHERE read_at IS NULL AND (:user_id IS NULL OR user_id = :user_id)
AND id IN (SELECT value FROM json_each(:ids))
"""


def tell(
    connection: sqlite3.Connection,
    kind: str,
    told: Iterable[tuple[int, str]],
    now: datetime,
    params: Mapping[int, Mapping[str, Any]] | None = None,
) -> int:
    """Tell users of subjects, each once for ever; how many were new. `params` of each user's. Inside the caller's
    transaction."""
    said = params or {}
    rows = [(user, kind, subject, json.dumps(said.get(user, {})), instant(now)) for user, subject in told]
    return connection.executemany(_TELL, rows).rowcount


def read(
    connection: sqlite3.Connection, ids: Sequence[int], now: datetime, user_id: int | None = None
) -> int:
    """Mark as read, of one user or of all; how many were unread."""
    asked = {"now": instant(now), "user_id": user_id, "ids": json.dumps([*ids])}
    return connection.execute(_READ, asked).rowcount
