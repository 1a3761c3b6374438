"""What several modules do to the work on a record: plan the next step, leave a comment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import internal_before_promise, step_at
from crm_tui.domain.events.activity import ActivityPlanned
from crm_tui.domain.events.note import CommentAdded
from crm_tui.domain.note import NoteKind
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_
from crm_tui.services.core import aside, next_step
from crm_tui.services.core.context import Context, Refused, refuse
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, Activity, Attachment, Note, User
from crm_tui.store.values import as_instant

_DEFAULT_ACTION = """
SELECT id FROM action_type WHERE active = 1
ORDER BY kind <> 'follow_up', position, id LIMIT 1
"""


def default_action(ctx: Context) -> int:
    """The kind of action taken when none was chosen: the first follow-up."""
    found = ctx.one(_DEFAULT_ACTION)
    if found is None:
        raise refuse(N_("There is no kind of action yet: add one under Settings."), fields=("next_action",))
    return int(found[0])


def zone_of(ctx: Context, user_id: int) -> ZoneInfo:
    """The clock of an operator: a timed step's `due_on` is its day on its assignee's. (MODEL.md §5.7)"""
    if user_id == ctx.viewer.user_id:
        return ctx.viewer.zone
    return ZoneInfo(ctx.row(User, user_id, "user")["timezone"])


def assigned_to(ctx: Context, activity: Row, user_id: int) -> dict[str, Any]:
    """The columns that give a step to somebody: a timed one is due on the new clock's day."""
    start = as_instant(activity["start_at"])
    columns: dict[str, Any] = {"assignee_id": user_id}
    if start is not None:
        columns["due_on"] = step_at(start, zone_of(ctx, user_id)).due_on
    return columns


def plan_step(
    ctx: Context,
    *,
    card_id: int | None,
    party_id: int | None,
    when: date | datetime,
    subject: str,
    action_type_id: int | None = None,
    assignee_id: int | None = None,
    internal_on: date | None = None,
    contact_id: int | None = None,
    previous_id: int | None = None,
    until: time | None = None,
    files: Sequence[int] = (),
    also: Callable[[int], object] = bool,
    **more: Any,
) -> int:
    """Plan an activity: `when` a civil date, or an aware instant that also sets its end (`until`, an hour of that day,
    or as long as its action takes); `files` are kept with it, `also` writes what else belongs to it, `more` are further
    columns. Its id."""
    action_type_id = action_type_id if action_type_id is not None else default_action(ctx)
    action = ctx.row(ActionType, action_type_id, "action type")
    assignee_id = assignee_id if assignee_id is not None else ctx.viewer.user_id
    step = step_at(when, zone_of(ctx, assignee_id))
    refusal = internal_before_promise(internal_on, step.due_on)
    if refusal is not None:
        raise Refused(refusal)
    end_at = _end(ctx, step.start_at, until, action)
    aside.end(ctx, card_id)
    activity_id = ctx.rows.insert(
        Activity,
        party_id=party_id,
        card_id=card_id,
        contact_id=contact_id,
        action_type_id=action_type_id,
        subject=one_line(subject) or action["name"],
        assignee_id=assignee_id,
        created_by_id=ctx.viewer.user_id,
        due_on=step.due_on,
        start_at=step.start_at,
        end_at=end_at,
        internal_on=internal_on,
        previous_id=previous_id,
        **more,
    )
    for file_id in files:
        ctx.rows.update(Attachment, file_id, activity_id=activity_id)
    also(activity_id)
    ctx.emit(
        ActivityPlanned(
            entity_id=activity_id,
            card_id=card_id,
            party_id=party_id,
            subject=one_line(subject) or action["name"],
            due=when,
        )
    )
    next_step.refresh(ctx, card_id, activity_id)
    return activity_id


def usual_end(start: datetime, action: Row) -> datetime:
    """When something that begins then ends, by how long its kind of action usually takes."""
    return start + timedelta(minutes=action["default_minutes"] or 30)


def _end(ctx: Context, start: datetime | None, until: time | None, action: Row) -> datetime | None:
    if start is None:
        if until is not None:
            raise refuse(N_("Say from what hour, too: “friday 2pm”."), fields=("next_when",))
        return None
    if until is None:
        return usual_end(start, action)
    end = datetime.combine(start.astimezone(ctx.viewer.zone).date(), until, ctx.viewer.zone)
    if end <= start:
        raise refuse(N_("It ends before it begins: mend one of the hours."), fields=("next_until",))
    return end


def comment(ctx: Context, *, card_id: int | None, party_id: int | None, body: str) -> int:
    """Leave an internal comment; its note id."""
    note_id = ctx.rows.insert(
        Note,
        card_id=card_id,
        party_id=party_id,
        kind=NoteKind.COMMENT,
        body=body,
        author_id=ctx.viewer.user_id,
        filed_at=ctx.now,
    )
    ctx.emit(CommentAdded(entity_id=note_id, card_id=card_id, party_id=party_id))
    return note_id
