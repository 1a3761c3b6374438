"""Indexes out of the way while a file is filled: built at the end by one sort instead of row by row."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

_OURS = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"


@contextlib.contextmanager
def without_indexes(connection: sqlite3.Connection) -> Iterator[None]:
    """Drop every index that a statement made, and make it again by the same statement; constraints' own stay."""
    found = connection.execute(_OURS).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _, statement in found:
        connection.execute(statement)
