"""Undo and redo of any batch, by its row images, walked backwards. (X22; DESIGN, undo)

Refuses, naming who, when and what, if a column that it would put back no longer holds what the batch wrote,
or if a row that it would remove has been built upon. Changes to other columns do not hinder it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from crm_tui.i18n import N_
from crm_tui.services.core import next_step, places
from crm_tui.services.core.context import Context, Refused, refuse
from crm_tui.store.rows import Row, model_of, shape
from crm_tui.store.tables.base import Undo as Policy

_CHANGES = """
SELECT c.id, c.table_name, c.row_id, c.op, c.before, c.after, c.row_version FROM change c
JOIN event e ON e.id = c.event_id WHERE e.batch = :batch ORDER BY c.id DESC
"""
_LAST_TOUCH = """
SELECT coalesce(u.login, ''), e.at, e.kind, coalesce(e.params, '{}') FROM change c
JOIN event e ON e.id = c.event_id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE c.table_name = :table AND c.row_id = :id AND e.batch <> :batch ORDER BY c.id DESC LIMIT 1
"""
_LATEST_UNDO = "SELECT batch FROM event WHERE undoes = :batch ORDER BY id DESC LIMIT 1"
_OWN_BATCHES = """
SELECT batch, max(undoes), min(id) FROM (
  SELECT batch, undoes, id FROM event WHERE actor_id = :user_id AND id < :before ORDER BY id DESC LIMIT 500
) GROUP BY batch ORDER BY min(id) DESC
"""
"""Read in windows: grouping all that one ever did would grow with every day."""
_ATTACHED = "SELECT id FROM attachment WHERE entity = :entity AND entity_id = :id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Reversed:
    """One change that was put back: `row` is what the row held before it was put back (None: it was gone)."""

    table: str
    row_id: int
    op: str
    row: Row | None


AfterUndo = Callable[[Context, list[Reversed]], None]


def is_undone(ctx: Context, batch: str) -> bool:
    """Whether a batch is undone now: its latest undo has not been undone (done again) itself."""
    found = ctx.one(_LATEST_UNDO, batch=batch)
    return found is not None and not is_undone(ctx, str(found[0]))


def latest(ctx: Context, *, redo: bool) -> str | None:
    """What `u` (or `U`) takes: one's own latest batch that is neither an undo nor undone; across sittings."""
    before = 2**62
    while True:
        rows = ctx.connection.execute(
            _OWN_BATCHES, {"user_id": ctx.viewer.user_id, "before": before}
        ).fetchall()
        for batch, undoes, first in rows:
            before = first
            if redo:
                if undoes is None:
                    return None
                if not is_undo(ctx, undoes) and not is_undone(ctx, batch):
                    return str(batch)
            elif undoes is None and not is_undone(ctx, batch):
                return str(batch)
        if not rows:
            return None


def is_undo(ctx: Context, batch: str) -> bool:
    """Whether a batch is itself the undo of one."""
    found = ctx.one("SELECT 1 FROM event WHERE batch = :batch AND undoes IS NOT NULL", batch=batch)
    return found is not None


def walk_back(ctx: Context, batch: str) -> list[Reversed]:
    """Put back every change of the batch, the last first; what was put back."""
    done: list[Reversed] = []
    for _, table, row_id, op, before, after, row_version in ctx.connection.execute(
        _CHANGES, {"batch": batch}
    ).fetchall():
        model = model_of(table)
        if shape(model).undo is Policy.FINAL:
            continue
        current = ctx.rows.get(model, row_id)
        old: dict[str, Any] = json.loads(before or "{}")
        new: dict[str, Any] = json.loads(after or "{}")
        if op == "insert":
            _require(ctx, batch, table, row_id, current, _whole(model, new))
            _no_children(ctx, batch, table, row_id)
            ctx.rows.delete(model, row_id)
        elif op == "update":
            ranked = shape(model).ranked
            _require(ctx, batch, table, row_id, current, {c: v for c, v in new.items() if c not in ranked})
            if old:
                ctx.rows.update(model, row_id, **old)
            else:  # what belongs to it was changed in other tables, and is again
                ctx.rows.raise_version(model, row_id)
        else:
            if current is not None:
                raise _built_upon(ctx, batch, table, row_id)
            version = {"version": row_version + 1} if row_version is not None else {}
            try:
                ctx.rows.insert(model, id=row_id, **old, **version)
            except sqlite3.IntegrityError:  # the like of it is there again: a label that was put on once more
                raise _built_upon(ctx, batch, table, row_id) from None
        done.append(Reversed(table, row_id, op, current))
    for change in done:  # once all is back: a place may have been freed by another row of the batch
        places.to_free_place(ctx, model_of(change.table), change.row_id)
    _derive(ctx, done)
    return done


def _whole(model: type[SQLModel], after: dict[str, Any]) -> dict[str, Any]:
    """All imaged columns of an inserted row: an image leaves out those that were empty."""
    return {column: after.get(column) for column in shape(model).imaged}


def _require(
    ctx: Context, batch: str, table: str, row_id: int, current: Row | None, expected: dict[str, Any]
) -> None:
    if current is None or any(current[column] != value for column, value in expected.items()):
        raise _built_upon(ctx, batch, table, row_id)


def _no_children(ctx: Context, batch: str, table: str, row_id: int) -> None:
    attached = ctx.one(_ATTACHED, entity=table, id=row_id)  # by name, not by foreign key
    if attached is not None:
        raise _built_upon(ctx, batch, "attachment", int(attached[0]))
    for child in SQLModel.metadata.tables.values():
        for column in child.columns:
            for key in column.foreign_keys:
                if key.column.table.name != table or child.info["undo"] is Policy.DERIVED:
                    continue
                found = ctx.one(
                    f'SELECT rowid FROM "{child.name}" WHERE "{column.name}" = :id LIMIT 1', id=row_id
                )
                if found is not None:
                    raise _built_upon(ctx, batch, child.name, int(found[0]))


def _built_upon(ctx: Context, batch: str, table: str, row_id: int) -> Refused:
    found = ctx.one(_LAST_TOUCH, table=table, id=row_id, batch=batch)
    if found is None:  # a draft or an event: nothing that the trail names
        return refuse(
            N_("This can no longer be undone: something was built on it since. Nothing was changed.")
        )
    who, at, kind, params = found
    return refuse(
        N_("This can no longer be undone: {who} changed it on {changed_at} ({what}). Nothing was changed."),
        who=who,
        changed_at=at,
        what=json.dumps({"kind": kind, "params": json.loads(params)}),
    )


def _derive(ctx: Context, done: list[Reversed]) -> None:
    cards: set[int] = set()
    for change in done:
        now = ctx.rows.get(model_of(change.table), change.row_id)
        for row in (change.row, now):
            if row is None:
                continue
            if change.table == "card":
                cards.add(change.row_id)
            elif change.table == "activity" and row["card_id"] is not None:
                cards.add(row["card_id"])
            elif change.table == "activity" and now is not None:
                next_step.refresh(ctx, None, change.row_id)
    for card_id in cards:
        next_step.refresh(ctx, card_id)
