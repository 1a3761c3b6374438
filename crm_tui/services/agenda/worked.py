"""Whose working hours an agenda is drawn over, and whose agendas may be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_tui.services.core import hours
from crm_tui.services.core.hours import Working
from crm_tui.services.core.reading import Reading, view


@view("card.read")
def working(reading: Reading, users: Sequence[int], first: date, last: date) -> dict[int, Working]:
    """The working time of these operators on these days, holidays and leave among it."""
    return hours.of_users(reading.connection, users, first, last)
