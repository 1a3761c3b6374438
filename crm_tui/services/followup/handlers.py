"""How steps are planned, moved and cancelled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from crm_tui.domain.activity import ActivityState, internal_before_promise, keep_hour, step_at
from crm_tui.domain.board import is_closed
from crm_tui.domain.events.activity import ActivityCanceled, ActivityRedated, StepEdited
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core import aside, next_step, owners, rights, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.followup import putting_off, registering
from crm_tui.services.followup.commands import CancelStep, EditStep, PlanStep, Redate
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, Activity, Card, Party, User
from crm_tui.store.values import as_date, as_instant


def _planned(ctx: Context, activity_id: int) -> Row:
    activity = ctx.row(Activity, activity_id, "step")
    if activity["state"] != ActivityState.PLANNED or activity["deleted_at"] is not None:
        raise refuse(N_("That step is no longer planned, so it cannot be changed: plan a new one."))
    return activity


def _still_planned(ctx: Context, command: Redate | EditStep | CancelStep) -> Refusal | None:
    _planned(ctx, command.activity)
    return None


def _whose(ctx: Context, command: Redate | EditStep | CancelStep) -> int | None:
    """The step's assignee; or, if the viewer does not reach that one, the owner of the card that it is about."""
    step = ctx.row(Activity, command.activity, "step")
    assignee: int | None = step["assignee_id"]
    card = ctx.rows.get(Card, step["card_id"])
    if card is not None and not ctx.viewer.may(command.permission, assignee):
        owner: int | None = card["owner_id"]
        return owner
    return assignee


def _has_subject(_ctx: Context, command: PlanStep) -> Refusal | None:
    if command.card is None and command.party is None:
        return Refusal(Text("A step needs a card or a person: choose one."), RefusedBy.INPUT, ("party",))
    return None


def _still_open(ctx: Context, command: PlanStep) -> Refusal | None:
    card = ctx.row(Card, command.card, "card") if command.card is not None else None
    if card is None:
        return None
    if is_closed(card["status"]):
        return Refusal(Text("A closed card has no next step: reopen it first."))
    return None


def _may_take(ctx: Context, card_id: int | None, assignee: int | None) -> None:
    """Refuse a step for whom none is; oneself may always take one."""
    if assignee is None or assignee == ctx.viewer.user_id:
        return
    refusal = rights.not_for(ctx, assignee, ctx.rows.get(Card, card_id), "assignee")
    if refusal is not None:
        raise Refused(refusal)


def _plan(ctx: Context, command: PlanStep) -> Made:
    party_id = command.party
    subject = command.subject
    if command.card is not None:
        card = ctx.row(Card, command.card, "card")
        party_id = party_id or card["party_id"]
        subject = subject or card["title"]
    if party_id is not None:
        ctx.row(Party, party_id, "person")
    _may_take(ctx, command.card, command.assignee)
    activity_id = work.plan_step(
        ctx,
        card_id=command.card,
        party_id=party_id,
        when=command.when,
        subject=subject,
        action_type_id=command.action,
        assignee_id=command.assignee,
        internal_on=command.internal_on,
    )
    return Made("activity", activity_id, f"activity:{activity_id}")


def _redate(ctx: Context, command: Redate) -> Made:
    activity = _planned(ctx, command.activity)
    start, end = as_instant(activity["start_at"]), as_instant(activity["end_at"])
    when: date | datetime = keep_hour(command.when, start, ctx.viewer.zone)
    step = step_at(when, work.zone_of(ctx, activity["assignee_id"]))
    timed: dict[str, Any] = {"start_at": step.start_at}
    dated: dict[str, Any] = {"due_on": step.due_on}
    columns = (timed | dated if step.start_at else dated | timed) | {"end_at": None}
    if step.start_at is not None and start is not None and end is not None:
        columns["end_at"] = step.start_at + (end - start)
    elif step.start_at is not None:
        action = ctx.row(ActionType, activity["action_type_id"], "action type")
        columns["end_at"] = work.usual_end(step.start_at, action)
    internal = as_date(activity["internal_on"])
    if internal is not None and internal > step.due_on:
        columns["internal_on"] = None
    check_version(ctx, Activity, command.activity, command.version, columns, dict.fromkeys(columns, "when"))
    aside.end(ctx, activity["card_id"], command.activity)
    ctx.rows.update(Activity, command.activity, **columns)
    ctx.emit(
        ActivityRedated(
            entity_id=command.activity,
            card_id=activity["card_id"],
            party_id=activity["party_id"],
            subject=activity["subject"],
            due=when,
        )
    )
    next_step.refresh(ctx, activity["card_id"], command.activity)
    return Made("activity", command.activity, f"activity:{command.activity}")


def _edit(ctx: Context, command: EditStep) -> Made:
    activity = _planned(ctx, command.activity)
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    if "subject" in given:
        columns["subject"] = one_line(command.subject) or activity["subject"]
    if "internal_on" in given:
        refusal = internal_before_promise(command.internal_on, as_date(activity["due_on"]))
        if refusal is not None:
            raise Refused(refusal)
        columns["internal_on"] = command.internal_on
    if "assignee" in given and command.assignee is not None:
        _may_take(ctx, activity["card_id"], command.assignee)
        columns |= work.assigned_to(ctx, activity, ctx.row(User, command.assignee, "user")["id"])
    check_version(ctx, Activity, command.activity, command.version, columns, {"assignee_id": "assignee"})
    if columns.get("assignee_id", activity["assignee_id"]) != activity["assignee_id"]:
        aside.end(ctx, None, command.activity)  # it was the other one who put it off
    if ctx.rows.update(Activity, command.activity, **columns):
        ctx.emit(
            StepEdited(
                entity_id=command.activity,
                card_id=activity["card_id"],
                party_id=activity["party_id"],
                subject=str(columns.get("subject", activity["subject"])),
            )
        )
        next_step.refresh(ctx, activity["card_id"], command.activity)
    return Made("activity", command.activity, f"activity:{command.activity}")


def _cancel(ctx: Context, command: CancelStep) -> Made:
    activity = _planned(ctx, command.activity)
    check_version(ctx, Activity, command.activity, command.version, {"state": ActivityState.CANCELED})
    ctx.rows.update(Activity, command.activity, state=ActivityState.CANCELED)
    ctx.emit(
        ActivityCanceled(
            entity_id=command.activity,
            card_id=activity["card_id"],
            party_id=activity["party_id"],
            subject=activity["subject"],
        )
    )
    next_step.refresh(ctx, activity["card_id"], command.activity)
    return Made("activity", command.activity, f"activity:{command.activity}")


HANDLERS: dict[type[Command], Handler[Any]] = {
    **registering.HANDLERS,
    PlanStep: Handler(_plan, owner=owners.work, ready=_still_open, check=_has_subject),
    Redate: Handler(_redate, owner=_whose, ready=_still_planned),
    EditStep: Handler(_edit, owner=_whose, ready=_still_planned),
    CancelStep: Handler(_cancel, owner=_whose, ready=_still_planned),
    **putting_off.HANDLERS,
}
