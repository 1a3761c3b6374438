"""Schema 1: everything that the first release needs."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """Create every table and index."""
    for statement in statements("m0001_start.sql"):
        op.execute(statement)
