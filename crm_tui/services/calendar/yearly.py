"""The clock's job of holidays: each year's are written two years ahead, into every calendar that keeps them. (X20)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_tui.domain.access import SET_UP
from crm_tui.domain.calendar import HOLIDAY_YEARS
from crm_tui.domain.outcome import Done
from crm_tui.store.queries import calendar as queries

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm


def fill_due(crm: Crm) -> int:
    """Write what is missing; into how many calendars something came.

    Nothing is done for somebody who may not set up: with two years in hand, the next program of one who may does it.
    """
    if not crm.viewer.may(SET_UP, None):
        return 0
    reading = crm.reading()
    until = reading.local.year + HOLIDAY_YEARS - 1
    due = [row[0] for row in reading.connection.execute(queries.DUE, {"until": until}).fetchall()]
    if not due:
        return 0
    from crm_tui.services.calendar.commands import FillHolidays

    outcomes = [
        crm.run(FillHolidays(calendar=each, until=until), request_id=f"holidays:{each}:{until}")
        for each in due
    ]
    return sum(isinstance(outcome, Done) and bool(outcome.events) for outcome in outcomes)
