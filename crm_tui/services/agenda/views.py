"""What may be read of appointments: agendas, counts by day, one appointment, what clashes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.agenda import (
    LONGEST,
    LONGEST_DAYS,
    Appointment,
    Attendee,
    Conflict,
    DayCount,
    Entry,
    Reminder,
    within,
)
from crm_tui.domain.fields import Option, row_id
from crm_tui.domain.recurring import AHEAD
from crm_tui.services.agenda.clashing import clashing, span
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, sight
from crm_tui.store.queries import agenda as queries
from crm_tui.store.values import as_date, as_instant, instant

_ONE_DAY = timedelta(days=1)


def _midnight(reading: Reading, day: date) -> datetime:
    return datetime.combine(day, time(), reading.viewer.zone).astimezone(UTC)


def _span(reading: Reading, users: Sequence[int], first: date, last: date) -> dict[str, Any]:
    """The parameters of a period: the viewer's civil days `first` to `last`, the last one included."""
    first, last = within(first), within(last)
    start = _midnight(reading, first)
    return {
        "users": json.dumps([*users]),
        "start": instant(start),
        "end": instant(_midnight(reading, last + _ONE_DAY)),
        "earliest": instant(start - LONGEST),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "first_begun": (first - timedelta(days=LONGEST_DAYS)).isoformat(),
        **sight(reading.viewer),
    }


def _day(text: str) -> date:
    found = as_date(text)
    assert found is not None
    return found


def _entry(row: tuple[Any, ...]) -> Entry:
    columns: tuple[Any, ...] = (
        *row[:3],
        bool(row[3]),
        *row[4:11],
        as_instant(row[11]),
        as_instant(row[12]),
        bool(row[13]),
        _day(row[14]),
        _day(row[15]),
        row[16],
        *(bool(flag) for flag in row[17:19]),
        *row[19:22],
        bool(row[22]),
        row[23],
    )
    return Entry(*columns)


@view("card.read")
def agenda(
    reading: Reading, users: Sequence[int], first: date, last: date, *, deleted: bool = False
) -> list[Entry]:
    """The appointments of these operators on the viewer's days `first` to `last`, by operator, whole days first, then
    by hour; `deleted` brings what was cancelled or deleted, too. (B14, B15)"""
    params = _span(reading, users, first, last) | {"deleted": int(deleted)}
    found = [_entry(row) for row in reading.connection.execute(queries.AGENDA, params)]
    place = {user: n for n, user in enumerate(users)}
    return sorted(
        found,
        key=lambda e: (place[e.user_id], e.start_at or _midnight(reading, e.due_on), not e.all_day, e.id),
    )


@view("card.read")
def untimed(reading: Reading, users: Sequence[int], first: date, last: date) -> list[Entry]:
    """What these operators have to do on these days without an hour; 500 at most."""
    params = _span(reading, users, first, last)
    return [_entry(row) for row in reading.connection.execute(queries.UNTIMED, params)]


@view("card.read")
def of_record(reading: Reading, *, card: int | None = None, party: int | None = None) -> list[Entry]:
    """Every appointment of a card or of a person: what is to come first, the next one on top; then what was, the last
    one on top, cancelled and deleted ones among them; 300 at most. (B32)"""
    params = {"card": card, "party": party, **sight(reading.viewer)}
    found = [_entry(row) for row in reading.connection.execute(queries.OF_RECORD, params)]
    coming = [
        e for e in found if e.state == ActivityState.PLANNED and not e.deleted and not _is_over(e, reading)
    ]
    return [*reversed(coming), *(entry for entry in found if entry not in coming)]


def _is_over(entry: Entry, reading: Reading) -> bool:
    if entry.start_at is None:
        return entry.last_on < reading.today
    return entry.start_at < reading.now


@view("card.read")
def counts(
    reading: Reading, users: Sequence[int], first: date, last: date, *, deleted: bool = False
) -> dict[tuple[int, date], DayCount]:
    """How much each has on each of the viewer's days `first` to `last`; a day with nothing is not there. `deleted`
    counts what was cancelled or deleted, too."""
    first, last = within(first), within(last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    bounds = [
        (d.isoformat(), *map(instant, (begin, _midnight(reading, d + _ONE_DAY), begin - LONGEST)))
        for d in days
        for begin in (_midnight(reading, d),)
    ]
    params = _span(reading, users, first, last) | {"days": json.dumps(bounds), "deleted": int(deleted)}
    found: dict[tuple[int, date], DayCount] = {}
    for user, day, *numbers in reading.connection.execute(queries.COUNTS, params):
        key = (user, _day(day))
        before = found.get(key, DayCount(*key, 0, 0, 0, 0, 0))
        found[key] = DayCount(*key, *(a + (b or 0) for a, b in zip(before[2:], numbers, strict=True)))
    return found


@view("card.read")
def appointment(reading: Reading, activity_id: int) -> Appointment | None:
    """One activity as an appointment, with who takes part; what the viewer may not see of it is empty, and an activity
    that is none of theirs and has no hour is not there at all."""
    params = {"id": activity_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.APPOINTMENT, params).fetchone()
    if row is None or not (row[1] or row[15] is not None or row[17]):
        return None
    people = reading.connection.execute(queries.ATTENDEES, {"id": activity_id}).fetchall() if row[1] else []
    if not row[1]:
        row = (*row[:2], "", "", 0, "", "", None, None, None, None, None, None, *row[13:])
        row = (*row[:24], "", None, None, "", None, *row[29:])
    columns: tuple[Any, ...] = (
        row[0],
        bool(row[1]),
        *row[2:15],
        as_instant(row[15]),
        as_instant(row[16]),
        bool(row[17]),
        _day(row[18]),
        _day(row[19]),
        *row[20:22],
        *(bool(flag) for flag in row[22:24]),
        *row[24:28],
        as_date(row[28]),
        as_instant(row[29]),
        row[30],
        tuple(Attendee(*each) for each in people),
    )
    return Appointment(*columns)


@view("card.read")
def conflicts(
    reading: Reading,
    users: Sequence[int],
    start: datetime | None,
    end: datetime | None,
    *,
    days: tuple[date, date] | None = None,
    but: int = 0,
) -> list[Conflict]:
    """What takes the time of any of these operators between two aware instants, or on whole civil `days` of the
    viewer's; `but` leaves one appointment out. Twenty at most; none where no appointment can be."""
    if (
        start is not None
        and end is not None
        and {within(start.date()), within(end.date())}
        != {
            start.date(),
            end.date(),
        }
    ):
        return []
    days = (within(days[0]), within(days[1])) if days is not None else None
    spans = [span(reading.viewer.zone, start, end, days)]
    return clashing(reading.connection, reading.viewer, users, spans, (but,))


EARLIEST_REMINDER = timedelta(days=28)


@view("card.read")
def reminders(reading: Reading) -> list[Reminder]:
    """What the viewer is to be reminded of now: it begins soon, and has not begun. Off the UI thread."""
    bounds = {"now": instant(reading.now), "until": instant(reading.now + EARLIEST_REMINDER)}
    who = sight(reading.viewer)
    found = []
    for row in reading.connection.execute(queries.REMINDERS, bounds | who):
        columns = (*row[:4], as_instant(row[4]), row[5])
        found.append(Reminder(*columns))
    return sorted((each for each in found if each.is_due(reading.now)), key=lambda each: each.start_at)


@view("card.read")
def unfinished(reading: Reading) -> list[int]:
    """The series of which less than a year is made and that the viewer may change: the clock continues them, a hundred
    at a time."""
    ahead, viewer = (reading.today + AHEAD).isoformat(), reading.viewer
    found = [
        series
        for series, assignee, owner, private, by in reading.connection.execute(
            queries.UNFINISHED, {"ahead": ahead}
        )
        if (viewer.may(_CHANGES, assignee) or (owner is not None and viewer.may(_CHANGES, owner)))
        and (not private or viewer.user_id in (assignee, by))
    ]
    return found[:_AT_ONCE]


_CHANGES, _AT_ONCE = "activity.edit", 100


ROUND = timedelta(days=31)


@view("card.read")
def pick_appointment(reading: Reading, text: str) -> list[Option]:
    """The picker of appointments: one's own of a month round this day by words, any that one sees by its REF."""
    who = sight(reading.viewer)
    word, _, number = text.strip().partition(":")
    if word.lower() == "activity" and (named := row_id(number)) is not None:
        rows = reading.connection.execute(queries.ONE, {"id": named, **who}).fetchall()
    else:
        bounds = {"start": instant(reading.now - ROUND), "end": instant(reading.now + ROUND)}
        rows = reading.connection.execute(queries.PICKED, bounds | who).fetchall()
    found = [Option(i, subject, party, f"activity:{i}") for i, subject, party in rows]
    return found if number else matching(found, text)


PICKERS = {"appointments": pick_appointment}
