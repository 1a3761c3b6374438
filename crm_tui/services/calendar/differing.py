"""How days that differ are entered: of a calendar (closed, or worked after all), and of an operator (leave). (X20)"""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_tui.domain.calendar import clock, read_hours
from crm_tui.domain.events import calendar as events
from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.worktime import DayOrigin
from crm_tui.i18n import N_, Text
from crm_tui.services.calendar.commands import (
    AddCalendarDay,
    AddLeave,
    EditCalendarDay,
    EditLeave,
    RemoveCalendarDay,
    RemoveLeave,
)
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.rows import Row
from crm_tui.store.tables import CalendarException, User, WorkCalendar

LONGEST_DAYS = 3_660
"""A day that differs lasts ten years at most: each of its days is looked at whenever the calendar is read."""
_FIELDS = {"title": "name", "start_time": "hours", "end_time": "hours"}


def _row(ctx: Context, row_id: int, *, leave: bool) -> Row:
    """The row, if it is of the kind that the command is about."""
    what = "leave" if leave else "calendar_day"
    row = ctx.row(CalendarException, row_id, what)
    if (row["user_id"] is not None) is not leave:
        raise Refused(no_such(what, row_id))
    return row


def _span(first: date, last: date) -> dict[str, Any]:
    if last < first:
        raise refuse(N_("It ends before it begins: mend one of the days."), fields=("end_on",))
    if (last - first).days >= LONGEST_DAYS:
        raise refuse(N_("It may last ten years at most: choose an earlier end."), fields=("end_on",))
    return {"start_on": first, "end_on": last}


def _hours(text: str) -> dict[str, Any]:
    """One stretch of hours as columns; nothing: the whole day."""
    read = read_hours(text, "hours")
    if isinstance(read, Refusal):
        raise Refused(read)
    if len(read) > 1:
        raise refuse(
            N_("One stretch of hours at a time: enter the other one as a day of its own."),
            by=RefusedBy.INPUT,
            fields=("hours",),
        )
    if not read:
        return {"start_time": None, "end_time": None}
    return {"start_time": clock(read[0][0]), "end_time": clock(read[0][1])}


def _changes(row: Row, command: EditCalendarDay | EditLeave) -> dict[str, Any]:
    """The columns that were given; a single day that is put elsewhere stays one."""
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["title"] = names.required(command.name)
    if given & {"start_on", "end_on"}:
        was = date.fromisoformat(row["start_on"]), date.fromisoformat(row["end_on"])
        first = (command.start_on if "start_on" in given else None) or was[0]
        last = command.end_on or first if "end_on" in given or was[0] == was[1] else was[1]
        span = _span(first, last)
        columns |= {name: value for name, value in span.items() if row[name] != value.isoformat()}
    if "hours" in given:
        columns |= _hours(command.hours)
    if isinstance(command, EditCalendarDay) and "working" in given:
        columns["working"] = command.working
    return columns


# --- of a calendar ----------------------------------------------------------------------------------------------


def _told_day(ctx: Context, event: type[Happened], row_id: int) -> Happened:
    row = ctx.row(CalendarException, row_id)
    told: dict[str, Any] = {
        "entity_id": row_id,
        "name": row["title"],
        "calendar": ctx.row(WorkCalendar, row["calendar_id"], "calendar")["name"],
        "start_on": row["start_on"],
        "end_on": row["end_on"],
    }
    return event(**told)


def _made_day(row_id: int) -> Made:
    return Made("calendar_day", row_id, f"calendar_day:{row_id}")


def _add_day(ctx: Context, command: AddCalendarDay) -> Made:
    ctx.row(WorkCalendar, command.calendar, "calendar")
    row_id = ctx.rows.insert(
        CalendarException,
        calendar_id=command.calendar,
        title=names.required(command.name),
        working=command.working,
        **_span(command.start_on, command.end_on or command.start_on),
        **_hours(command.hours),
    )
    ctx.emit(_told_day(ctx, events.CalendarDayAdded, row_id))
    return _made_day(row_id)


def _edit_day(ctx: Context, command: EditCalendarDay) -> Made:
    row = _row(ctx, command.calendar_day, leave=False)
    columns = _changes(row, command)
    check_version(ctx, CalendarException, row["id"], command.version, columns, _FIELDS)
    if any(row[name] != value for name, value in _as_stored(columns).items()):
        columns["origin"] = (
            DayOrigin.HAND
        )  # from now on what somebody said, which no list of holidays changes
    if ctx.rows.update(CalendarException, row["id"], **columns):
        ctx.emit(_told_day(ctx, events.CalendarDayEdited, row["id"]))
    return _made_day(row["id"])


def _as_stored(columns: dict[str, Any]) -> dict[str, Any]:
    return {n: v.isoformat() if isinstance(v, date) else v for n, v in columns.items()}


def _removable(ctx: Context, command: RemoveCalendarDay) -> Refusal | None:
    row = _row(ctx, command.calendar_day, leave=False)
    if row["origin"] == DayOrigin.HOLIDAY:
        return Refusal(
            Text(
                "{name} comes from the list of holidays: if you work then, edit it and say that it is worked.",
                {"name": row["title"]},
            )
        )
    return None


def _remove_day(ctx: Context, command: RemoveCalendarDay) -> Made:
    happened = _told_day(ctx, events.CalendarDayRemoved, command.calendar_day)
    ctx.rows.delete(CalendarException, command.calendar_day)
    ctx.emit(happened)
    return _made_day(command.calendar_day)


# --- of an operator ---------------------------------------------------------------------------------------------


def _told_leave(ctx: Context, event: type[Happened], row_id: int) -> Happened:
    row = ctx.row(CalendarException, row_id)
    told: dict[str, Any] = {
        "entity_id": row_id,
        "name": ctx.row(User, row["user_id"], "user")["name"],
        "start_on": row["start_on"],
        "end_on": row["end_on"],
    }
    return event(**told)


def _made_leave(row_id: int) -> Made:
    return Made("leave", row_id, f"leave:{row_id}")


def _add_leave(ctx: Context, command: AddLeave) -> Made:
    user = ctx.row(User, command.user or ctx.viewer.user_id, "user")
    row_id = ctx.rows.insert(
        CalendarException,
        user_id=user["id"],
        title=names.required(command.name),
        **_span(command.start_on, command.end_on or command.start_on),
        **_hours(command.hours),
    )
    ctx.emit(_told_leave(ctx, events.LeaveAdded, row_id))
    return _made_leave(row_id)


def _edit_leave(ctx: Context, command: EditLeave) -> Made:
    row = _row(ctx, command.leave, leave=True)
    columns = _changes(row, command)
    check_version(ctx, CalendarException, row["id"], command.version, columns, _FIELDS)
    if ctx.rows.update(CalendarException, row["id"], **columns):
        ctx.emit(_told_leave(ctx, events.LeaveEdited, row["id"]))
    return _made_leave(row["id"])


def _remove_leave(ctx: Context, command: RemoveLeave) -> Made:
    row = _row(ctx, command.leave, leave=True)
    happened = _told_leave(ctx, events.LeaveRemoved, row["id"])
    ctx.rows.delete(CalendarException, row["id"])
    ctx.emit(happened)
    return _made_leave(row["id"])


def _whose(ctx: Context, command: EditLeave | RemoveLeave) -> int | None:
    owner: int = _row(ctx, command.leave, leave=True)["user_id"]
    return owner


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddCalendarDay: Handler(_add_day),
    EditCalendarDay: Handler(_edit_day),
    RemoveCalendarDay: Handler(_remove_day, ready=_removable),
    AddLeave: Handler(_add_leave, owner=lambda ctx, command: command.user or ctx.viewer.user_id),
    EditLeave: Handler(_edit_leave, owner=_whose),
    RemoveLeave: Handler(_remove_leave, owner=_whose),
}
