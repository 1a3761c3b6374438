"""Schema 4: a board as a process: time and owner of stages and stays, gates, forms, offers, approvals, notices."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import grant, statements


def upgrade(op: Any) -> None:
    """Who answers for what is there already is its seller; no stage had a time, and none asked for anything."""
    for statement in statements("m0004_process.sql"):
        op.execute(statement)
    op.execute(grant("card.reopen", like="board.manage", scope="subtree"))
    op.execute(grant("user.pin", like="card.read", scope="own"))
