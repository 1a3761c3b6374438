"""Working time: which days and minutes count, for the reader of dates, stage deadlines and service levels.

Pure arithmetic on civil dates and naive local times. Holidays, leave and extra working days are handed in
(the store loads them); nothing here knows where they come from, which zone it is or what time it is now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

Interval = tuple[int, int]
"""Minutes since midnight, the end not included: `(480, 720)` is 08:00 to 12:00; 1440 is the day's end."""

Hours = tuple[Interval, ...]
"""The working intervals of one day, in order and apart."""

DAY_MINUTES = 24 * 60
OFFICE_DAY: Hours = ((8 * 60, 12 * 60), (13 * 60, 18 * 60))
OFFICE_WEEK: tuple[Hours, ...] = (OFFICE_DAY,) * 5 + ((), ())

_ONE_DAY = timedelta(days=1)
_HORIZON = 3_700  # days looked through for a working day: the reader of dates goes ten years ahead, no more


class NoWorkingTime(LookupError):
    """The calendar has no working time within ten years of the day asked for."""


class ExceptionKind(StrEnum):
    """Why a day differs from its weekday's hours."""

    HOLIDAY = "holiday"
    LEAVE = "leave"
    WORKING = "working"


class DayOrigin(StrEnum):
    """Who wrote a day that differs: somebody, or the program from its list of holidays."""

    HAND = "hand"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class DayException:
    """One day that differs: the hours that are worked on it (none unless given), and what it is called."""

    kind: ExceptionKind
    title: str | None = None
    hours: Hours = ()


def _check(hours: Hours) -> None:
    edges = [minute for interval in hours for minute in interval]
    apart = all(a < b for a, b in hours) and edges == sorted(edges)
    if not apart or any(not 0 <= minute <= DAY_MINUTES for minute in edges):
        raise ValueError(f"working hours must be ordered intervals of one day: {hours!r}")


def less(hours: Hours, gone: Interval) -> Hours:
    """The working intervals without the minutes from `gone[0]` to `gone[1]`: an afternoon at the doctor's."""
    parts = [part for a, b in hours for part in ((a, min(b, gone[0])), (max(a, gone[1]), b))]
    return tuple((a, b) for a, b in parts if a < b)


def joined(hours: Hours, more: Interval) -> Hours:
    """The working intervals with the minutes from `more[0]` to `more[1]` among them."""
    apart = [each for each in hours if each[1] < more[0] or each[0] > more[1]]
    touching = [each for each in hours if each not in apart] + [more]
    return tuple(sorted([*apart, (min(a for a, _ in touching), max(b for _, b in touching))]))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekly hours (Monday first) and the days that differ. Monday to Friday 08–12 and 13–18 unless given.

    Times are naive and local to whoever works; a clock change inside working hours is not corrected for
    (it happens at night). Raises ValueError for hours that overlap, run backwards or leave the day.
    """

    weekly: tuple[Hours, ...] = OFFICE_WEEK
    exceptions: Mapping[date, DayException] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise ValueError(f"a week has seven days, not {len(self.weekly)}")
        for hours in (*self.weekly, *(each.hours for each in self.exceptions.values())):
            _check(hours)

    def hours(self, day: date) -> Hours:
        """The working intervals of a day, in minutes since midnight."""
        differs = self.exceptions.get(day)
        return self.weekly[day.weekday()] if differs is None else differs.hours

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours(day))

    def opens(self, day: date) -> int | None:
        """Minutes since midnight at which work begins, None on a day off."""
        hours = self.hours(day)
        return hours[0][0] if hours else None

    def closes(self, day: date) -> int | None:
        """Minutes since midnight at which work ends (1440 at most), None on a day off."""
        hours = self.hours(day)
        return hours[-1][1] if hours else None

    def usual_hours(self) -> Hours:
        """The hours of the week's first working day: what "early" means on a day off. May be empty."""
        return next((hours for hours in self.weekly if hours), ())

    def exception(self, day: date) -> DayException | None:
        """How the day differs from its weekday, None if it does not."""
        return self.exceptions.get(day)

    def is_holiday(self, day: date) -> bool:
        differs = self.exceptions.get(day)
        return differs is not None and differs.kind is ExceptionKind.HOLIDAY

    def holiday_name(self, day: date) -> str | None:
        """The holiday's title; None if the day is no holiday or the holiday has no title."""
        differs = self.exceptions.get(day)
        return differs.title if differs is not None and differs.kind is ExceptionKind.HOLIDAY else None

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        for _ in range(_HORIZON):
            try:
                day += step
            except OverflowError:
                break
            yield day
        raise NoWorkingTime(day)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`. Raises NoWorkingTime."""
        return next(each for each in self._walk(day, _ONE_DAY) if self.is_working_day(each))

    def working_day_from(self, day: date) -> date:
        """`day` itself if it is worked, else the next working day. Raises NoWorkingTime."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def working_day_until(self, day: date) -> date:
        """`day` itself if it is worked, else the last working day before it. Raises NoWorkingTime."""
        if self.is_working_day(day):
            return day
        return next(each for each in self._walk(day, -_ONE_DAY) if self.is_working_day(each))

    def add_working_days(self, day: date, count: int) -> date:
        """`count` working days later (earlier if negative); counting starts the day after, 0 is `day` itself.

        From a Thursday before a holiday on Friday, 1 is Monday. Raises NoWorkingTime.
        """
        left = abs(count)
        if not left:
            return day
        for each in self._walk(day, _ONE_DAY if count > 0 else -_ONE_DAY):
            if self.is_working_day(each):
                left -= 1
                if not left:
                    break
        return each

    def _minutes_until(self, moment: datetime) -> int:
        """Working minutes of the moment's day that lie before it."""
        clock = _minute_of(moment)
        return sum(max(0, min(end, clock) - start) for start, end in self.hours(moment.date()))

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from `start` to `end`, negative if `end` comes first; seconds are dropped."""
        if end < start:
            return -self.minutes_between(end, start)
        total = self._minutes_until(end) - self._minutes_until(start)
        day, last = start.date(), end.date()
        while day < last:
            total += sum(b - a for a, b in self.hours(day))
            day += _ONE_DAY
        return total

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment at which `minutes` working minutes after `start` have gone by; seconds are dropped.

        A deadline that falls on the end of an interval is that end (18:00, not 08:00 of the next day);
        0 minutes is `start` itself. Raises ValueError for negative minutes, and NoWorkingTime.
        """
        if minutes < 0:
            raise ValueError(f"working minutes run forwards: {minutes}")
        start = start.replace(second=0, microsecond=0)
        if not minutes:
            return start
        left, clock, day = minutes, _minute_of(start), start.date()
        while True:
            for opening, closing in self.hours(day):
                usable = closing - max(opening, clock)
                if usable >= left:
                    return _midnight(day) + timedelta(minutes=closing - usable + left)
                left -= max(0, usable)
            day, clock = self.next_working_day(day), 0
