"""How an event of a calendar file is taken in: judged once more inside the transaction, then written. (X36)

What is over already is entered as held, so that years of another program's calendar do not become work that is late.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import ActivitySource, ActivityState
from crm_tui.domain.agenda import LONGEST, LONGEST_DAYS
from crm_tui.domain.events.agenda import AppointmentTakenIn
from crm_tui.domain.ics import IcsEvent
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.recurring import readable
from crm_tui.i18n import N_, Text
from crm_tui.services.agenda import booking, file_views, judging, reaching
from crm_tui.services.agenda.booking import Placed
from crm_tui.services.agenda.file_commands import TakeInAppointment, event_of
from crm_tui.services.agenda.judging import Facts, Judged, Verdict
from crm_tui.services.agenda.series import leaving_out
from crm_tui.services.agenda.stored import Stored
from crm_tui.services.core import aside, next_step, work, zones
from crm_tui.services.core.context import Context, Made, Refused, refuse
from crm_tui.services.core.reading import Reading
from crm_tui.store.queries import agenda as queries
from crm_tui.store.tables import Activity, ActivityAttendee, ActivitySeries, User

_WHAT = {
    Verdict.NEW: N_("taken in"),
    Verdict.UPDATE: N_("brought up to date"),
    Verdict.CANCEL: N_("called off"),
}


def owner(ctx: Context, command: TakeInAppointment) -> int | None:
    """Whoever's agenda it goes in, or is in already."""
    if sound(ctx, command) is not None:
        return command.user or ctx.viewer.user_id
    judged, _ = _judged(ctx, command)
    if judged.row is not None:
        return judged.row.assignee_id
    return command.user or ctx.viewer.user_id


def sound(ctx: Context, command: TakeInAppointment) -> Refusal | None:
    """What a file's reader has made sure of, and whoever asks without a file has not."""
    if zones.found(command.zone) is None:
        return Refusal(
            Text("There is no time zone {zone}.", {"zone": command.zone}), RefusedBy.INPUT, ("zone",)
        )
    end = command.end or command.start
    if command.last_on < command.first_on or (command.start and end and end < command.start):
        return Refusal(Text("It ends before it begins: mend one of the days."), RefusedBy.INPUT, ("last_on",))
    too_long = (command.last_on - command.first_on).days > LONGEST_DAYS
    if too_long or (command.start and end and end - command.start > LONGEST):
        return Refusal(
            Text("An appointment with hours lasts a week at most: mark it as all day."),
            RefusedBy.INPUT,
            ("end",),
        )
    refusal = readable(command.rule) if command.rule else None
    if refusal is not None or not command.rule:
        return refusal
    try:
        judging.days_of(event_of(command), ctx.now)
    except ValueError as error:
        params = {"rule": command.rule, "why": str(error)}
        return Refusal(
            Text("“{rule}” is no rule that can be carried out ({why}): mend it.", params),
            RefusedBy.INPUT,
            ("rule",),
        )
    return None


def _judged(ctx: Context, command: TakeInAppointment) -> tuple[Judged, Facts]:
    event = event_of(command)
    known = file_views.facts(Reading(ctx.connection, ctx.viewer, ctx.now), ctx.viewer, [event], command.user)
    return judging.judge(event, known), known


def take_in(ctx: Context, command: TakeInAppointment) -> Made:
    """Do what the event says, if it still is to be done."""
    judged, facts = _judged(ctx, command)
    if judged.verdict is Verdict.SKIPPED:
        raise Refused(Refusal(judged.why or Text("it is left out.")))
    if judged.verdict is Verdict.UNCHANGED:
        number = judged.row.id if judged.row is not None else 0
        return Made("activity", number, f"activity:{number}", Text("it is here already."))
    ctx.row(User, facts.mine, "user")
    if facts.mine != ctx.viewer.user_id:
        booking.may_take_part(ctx, [facts.mine], None)
    done = _series if judged.event.rrule else _single
    ids = done(ctx, judged, facts)
    row = ctx.row(Activity, ids[0])
    ctx.emit(
        AppointmentTakenIn(
            entity_id=row["id"],
            card_id=row["card_id"],
            party_id=row["party_id"],
            subject=row["subject"],
            what_word=_WHAT[judged.verdict],
            times=len(ids),
            source=command.source or None,
        )
    )
    next_step.refresh(ctx, row["card_id"], row["id"])
    return Made("activity", row["id"], f"activity:{row['id']}")


# --- one ----------------------------------------------------------------------------------------------------


def _single(ctx: Context, judged: Judged, facts: Facts) -> list[int]:
    event, row = judged.event, judged.row
    if row is None:
        more: dict[str, Any] = {"uid": event.uid}
        if event.recurrence is not None:
            zone = judged.series.zone if judged.series is not None else event.zone
            more["occurrence_on"] = judging.occurrence_day(event.recurrence, zone)
            if judged.series is not None:
                more |= {"series_id": judged.series.id, "detached": True}
        placed = _placed(ctx, event, facts.mine)
        ids = [
            *ctx.rows.insert_many(
                Activity, [_new(ctx, event, facts) | placed.columns() | _ended(ctx, placed) | more]
            )
        ]
        _attend(ctx, ids, event, facts)
        return ids
    if judged.verdict is Verdict.CANCEL:
        _change(ctx, [row], {"state": ActivityState.CANCELED, "sequence": max(event.sequence, row.sequence)})
        return [row.id]
    columns = _plain(event, row) | _placed(ctx, event, row.assignee_id).columns()
    columns |= {
        "zone": event.zone,
        "sequence": event.sequence,
        "state": ActivityState.PLANNED,
        "deleted_at": None,
    }
    if row.series_id is not None:
        columns["detached"] = True
    _change(ctx, [row], columns)
    _attend_anew(ctx, [row.id], event, facts, row)
    return [row.id]


def _placed(ctx: Context, event: IcsEvent, assignee_id: int) -> Placed:
    if event.start is None:
        return Placed(event.first_on, last_on=event.last_on)
    day = event.start.astimezone(work.zone_of(ctx, assignee_id)).date()
    return Placed(day, event.start, event.end)


def _ended(ctx: Context, placed: Placed) -> dict[str, Any]:
    """What is over is entered as held, when it was over."""
    end = placed.end_at
    if placed.last_on is not None:
        end = datetime.combine(placed.last_on + timedelta(days=1), time(), ctx.viewer.zone).astimezone(UTC)
    if end is None or end > ctx.now:
        return {"state": ActivityState.PLANNED, "done_at": None}
    return {"state": ActivityState.DONE, "done_at": end}


def _plain(event: IcsEvent, row: Stored) -> dict[str, Any]:
    return {
        "subject": event.summary or row.subject,
        "description": event.description or None,
        "location": event.location or None,
        "busy": event.busy,
        "private": event.private,
        "remind_minutes": event.remind_minutes if event.start is not None else None,
    }


def _new(ctx: Context, event: IcsEvent, facts: Facts) -> dict[str, Any]:
    """The columns of an appointment that is new. Where one person of the base takes part, it is about them."""
    found = ctx.one(queries.FILE_MEETING)
    if found is None:
        raise refuse(N_("There is no kind of action yet: add one under Settings."))
    persons = [key[1] for key in judging.people(event, facts) if key[0] == "party"]
    return {
        "action_type_id": found[0],
        "subject": event.summary or str(found[1]),
        "description": event.description or None,
        "location": event.location or None,
        "busy": event.busy,
        "private": event.private,
        "remind_minutes": event.remind_minutes if event.start is not None else None,
        "assignee_id": facts.mine,
        "created_by_id": ctx.viewer.user_id,
        "party_id": persons[0] if len(persons) == 1 else None,
        "source": ActivitySource.IMPORT,
        "zone": event.zone,
        "sequence": event.sequence,
    }


def _change(ctx: Context, rows: Sequence[Stored], columns: Mapping[str, Any]) -> None:
    ctx.rows.update_many(Activity, {row.id: columns for row in rows})
    for row in rows:
        aside.end(ctx, None, row.id)


def _attend(
    ctx: Context, ids: Sequence[int], event: IcsEvent, facts: Facts, row: Stored | None = None
) -> None:
    column = {"user": "user_id", "party": "party_id", "address": "address"}
    named = [
        {column[kind]: key, "response": response}
        for (kind, key), response in judging.people(event, facts, row).items()
    ]
    parts = [{"activity_id": activity_id, **each} for activity_id in ids for each in named]
    for kind in column.values():  # rows of one insert have the same columns
        ctx.rows.insert_many(ActivityAttendee, [part for part in parts if kind in part])


def _attend_anew(ctx: Context, ids: Sequence[int], event: IcsEvent, facts: Facts, row: Stored | None) -> None:
    """Who takes part is whom the file says; refuses a colleague who could not see the card that it is about."""
    if row is not None:
        there = {part.user_id for part in facts.base.parts.get(row.id, ())}
        users = {int(key) for kind, key in judging.people(event, facts, row) if kind == "user"}
        booking.may_take_part(ctx, sorted(users - there), ctx.row(Activity, row.id)["card_id"])
    gone = [part.id for parts in booking.attendees(ctx, ids).values() for part in parts]
    ctx.rows.delete_many(ActivityAttendee, gone)
    _attend(ctx, ids, event, facts, row)


# --- a series -----------------------------------------------------------------------------------------------


def _series(ctx: Context, judged: Judged, facts: Facts) -> list[int]:
    event, series = judged.event, judged.series
    if judged.verdict is Verdict.CANCEL:
        assert series is not None
        rows = [row for row in facts.base.of_series(series.id) if _open(row)]
        _change(ctx, rows, {"state": ActivityState.CANCELED, "sequence": event.sequence})
        days = [row.occurrence_on for row in rows if row.occurrence_on is not None]
        reaching.end_series(ctx, ctx.row(ActivitySeries, series.id), min(days) - timedelta(days=1))
        return [row.id for row in rows]
    days, until = judging.days_of(event, ctx.now)
    columns = {
        "rrule": event.rrule,
        "zone": event.zone,
        "first_on": event.first_on,
        "start_time": judging.clock(event),
        "made_until": until,
        "uid": event.uid,
        "left_out": leaving_out(day for day in event.exdates if day > until),
    }
    if series is None:
        series_id = ctx.rows.insert(ActivitySeries, **columns)
        there: list[Stored] = []
    else:
        series_id = series.id
        columns["uid"] = series.uid
        ctx.rows.update(ActivitySeries, series_id, **columns)
        there = facts.base.of_series(series_id)
    assignee = judged.row.assignee_id if judged.row is not None else facts.mine
    added = judging.added_days(event)
    wanted = {day: _on(ctx, event, day, assignee) for day in days}
    wanted |= {day: _on(ctx, event, day, assignee, at) for day, at in added.items() if day not in wanted}
    changed = _carry_out(ctx, event, there, wanted)
    known = {row.occurrence_on for row in there} | _orphans(facts, event)
    missing = {day: placed for day, placed in wanted.items() if day not in known}
    ids = _make(ctx, judged, facts, series_id, missing, {*added})
    if changed:
        _attend_anew(ctx, changed, event, facts, judged.row)
    return changed + ids or [row.id for row in there[-1:]]


def _open(row: Stored) -> bool:
    return row.state == ActivityState.PLANNED and not row.deleted


def _orphans(facts: Facts, event: IcsEvent) -> set[date | None]:
    """The days of occurrences that another file brought before their series."""
    rows = facts.base.rows.values()
    return {row.occurrence_on for row in rows if row.uid == event.uid and row.series_id is None}


def _on(
    ctx: Context, event: IcsEvent, day: date, assignee_id: int, at: date | datetime | None = None
) -> Placed:
    """The occurrence of a day: as long as the first, at `at` if that is beside the rule."""
    if event.start is None or event.end is None:
        return Placed(day, last_on=day + (event.last_on - event.first_on), occurrence_on=day)
    zone = ZoneInfo(event.zone)
    start = (
        at if isinstance(at, datetime) else datetime.combine(day, event.start.astimezone(zone).time(), zone)
    )
    start = start.astimezone(UTC)
    due_on = start.astimezone(work.zone_of(ctx, assignee_id)).date()
    return Placed(due_on, start, start + (event.end - event.start), occurrence_on=day)


def _carry_out(
    ctx: Context, event: IcsEvent, there: Sequence[Stored], wanted: Mapping[date, Placed]
) -> list[int]:
    """Bring what is planned of a series in step, and take away what no longer comes; what was changed for itself stays
    unless the file leaves its day out. The rows that were changed and stay."""
    changed: dict[int, dict[str, Any]] = {}
    gone: list[Stored] = []
    for row in there:
        if not _open(row) or row.occurrence_on is None:
            continue
        out = row.occurrence_on in event.exdates
        if out or (not row.detached and row.occurrence_on not in wanted):
            gone.append(row)
        elif not row.detached:
            columns = _plain(event, row) | wanted[row.occurrence_on].columns()
            changed[row.id] = columns | {"zone": event.zone, "sequence": event.sequence}
    _change(ctx, gone, {"deleted_at": ctx.now, "sequence": event.sequence})
    ctx.rows.update_many(Activity, changed)
    return [*changed]


def _make(
    ctx: Context,
    judged: Judged,
    facts: Facts,
    series_id: int,
    wanted: Mapping[date, Placed],
    added: Collection[date],
) -> list[int]:
    """Insert the occurrences of these days; those beside the rule are not what the clock goes on like."""
    if not wanted:
        return []
    event, model = judged.event, judged.row
    assignee_id = model.assignee_id if model is not None else facts.mine
    common = _new(ctx, event, facts) | {"series_id": series_id, "uid": event.uid, "assignee_id": assignee_id}
    rows = [
        common | placed.columns() | _ended(ctx, placed) | {"occurrence_on": day, "detached": day in added}
        for day, placed in sorted(wanted.items())
    ]
    ids = [*ctx.rows.insert_many(Activity, rows)]
    _attend(ctx, ids, event, facts, model)
    return ids
