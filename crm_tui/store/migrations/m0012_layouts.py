"""Schema 12: layouts of imports, which say what the columns of foreign files mean."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """There were none before."""
    for statement in statements("m0012_layouts.sql"):
        op.execute(statement)
