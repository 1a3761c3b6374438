"""Undo and redo of any batch, by its row images, walked backwards. (X22; DESIGN, undo)

Refuses, naming who, when and what, if a column that it would put back no longer holds what the batch wrote,
or if a row that it would remove has been built upon. Changes to other columns do not hinder it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crm_tui.domain.happenings import NOT_UNDONE
from crm_tui.i18n import N_
from crm_tui.services.core import next_step, places
from crm_tui.services.core.context import Context, Refused, refuse
from crm_tui.services.core.scope import sight
from crm_tui.services.core.waves import Undoing, children, waves
from crm_tui.store.queries.trail import LAST_TOUCH, walled_words
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table, shape, table_named
from crm_tui.store.shapes import Undo as Policy

_CHANGES = """
SELECT c.id, c.table_name, c.row_id, c.op, c.before, c.after, c.row_version FROM change c
JOIN event e ON e.id = c.event_id WHERE e.batch = :batch ORDER BY c.id DESC
"""
_LATEST_UNDO = "SELECT batch FROM event WHERE undoes = :batch ORDER BY id DESC LIMIT 1"
_OWN_BATCHES = """
SELECT batch, max(undoes), min(id) FROM (
  SELECT batch, undoes, id FROM event WHERE actor_id = :user_id AND id < :before
  AND kind NOT IN (SELECT value FROM json_each(:not_undone)) ORDER BY id DESC LIMIT 500
) GROUP BY batch ORDER BY min(id) DESC
"""
"""Read in windows: grouping all that one ever did would grow with every day."""
_ATTACHED = """
SELECT id FROM attachment WHERE entity = :entity AND entity_id IN (SELECT value FROM json_each(:ids)) LIMIT 1
"""


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
        asked = {"user_id": ctx.viewer.user_id, "before": before, "not_undone": json.dumps(NOT_UNDONE)}
        rows = ctx.connection.execute(_OWN_BATCHES, asked).fetchall()
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
    changes = [
        Undoing(table, row_id, op, json.loads(before or "{}"), json.loads(after or "{}"), version)
        for _, table, row_id, op, before, after, version in ctx.connection.execute(_CHANGES, {"batch": batch})
        if shape(table_named(table)).undo is not Policy.FINAL
    ]
    done = [each for wave in waves(changes) for group in wave for each in _put_back(ctx, batch, group)]
    standing: dict[Table, list[int]] = {}
    for change in done:
        standing.setdefault(table_named(change.table), []).append(change.row_id)
    for (
        model,
        ids,
    ) in standing.items():  # once all is back: a place may have been freed by another row of the batch
        places.to_free_places(ctx, model, ids)
    _derive(ctx, done)
    return done


def _put_back(ctx: Context, batch: str, group: Sequence[Undoing]) -> list[Reversed]:
    """Put back changes of one kind to as many rows of one table."""
    model, op = table_named(group[0].table), group[0].op
    known = shape(model)
    current = ctx.rows.read(model, [each.row_id for each in group])
    for each in group:
        row = current.get(each.row_id)
        if op == "delete":
            if row is not None:
                raise _built_upon(ctx, batch, known.name, each.row_id)
        elif op == "insert":
            _require(ctx, batch, known.name, each.row_id, row, _whole(model, each.after))
        else:
            wrote = {c: v for c, v in each.after.items() if c not in known.ranked}
            _require(ctx, batch, known.name, each.row_id, row, wrote)
    if op == "delete":
        _insert(ctx, batch, model, group)
    elif op == "insert":
        _no_children(ctx, batch, known.name, list(current))
        ctx.rows.delete_many(model, list(current))
    else:
        ctx.rows.update_many(model, {each.row_id: each.before for each in group if each.before})
        for each in group:
            if not each.before:  # what belongs to it was changed in other tables, and is again
                ctx.rows.raise_version(model, each.row_id)
    return [Reversed(known.name, each.row_id, op, current.get(each.row_id)) for each in group]


def _insert(ctx: Context, batch: str, model: Table, group: Sequence[Undoing]) -> None:
    rows = [
        {"id": each.row_id, **each.before}
        | ({"version": each.version + 1} if each.version is not None else {})
        for each in group
    ]
    try:
        ctx.rows.insert_many(model, rows)
    except sqlite3.IntegrityError:  # the like of it is there again: a label that was put on once more
        there = ctx.rows.read(model, [each.row_id for each in group])
        first = next(each.row_id for each in group if each.row_id not in there)
        raise _built_upon(ctx, batch, shape(model).name, first) from None


def _whole(model: Table, after: dict[str, Any]) -> dict[str, Any]:
    """All imaged columns of an inserted row: an image leaves out those that were empty."""
    return {column: after.get(column) for column in shape(model).imaged}


def _require(
    ctx: Context, batch: str, table: str, row_id: int, current: Row | None, expected: dict[str, Any]
) -> None:
    if current is None or any(current[column] != value for column, value in expected.items()):
        raise _built_upon(ctx, batch, table, row_id)


def _no_children(ctx: Context, batch: str, table: str, ids: Sequence[int]) -> None:
    asked = {"entity": table, "ids": json.dumps(ids)}
    attached = ctx.one(_ATTACHED, **asked)  # by name, not by foreign key
    if attached is not None:
        raise _built_upon(ctx, batch, "attachment", int(attached[0]))
    for child, column in children(table):
        found = ctx.one(
            f'SELECT rowid FROM "{child}" WHERE "{column}" IN (SELECT value FROM json_each(:ids)) LIMIT 1',
            **asked,
        )
        if found is not None:
            raise _built_upon(ctx, batch, child, int(found[0]))


def _built_upon(ctx: Context, batch: str, table: str, row_id: int) -> Refused:
    found = ctx.one(LAST_TOUCH, table=table, id=row_id, batch=batch, **sight(ctx.viewer))
    if (
        found is None or not found[4]
    ):  # a draft or an event, which the trail does not name; or what one may not know
        return refuse(
            N_("This can no longer be undone: something was built on it since. Nothing was changed.")
        )
    who, at, kind, params, _ = found
    told = walled_words(ctx.connection, [params], sight(ctx.viewer))[0]
    return refuse(
        N_("This can no longer be undone: {who} changed it on {changed_at} ({what}). Nothing was changed."),
        who=who,
        changed_at=at,
        what=json.dumps({"kind": kind, "params": told}),
    )


def _derive(ctx: Context, done: list[Reversed]) -> None:
    cards: set[int] = set()
    there: dict[str, dict[int, Row]] = {}
    for table in ("card", "activity"):
        ids = [change.row_id for change in done if change.table == table]
        there[table] = ctx.rows.read(table_named(table), ids) if ids else {}
    alone: dict[tuple[int | None, int], int] = {}
    for change in done:
        if change.table not in there:
            continue
        now = there[change.table].get(change.row_id)
        for row in (change.row, now):
            if row is None:
                continue
            if change.table == "card":
                cards.add(change.row_id)
            elif row["card_id"] is not None:
                cards.add(row["card_id"])
            elif now is not None:
                series = row["series_id"]  # one refresh is for the whole series
                alone[series, 0 if series else change.row_id] = change.row_id
    for activity_id in alone.values():
        next_step.refresh(ctx, None, activity_id)
    next_step.refresh_many(ctx, cards)
