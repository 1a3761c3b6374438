"""Lengths and hours of free time in words and in cells: `5h30`, `45min`, `08:30 às 10:00`. Knows no widget."""

from __future__ import annotations

from datetime import date

from crm_tui.domain.worktime import ExceptionKind
from crm_tui.i18n import N_, say
from crm_tui.ui import formats


def length(minutes: int) -> str:
    """`5h`, `5h30`, `45min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}min"
    return f"{hours}h{rest:02d}" if rest else f"{hours}h"


def short_length(minutes: int) -> str:
    """The whole hours, as a cell of three has room for: `5h`, `12h`; under one `45m`."""
    return f"{minutes // 60}h" if minutes >= 60 or not minutes else f"{minutes}m"


def between(start: str, end: str) -> str:
    """`08:30 às 10:00`."""
    return say(N_("{start} to {end}"), start=start, end=end)


def weekday_and_day(day: date) -> str:
    """`seg 23`."""
    return f"{formats.weekday(day)} {day.day:02d}"


def why_off(title: str, kind: ExceptionKind | None, most: int) -> str:
    """Why a day is off, in so many letters: the first ones of what it is called; nothing for a weekend."""
    if kind is None:
        return ""
    word = say(N_("holiday")) if kind is ExceptionKind.HOLIDAY else title.strip().lower()
    if len(word) <= most:
        return word
    return word[:most].strip() if most <= 3 else f"{word[: most - 1].strip()}."
