"""How appointments end: held, not held, cancelled, deleted; how they come back, and how invitations are answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.agenda import RESPONSE_NAMES, Response
from crm_tui.domain.board import is_closed
from crm_tui.domain.events.agenda import (
    AppointmentCanceled,
    AppointmentDeleted,
    AppointmentHeld,
    AppointmentMissed,
    AppointmentRestored,
    InvitationAnswered,
    SeriesEdited,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.recurring import Reach
from crm_tui.i18n import N_, Text
from crm_tui.services.agenda import booking, reaching
from crm_tui.services.agenda.commands import (
    AnswerInvitation,
    CancelAppointment,
    DeleteAppointment,
    HoldAppointment,
    MissAppointment,
    RestoreAppointment,
)
from crm_tui.services.core import aside, next_step
from crm_tui.services.core.context import Context, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, ActivityAttendee, Card, Party
from crm_tui.store.values import as_date, instant


def _about(activity: Row) -> dict[str, Any]:
    return {
        "entity_id": activity["id"],
        "card_id": activity["card_id"],
        "party_id": activity["party_id"],
        "subject": activity["subject"],
    }


def _made(ctx: Context, activity: Row) -> Made:
    next_step.refresh(ctx, activity["card_id"], activity["id"])
    return Made("activity", activity["id"], f"activity:{activity['id']}")


def _ended(ctx: Context, activity: Row, version: int | None, **columns: Any) -> None:
    check_version(ctx, Activity, activity["id"], version, columns)
    aside.end(ctx, activity["card_id"], activity["id"])
    ctx.rows.update(Activity, activity["id"], **columns)


def concerns_nobody(ctx: Context, command: HoldAppointment) -> Refusal | None:
    """What was done with a customer is registered by a parecer, with its result; the house's own meetings need none."""
    activity = reaching.planned(ctx, command.activity)
    if (secret := reaching.not_secret(ctx, command)) is not None:
        return secret
    if activity["card_id"] is not None or activity["party_id"] is not None:
        return Refusal(Text("It was held with a customer: write its note, which says how it went."))
    return None


def hold(ctx: Context, command: HoldAppointment) -> Made:
    activity = reaching.planned(ctx, command.activity)
    start = activity["start_at"]
    if (start is not None and start > instant(ctx.now)) or activity["due_on"] > ctx.today.isoformat():
        raise refuse(N_("It still lies ahead: move it, if it was held already."))
    _ended(ctx, activity, command.version, state=ActivityState.DONE, done_at=ctx.now)
    ctx.emit(AppointmentHeld(**_about(activity)))
    return _made(ctx, activity)


def miss(ctx: Context, command: MissAppointment) -> Made:
    activity = reaching.planned(ctx, command.activity)
    _ended(ctx, activity, command.version, state=ActivityState.NO_SHOW)
    ctx.emit(AppointmentMissed(**_about(activity)), command.reason or None)
    return _made(ctx, activity)


def cancel(ctx: Context, command: CancelAppointment) -> Made:
    activity, rows = _reached(ctx, command)
    _end_all(ctx, activity, rows, command, {"state": ActivityState.CANCELED})
    if len(rows) == 1:
        ctx.emit(AppointmentCanceled(**_about(activity)), command.reason or None)
    else:
        _tell_many(ctx, activity, rows, command.reason)
    return _made(ctx, activity)


def delete(ctx: Context, command: DeleteAppointment) -> Made:
    activity, rows = _reached(ctx, command)
    _end_all(ctx, activity, rows, command, {"deleted_at": ctx.now})
    if len(rows) == 1:
        ctx.emit(AppointmentDeleted(**_about(activity)), command.reason or None)
    else:
        _tell_many(ctx, activity, rows, command.reason)
    return _made(ctx, activity)


def _reached(ctx: Context, command: CancelAppointment | DeleteAppointment) -> tuple[Row, list[Row]]:
    activity = reaching.planned(ctx, command.activity)
    return activity, reaching.reached(ctx, activity, command.reach)


def _end_all(
    ctx: Context,
    activity: Row,
    rows: Sequence[Row],
    command: CancelAppointment | DeleteAppointment,
    columns: dict[str, Any],
) -> None:
    """End the occurrences that are meant; where more than one is, no other comes after the last that is left."""
    check_version(ctx, Activity, activity["id"], command.version, columns)
    aside.end(ctx, activity["card_id"], activity["id"])
    series = booking.series_row(ctx, activity)
    if series is not None and command.reach is not Reach.THIS:
        first = min(day for row in rows if (day := as_date(row["occurrence_on"])) is not None)
        reaching.end_series(ctx, series, first - timedelta(days=1))
    changed = {row["id"]: columns | {"sequence": row["sequence"] + 1} for row in rows}
    ctx.rows.update_many(Activity, changed)


def _tell_many(ctx: Context, activity: Row, rows: Sequence[Row], reason: str) -> None:
    due = booking.placed_of(rows[0])
    ctx.emit(
        SeriesEdited(**_about(activity), due=due.start_at or due.due_on, times=len(rows)), reason or None
    )


def is_over(ctx: Context, command: RestoreAppointment) -> Refusal | None:
    """Only what was deleted, cancelled or not held is restored, by whoever may change it, and of a card that goes on;
    what was done is undone."""
    activity = ctx.row(Activity, command.activity, "appointment")
    if (secret := reaching.not_secret(ctx, command)) is not None:
        return secret
    if activity["card_id"] is not None and not goes_on(ctx, activity["card_id"]):
        return Refusal(Text("A closed card has no next step: reopen it first."))
    if activity["deleted_at"] is None and activity["state"] == ActivityState.PLANNED:
        return Refusal(Text("That appointment is planned: there is nothing to restore."))
    if activity["deleted_at"] is None and activity["state"] == ActivityState.DONE:
        return Refusal(Text("That appointment was held: undo its note instead."))
    return None


def restore(ctx: Context, command: RestoreAppointment) -> Made:
    activity = ctx.row(Activity, command.activity, "appointment")
    if activity["busy"] and not command.anyway:
        who = booking.everybody(ctx, activity)
        booking.free_of_clashes(ctx, who, [booking.placed_of(activity)], but=[activity["id"]], moves=False)
    columns = {"state": ActivityState.PLANNED, "deleted_at": None}
    check_version(ctx, Activity, activity["id"], command.version, columns)
    ctx.rows.update(Activity, activity["id"], **columns, sequence=activity["sequence"] + 1)
    ctx.emit(AppointmentRestored(**_about(activity)))
    return _made(ctx, activity)


def goes_on(ctx: Context, card_id: int) -> bool:
    """Whether a card may still have steps."""
    card = ctx.rows.get(Card, card_id)
    return card is not None and card["deleted_at"] is None and not is_closed(card["status"])


ANSWER_OF = """
SELECT id FROM activity_attendee WHERE activity_id = :activity
AND (user_id = :user OR party_id = :guest)
"""


def answers_for(ctx: Context, command: AnswerInvitation) -> int | None:
    """One answers for oneself; for somebody else whoever may change the appointment."""
    if command.guest is None and command.user in (None, ctx.viewer.user_id):
        return ctx.viewer.user_id
    return reaching.whose(ctx, command)


def answer(ctx: Context, command: AnswerInvitation) -> Made:
    activity = reaching.planned(ctx, command.activity)
    user = None if command.guest is not None else command.user or ctx.viewer.user_id
    found = ctx.one(ANSWER_OF, activity=activity["id"], user=user, guest=command.guest)
    if found is None:
        raise refuse(N_("Whoever is meant was not invited: invite them first."), fields=("user",))
    ctx.rows.update(ActivityAttendee, found[0], response=command.response)
    guest = ctx.rows.get(Party, command.guest)
    who = str(guest["name"]) if guest is not None else booking.login_of(ctx, user or 0)
    ctx.emit(
        InvitationAnswered(
            **_about(activity), who=who, answer_word=RESPONSE_NAMES[Response(command.response)]
        )
    )
    return Made("activity", activity["id"], f"activity:{activity['id']}")
