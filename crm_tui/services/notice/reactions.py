"""Who is told of what others do to their appointments: an invitation, another hour or place, the end, a refusal. (B13)

Read off the rows that changed under the event, so that every command that changes an appointment tells alike. One
notice for one deed, however many occurrences of a series it is for; none for what one did oneself, nor of what is over,
nor of what a calendar file brought. What is undone is not shown any more (`store.queries.notice`).
"""

from __future__ import annotations

import json
from typing import Any

from crm_tui.domain.agenda import Response
from crm_tui.domain.events.activity import ActivityCanceled, ActivityRedated, StepEdited
from crm_tui.domain.events.agenda import (
    AppointmentBooked,
    AppointmentCanceled,
    AppointmentDeleted,
    AppointmentEdited,
    AppointmentMoved,
    AppointmentRestored,
    InvitationAnswered,
    SeriesBooked,
    SeriesEdited,
)
from crm_tui.domain.happened import Happened
from crm_tui.domain.notice import NoticeKind, Told
from crm_tui.services.core.context import Context, Reaction
from crm_tui.store import notices
from crm_tui.store.queries import notice as queries
from crm_tui.store.tables import User

_HOURS = frozenset(("start_at", "end_at", "due_on", "last_on", "all_day"))


def _tell(ctx: Context, happened: Happened) -> None:
    rows = ctx.connection.execute(queries.CHANGED_UNDER, {"event": ctx.cause_id}).fetchall()
    deeds, invited = _read(rows)
    asked = {
        "ids": json.dumps([*{*deeds, *(activity for activity, _ in invited)}]),
        "first": happened.entity_id,
        "today": ctx.today.isoformat(),
    }
    told: dict[int, tuple[int, dict[str, Any]]] = {}
    for activity, at, user in ctx.connection.execute(queries.PART_IN, asked).fetchall():
        what, new_owner = deeds.get(activity, (None, None))
        if (activity, user) in invited or user == new_owner:
            what = Told.INVITED
        if what is not None and user not in told:
            told[user] = (activity, {"what": what, "at": at})
    _write(ctx, told)


def _read(
    rows: list[tuple[Any, ...]],
) -> tuple[dict[int, tuple[Told | None, int | None]], set[tuple[int, int]]]:
    """What was done to which activity, and to whom it was handed; and who was invited to which."""
    deeds: dict[int, tuple[Told | None, int | None]] = {}
    invited: set[tuple[int, int]] = set()
    for table, row_id, op, after in rows:
        values = json.loads(after) if after else {}
        if table == "activity" and op != "delete":
            deeds[row_id] = (Told.INVITED if op == "insert" else _deed(values), values.get("assignee_id"))
        elif op == "insert" and values.get("user_id") is not None:
            invited.add((values["activity_id"], values["user_id"]))
    return deeds, invited


def _deed(changed: dict[str, Any]) -> Told | None:
    """What an update of an activity means to who takes part; None: nothing that they have to know."""
    if changed.get("deleted_at") is not None or changed.get("state") == "canceled":
        return Told.CANCELED
    if "deleted_at" in changed or changed.get("state") == "planned":
        return Told.RESTORED
    if _HOURS & changed.keys():
        return Told.MOVED
    return Told.PLACE if "location" in changed else None


def _declined(ctx: Context, happened: InvitationAnswered) -> None:
    """Whose appointment it is, and who booked it, learn that somebody does not come."""
    rows = ctx.connection.execute(queries.CHANGED_UNDER, {"event": ctx.cause_id}).fetchall()
    told: dict[int, tuple[int, dict[str, Any]]] = {}
    for table, part, _, after in rows:
        if table != "activity_attendee" or json.loads(after or "{}").get("response") != Response.DECLINED:
            continue
        found = ctx.one(queries.ANSWERED, part=part, today=ctx.today.isoformat())
        if found is not None:
            activity, assignee, booked_by, at = found
            said = {"what": Told.DECLINED, "at": at, "part": part, "by": happened.who}
            told |= {user: (activity, said) for user in (assignee, booked_by) if user is not None}
    _write(ctx, told)


def _write(ctx: Context, told: dict[int, tuple[int, dict[str, Any]]]) -> None:
    told.pop(ctx.viewer.user_id, None)
    if not told:
        return
    by = {"by": ctx.row(User, ctx.viewer.user_id, "user")["login"]}
    subjects = [(user, f"activity:{activity}:{ctx.cause_id}") for user, (activity, _) in told.items()]
    params = {user: by | said for user, (_, said) in told.items()}
    notices.tell(ctx.connection, NoticeKind.APPOINTMENT, subjects, ctx.now, params)


REACTIONS: tuple[Reaction[Any], ...] = (
    *(
        Reaction(on, apply=_tell)
        for on in (
            *(AppointmentBooked, SeriesBooked, AppointmentMoved, AppointmentEdited, SeriesEdited),
            *(AppointmentCanceled, AppointmentDeleted, AppointmentRestored),
            *(ActivityRedated, ActivityCanceled, StepEdited),
        )
    ),
    Reaction(InvitationAnswered, apply=_declined),
)
