"""Schema 5: the call-back routine: service types, standard texts, campaigns and what follows from a result."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """No result asked for a detail or a next step before, and no card had a service type."""
    for statement in statements("m0005_routine.sql"):
        op.execute(statement)
