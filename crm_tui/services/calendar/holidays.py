"""Which days are holidays at a calendar's place, and how they are written into it.

National and state ones come from the library `holidays`, loaded only here and only when a command asks (100 ms); those
of a city from the register. Carnaval and other days that are only optional do not count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from crm_tui.domain.calendar import HOLIDAY_YEARS, days_of
from crm_tui.domain.text import fold
from crm_tui.domain.worktime import DayOrigin
from crm_tui.services.core.context import Context
from crm_tui.store.queries import calendar as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import CalendarException, WorkCalendar


@lru_cache(maxsize=128)
def of_state(state: str | None, first: int, last: int) -> dict[date, str]:
    """Brazil's national holidays and those of a state in these years, named in Portuguese; kept, do not change it."""
    import holidays

    years = range(first, last + 1)
    found = holidays.country_holidays("BR", subdiv=state or None, years=years, language="pt_BR")
    return {day: str(name) for day, name in found.items()}


def of_place(
    connection: sqlite3.Connection, state: str | None, city: str | None, first: int, last: int
) -> dict[date, str]:
    """The holidays of a place in these years; a day that is one of the state, too, is called as there."""
    found: dict[date, str] = {}
    if state and city:
        for day, name, where in connection.execute(queries.OF_STATE, {"state": state}).fetchall():
            if fold(where) == fold(city):
                found |= dict.fromkeys(days_of(day, first, last), name)
    return found | of_state(state, first, last)


def this_year(ctx: Context) -> int:
    """The year that it is where the operator is."""
    return ctx.today.year


def usual_end(ctx: Context) -> int:
    """The last year that is written unless another is asked for."""
    return this_year(ctx) + HOLIDAY_YEARS - 1


def fill(ctx: Context, calendar_id: int, until: int) -> bool:
    """Make the days that the program wrote into a calendar those of its place, from this year to the end of `until`;
    whether that changed anything. Past years stay as they were, what was entered by hand is never touched."""
    calendar = ctx.row(WorkCalendar, calendar_id, "calendar")
    first = this_year(ctx)
    written = _written(ctx, calendar_id, first)
    if calendar["holidays_until"] is None:
        wanted: dict[date, str] = {}
    else:
        wanted = of_place(ctx.connection, calendar["state"], calendar["city"], first, until)
    gone = [row_id for row_id, day, _ in written if day not in wanted]
    kept = {day: (row_id, title) for row_id, day, title in written if day in wanted}
    gone += [row_id for row_id, day, _ in written if day in wanted and kept[day][0] != row_id]
    renamed = {
        row_id: {"title": wanted[day]} for day, (row_id, title) in kept.items() if title != wanted[day]
    }
    missing = [(day, title) for day, title in sorted(wanted.items()) if day not in kept]
    if gone:
        ctx.rows.delete_many(CalendarException, gone)
    if renamed:
        ctx.rows.update_many(CalendarException, renamed)
    _insert(ctx, calendar_id, missing)
    return bool(gone or renamed or missing)


def _written(ctx: Context, calendar_id: int, first: int) -> list[tuple[int, date, str]]:
    rows = ctx.connection.execute(
        queries.WRITTEN, {"calendar": calendar_id, "first": date(first, 1, 1).isoformat()}
    ).fetchall()
    return [(row_id, date.fromisoformat(day), title) for row_id, day, title in rows]


def _insert(ctx: Context, calendar_id: int, days: Sequence[tuple[date, str]]) -> None:
    ctx.rows.insert_many(
        CalendarException,
        [
            {
                "calendar_id": calendar_id,
                "start_on": day,
                "end_on": day,
                "working": False,
                "title": title,
                "origin": DayOrigin.HOLIDAY,
            }
            for day, title in days
        ],
    )


def renew(ctx: Context, calendar: Row, *, on: bool) -> None:
    """After a calendar's place changed, or whether it keeps holidays at all: write what holds there now."""
    until = max(calendar["holidays_until"] or 0, usual_end(ctx)) if on else None
    if calendar["holidays_until"] != until:
        ctx.rows.update(WorkCalendar, calendar["id"], holidays_until=until)
    fill(ctx, calendar["id"], until or 0)


def renew_city(ctx: Context, *places: tuple[str, str]) -> None:
    """After the register of a city changed: every calendar of it that keeps holidays has them at once."""
    meant = {(state, fold(city)) for state, city in places}
    for calendar_id, state, city, until in ctx.connection.execute(queries.KEEPING).fetchall():
        if (state, fold(city or "")) in meant:
            fill(ctx, calendar_id, until)
