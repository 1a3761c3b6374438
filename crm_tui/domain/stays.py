"""How long cards stay in a stage, in calendar and in working time, and where those of a board wait. (M35)

Pure: stays, calendar and the moment are handed in. Working time is in minutes and said in days of the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from crm_tui.domain.board import StageCategory
from crm_tui.domain.worktime import DAY_MINUTES, WorkCalendar

ENDS = frozenset((StageCategory.WON, StageCategory.LOST, StageCategory.DONE))
"""Where a card rests once it is closed: no stay that anybody waits for."""


class Stay(NamedTuple):
    """One stay of a card. `left_at` None: it is there; `allowed` are the stage's working days, `due_on` by when it
    should have gone on; `owner` answered for it there, `moved_by` brought it."""

    id: int
    stage_id: int
    stage: str
    category: str
    entered_at: datetime
    left_at: datetime | None
    due_on: date | None
    allowed: int | None
    owner: str | None
    moved_by: str | None


class Spent(NamedTuple):
    """A stay, or all stays in one stage: calendar time, civil days as people count them, working minutes, and civil
    days past the day it was due (None: in time, or no time set)."""

    time: timedelta
    days: int
    minutes: int
    late: int | None = None
    times: int = 1


class WorkingTime:
    """Working minutes between many moments of a span of days: each day is asked of the calendar once.

    The same as `WorkCalendar.minutes_between`, held by a property test; moments outside the span are its edges.
    """

    def __init__(self, calendar: WorkCalendar, first: date, last: date) -> None:
        self._calendar, self._first = calendar, first
        days = (first + timedelta(n) for n in range((last - first).days + 1))
        self._before = [0, *accumulate(sum(b - a for a, b in calendar.hours(day)) for day in days)]
        self._last = len(self._before) - 2

    def _until(self, moment: datetime) -> int:
        at = (moment.date() - self._first).days
        if at < 0:
            return 0
        if at > self._last:
            return self._before[-1]
        clock = moment.hour * 60 + moment.minute
        today = sum(max(0, min(b, clock) - a) for a, b in self._calendar.hours(moment.date()))
        return self._before[at] + today

    def between(self, start: datetime, end: datetime) -> int:
        """Working minutes from one naive local moment to another."""
        return self._until(end) - self._until(start)


def day_minutes(calendar: WorkCalendar) -> int:
    """How many minutes a working day has, by which working time is said in days."""
    return sum(b - a for a, b in calendar.usual_hours()) or DAY_MINUTES


def in_days(minutes: int, calendar: WorkCalendar) -> float:
    """Working minutes as days of the calendar."""
    return minutes / day_minutes(calendar)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """An instant on the clock of a zone, naive, as working time is counted."""
    return moment.astimezone(zone).replace(tzinfo=None)


def spent(stay: Stay, now: datetime, zone: tzinfo, calendar: WorkCalendar) -> Spent | None:
    """How long a stay has lasted until it ended, or until now; None of a stage in which a card rests, closed."""
    if stay.category in ENDS:
        return None
    until = max(stay.entered_at, stay.left_at or now)
    start, end = local(stay.entered_at, zone), local(until, zone)
    over = (end.date() - stay.due_on).days if stay.due_on is not None else 0
    days = (end.date() - start.date()).days
    return Spent(
        until - stay.entered_at, days, calendar.minutes_between(start, end), over if over > 0 else None
    )


def summed(parts: Iterable[Spent]) -> Spent:
    """All stays of a card in one stage together; how late is said of the worst."""
    found = [*parts]
    late = [each.late for each in found if each.late is not None]
    return Spent(
        sum((each.time for each in found), timedelta()),
        sum(each.days for each in found),
        sum(each.minutes for each in found),
        max(late, default=None),
        len(found),
    )


def returned(stays: Iterable[tuple[Stay, Spent]]) -> list[tuple[str, Spent]]:
    """The stages in which a card was more than once, with the sum of its stays there, in the order of the first."""
    by_stage: dict[int, tuple[str, list[Spent]]] = {}
    for stay, part in stays:
        by_stage.setdefault(stay.stage_id, (stay.stage, []))[1].append(part)
    return [(name, summed(parts)) for name, parts in by_stage.values() if len(parts) > 1]


def quantile(values: Sequence[int], share: float) -> int | None:
    """The value that this share of them does not exceed (nearest rank); None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


class Oldest(NamedTuple):
    """The card that has stood in a stage for the longest time, of those that the viewer sees."""

    card_id: int
    number: str
    name: str


class StageWait(NamedTuple):
    """How long cards wait in a stage. `now` of them stand there, `late` of those; `finished` stays ended in the last
    days, of which `median` and `p80` are told; `age` is the median of those that stand there, `oldest_age` that of the
    oldest. Working minutes; None where there is nothing to tell them from. `more`: only as many were looked at."""

    stage_id: int
    name: str
    expected_days: int | None
    now: int
    late: int
    finished: int
    median: int | None
    p80: int | None
    age: int | None
    oldest_age: int | None
    oldest: Oldest | None
    more: bool = False

    def over(self, day: int) -> bool:
        """Whether half of the stays that ended took longer than the stage allows; a working day has `day` minutes."""
        return self.expected_days is not None and (self.median or 0) > self.expected_days * day


def slowest(waits: Iterable[StageWait]) -> StageWait | None:
    """Where cards wait the longest: by the stays that ended, else by those that last; None where none does."""
    found = [*waits]
    ended = [each for each in found if each.median]
    standing = [each for each in found if each.age]
    if ended:
        return max(ended, key=lambda each: each.median or 0)
    return max(standing, key=lambda each: each.age or 0) if standing else None
