"""Schema 15: the steps that name a number, found when the number is removed."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """An index alone."""
    for statement in statements("m0015_phones_of_steps.sql"):
        op.execute(statement)
