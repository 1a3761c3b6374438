"""The working calendar, as the pure rules want it."""

from __future__ import annotations

from datetime import date, timedelta

from crm_tui.domain.worktime import DayException, ExceptionKind, Hours, WorkCalendar
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import calendar as queries


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


@view("card.read")
def default(reading: Reading) -> WorkCalendar:
    """The default calendar: weekly hours, holidays and extra days."""
    weekly: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for weekday, start, end in reading.connection.execute(queries.HOURS).fetchall():
        weekly[weekday].append((_minutes(start), _minutes(end)))
    exceptions: dict[date, DayException] = {}
    for start_on, end_on, working, title, start, end in reading.connection.execute(
        queries.EXCEPTIONS
    ).fetchall():
        day, last = date.fromisoformat(start_on), date.fromisoformat(end_on)
        hours: Hours = ((_minutes(start), _minutes(end)),) if working and start and end else ()
        kind = ExceptionKind.WORKING if working else ExceptionKind.HOLIDAY
        while day <= last:
            exceptions[day] = DayException(kind, title, hours or (tuple(weekly[0]) if working else ()))
            day += timedelta(days=1)
    return WorkCalendar(tuple(tuple(hours) for hours in weekly), exceptions)
