"""Whose working time is which: the operator's own calendar over the team's over the default one, and their leave.

Read by whatever counts working time: the reader of dates, stage deadlines, free days. The rules are `domain.worktime`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.worktime import DayException, ExceptionKind, Hours, WorkCalendar, less
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
    if row is None:
        return WorkCalendar()
    weekly, differing = _read(connection, [row[0]], [], first, last)
    return WorkCalendar(
        weekly[row[0]], _days(differing.get(("calendar", row[0]), ()), weekly[row[0]], first, last)
    )


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
    shared: dict[int, dict[date, DayException]] = {
        each: _days(differing.get(("calendar", each), ()), weekly[each], first, last) for each in calendars
    }
    found: dict[int, Working] = {}
    for user in users:
        calendar_id, zone = nearest.get(user) or usual or (0, "America/Sao_Paulo")
        week = weekly.get(calendar_id, WorkCalendar().weekly)
        days = shared.get(calendar_id, {})
        own = differing.get(("user", user), ())
        if own:
            days = days | _days(own, week, first, last, ExceptionKind.LEAVE)
        found[user] = Working(WorkCalendar(week, days), ZoneInfo(zone))
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
    weekly: tuple[Hours, ...],
    first: date,
    last: date,
    off: ExceptionKind = ExceptionKind.HOLIDAY,
) -> dict[date, DayException]:
    """Each day that differs; one that is worked without hours of its own has those of the week's first working day, and
    one that is not, but has hours, is off between them alone."""
    usual = next((day for day in weekly if day), ())
    found: dict[date, DayException] = {}
    for start_on, end_on, working, title, start, end, _origin in rows:
        day, until = max(date.fromisoformat(start_on), first), min(date.fromisoformat(end_on), last)
        part = (minutes(start), minutes(end)) if start and end else None
        while day <= until:
            if working:
                found[day] = DayException(ExceptionKind.WORKING, title, (part,) if part else usual)
            else:
                left = less(weekly[day.weekday()], part) if part else ()
                found[day] = DayException(off, title, left)
            day += _ONE_DAY
    return found
