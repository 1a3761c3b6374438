"""Two operators on one row: field by field. What only the other changed stays; what both changed is asked.

A command carries the version it saw. The columns that others changed since stand in the change rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from crm_tui.domain.outcome import Conflict, FieldConflict
from crm_tui.services.core.context import Clashed, Context
from crm_tui.store.rows import shape
from crm_tui.store.values import to_column

_SINCE = """
SELECT c.before, c.after, coalesce(u.login, ''), e.at FROM change c
JOIN event e ON e.id = c.event_id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE c.table_name = :table AND c.row_id = :id AND c.row_version > :seen AND c.op = 'update' ORDER BY c.id
"""


def check_version(
    ctx: Context, model: type[SQLModel], row_id: int, seen: int | None, wanted: Mapping[str, Any]
) -> None:
    """Let `wanted` (columns and their new values) pass, unless others changed one of them since `seen`.

    `seen` None means that no check is made; the event says so. Raises `Clashed` naming who, when and what.
    """
    row = ctx.row(model, row_id)
    if seen is None:
        ctx.unchecked = True
        return
    if row["version"] == seen:
        return
    table = shape(model).name
    base: dict[str, Any] = {}
    who, at = "", None
    for before, _after, login, when in ctx.connection.execute(
        _SINCE, {"table": table, "id": row_id, "seen": seen}
    ).fetchall():
        for column, value in json.loads(before or "{}").items():
            if column in wanted:
                base.setdefault(column, value)
                who, at = login, datetime.fromisoformat(when)
    clashes = tuple(
        FieldConflict(column, base[column], mine, row[column])
        for column, mine in ((c, to_column(v)) for c, v in wanted.items())
        if column in base and row[column] != mine
    )
    if clashes:
        raise Clashed(Conflict(table, row_id, row["version"], who, at, clashes))
