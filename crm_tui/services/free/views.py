"""What may be read of free time: days of operators, their hours, the first slots they have. (B16, B17, B63)

Anybody may know that somebody is busy; with what is told by the views of the agenda, to whoever may see it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from crm_tui.domain import free
from crm_tui.domain.agenda import LONGEST, LONGEST_DAYS
from crm_tui.domain.free import FreeDay, Spans
from crm_tui.domain.worktime import Hours
from crm_tui.services.core import hours, openings
from crm_tui.services.core.hours import Working
from crm_tui.services.core.openings import Time
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import free as queries
from crm_tui.store.values import instant

_ONE_DAY = timedelta(days=1)
_DAY = 24 * 60

_Kin = tuple[str, tuple[Hours, ...]]


@lru_cache(maxsize=8192)
def _text(minute: int) -> str:
    return instant(free.instant_of(minute))


def parameters(works: Mapping[int, Working], days: Sequence[date]) -> dict[str, Any]:
    """The parameters of `queries.DAYS` for these civil days, one after the other, and whoever works so."""
    return _asked(works, days)[0]


def _asked(
    works: Mapping[int, Working], days: Sequence[date], now: datetime | None = None
) -> tuple[dict[str, Any], list[tuple[tuple[Hours, ...], list[int], tuple[date, int] | None]]]:
    """The parameters of `queries.DAYS`, and of each kin its hours, its operators, and how many minutes of which day are
    gone by `now`: of these nothing is asked."""
    kin: dict[_Kin, list[int]] = {}
    for user, (calendar, zone) in works.items():
        kin.setdefault((zone.key, tuple(calendar.hours(day) for day in days)), []).append(user)
    rows = []
    gone: list[tuple[date, int] | None] = []
    for n, ((_, weeks), users) in enumerate(kin.items()):
        zone = works[users[0]].zone
        today = now.astimezone(zone).date() if now is not None else None
        over: tuple[date, int] | None = None
        for day, worked in zip(days, weeks, strict=True):
            spans = free.worked(worked, day, zone)
            if now is not None and day == today:
                left = free.ahead(spans, free.minute_after(now))
                spans, over = left, (day, free.minutes(spans) - free.minutes(left))
            rows += [(n, day.isoformat(), a, b, _text(a - _DAY), _text(a), _text(b)) for a, b in spans]
        gone.append(over)
    start = min((row[2] for row in rows), default=0)
    end = max((row[3] for row in rows), default=0)
    first, last = days[0], days[-1]
    params = {
        "users": json.dumps([(user, n) for n, users in enumerate(kin.values()) for user in users]),
        "hours": json.dumps(rows),
        "start": _text(start),
        "end": _text(end),
        "earliest": instant(free.instant_of(start) - LONGEST),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "first_begun": (first - timedelta(days=LONGEST_DAYS)).isoformat(),
    }
    return params, [(weeks, users, over) for ((_, weeks), users), over in zip(kin.items(), gone, strict=True)]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@view("card.read")
def free_days(reading: Reading, users: Sequence[int], first: date, last: date) -> list[FreeDay]:
    """What each of these operators has on each civil day from `first` to `last`, on their own clock: operator after
    operator as they were given, day after day. Time taken outside working hours counts as none; hours of today
    that are gone count as taken. (B63)"""
    days = _days(first, last)
    if not users or not days:
        return []
    works = hours.of_users(reading.connection, users, first, last)
    params, kin = _asked(works, days, reading.now)
    taken: dict[tuple[int, str], int] = {
        (user, day): busy for user, day, busy in reading.connection.execute(queries.DAYS, params)
    }
    names = [day.isoformat() for day in days]
    lengths: dict[int, list[int]] = {}
    for weeks, members, over in kin:
        lengths |= {user: [free.minutes(each) for each in weeks] for user in members}
        if over is not None:
            for user in members:
                key = (user, over[0].isoformat())
                taken[key] = taken.get(key, 0) + over[1]
    found: list[FreeDay] = []
    for user in users:
        differs = works[user].calendar.exceptions
        for day, name, worked in zip(days, names, lengths[user], strict=True):
            busy = taken.get((user, name), 0)
            what = free.state(worked, busy)
            exception = differs.get(day) if differs else None
            title = exception.title or "" if exception is not None else ""
            found.append(FreeDay(user, day, what, worked, busy, title))
    return found


@view("card.read")
def times(
    reading: Reading, users: Sequence[int], start: datetime, end: datetime, *, but: int = 0
) -> dict[int, Time]:
    """What each of these operators works and has taken between two aware instants; `but` leaves one appointment out."""
    begin, until = free.minute_of(start), free.minute_after(end)
    return openings.of_users(reading.connection, users, begin, until, but=but)


@view("card.read")
def usual_minutes(reading: Reading, action: int) -> int | None:
    """How long this kind of action takes; None where it does not say."""
    found = reading.connection.execute(queries.MINUTES, {"action": action}).fetchone()
    return found[0] if found is not None else None


@view("card.read")
def slots(
    reading: Reading,
    users: Sequence[int],
    minutes: int,
    after: datetime,
    count: int = 1,
    *,
    but: int = 0,
    windows: int = openings.WINDOWS,
) -> list[datetime]:
    """The first moments from `after` on at which all of them are free for so many minutes, in half a year or in so
    many fortnights. (X20)"""
    return openings.first(reading.connection, users, minutes, after, count, but=but, windows=windows)


@view("card.read")
def first_of_each(
    reading: Reading, users: Sequence[int], minutes: int, after: datetime
) -> dict[int, datetime]:
    """The first moment from `after` on at which each is free for so many minutes; who has none is not there."""
    return openings.first_of_each(reading.connection, users, minutes, after)


@view("card.read")
def free_hours(
    reading: Reading, users: Sequence[int], first: date, last: date
) -> dict[tuple[int, date], list[tuple[str, str]]]:
    """The free hours of each operator's civil days, on their own clock: `09:00` to `12:00`; `24:00` ends a day. Of
    today those that are still to come."""
    days = _days(first, last)
    if not users or not days:
        return {}
    start = free.edge(first - _ONE_DAY, 0, free.UTC_ZONE)
    end = free.edge(last + 2 * _ONE_DAY, 0, free.UTC_ZONE)
    found = {}
    now = free.minute_after(reading.now)
    for user, time in openings.of_users(reading.connection, users, start, end).items():
        zone = time.working.zone
        today = reading.now.astimezone(zone).date()
        for day in days:
            whole: Spans = (free.whole(day, day, zone),)
            whole = free.ahead(whole, now) if day == today else whole
            found[user, day] = [
                (free.clock(a, zone), free.clock(b, zone, ends=True))
                for a, b in free.shared(free.shared(time.worked, whole), time.free)
            ]
    return found


@view("user.read")
def members(reading: Reading, team: int) -> list[int]:
    """The operators of a team and of those below it, by name. (B17)"""
    return [row[0] for row in reading.connection.execute(queries.MEMBERS, {"team": team})]
