"""Schema 3: labels, members, checklists, base cards, rights on boards, saved views, conversion."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import grant, statements


def upgrade(op: Any) -> None:
    """New tables, then columns of the old ones, then the keys that came with them."""
    for statement in statements("m0003_board.sql"):
        op.execute(statement)
    op.execute(grant("card.convert", like="card.move"))
    op.execute(grant("filter.save", like="card.read", scope="own"))
