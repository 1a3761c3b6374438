"""The card's next step, repeated on the card so that one index serves list, badge, sort and counters.

Written here and nowhere else, whenever an activity of the card changes; undo policy `derived`. (286 ms without,
0.01 with, at 300,000 cards.)
"""

from __future__ import annotations

import json
from collections.abc import Collection

from crm_tui.services.core.context import Context
from crm_tui.store.derived import ON_ITS_OWN
from crm_tui.store.tables import Activity, Card

EARLIEST = """
SELECT id, due_on, start_at, internal_on FROM activity
WHERE card_id = :card_id AND state = 'planned' AND deleted_at IS NULL
ORDER BY due_on, start_at IS NULL, start_at, id LIMIT 1
"""
_EARLIEST_OF = """
SELECT c.value, a.id, a.due_on, a.start_at, a.internal_on FROM json_each(:cards) c
LEFT JOIN activity a ON a.id = (
  SELECT id FROM activity WHERE card_id = c.value AND state = 'planned' AND deleted_at IS NULL
  ORDER BY due_on, start_at IS NULL, start_at, id LIMIT 1
)
"""
_ALONE_OF = f"""
SELECT a.id, {ON_ITS_OWN} FROM json_each(:cards) j JOIN card c ON c.id = j.value
JOIN activity a ON a.card_id = c.id AND a.state = 'planned'
WHERE a.stands_alone <> {ON_ITS_OWN}
"""
_ALONE = f"""
SELECT a.id, a.stands_alone, {ON_ITS_OWN} FROM activity a
LEFT JOIN card c ON c.id = a.card_id
WHERE a.card_id = :card_id AND a.state = 'planned'
UNION ALL
SELECT a.id, a.stands_alone, {ON_ITS_OWN} FROM activity a
LEFT JOIN card c ON c.id = a.card_id
WHERE a.id = :activity_id AND :card_id IS NULL AND a.state = 'planned'
UNION ALL
SELECT a.id, a.stands_alone, {ON_ITS_OWN} FROM activity a
LEFT JOIN card c ON c.id = a.card_id
WHERE a.series_id = (SELECT series_id FROM activity WHERE id = :activity_id) AND a.state = 'planned'
"""


def refresh(ctx: Context, card_id: int | None, activity_id: int | None = None) -> None:
    """Write the card's `next_*` anew, and `stands_alone` of its planned activities and of the series of that one."""
    if card_id is not None and ctx.rows.get(Card, card_id) is not None:
        found = ctx.one(EARLIEST, card_id=card_id) or (None, None, None, None)
        ctx.rows.update(
            Card,
            card_id,
            next_activity_id=found[0],
            next_due_on=found[1],
            next_start_at=found[2],
            next_internal_on=found[3],
        )
    for row_id, stored, alone in ctx.connection.execute(
        _ALONE, {"card_id": card_id, "activity_id": activity_id}
    ).fetchall():
        if stored != alone:
            ctx.rows.update(Activity, row_id, stands_alone=bool(alone))


def refresh_many(ctx: Context, cards: Collection[int]) -> None:
    """`refresh` for many cards in a few statements."""
    there = ctx.rows.read(Card, cards)
    asked = {"cards": json.dumps([*there])}
    names = ("next_activity_id", "next_due_on", "next_start_at", "next_internal_on")
    found = ctx.connection.execute(_EARLIEST_OF, asked).fetchall()
    ctx.rows.update_many(Card, {i: dict(zip(names, step, strict=True)) for i, *step in found})
    differing = ctx.connection.execute(_ALONE_OF, asked).fetchall()
    ctx.rows.update_many(Activity, {i: {"stands_alone": bool(alone)} for i, alone in differing})
