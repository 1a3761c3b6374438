"""How a contact is put off until a moment, brought back, or passed over for the day."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.aside import comes_back, still_ahead
from crm_tui.domain.board import is_closed
from crm_tui.domain.events.aside import (
    CardSkipped,
    CardSnoozed,
    CardWoken,
    StepSkipped,
    StepSnoozed,
    StepWoken,
)
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made
from crm_tui.services.core.merge import check_version
from crm_tui.services.followup.commands import SkipContact, Snooze
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, Card


def _row(ctx: Context, command: Snooze | SkipContact) -> Row | None:
    """What is put aside: the card, else the step; None if neither was named."""
    if command.card is not None:
        return ctx.row(Card, command.card, "card")
    return ctx.row(Activity, command.activity, "step") if command.activity is not None else None


def _owner(ctx: Context, command: Snooze | SkipContact) -> int | None:
    """The card's owner; of a step its assignee, or whose card it is about if the viewer does not reach that one."""
    row = _row(ctx, command)
    if row is None:
        return ctx.viewer.user_id
    if command.card is not None:
        owner: int | None = row["owner_id"]
        return owner
    assignee: int | None = row["assignee_id"]
    card = ctx.rows.get(Card, row["card_id"])
    if card is not None and not ctx.viewer.may(command.permission, assignee):
        return card["owner_id"]  # type: ignore[no-any-return]
    return assignee


def _waits(ctx: Context, command: Snooze | SkipContact) -> Refusal | None:
    row = _row(ctx, command)
    if row is None:
        return None
    if command.card is not None and is_closed(row["status"]):
        return Refusal(Text("A closed card waits for nobody: there is nothing to put off. Reopen it first."))
    if command.card is None and row["state"] != ActivityState.PLANNED:
        return Refusal(
            Text("That step is no longer planned, so there is nothing to put off: plan a new one.")
        )
    return None


def _one_named(_ctx: Context, command: Snooze | SkipContact) -> Refusal | None:
    if (command.card is None) is (command.activity is None):
        return Refusal(
            Text("Say which contact: a card, or a step that has no card, one of the two."),
            RefusedBy.INPUT,
            ("card",),
        )
    return None


def _may_snooze(ctx: Context, command: Snooze) -> Refusal | None:
    refusal = _one_named(ctx, command)
    if refusal is not None:
        return refusal
    row = _row(ctx, command)
    assert row is not None
    if command.until is not None:
        return still_ahead(comes_back(command.until, ctx.viewer.zone), ctx.now)
    if row["snoozed_until"] is None:
        return Refusal(
            Text("Until when? Say an hour or a day, such as “15h” or “tomorrow”."),
            RefusedBy.INPUT,
            ("until",),
        )
    return None


def _snooze(ctx: Context, command: Snooze) -> Made:
    row = _row(ctx, command)
    assert row is not None
    until = None if command.until is None else comes_back(command.until, ctx.viewer.zone)
    model = Card if command.card is not None else Activity
    columns = {"snoozed_until": until}
    check_version(ctx, model, row["id"], command.version, columns, {"snoozed_until": "until"})
    if ctx.rows.update(model, row["id"], **columns) or until is not None:
        ctx.emit(_told(command, row), one_line(command.reason) or None)
    return _made(command, row)


def _told(command: Snooze, row: Row) -> CardSnoozed | CardWoken | StepSnoozed | StepWoken:
    if command.card is not None:
        card = {"entity_id": row["id"], "card_id": row["id"], "party_id": row["party_id"]}
        return CardWoken(**card) if command.until is None else CardSnoozed(**card, due=command.until)
    step = _step(row)
    return StepWoken(**step) if command.until is None else StepSnoozed(**step, due=command.until)


def _step(row: Row) -> dict[str, Any]:
    place = {"entity_id": row["id"], "card_id": row["card_id"], "party_id": row["party_id"]}
    return place | {"subject": row["subject"]}


def _skip(ctx: Context, command: SkipContact) -> Made:
    row = _row(ctx, command)
    assert row is not None
    place = {"entity_id": row["id"], "card_id": row["id"], "party_id": row["party_id"]}
    passed = CardSkipped(**place) if command.card is not None else StepSkipped(**_step(row))
    ctx.emit(passed, one_line(command.reason) or None)
    return _made(command, row)


def _made(command: Snooze | SkipContact, row: Row) -> Made:
    if command.card is not None:
        return Made("card", row["id"], row["number"])
    return Made("activity", row["id"], f"activity:{row['id']}")


HANDLERS: dict[type[Command], Handler[Any]] = {
    Snooze: Handler(_snooze, owner=_owner, ready=_waits, check=_may_snooze),
    SkipContact: Handler(_skip, owner=_owner, ready=_waits, check=_one_named),
}
