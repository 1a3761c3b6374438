"""The working calendars, as the pure rules want them."""

from __future__ import annotations

from crm_tui.domain.worktime import WorkCalendar
from crm_tui.services.core import hours
from crm_tui.services.core.moments import calendar
from crm_tui.services.core.reading import Reading, view


@view("card.read")
def default(reading: Reading) -> WorkCalendar:
    """The default calendar: weekly hours, holidays, extra days. By it stages and filters count, for everybody alike."""
    return calendar(reading.connection)


@view("card.read")
def own(reading: Reading) -> WorkCalendar:
    """The viewer's calendar, shared with others and without leave: by it the words are read that they type."""
    return hours.shared(reading.connection, reading.viewer.user_id)
