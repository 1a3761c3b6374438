"""Schema 2: who moves cards may also close, archive and delete them, within the same reach."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import grant


def upgrade(op: Any) -> None:
    """Grant the new keys to the profiles that a file has."""
    for key in ("card.close", "card.archive", "card.delete"):
        op.execute(grant(key, like="card.move"))
