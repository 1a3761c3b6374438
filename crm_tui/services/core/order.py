"""The order that operators give to boards, stages, channels, labels and tasks: `position`, counted from one."""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.services.core.context import Context
from crm_tui.store.shapes import Table


def reordered(ctx: Context, model: Table, order: Sequence[int], row_id: int, step: int) -> bool:
    """Put a row some places further among those of `order` (ids), never beyond an end; whether that changed
    anything."""
    ids = list(order)
    here = ids.index(row_id)
    ids.insert(max(0, min(len(ids) - 1, here + step)), ids.pop(here))
    if ids == list(order):
        return False
    moved = [ctx.rows.update(model, i, position=position) for position, i in enumerate(ids, start=1)]
    return any(moved)
