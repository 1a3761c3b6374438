"""When a look is: the bounds of the viewer's day, and the calendar by which working days are counted."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crm_tui.domain.worktime import DayException, ExceptionKind, Hours, WorkCalendar
from crm_tui.services.core.reading import Reading
from crm_tui.store.queries import calendar as queries
from crm_tui.store.values import instant


def moment(reading: Reading) -> dict[str, Any]:
    """The parameters of the viewer's day: `now`, `today`, two days round it, its first and last instant."""
    zone = reading.viewer.zone
    today = reading.now.astimezone(zone).date()
    start = datetime.combine(today, time(), zone).astimezone(UTC)
    end = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(UTC)
    return {
        "now": instant(reading.now),
        "today": today.isoformat(),
        "before": (today - timedelta(days=2)).isoformat(),
        "after": (today + timedelta(days=2)).isoformat(),
        "day_start": instant(start),
        "day_end": instant(end),
    }


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def calendar(connection: sqlite3.Connection) -> WorkCalendar:
    """The default working calendar: weekly hours, holidays and extra days."""
    weekly: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for weekday, start, end in connection.execute(queries.HOURS).fetchall():
        weekly[weekday].append((_minutes(start), _minutes(end)))
    exceptions: dict[date, DayException] = {}
    for start_on, end_on, working, title, start, end in connection.execute(queries.EXCEPTIONS).fetchall():
        day, last = date.fromisoformat(start_on), date.fromisoformat(end_on)
        hours: Hours = ((_minutes(start), _minutes(end)),) if working and start and end else ()
        kind = ExceptionKind.WORKING if working else ExceptionKind.HOLIDAY
        while day <= last:
            exceptions[day] = DayException(kind, title, hours or (tuple(weekly[0]) if working else ()))
            day += timedelta(days=1)
    return WorkCalendar(tuple(tuple(hours) for hours in weekly), exceptions)
