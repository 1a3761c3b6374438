"""What the agenda's views work out: the state of an appointment, working minutes on the viewer's clock, free time.

Pure arithmetic over rows that were read; no store, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.agenda import Entry
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.domain.worktime import DAY_MINUTES, Hours, Interval, WorkCalendar, less

HALF = timedelta(minutes=30)
"""How long an appointment lasts of which no end is known."""
_ONE_DAY = timedelta(days=1)


def entry_state(entry: Entry, now: datetime, zone: tzinfo) -> DueState:
    """The due state of an appointment: what is over, cancelled or deleted is closed; whole days are over with the last
    one of them. (B24)"""
    if entry.deleted or entry.state != ActivityState.PLANNED:
        return DueState.CLOSED
    if not entry.all_day:
        return due_state(DueFacts(due_on=entry.due_on, start_at=entry.start_at), now, zone)
    today = now.astimezone(zone).date()
    return due_state(DueFacts(due_on=min(max(today, entry.due_on), entry.last_on)), now, zone)


def span(entry: Entry) -> tuple[datetime, datetime] | None:
    """From when to when an appointment with hours lasts; None of whole days."""
    if entry.start_at is None or entry.all_day:
        return None
    return entry.start_at, entry.end_at or entry.start_at + HALF


def minute_of(moment: datetime, day: date, zone: tzinfo) -> int:
    """A moment in minutes since the midnight of a civil day, on the clock of the wall: 0 before it, 1440 behind it."""
    local = moment.astimezone(zone)
    if local.date() != day:
        return 0 if local.date() < day else DAY_MINUTES
    return local.hour * 60 + local.minute


def on_day(entry: Entry, day: date, zone: tzinfo) -> Interval | None:
    """The minutes of a civil day that an appointment with hours takes; None if it is on another day."""
    found = span(entry)
    if found is None:
        return None
    start, end = (minute_of(moment, day, zone) for moment in found)
    if start == DAY_MINUTES or (end == 0 and start == 0):
        return None
    return start, max(end, start + 1)


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant of a minute of a civil day on the clock of the wall; 1440 is the next midnight."""
    days, rest = divmod(minute, DAY_MINUTES)
    local = datetime.combine(day + days * _ONE_DAY, time(rest // 60, rest % 60), zone)
    return local.astimezone(UTC)


def local_hours(calendar: WorkCalendar, theirs: ZoneInfo, day: date, ours: ZoneInfo) -> Hours:
    """The working minutes of somebody on another clock, on a civil day of the viewer's."""
    if theirs.key == ours.key:
        return calendar.hours(day)
    found: list[Interval] = []
    for near in (day - _ONE_DAY, day, day + _ONE_DAY):
        for a, b in calendar.hours(near):
            start, end = (minute_of(moment(near, each, theirs), day, ours) for each in (a, b))
            if start < end:
                found.append((start, end))
    return tuple(sorted(found))


def free_minutes(
    work: Sequence[tuple[date, Hours]], busy: Iterable[Entry], since: datetime, zone: tzinfo
) -> int:
    """Working minutes of these days from `since` on that no appointment takes."""
    taken = [entry for entry in busy if entry.busy and not entry.deleted and entry.response != "declined"]
    total = 0
    for day, hours in work:
        left = less(hours, (0, minute_of(since, day, zone)))
        for entry in taken:
            if entry.state not in (ActivityState.PLANNED, ActivityState.DONE):
                continue
            if entry.all_day and entry.due_on <= day <= entry.last_on:
                left = ()
            elif (part := on_day(entry, day, zone)) is not None:
                left = less(left, part)
        total += sum(b - a for a, b in left)
    return total
