"""Everything that the calendar module does: calendars, days that differ and leave, holidays of cities."""

from __future__ import annotations

from typing import Any

from crm_tui.services.calendar import calendars, cities, differing
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Handler

HANDLERS: dict[type[Command], Handler[Any]] = {
    **calendars.HANDLERS,
    **differing.HANDLERS,
    **cities.HANDLERS,
}
