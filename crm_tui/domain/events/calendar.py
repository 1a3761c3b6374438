"""What happens to working calendars, the days that differ, leave, and holidays of cities.

Of leave the trail says whose and when, never why: a doctor's hour is nobody's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAdded(Happened):
    kind: ClassVar[str] = "calendar.added"
    entity: ClassVar[str] = "calendar"
    sentence: ClassVar[str] = N_("Working calendar {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEdited(Happened):
    kind: ClassVar[str] = "calendar.edited"
    entity: ClassVar[str] = "calendar"
    sentence: ClassVar[str] = N_("Working calendar {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDeactivated(Happened):
    kind: ClassVar[str] = "calendar.deactivated"
    entity: ClassVar[str] = "calendar"
    sentence: ClassVar[str] = N_("Working calendar {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReactivated(Happened):
    kind: ClassVar[str] = "calendar.reactivated"
    entity: ClassVar[str] = "calendar"
    sentence: ClassVar[str] = N_("Working calendar {name} back in use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaysFilled(Happened):
    kind: ClassVar[str] = "calendar.holidays"
    entity: ClassVar[str] = "calendar"
    sentence: ClassVar[str] = N_("Holidays written into {name} up to {until}")
    name: str
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayAdded(Happened):
    kind: ClassVar[str] = "calendar_day.added"
    entity: ClassVar[str] = "calendar_day"
    sentence: ClassVar[str] = N_("Day that differs in {calendar}: {name} from {start_on} to {end_on}")
    name: str
    calendar: str
    start_on: str
    end_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayEdited(Happened):
    kind: ClassVar[str] = "calendar_day.edited"
    entity: ClassVar[str] = "calendar_day"
    sentence: ClassVar[str] = N_("Day that differs in {calendar} changed: {name} from {start_on} to {end_on}")
    name: str
    calendar: str
    start_on: str
    end_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayRemoved(Happened):
    kind: ClassVar[str] = "calendar_day.removed"
    entity: ClassVar[str] = "calendar_day"
    sentence: ClassVar[str] = N_("Day that differs in {calendar} removed: {name} from {start_on} to {end_on}")
    name: str
    calendar: str
    start_on: str
    end_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveAdded(Happened):
    kind: ClassVar[str] = "leave.added"
    entity: ClassVar[str] = "leave"
    sentence: ClassVar[str] = N_("Leave of {name} from {start_on} to {end_on} entered")
    name: str
    start_on: str
    end_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveEdited(Happened):
    kind: ClassVar[str] = "leave.edited"
    entity: ClassVar[str] = "leave"
    sentence: ClassVar[str] = N_("Leave of {name} changed: from {start_on} to {end_on}")
    name: str
    start_on: str
    end_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRemoved(Happened):
    kind: ClassVar[str] = "leave.removed"
    entity: ClassVar[str] = "leave"
    sentence: ClassVar[str] = N_("Leave of {name} from {start_on} to {end_on} removed")
    name: str
    start_on: str
    end_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalHolidayAdded(Happened):
    kind: ClassVar[str] = "local_holiday.added"
    entity: ClassVar[str] = "local_holiday"
    sentence: ClassVar[str] = N_("Holiday of {city} added: {name}")
    name: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalHolidayEdited(Happened):
    kind: ClassVar[str] = "local_holiday.edited"
    entity: ClassVar[str] = "local_holiday"
    sentence: ClassVar[str] = N_("Holiday of {city} changed: {name}")
    name: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalHolidayDeactivated(Happened):
    kind: ClassVar[str] = "local_holiday.deactivated"
    entity: ClassVar[str] = "local_holiday"
    sentence: ClassVar[str] = N_("Holiday of {city} taken out of use: {name}")
    name: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalHolidayReactivated(Happened):
    kind: ClassVar[str] = "local_holiday.reactivated"
    entity: ClassVar[str] = "local_holiday"
    sentence: ClassVar[str] = N_("Holiday of {city} back in use: {name}")
    name: str
    city: str
