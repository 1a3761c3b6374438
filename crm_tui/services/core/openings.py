"""Free hours and openings of operators: what is left of their working time. (X20)

Read by whatever offers an hour: dias livres, the first free slot, the alternatives of a refused appointment. The rules
are `domain.free`. That somebody is busy anybody may know; nothing here tells with what.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain import free
from crm_tui.domain.agenda import LONGEST, LONGEST_DAYS
from crm_tui.domain.free import Span, Spans
from crm_tui.services.core import hours
from crm_tui.services.core.hours import Working
from crm_tui.store.queries import free as queries
from crm_tui.store.values import instant

WINDOW: Final = 14 * 24 * 60
"""Minutes read at once while slots are looked for."""
WINDOWS: Final = 13
"""Half a year is looked through; who has no hour in it has none."""
NEAR: Final = 7 * 24 * 60
"""Minutes before and after a wished moment in which alternatives are looked for."""
NEAR_DAYS_BEFORE: Final = timedelta(days=14)
NEAR_DAYS_AFTER: Final = timedelta(days=61)
"""Days before and after a wished one in which whole days that all have free are looked for."""

_ONE_DAY = timedelta(days=1)


class Time(NamedTuple):
    """An operator's time between two instants: what is worked, and what is taken of it or beside it."""

    working: Working
    worked: Spans
    busy: Spans

    @property
    def free(self) -> Spans:
        """What is worked and not taken."""
        return free.without(self.worked, self.busy)


def of_users(
    connection: sqlite3.Connection, users: Sequence[int], start: int, end: int, *, but: int = 0
) -> dict[int, Time]:
    """The time of each operator between two minutes since 1970; `but` leaves one appointment out."""
    if not users:
        return {}
    first_at, last_at = free.instant_of(start), free.instant_of(end)
    first, last = first_at.date() - _ONE_DAY, last_at.date() + _ONE_DAY
    asked = {
        "users": json.dumps([*users]),
        "start": instant(first_at),
        "end": instant(last_at),
        "earliest": instant(first_at - LONGEST),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "first_begun": (first - timedelta(days=LONGEST_DAYS)).isoformat(),
        "but": but,
    }
    works = hours.of_users(connection, users, first, last)
    taken: dict[int, list[Span]] = {user: [] for user in users}
    for user, a, b in connection.execute(queries.SPANS, asked):
        taken[user].append((a, b))
    for user, due_on, last_on in connection.execute(queries.WHOLE, asked):
        days = datetime.fromisoformat(due_on).date(), datetime.fromisoformat(last_on).date()
        taken[user].append(free.whole(*days, works[user].zone))
    days_asked = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    window = ((start, end),)
    found = {}
    for user in users:
        calendar, zone = works[user]
        worked = free.merged(
            span for day in days_asked for span in free.worked(calendar.hours(day), day, zone)
        )
        busy = free.shared(free.merged(taken[user]), window)
        found[user] = Time(works[user], free.shared(worked, window), busy)
    return found


def together(
    connection: sqlite3.Connection, users: Sequence[int], start: int, end: int, *, but: int = 0
) -> Spans:
    """What all of them have free between two minutes since 1970."""
    return free.common(each.free for each in of_users(connection, users, start, end, but=but).values())


def _slots(
    connection: sqlite3.Connection, users: Sequence[int], length: int, after: int, but: int, windows: int
) -> Iterator[int]:
    """Window after window: each is read on to where the last slot that begins in it ends."""
    begin = after
    for _ in range(windows):
        until = begin + WINDOW
        found = after
        for start in free.slots(together(connection, users, begin, until + length, but=but), length, after):
            if start >= until:
                break
            yield start
            found = start + length
        begin, after = until, max(until, found)


def first(
    connection: sqlite3.Connection,
    users: Sequence[int],
    minutes: int,
    after: datetime,
    count: int = 1,
    *,
    but: int = 0,
    windows: int = WINDOWS,
) -> list[datetime]:
    """The first `count` moments from the aware instant `after` on at which all of these operators are free for so many
    minutes; fewer, or none, where half a year (so many `windows`) has no more. `but` leaves one appointment out."""
    found: list[datetime] = []
    if users and minutes > 0:
        for start in _slots(connection, users, minutes, free.minute_after(after), but, windows):
            found.append(free.instant_of(start))
            if len(found) == count:
                break
    return found


def first_of_each(
    connection: sqlite3.Connection, users: Sequence[int], minutes: int, after: datetime
) -> dict[int, datetime]:
    """The first moment from the aware instant `after` on at which each operator is free for so many minutes; whoever
    has none in half a year is not there."""
    found: dict[int, datetime] = {}
    begin = at = free.minute_after(after)
    for _ in range(WINDOWS):
        left = [user for user in users if user not in found]
        if not left:
            break
        for user, time in of_users(connection, left, begin, begin + WINDOW + minutes).items():
            if starts := free.first_slots(time.free, minutes, at):
                found[user] = free.instant_of(starts[0])
        begin += WINDOW
    return found


def near(
    connection: sqlite3.Connection,
    users: Sequence[int],
    start: datetime,
    minutes: int,
    now: datetime,
    count: int = 3,
    *,
    but: int = 0,
) -> list[datetime]:
    """Up to `count` moments near the aware instant `start` at which all of these operators are free for so many
    minutes, in the order of time and none before `now`; where a week before and after has none, the first ones from
    `start` on. `but` leaves one appointment out: the one that is being moved."""
    if not users or minutes <= 0:
        return []
    wished, after = free.minute_of(start), free.minute_after(now)
    begin, end = max(after, wished - NEAR), wished + NEAR + minutes
    if begin < end:
        spans = together(connection, users, begin, end, but=but)
        if found := free.nearest(spans, minutes, wished, begin, count):
            return [free.instant_of(each) for each in found]
    return first(connection, users, minutes, max(start, now), count, but=but)


def near_days(
    connection: sqlite3.Connection,
    users: Sequence[int],
    first: date,
    days: int,
    zone: ZoneInfo,
    today: date,
    count: int = 3,
    *,
    but: int = 0,
) -> list[date]:
    """Up to `count` civil days of `zone` near `first`, in order and none before `today`, from which on nobody has
    anything for so many days and all work on the first of them; from two weeks before to two months after."""
    if not users or days < 1:
        return []
    begin, end = max(today, first - NEAR_DAYS_BEFORE), first + NEAR_DAYS_AFTER
    tried = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    if not tried:
        return []
    start, stop = free.whole(begin, end + timedelta(days=days), zone)
    times = of_users(connection, users, start, stop, but=but).values()
    busy = free.merged(span for time in times for span in time.busy)
    worked = free.common(time.worked for time in times)

    def fits(day: date) -> bool:
        taken = free.shared(busy, (free.whole(day, day + timedelta(days=days - 1), zone),))
        return not taken and bool(free.shared(worked, (free.whole(day, day, zone),)))

    tried.sort(key=lambda day: (abs((day - first).days), day))
    return sorted(islice((day for day in tried if day != first and fits(day)), count))
