"""What happens to working calendars, the days that differ, leave, and holidays of cities.

Of leave the trail says whose and when, never why: a doctor's hour is nobody's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


class CalendarAdded(Named):
    kind = "calendar.added"
    entity = "calendar"
    sentence = N_("Working calendar {name} added")


class CalendarEdited(Named):
    kind = "calendar.edited"
    entity = "calendar"
    sentence = N_("Working calendar {name} changed")


class CalendarDeactivated(Named):
    kind = "calendar.deactivated"
    entity = "calendar"
    sentence = N_("Working calendar {name} taken out of use")


class CalendarReactivated(Named):
    kind = "calendar.reactivated"
    entity = "calendar"
    sentence = N_("Working calendar {name} back in use")


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaysFilled(Happened):
    kind: ClassVar[str] = "calendar.holidays"
    entity: ClassVar[str] = "calendar"
    sentence: ClassVar[str] = N_("Holidays written into {name} up to {until}")
    name: str
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _CalendarDay(Happened):
    entity: ClassVar[str] = "calendar_day"
    name: str
    calendar: str
    start_on: str
    end_on: str


class CalendarDayAdded(_CalendarDay):
    kind = "calendar_day.added"
    sentence = N_("Day that differs in {calendar}: {name} from {start_on} to {end_on}")


class CalendarDayEdited(_CalendarDay):
    kind = "calendar_day.edited"
    sentence = N_("Day that differs in {calendar} changed: {name} from {start_on} to {end_on}")


class CalendarDayRemoved(_CalendarDay):
    kind = "calendar_day.removed"
    sentence = N_("Day that differs in {calendar} removed: {name} from {start_on} to {end_on}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leave(Happened):
    entity: ClassVar[str] = "leave"
    name: str
    start_on: str
    end_on: str


class LeaveAdded(_Leave):
    kind = "leave.added"
    sentence = N_("Leave of {name} from {start_on} to {end_on} entered")


class LeaveEdited(_Leave):
    kind = "leave.edited"
    sentence = N_("Leave of {name} changed: from {start_on} to {end_on}")


class LeaveRemoved(_Leave):
    kind = "leave.removed"
    sentence = N_("Leave of {name} from {start_on} to {end_on} removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _LocalHoliday(Happened):
    entity: ClassVar[str] = "local_holiday"
    name: str
    city: str


class LocalHolidayAdded(_LocalHoliday):
    kind = "local_holiday.added"
    sentence = N_("Holiday of {city} added: {name}")


class LocalHolidayEdited(_LocalHoliday):
    kind = "local_holiday.edited"
    sentence = N_("Holiday of {city} changed: {name}")


class LocalHolidayDeactivated(_LocalHoliday):
    kind = "local_holiday.deactivated"
    sentence = N_("Holiday of {city} taken out of use: {name}")


class LocalHolidayReactivated(_LocalHoliday):
    kind = "local_holiday.reactivated"
    sentence = N_("Holiday of {city} back in use: {name}")
