"""How working calendars are kept: name and place, weekly hours, the default one, their holidays. (X20)"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crm_tui.domain.calendar import WEEK, clock, read_state, read_week, write_hours
from crm_tui.domain.events.calendar import (
    CalendarAdded,
    CalendarDeactivated,
    CalendarEdited,
    CalendarReactivated,
    HolidaysFilled,
)
from crm_tui.domain.outcome import Conflict, FieldConflict, Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.domain.worktime import Hours
from crm_tui.i18n import N_, Text
from crm_tui.services.calendar import holidays
from crm_tui.services.calendar.commands import (
    AddCalendar,
    DeactivateCalendar,
    EditCalendar,
    FillHolidays,
    ReactivateCalendar,
)
from crm_tui.services.core import names, zones
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Clashed, Context, Handler, Made, Refused, refuse
from crm_tui.services.core.hours import week_of
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.use import Using
from crm_tui.store.queries import calendar as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import WorkCalendar, WorkHours

_DAYS = tuple(WEEK)
_PLACE = ("state", "city")
MOST_YEARS = 20
"""So many years ahead holidays are written at most."""


def _made(calendar_id: int, note: Text | None = None) -> Made:
    return Made("calendar", calendar_id, f"calendar:{calendar_id}", note)


def _add(ctx: Context, command: AddCalendar) -> Made:
    week = _week(command, set(_DAYS), {})
    calendar_id = ctx.rows.insert(
        WorkCalendar,
        name=names.free(ctx, WorkCalendar, command.name),
        timezone=zones.required(command.timezone),
        **_placed(command.state, command.city),
    )
    _write_week(ctx, calendar_id, week)
    if command.is_default:
        _make_default(ctx, calendar_id)
    holidays.renew(ctx, ctx.row(WorkCalendar, calendar_id), on=command.holidays)
    ctx.emit(CalendarAdded(entity_id=calendar_id, name=ctx.row(WorkCalendar, calendar_id)["name"]))
    return _made(calendar_id)


def _week(
    command: AddCalendar | EditCalendar, given: set[str], usual: Mapping[str, Hours]
) -> dict[str, Hours]:
    read = read_week({day: getattr(command, day) for day in _DAYS if day in given}, usual)
    if isinstance(read, Refusal):
        raise Refused(read)
    return read


def _placed(state: str, city: str) -> dict[str, Any]:
    """State and city as columns; a city of no state would find no holidays."""
    read = read_state(state)
    if isinstance(read, Refusal):
        raise Refused(read)
    where = one_line(city)
    if where and not read:
        raise refuse(
            N_("Say the state of {city}, too: two letters."),
            by=RefusedBy.INPUT,
            fields=("state",),
            city=where,
        )
    return {"state": read or None, "city": where or None}


def _write_week(ctx: Context, calendar_id: int, week: Mapping[str, Hours]) -> bool:
    """Put these hours in the place of what the weekdays had; whether anything differs."""
    usual = week_of(ctx.connection, calendar_id)
    changed = {n: week[day] for n, day in enumerate(_DAYS) if day in week and usual[n] != week[day]}
    if not changed:
        return False
    stood = ctx.connection.execute(queries.STRETCHES, {"calendar": calendar_id}).fetchall()
    if gone := [row_id for row_id, weekday in stood if weekday in changed]:
        ctx.rows.delete_many(WorkHours, gone)
    ctx.rows.insert_many(
        WorkHours,
        [
            {"calendar_id": calendar_id, "weekday": n, "start_time": clock(a), "end_time": clock(b)}
            for n, hours in changed.items()
            for a, b in hours
        ],
    )
    return True


def _make_default(ctx: Context, calendar_id: int) -> None:
    """One is the default: the other one gives it up."""
    others = ctx.connection.execute(queries.DEFAULTS, {"but": calendar_id}).fetchall()
    for (other,) in others:
        ctx.rows.update(WorkCalendar, other, is_default=False)
    ctx.rows.update(WorkCalendar, calendar_id, is_default=True)


def _edit(ctx: Context, command: EditCalendar) -> Made:
    calendar, given = ctx.row(WorkCalendar, command.calendar, "calendar"), set(command.model_fields_set)
    usual = dict(zip(_DAYS, week_of(ctx.connection, command.calendar), strict=True))
    week = _week(command, given, usual)
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = names.free(ctx, WorkCalendar, command.name, but=command.calendar)
    if "timezone" in given:
        columns["timezone"] = zones.required(command.timezone)
    if given & {*_PLACE}:
        state = command.state if "state" in given else calendar["state"] or ""
        city = command.city if "city" in given else calendar["city"] or ""
        columns |= {n: value for n, value in _placed(state, city).items() if n in given}
    check_version(ctx, WorkCalendar, command.calendar, command.version, columns)
    _check_week(ctx, calendar, command.version, week, usual)
    changed = ctx.rows.update(WorkCalendar, command.calendar, **columns)
    if _write_week(ctx, command.calendar, week):
        changed = True
        ctx.rows.raise_version(WorkCalendar, command.calendar)
    if "is_default" in given:
        changed |= _turn_default(ctx, calendar, to=command.is_default)
    keeps = calendar["holidays_until"] is not None
    on = command.holidays if "holidays" in given else keeps
    moved = any(name in columns and columns[name] != calendar[name] for name in _PLACE)
    if on != keeps or (on and moved):
        changed = True
        holidays.renew(ctx, ctx.row(WorkCalendar, command.calendar), on=on)
    if changed:
        name = str(columns.get("name", calendar["name"]))
        ctx.emit(CalendarEdited(entity_id=command.calendar, name=name))
    return _made(command.calendar)


def _turn_default(ctx: Context, calendar: Row, *, to: bool) -> bool:
    if bool(calendar["is_default"]) is to:
        return False
    if not to:
        raise refuse(
            N_("One calendar is the default: make another one the default instead."), fields=("is_default",)
        )
    if not calendar["active"]:
        raise refuse(N_("This calendar is out of use: put it back first."), fields=("is_default",))
    _make_default(ctx, calendar["id"])
    return True


def _check_week(
    ctx: Context, calendar: Row, seen: int | None, week: Mapping[str, Hours], now: Mapping[str, Hours]
) -> None:
    """Hours lie in rows of their own: those of a weekday that somebody else changed since `seen` clash as one field."""
    if seen is None or seen == calendar["version"]:
        return
    before: dict[str, tuple[int, list[str]]] = {}
    who, at = "", None
    asked = {"calendar": calendar["id"], "seen": seen}
    for event_id, op, image, login, when in ctx.connection.execute(queries.HOURS_SINCE, asked).fetchall():
        row = json.loads(image)
        first, stood = before.setdefault(_DAYS[row["weekday"]], (event_id, []))
        if op == "delete" and event_id == first:
            stood.append(f"{row['start_time']}-{row['end_time']}")
        who, at = login, when
    clashes = tuple(
        FieldConflict(
            day,
            " ".join(sorted(before[day][1])),
            write_hours(hours),
            write_hours(now[day]),
        )
        for day, hours in week.items()
        if day in before and hours != now[day]
    )
    if clashes:
        moment = None if at is None else datetime.fromisoformat(at)
        raise Clashed(Conflict("work_calendar", calendar["id"], calendar["version"], who, moment, clashes))


def _in_use(ctx: Context, calendar: Row) -> Refusal | None:
    """Who has it would fall back to another one without knowing it."""
    if calendar["is_default"]:
        return Refusal(Text("This is the default calendar: make another one the default first."))
    used = ctx.connection.execute(queries.USED_BY, {"calendar": calendar["id"]}).fetchall()
    if not used:
        return None
    told = {"name": used[0][0], "n": len(used) - 1}
    if len(used) == 1:
        return Refusal(Text("{name} has this calendar: give them another one first.", told))
    return Refusal(Text("{name} and {n} more have this calendar: give them another one first.", told))


def _fill(ctx: Context, command: FillHolidays) -> Made:
    calendar = ctx.row(WorkCalendar, command.calendar, "calendar")
    until = max(command.until or holidays.usual_end(ctx), calendar["holidays_until"] or 0)
    changed = holidays.fill(ctx, command.calendar, until)
    changed |= ctx.rows.update(WorkCalendar, command.calendar, holidays_until=until)
    if changed:
        ctx.emit(HolidaysFilled(entity_id=command.calendar, name=calendar["name"], until=until))
    return _made(command.calendar)


def _can_fill(ctx: Context, command: FillHolidays) -> Refusal | None:
    calendar = ctx.row(WorkCalendar, command.calendar, "calendar")
    if calendar["holidays_until"] is None:
        return Refusal(
            Text(
                "{name} is worked on holidays, too: edit it first and say that they are off.",
                {"name": calendar["name"]},
            )
        )
    first = holidays.this_year(ctx)
    if command.until is not None and not first <= command.until <= first + MOST_YEARS:
        reason = Text("The year is from {first} to {last}.", {"first": first, "last": first + MOST_YEARS})
        return Refusal(reason, RefusedBy.INPUT, ("until",))
    return None


_USE = Using(WorkCalendar, "calendar")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddCalendar: Handler(_add),
    EditCalendar: Handler(_edit),
    DeactivateCalendar: _USE.ends(
        CalendarDeactivated, N_("This calendar is out of use already."), also=_in_use
    ),
    ReactivateCalendar: _USE.begins(CalendarReactivated, N_("This calendar is in use already.")),
    FillHolidays: Handler(_fill, check=_can_fill),
}
