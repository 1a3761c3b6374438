"""What ends the putting off of a contact: a new date for its step, or its parecer. Done by several modules."""

from __future__ import annotations

from crm_tui.services.core.context import Context
from crm_tui.store.tables import Activity, Card


def end(ctx: Context, card_id: int | None, activity_id: int | None = None) -> None:
    """The contact is put off no longer; belongs to the event that comes next, which says why."""
    card = ctx.rows.get(Card, card_id)
    if card is not None and card["snoozed_until"] is not None:
        ctx.rows.update(Card, card["id"], snoozed_until=None)
    step = ctx.rows.get(Activity, activity_id)
    if step is not None and step["snoozed_until"] is not None:
        ctx.rows.update(Activity, step["id"], snoozed_until=None)
