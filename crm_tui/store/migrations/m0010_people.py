"""Schema 10: phones and addresses found by any part; addresses, classes and consents of people."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.text import digits, fold
from crm_tui.store.migrations.steps import statements

_PAGE = 20_000
"""Rows read at once: a base may hold millions."""
_POINTS = "SELECT id, kind, normalized FROM contact_point WHERE id > ? ORDER BY id LIMIT ?"


def upgrade(op: Any) -> None:
    """Nobody has an address, a class or a consent yet; every phone and e-mail gets its row to be found by."""
    for statement in statements("m0010_people.sql"):
        op.execute(statement)
    bind = op.get_bind()
    after = 0
    while rows := bind.exec_driver_sql(_POINTS, (after, _PAGE)).fetchall():
        after = rows[-1][0]
        found = [(row_id, _words(kind, normalized)) for row_id, kind, normalized in rows]
        bind.exec_driver_sql("INSERT INTO point_fts (rowid, words) VALUES (?, ?)", found)


def _words(kind: str, normalized: str) -> str:
    number = digits(normalized) if kind != "email" else ""
    if not number:
        return fold(normalized)
    return number[2:] if number.startswith("55") and len(number) in (12, 13) else number
