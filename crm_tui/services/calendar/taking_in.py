"""Holidays of cities from a file: seen before they are written, and written as one batch. (X20)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_tui.domain.access import SET_UP
from crm_tui.domain.calendar import write_day
from crm_tui.domain.holidays_file import CityDay, CityLine, Judged, judge
from crm_tui.domain.text import fold
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import calendar as queries

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command


@view(SET_UP)
def preview(reading: Reading, lines: Sequence[CityLine]) -> Judged:
    """What the lines would bring; nothing is written."""
    rows = reading.connection.execute(queries.CITIES).fetchall()
    stored = {(state, fold(city), day): (i, title) for i, _, state, city, day, title, _ in rows}
    return judge(lines, stored)


def commands(wanted: Sequence[CityDay]) -> list[Command]:
    """The commands that write them, for `run_many`: one batch, one undo."""
    from crm_tui.services.calendar.commands import AddLocalHoliday, EditLocalHoliday

    return [
        AddLocalHoliday(state=each.state, city=each.city, day=write_day(each.day), name=each.name)
        if each.known is None
        else EditLocalHoliday(local_holiday=each.known, name=each.name)
        for each in wanted
    ]
