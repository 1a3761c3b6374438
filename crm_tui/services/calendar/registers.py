"""What settings list of working time: calendars, days that differ, leave, holidays of cities. (X20)"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from crm_tui.domain.calendar import WEEK, write_day, write_hours
from crm_tui.domain.fields import Option
from crm_tui.domain.register import Cell, Register, RegisterRow, Section
from crm_tui.domain.worktime import DayOrigin, Hours
from crm_tui.i18n import C_, N_, Text, text_n
from crm_tui.services.core.hours import week_of
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import matching
from crm_tui.store.queries import calendar as queries

KEPT_IN_SIGHT = timedelta(days=366)
"""Days that ended before are told by the history alone: a list must not grow for ever."""

_OFF = N_("out of use")


def _rows(reading: Reading, sql: str, **params: Any) -> list[tuple[Any, ...]]:
    return reading.connection.execute(sql, params).fetchall()


def _since(reading: Reading) -> dict[str, str]:
    today = reading.today
    return {"since": (today - KEPT_IN_SIGHT).isoformat(), "today": today.isoformat()}


# --- calendars --------------------------------------------------------------------------------------------------


@view("card.read")
def pick_calendar(reading: Reading, text: str) -> list[Option]:
    """The picker of calendars in use, the default one first."""
    return matching(
        [
            Option(i, name, Text(N_("default")) if default else "", typed("calendar", i) or "")
            for i, name, default in _rows(reading, queries.IN_USE)
        ],
        text,
    )


@view("card.read")
def pick_every_calendar(reading: Reading, text: str) -> list[Option]:
    """The picker of all calendars, those out of use among them."""
    found = _rows(reading, queries.EVERY)
    return matching([Option(row[0], row[2], "", typed("calendar", row[0]) or "") for row in found], text)


@view("card.read")
def calendar_register(reading: Reading) -> list[RegisterRow]:
    """The working calendars, the default one first, those out of use in their places."""
    return [_calendar(reading, row) for row in _rows(reading, queries.EVERY)]


def _calendar(reading: Reading, row: tuple[Any, ...]) -> RegisterRow:
    i, version, name, zone, state, city, until, default, active, teams, people = row
    week = week_of(reading.connection, i)
    hours = {day: write_hours(each) for day, each in zip(WEEK, week, strict=True)}
    raw = {"name": name, **hours, "holidays": "0" if until is None else "1", "state": state or ""}
    raw |= {"city": city or "", "timezone": zone, "is_default": "1" if default else "0"}
    use: Cell = Text(N_("default")) if default else "" if active else Text(_OFF)
    where = " · ".join(filter(None, (state, city)))
    told: Cell = Text(N_("up to {year}"), {"year": until}) if until is not None else Text(N_("worked"))
    return RegisterRow(
        i,
        version,
        name,
        (name, _week(week), use, _used(teams, people), where, told),
        raw,
        beside=hours | {"timezone": zone},
        active=bool(active),
        belongs={"calendar": i},
    )


def _week(week: tuple[Hours, ...]) -> Cell:
    """How much is worked: `45 h`, `41 h 30`."""
    hours, rest = divmod(sum(b - a for day in week for a, b in day), 60)
    if not rest:
        return Text(N_("{n} h"), {"n": hours})
    return Text(N_("{n} h {minutes}"), {"n": hours, "minutes": f"{rest:02d}"})


def _used(teams: int, people: int) -> Cell:
    by_team = text_n("{n} team", "{n} teams", teams)
    by_person = text_n("{n} person", "{n} people", people)
    if teams and people:
        return Text("{before}, {next}", {"before": by_team, "next": by_person})
    return by_team if teams else by_person if people else ""


# --- days that differ -------------------------------------------------------------------------------------------


def _span(start_on: str, end_on: str) -> tuple[Cell, Cell]:
    """From when until when; a single day has no end of its own."""
    first, last = (Text(N_("{day_on}"), {"day_on": day}) for day in (start_on, end_on))
    return first, "" if start_on == end_on else last


def _hours(start: str | None, end: str | None) -> str:
    return f"{start}-{end}" if start and end else ""


def _dated(start_on: str, end_on: str) -> dict[str, str]:
    return {"start_on": start_on, "end_on": "" if end_on == start_on else end_on}


@view("card.read")
def day_register(reading: Reading) -> list[RegisterRow]:
    """The days on which calendars differ: what is to come, then what has passed within a year."""
    return [
        RegisterRow(
            i,
            version,
            title,
            (
                *_span(start_on, end_on),
                title,
                _worked(working, start, end),
                calendar,
                Text(N_("list")) if origin == DayOrigin.HOLIDAY else "",
            ),
            {"name": title, **_dated(start_on, end_on)}
            | {"working": "1" if working else "0", "hours": _hours(start, end)},
            {"calendar": calendar},
            {"calendar": f"#{calendar_id}"},
            belongs={"calendar": calendar_id},
            by_itself=origin == DayOrigin.HOLIDAY,
        )
        for i, version, calendar_id, calendar, start_on, end_on, working, start, end, title, origin in _rows(
            reading, queries.DAYS, **_since(reading)
        )
    ]


def _worked(working: Any, start: str | None, end: str | None) -> Cell:
    hours = _hours(start, end)
    if working:
        return Text(N_("worked {hours}"), {"hours": hours}) if hours else Text(N_("worked"))
    return Text(N_("not worked {hours}"), {"hours": hours}) if hours else ""


@view("card.read")
def pick_day(reading: Reading, text: str) -> list[Option]:
    """The picker of days that differ."""
    return _picked("calendar_day", day_register(reading), text)


def _picked(entity: str, rows: list[RegisterRow], text: str) -> list[Option]:
    found = [
        Option(
            row.id,
            row.name,
            row.cells[0],
            typed(entity, row.id) or "",
        )
        for row in rows
    ]
    return matching(found, text)


# --- leave ------------------------------------------------------------------------------------------------------


@view("activity.edit")
def leave_register(reading: Reading) -> list[RegisterRow]:
    """Who is away when, what is to come first: of those for whom the viewer may plan. Why somebody is away is told to
    nobody else."""
    owners = reading.viewer.owners("activity.edit")
    asked = {"all": int(owners is None), "owners": json.dumps(sorted(owners or ())), **_since(reading)}
    return [
        RegisterRow(
            i,
            version,
            f"{user}: {title}",
            (user, *_span(start_on, end_on), title, _hours(start, end)),
            {"name": title, **_dated(start_on, end_on), "hours": _hours(start, end)},
            {"user": user},
            {"user": f"#{user_id}"},
            belongs={"user": user_id},
        )
        for i, version, user_id, user, start_on, end_on, start, end, title in _rows(
            reading, queries.LEAVES, **asked
        )
    ]


@view("activity.edit")
def pick_leave(reading: Reading, text: str) -> list[Option]:
    """The picker of leave that the viewer may change."""
    return _picked("leave", leave_register(reading), text)


# --- holidays of cities -----------------------------------------------------------------------------------------


@view("card.read")
def city_register(reading: Reading) -> list[RegisterRow]:
    """The holidays of cities, those out of use in their places."""
    return [
        RegisterRow(
            i,
            version,
            title,
            (state, city, write_day(day), title, "" if active else Text(_OFF)),
            {"state": state, "city": city, "day": write_day(day), "name": title},
            beside={"state": state, "city": city},
            active=bool(active),
        )
        for i, version, state, city, day, title, active in _rows(reading, queries.CITIES)
    ]


@view("card.read")
def pick_local_holiday(reading: Reading, text: str) -> list[Option]:
    """The picker of holidays of cities."""
    found = [
        Option(row.id, row.name, f"{row.raw['city']} {row.raw['day']}", typed("local_holiday", row.id) or "")
        for row in city_register(reading)
    ]
    return matching(found, text)


REGISTERS = (
    Register(
        "calendars",
        "calendar",
        N_("Working calendars"),
        N_(
            "Who works when. One's own goes before the team's, and that before the default one, by which stages count. "
            "o leads to the days that differ, and to who has it; x takes one out of use."
        ),
        (N_("Calendar"), N_("Week"), N_("Use"), N_("Given to"), N_("Where"), N_("Holidays")),
        calendar_register,
        create="add_calendar",
        edit="edit_calendar",
        off="deactivate_calendar",
        on="reactivate_calendar",
        related=(
            (N_("_Exceptions"), "calendar_days", "calendar"),
            (N_("_Teams"), "teams", "calendar"),
            (N_("_Users"), "users", "calendar"),
        ),
        section=Section.PEOPLE,
        place=5,
        words=N_("working hours, shift, lunch, weekdays, opening hours, time zone"),
        short=C_("shelf", "Calendars"),
    ),
    Register(
        "calendar_days",
        "calendar_day",
        N_("Exceptions"),
        N_(
            "Holidays come from the list of the calendar's state and city. Bridge days, closing hours, Saturdays that "
            "are worked are entered here and go before them; x removes one."
        ),
        (N_("From"), N_("Until"), N_("What"), N_("Hours"), N_("Calendar"), N_("Origin")),
        day_register,
        create="add_calendar_day",
        edit="edit_calendar_day",
        off="remove_calendar_day",
        told_off=N_("{name} removed"),
        section=Section.PEOPLE,
        place=6,
        words=N_("bridge day, day off, company closed, Saturday, public holiday"),
    ),
    Register(
        "leaves",
        "leave",
        N_("Leave"),
        N_(
            "Who is away when: whole days, or some hours. Only who plans for somebody sees why; x removes one."
        ),
        (N_("Who"), N_("From"), N_("Until"), N_("What"), N_("Hours")),
        leave_register,
        create="add_leave",
        edit="edit_leave",
        off="remove_leave",
        told_off=N_("{name} removed"),
        section=Section.PEOPLE,
        place=7,
        words=N_("vacation, holidays, day off, sick leave, doctor, away"),
    ),
    Register(
        "local_holidays",
        "local_holiday",
        N_("City holidays"),
        N_(
            "Which no list of the country has; calendars of the city have them at once. A file of them comes in by "
            "crm-tui calendar holidays FILE."
        ),
        (N_("State"), N_("City"), N_("Day"), N_("Name"), N_("Use")),
        city_register,
        create="add_local_holiday",
        edit="edit_local_holiday",
        off="deactivate_local_holiday",
        on="reactivate_local_holiday",
        section=Section.PEOPLE,
        place=8,
        words=N_("municipal holidays, town, anniversary of the city"),
        short=C_("shelf", "Holidays"),
    ),
)
PICKERS = {
    "calendars": pick_calendar,
    "every_calendar": pick_every_calendar,
    "calendar_days": pick_day,
    "leaves": pick_leave,
    "local_holidays": pick_local_holiday,
}
