"""Schema 17: layouts of imports also for activities and notes."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """They were for people and cards before."""
    for statement in statements("m0017_layouts_of_acts.sql"):
        op.execute(statement)
