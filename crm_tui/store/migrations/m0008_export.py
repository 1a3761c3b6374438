"""Schema 8: who may export what they see to a file."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import grant


def upgrade(op: Any) -> None:
    """Who may copy the base may export as far as their teams; who may import, their own."""
    op.execute(grant("export.run", like="database.backup", scope="subtree"))
    op.execute(grant("export.run", like="intake.run", scope="own"))
