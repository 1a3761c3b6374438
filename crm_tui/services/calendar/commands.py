"""What may be asked about working calendars: their hours, days that differ, holidays; and about one's leave. (X20)"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.calendar import OFFICE, WEEK
from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version

_LINE = N_("08:00-12:00 13:00-18:00, empty: off")
_NEXT_LINE = N_("= as the day above, empty: off")
_HOURS = N_("09:00-12:00; empty: the whole day")
_END = N_("empty: that day alone")


class AddCalendar(Command):
    """A new working calendar; the lunch is the gap between the hours of a day. Its holidays are written at once."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New working calendar")

    name: str = ask(N_("Name"), max_length=60)
    monday: str = ask(WEEK["monday"], default=OFFICE, max_length=120, help=_LINE, widget=Widget.HOURS)
    tuesday: str = ask(WEEK["tuesday"], default=OFFICE, max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    wednesday: str = ask(
        WEEK["wednesday"], default=OFFICE, max_length=120, help=_NEXT_LINE, widget=Widget.HOURS
    )
    thursday: str = ask(
        WEEK["thursday"], default=OFFICE, max_length=120, help=_NEXT_LINE, widget=Widget.HOURS
    )
    friday: str = ask(WEEK["friday"], default=OFFICE, max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    saturday: str = ask(WEEK["saturday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    sunday: str = ask(WEEK["sunday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    holidays: bool = ask(N_("Holidays off"), default=True)
    state: str = ask(N_("State"), default="", max_length=2, help=N_("SP: with its holidays"))
    city: str = ask(N_("City"), default="", max_length=80, help=N_("with those of the register"))
    timezone: str = ask(N_("Time zone"), default="America/Sao_Paulo", max_length=64)
    is_default: bool = ask(N_("Default"), default=False)


class EditCalendar(Command):
    """Change a working calendar; only what is given changes. Another state or city brings its holidays at once."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit working calendar")

    calendar: int = ask(N_("Calendar"), pick="every_calendar", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    monday: str = ask(WEEK["monday"], default="", max_length=120, help=_LINE, widget=Widget.HOURS)
    tuesday: str = ask(WEEK["tuesday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    wednesday: str = ask(WEEK["wednesday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    thursday: str = ask(WEEK["thursday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    friday: str = ask(WEEK["friday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    saturday: str = ask(WEEK["saturday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    sunday: str = ask(WEEK["sunday"], default="", max_length=120, help=_NEXT_LINE, widget=Widget.HOURS)
    holidays: bool = ask(N_("Holidays off"), default=True)
    state: str = ask(N_("State"), default="", max_length=2, help=N_("SP: with its holidays"))
    city: str = ask(N_("City"), default="", max_length=80, help=N_("with those of the register"))
    timezone: str = ask(N_("Time zone"), default="", max_length=64)
    is_default: bool = ask(N_("Default"), default=False)
    version: int | None = seen_version()


class DeactivateCalendar(Command):
    """Take a working calendar out of use, once no team and nobody has it; never the default one."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take working calendar out of use")

    calendar: int = ask(N_("Calendar"), pick="every_calendar", hidden=True)


class ReactivateCalendar(Command):
    """Offer a working calendar again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put working calendar back in use")

    calendar: int = ask(N_("Calendar"), pick="every_calendar", hidden=True)


class FillHolidays(Command):
    """Write the holidays of a calendar's place up to the end of a year: this one and the next two unless it is said.

    Doing it again changes nothing; what was entered by hand is never touched.
    """

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Write holidays into calendar")

    calendar: int = ask(N_("Calendar"), pick="every_calendar")
    until: int | None = ask(N_("Up to the year"), default=None)


class AddCalendarDay(Command):
    """Days on which a calendar differs: closed, closed for some hours, or worked though they are not usually."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New day that differs")

    calendar: int = ask(N_("Calendar"), pick="calendars")
    name: str = ask(N_("What"), max_length=80, help=N_("bridge day, stocktaking"))
    start_on: date = ask(N_("From"), ever=True)
    end_on: date | None = ask(N_("Until"), default=None, ever=True, help=_END)
    working: bool = ask(N_("Worked"), default=False)
    hours: str = ask(N_("Hours"), default="", max_length=40, help=_HOURS, widget=Widget.HOURS)


class EditCalendarDay(Command):
    """Change days on which a calendar differs; a holiday that is changed counts as entered by hand from then on."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit day that differs")

    calendar_day: int = ask(N_("Day"), pick="calendar_days", hidden=True)
    name: str = ask(N_("What"), default="", max_length=80)
    start_on: date | None = ask(N_("From"), default=None, ever=True)
    end_on: date | None = ask(N_("Until"), default=None, ever=True, help=_END)
    working: bool = ask(N_("Worked"), default=False)
    hours: str = ask(N_("Hours"), default="", max_length=40, help=_HOURS, widget=Widget.HOURS)
    version: int | None = seen_version()


class RemoveCalendarDay(Command):
    """Take away days that were entered by hand."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Remove day that differs")

    calendar_day: int = ask(N_("Day"), pick="calendar_days", hidden=True)


class AddLeave(Command):
    """Days or hours on which somebody is away; oneself if nobody is named. Others' by whoever plans for them."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("New leave")

    user: int | None = ask(N_("Who"), default=None, pick="users", help=N_("empty: you"))
    name: str = ask(N_("What"), max_length=80, help=N_("vacation, day off, doctor"))
    start_on: date = ask(N_("From"), ever=True)
    end_on: date | None = ask(N_("Until"), default=None, ever=True, help=_END)
    hours: str = ask(N_("Hours"), default="", max_length=40, help=_HOURS, widget=Widget.HOURS)


class EditLeave(Command):
    """Change when somebody is away."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Edit leave")

    leave: int = ask(N_("Leave"), pick="leaves", hidden=True)
    name: str = ask(N_("What"), default="", max_length=80)
    start_on: date | None = ask(N_("From"), default=None, ever=True)
    end_on: date | None = ask(N_("Until"), default=None, ever=True, help=_END)
    hours: str = ask(N_("Hours"), default="", max_length=40, help=_HOURS, widget=Widget.HOURS)
    version: int | None = seen_version()


class RemoveLeave(Command):
    """Take somebody's leave away: they are there after all."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Remove leave")

    leave: int = ask(N_("Leave"), pick="leaves", hidden=True)


class AddLocalHoliday(Command):
    """A holiday of a city, every year (20/01) or once (01/03/2027); calendars of that city have it at once."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New holiday of a city")

    state: str = ask(N_("State"), max_length=2, help=N_("SP"))
    city: str = ask(N_("City"), max_length=80)
    day: str = ask(N_("Day"), max_length=10, help=N_("20/01 every year, 01/03/2027 once"))
    name: str = ask(N_("Name"), max_length=80)


class EditLocalHoliday(Command):
    """Change a holiday of a city; only what is given changes."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit holiday of a city")

    local_holiday: int = ask(N_("Holiday"), pick="local_holidays", hidden=True)
    state: str = ask(N_("State"), default="", max_length=2)
    city: str = ask(N_("City"), default="", max_length=80)
    day: str = ask(N_("Day"), default="", max_length=10, help=N_("20/01 every year, 01/03/2027 once"))
    name: str = ask(N_("Name"), default="", max_length=80)
    version: int | None = seen_version()


class DeactivateLocalHoliday(Command):
    """A city has this holiday no more; past years keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take holiday of a city out of use")

    local_holiday: int = ask(N_("Holiday"), pick="local_holidays", hidden=True)


class ReactivateLocalHoliday(Command):
    """A city has this holiday again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put holiday of a city back in use")

    local_holiday: int = ask(N_("Holiday"), pick="local_holidays", hidden=True)
