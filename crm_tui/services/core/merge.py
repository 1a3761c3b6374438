"""Two operators on one row: field by field. What only the other changed stays; what both changed is asked.

A command carries the version it saw. The columns that others changed since stand in the change rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crm_tui.domain.outcome import Conflict, FieldConflict
from crm_tui.services.core.context import Clashed, Context
from crm_tui.store.shapes import Table, shape
from crm_tui.store.values import to_column

_SINCE = """
SELECT c.before, c.after, coalesce(u.login, ''), e.at FROM change c
JOIN event e ON e.id = c.event_id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE c.table_name = :table AND c.row_id = :id AND c.row_version > :seen AND c.op = 'update' ORDER BY c.id
"""


def check_version(
    ctx: Context,
    model: Table,
    row_id: int,
    seen: int | None,
    wanted: Mapping[str, Any],
    names: Mapping[str, str] | None = None,
) -> None:
    """Let `wanted` (columns and their new values) pass, unless others changed one of them since `seen`.

    `seen` None means that no check is made; the event says so. Raises `Clashed` naming who, when and what, by
    the command's own fields: `names` gives the field of a column where they differ. Columns of one field
    (a date and its hour) clash as one, the first of them shown.
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
    clashes: dict[str, FieldConflict] = {}
    for column, value in wanted.items():
        mine, name = to_column(value), (names or {}).get(column, column)
        if column in base and row[column] != mine:
            clashes.setdefault(name, FieldConflict(name, base[column], mine, row[column]))
    if clashes:
        raise Clashed(Conflict(table, row_id, row["version"], who, at, tuple(clashes.values())))


def check_seen(ctx: Context, model: Table, row_id: int, seen: int | None) -> None:
    """Raise `Clashed`, naming who and what, if a row was changed at all since `seen`: for what is decided by looking at
    the whole of it. None: no check, and the event says so."""
    row = ctx.row(model, row_id)
    if seen is None:
        ctx.unchecked = True
        return
    if row["version"] == seen:
        return
    table = shape(model).name
    base: dict[str, Any] = {}
    who, at = "", None
    asked = {"table": table, "id": row_id, "seen": seen}
    for before, _after, login, when in ctx.connection.execute(_SINCE, asked).fetchall():
        base = json.loads(before or "{}") | base
        who, at = login, datetime.fromisoformat(when)
    fields = tuple(FieldConflict(name, value, value, row[name]) for name, value in base.items())
    raise Clashed(Conflict(table, row_id, row["version"], who, at, fields))
