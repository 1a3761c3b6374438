"""Whose working time is which: the operator's own calendar over the team's over the default one, and their leave.

Read by whatever counts working time: the reader of dates, stage deadlines, free days. The rules are `domain.worktime`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.worktime import DayException, ExceptionKind, Hours, WorkCalendar, joined, less
from crm_tui.store.queries import calendar as queries

EVER = (date(1, 1, 1), date(9999, 12, 31))
_ONE_DAY = timedelta(days=1)


class Working(NamedTuple):
    """An operator's working time, on the clock of `zone`."""

    calendar: WorkCalendar
    zone: ZoneInfo


@lru_cache(maxsize=1024)
def minutes(clock: str) -> int:
    """`HH:MM` in minutes since midnight; `24:00` is the day's end."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def default(connection: sqlite3.Connection, first: date = EVER[0], last: date = EVER[1]) -> WorkCalendar:
    """The default calendar with the days that differ between two civil days."""
    row = connection.execute(queries.DEFAULT).fetchone()
    return WorkCalendar() if row is None else _calendar(connection, row[0], first, last)


def shared(
    connection: sqlite3.Connection, user: int, first: date = EVER[0], last: date = EVER[1]
) -> WorkCalendar:
    """The calendar that an operator shares with others: the own one over the team's over the default, without leave.

    By it the words of dates are read. Not by leave: `+3du` would be another day for each colleague who types it for
    the same step, and during three weeks of vacation "next week" would be next month.
    """
    row = connection.execute(queries.OF_USERS, {"users": json.dumps([user])}).fetchone()
    return default(connection, first, last) if row is None else _calendar(connection, row[1], first, last)


def _calendar(connection: sqlite3.Connection, calendar_id: int, first: date, last: date) -> WorkCalendar:
    weekly, differing = _read(connection, [calendar_id], [], first, last)
    week = WorkCalendar(weekly[calendar_id])
    return replace(week, exceptions=_days(differing.get(("calendar", calendar_id), ()), week, first, last))


def week_of(connection: sqlite3.Connection, calendar_id: int) -> tuple[Hours, ...]:
    """The weekly hours of a calendar, Monday first."""
    week: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for weekday, start, end in connection.execute(queries.WEEK, {"calendar": calendar_id}):
        week[weekday].append((minutes(start), minutes(end)))
    return tuple(tuple(day) for day in week)


def of_users(
    connection: sqlite3.Connection, users: Sequence[int], first: date, last: date
) -> dict[int, Working]:
    """The working time of each operator between two civil days, leave and holidays among it."""
    usual = connection.execute(queries.DEFAULT).fetchone()
    nearest = {
        user: (calendar_id, zone)
        for user, calendar_id, zone in connection.execute(queries.OF_USERS, {"users": json.dumps([*users])})
    }
    calendars = {calendar_id for calendar_id, _ in nearest.values()} | ({usual[0]} if usual else set())
    weekly, differing = _read(connection, calendars, users, first, last)
    common: dict[int, WorkCalendar] = {}
    for each in calendars:
        week = WorkCalendar(weekly[each])
        common[each] = replace(
            week, exceptions=_days(differing.get(("calendar", each), ()), week, first, last)
        )
    found: dict[int, Working] = {}
    for user in users:
        calendar_id, zone = nearest.get(user) or usual or (0, "America/Sao_Paulo")
        calendar = common.get(calendar_id) or WorkCalendar()
        own = differing.get(("user", user), ())
        if own:
            away = _days(own, calendar, first, last, ExceptionKind.LEAVE)
            calendar = replace(calendar, exceptions={**calendar.exceptions, **away})
        found[user] = Working(calendar, ZoneInfo(zone))
    return found


_Rows = dict[tuple[str, int], list[tuple[Any, ...]]]


def _read(
    connection: sqlite3.Connection, calendars: Collection[int], users: Sequence[int], first: date, last: date
) -> tuple[dict[int, tuple[Hours, ...]], _Rows]:
    asked = {
        "calendars": json.dumps([*calendars]),
        "users": json.dumps([*users]),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    hours: dict[int, list[list[tuple[int, int]]]] = {each: [[] for _ in range(7)] for each in calendars}
    for calendar_id, weekday, start, end in connection.execute(queries.HOURS, asked):
        hours[calendar_id][weekday].append((minutes(start), minutes(end)))
    differing: _Rows = {}
    for calendar_id, user_id, *rest in connection.execute(queries.EXCEPTIONS, asked):
        key = ("user", user_id) if calendar_id is None else ("calendar", calendar_id)
        differing.setdefault(key, []).append(tuple(rest))
    return {each: tuple(tuple(day) for day in week) for each, week in hours.items()}, differing


def _days(
    rows: Iterable[tuple[Any, ...]],
    usual: WorkCalendar,
    first: date,
    last: date,
    off: ExceptionKind = ExceptionKind.HOLIDAY,
) -> dict[date, DayException]:
    """Each day that differs from the `usual` calendar, later rows over earlier ones; one that is worked without hours
    of its own has those of the week's first working day, and one that is not, but has hours, is off between them alone.

    Two of a day add up: two hours at the doctor's are both gone, a morning and an afternoon are both worked.
    """
    found: dict[date, DayException] = {}
    for start_on, end_on, working, title, start, end, _origin, _id in rows:
        day, until = max(date.fromisoformat(start_on), first), min(date.fromisoformat(end_on), last)
        part = (minutes(start), minutes(end)) if start and end else None
        while day <= until:
            known = found.get(day)
            if working:
                hours = (part,) if part else usual.usual_hours()
                if part and known is not None and known.kind is ExceptionKind.WORKING:
                    hours = joined(known.hours, part)
                found[day] = DayException(ExceptionKind.WORKING, title, hours)
            elif part is None:
                found[day] = DayException(off, title)
            elif (
                hours := known.hours if known is not None else usual.hours(day)
            ):  # nothing is off on a day off
                found[day] = DayException(off, title, less(hours, part))
            day += _ONE_DAY
    return found
