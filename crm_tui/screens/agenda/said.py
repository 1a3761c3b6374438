"""The agenda's words: what the period is called, how long is free, when an appointment is, in full."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm_tui.domain.agenda import Entry
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.agenda.columns import hours_of
from crm_tui.screens.agenda.loaded import Asked, View
from crm_tui.ui import formats


def heading(asked: Asked, today: date, *, wide: bool) -> tuple[str, str]:
    """The name of the view and the days that it shows: `Semana 47`, `seg 16 a dom 22/11`."""
    first, last = asked.days
    if asked.view is View.MONTH:
        name = formats.month(asked.day)
        return f"{name[:1].upper()}{name[1:]} {asked.day.year}", ""
    if asked.view is View.DAY:
        near = formats.day_title(asked.day, today) if asked.day.year == today.year else ""
        return say_in("agenda", "Day"), near or formats.day_full(asked.day)
    begin = f"{formats.weekday(first)} {first.day}"
    if first.month != last.month or asked.view is View.LIST:
        begin = f"{formats.weekday(first)} {first:%d/%m}"
    year = wide or last.year != today.year
    end = f"{formats.weekday(last)} {last:%d/%m/%Y}" if year else f"{formats.weekday(last)} {last:%d/%m}"
    days = say(N_("{first} to {last}"), first=begin, last=end)
    if asked.view is View.LIST:
        return say_in("agenda", "List"), days
    return say(N_("Week {n}"), n=first.isocalendar().week), days


def hours(minutes: int) -> str:
    """A stretch of time: `6 h 30`, `2 h`, `45 min`."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return say(N_("{n} min"), n=rest)
    return say(N_("{n} h"), n=whole) + (f" {rest:02d}" if rest else "")


def when(entry: Entry, now: datetime, zone: ZoneInfo, *, long: bool) -> str:
    """When an appointment is: `hoje 15:00 a 16:00`, in full `hoje, qui 19/11, 15:00 a 16:00`."""
    today = now.astimezone(zone).date()
    day = entry.day(zone)
    said = formats.day_title(day, today) if long else formats.day_near(day, today)
    if entry.all_day and entry.last_on != entry.due_on:
        return say(N_("{first} to {last}"), first=said, last=formats.day_near(entry.last_on, today))
    return f"{said}{',' if long else ''} {hours_of(entry, zone)}"
