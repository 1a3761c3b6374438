"""The working calendar, as the pure rules want it."""

from __future__ import annotations

from crm_tui.domain.worktime import WorkCalendar
from crm_tui.services.core.moments import calendar
from crm_tui.services.core.reading import Reading, view


@view("card.read")
def default(reading: Reading) -> WorkCalendar:
    """The default calendar: weekly hours, holidays and extra days."""
    return calendar(reading.connection)
