"""Places in an order that people arrange: what comes back takes nobody's, for two rows with one rank cannot be told
apart by any order, and no card could be put between them.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from crm_tui.domain.rank import rank_between
from crm_tui.services.core.context import Context
from crm_tui.store.shapes import Table, shape


def to_free_places(ctx: Context, model: Table, ids: Collection[int]) -> None:
    """`to_free_place` for many rows: of those alone whose place is taken, which one look tells."""
    known = shape(model)
    for column, among in known.ranked.items():
        taken = ctx.connection.execute(
            f"""SELECT t.id FROM json_each(:ids) j JOIN "{known.name}" t ON t.id = j.value WHERE EXISTS (
              SELECT 1 FROM "{known.name}" WHERE "{among}" = t."{among}" AND {known.in_order} AND id <> t.id
              AND "{column}" = t."{column}") ORDER BY j.key""",
            {"ids": json.dumps([*ids])},
        ).fetchall()
        for (row_id,) in taken:
            to_free_place(ctx, model, row_id)


def to_free_place(ctx: Context, model: Table, row_id: int) -> None:
    """A place that somebody has taken meanwhile is not taken from them: the row stands right behind. Asked of what
    comes back into the order by an undo or out of the archive; nothing is done where the place is still free."""
    known = shape(model)
    for column, among in known.ranked.items():
        row = ctx.rows.get(model, row_id)
        if row is None:
            return
        place = {"value": row[column], "among": row[among], "id": row_id}
        others = f'FROM "{known.name}" WHERE "{among}" = :among AND {known.in_order} AND id <> :id'
        own = f'SELECT 1 FROM "{known.name}" WHERE id = :id AND {known.in_order}'
        if ctx.one(own, id=row_id) is None:
            continue
        if ctx.one(f'SELECT 1 {others} AND "{column}" = :value LIMIT 1', **place) is not None:
            following = ctx.one(f'SELECT min("{column}") {others} AND "{column}" > :value', **place)
            after = str(following[0] or "") if following else ""
            ctx.rows.update(model, row_id, **{column: rank_between(str(row[column]), after)})
