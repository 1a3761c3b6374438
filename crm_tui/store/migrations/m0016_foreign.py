"""Schema 16: by which ids other programs know records."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """There were none before: what was taken in then gets its id when its file comes again."""
    for statement in statements("m0016_foreign.sql"):
        op.execute(statement)
