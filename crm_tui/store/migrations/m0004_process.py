"""Schema 4: the time and the owner of a stage, of each card in it and of each stay. (E18-E27)"""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """Columns only: who answers for what is there already is its seller, and no stage had a time."""
    for statement in statements("m0004_process.sql"):
        op.execute(statement)
