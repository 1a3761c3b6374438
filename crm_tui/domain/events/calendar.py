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
