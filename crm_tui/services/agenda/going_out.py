"""Appointments as the events of a calendar file: one with its series, or agendas over a period. (X36, T61)

What of somebody else's agenda the viewer may not see goes out as hours that are taken, without a word: the title is
empty then, and whoever writes the file says what stands in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.agenda import Response
from crm_tui.domain.ics import IcsEvent, Status, Who
from crm_tui.domain.recurring import HORIZON, parts, until_of
from crm_tui.services.agenda import series as rules
from crm_tui.services.agenda import stored
from crm_tui.services.agenda.stored import Base, Series, Stored
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.values import instant

BEHIND = timedelta(days=92)
"""How far back a feed goes; ahead it goes as far as series are made."""
_HALF_HOUR = timedelta(minutes=30)


@view("card.read")
def appointment_file(reading: Reading, activity_id: int) -> list[IcsEvent]:
    """An appointment, with its whole series if it is of one; nothing if the viewer may not see what it is about."""
    base = stored.by_ids(reading.connection, reading.viewer, [activity_id])
    row = base.rows.get(activity_id)
    if row is None or not row.seen or (row.start is None and not row.all_day):
        return []
    return events(base, details=True, me=reading.viewer.user_id)


@view("card.read")
def feed(reading: Reading, users: Collection[int], *, details: bool = False) -> list[IcsEvent]:
    """The agendas of these operators, three months back and a year and a half ahead. One's own with every word; of
    the others, and only if `details`, what the viewer may see."""
    zone = reading.viewer.zone
    first, last = (
        (reading.now - BEHIND).astimezone(zone).date(),
        (reading.now + HORIZON).astimezone(zone).date(),
    )
    period = {
        "start": instant(reading.now - BEHIND),
        "end": instant(reading.now + HORIZON),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    base = stored.in_agendas(reading.connection, reading.viewer, users, period)
    return events(base, details=details, me=reading.viewer.user_id)


@view("card.read")
def feed_name(reading: Reading, users: Collection[int]) -> str:
    """What marks the feed of these operators: the base and who they are."""
    return f"{stored.origin(reading.connection)}:{','.join(map(str, sorted(users)))}"


def events(base: Base, *, details: bool, me: int) -> list[IcsEvent]:
    """Everything that was read, series as one rule with what differs from it."""
    found: list[IcsEvent] = []
    for row in base.rows.values():
        if row.series_id is None and not row.deleted:
            uid = row.uid or stored.named(base.origin, "a", row.id)
            found.append(_shown(single(base, row, uid), base, row, me, details=details))
    for series in base.series.values():
        found += _of_series(base, series, me, details=details)
    return found


def _shown(event: IcsEvent, base: Base, row: Stored, me: int, *, details: bool) -> IcsEvent:
    """The event, or that somebody is busy. That goes by another identity, so that it never comes back in as what the
    appointment is about."""
    mine = row.assignee_id == me or any(part.user_id == me for part in base.parts.get(row.id, ()))
    if row.seen and (mine or details):
        return event
    kind, number = ("x", row.id) if row.series_id is None else ("y", row.series_id)
    return replace(
        event,
        uid=stored.named(base.origin, kind, number),
        summary="",
        location="",
        description="",
        organizer=None,
        attendees=(),
        remind_minutes=None,
    )


def single(base: Base, row: Stored, uid: str) -> IcsEvent:
    """One activity as an event, on the clock on which its hour was agreed."""
    zone = ZoneInfo(row.zone)
    first, last, end = row.due_on, row.last_on, row.end
    if row.start is not None:
        end = row.end or row.start + _HALF_HOUR
        first = row.start.astimezone(zone).date()
        last = max(first, (end - timedelta(microseconds=1)).astimezone(zone).date())
    people = tuple(
        Who(part.email.lower(), part.name if part.address is None else "", part.response)
        for part in base.parts.get(row.id, ())
        if "@" in part.email
    )
    orphan = row.series_id is None and row.occurrence_on is not None and row.uid is not None
    return IcsEvent(
        uid=uid,
        summary=row.subject,
        all_day=row.start is None,
        first_on=first,
        last_on=last,
        zone=row.zone,
        start=row.start,
        end=end,
        sequence=max(0, row.sequence),
        recurrence=(row.start or row.occurrence_on) if orphan else None,
        organizer=Who(row.email.lower(), row.name, Response.NONE) if people and "@" in row.email else None,
        attendees=people,
        status=Status.CANCELLED if row.state == ActivityState.CANCELED else Status.CONFIRMED,
        private=row.private,
        busy=row.busy,
        location=row.location,
        description=row.description,
        remind_minutes=row.remind if row.start is not None else None,
    )


def like(rows: Sequence[Stored]) -> Stored | None:
    """The occurrence that the rule goes on like: the last that nobody changed for itself."""
    plain = [row for row in rows if not row.detached and not row.deleted]
    going = [row for row in plain if row.state != ActivityState.CANCELED]
    every = going or plain or [*rows]
    return every[-1] if every else None


def _of_series(base: Base, series: Series, me: int, *, details: bool) -> list[IcsEvent]:
    rows = [row for row in base.of_series(series.id) if row.occurrence_on is not None]
    there = [row for row in rows if not row.deleted]
    model = like(rows)
    if model is None or not there:
        return []
    uid = series.uid or stored.named(base.origin, "s", series.id)
    main = _main(base, series, model, uid)
    days = {*carried_out(series, rows)}
    missing = days - {row.occurrence_on for row in there}
    added = tuple(sorted({row.occurrence_on for row in there if row.occurrence_on} - days))
    main = replace(
        main,
        exdates=tuple(sorted(missing | series.left_out)),
        rdates=tuple(_at(series, day) for day in added),
    )
    found = [_shown(main, base, model, me, details=details)]
    for row in there:
        assert row.occurrence_on is not None
        at = _at(series, row.occurrence_on)
        usual = replace(
            main, rrule="", exdates=(), rdates=(), recurrence=at, **_when(series, main, row.occurrence_on)
        )
        real = replace(single(base, row, uid), recurrence=at)
        if replace(real, sequence=0, attendees=_who(real), remind_minutes=None) != replace(
            usual, sequence=0, attendees=_who(usual), remind_minutes=None
        ):
            found.append(_shown(real, base, row, me, details=details))
    return found


def _who(event: IcsEvent) -> tuple[Who, ...]:
    return tuple(sorted(event.attendees))


def carried_out(series: Series, rows: Sequence[Stored]) -> list[date]:
    """The days that the rule gives as far as it was carried out, from the first occurrence that there is."""
    begun = min((row.occurrence_on for row in rows if row.occurrence_on is not None), default=series.first_on)
    at = time.fromisoformat(series.start_time) if series.start_time else None
    every = rules.days(series.rrule, series.first_on, series.made_until, at=at, zone=ZoneInfo(series.zone))
    return [day for day in every if day >= begun]


def _at(series: Series, day: date) -> date | datetime:
    """When the occurrence of a day is by the rule."""
    if series.start_time is None:
        return day
    return datetime.combine(day, time.fromisoformat(series.start_time), ZoneInfo(series.zone)).astimezone(UTC)


def _when(series: Series, main: IcsEvent, day: date) -> dict[str, Any]:
    """When the occurrence of a day is, and how long, as the series says."""
    at = _at(series, day)
    if not isinstance(at, datetime):
        return {"first_on": day, "last_on": day + (main.last_on - main.first_on), "start": None, "end": None}
    lasts = main.end - main.start if main.start is not None and main.end is not None else _HALF_HOUR
    last = (at + lasts - timedelta(microseconds=1)).astimezone(ZoneInfo(series.zone)).date()
    return {"first_on": day, "last_on": max(day, last), "start": at, "end": at + lasts}


def _main(base: Base, series: Series, model: Stored, uid: str) -> IcsEvent:
    """The series from its first day on, all else like its last occurrence."""
    all_day = series.start_time is None
    event = replace(
        single(base, model, uid), zone=series.zone, status=Status.CONFIRMED, all_day=all_day, recurrence=None
    )
    return replace(event, rrule=written(series), **_when(series, event, series.first_on))


def written(series: Series) -> str:
    """The rule with its last day as the RFC wants it: an instant where there are hours."""
    said = parts(series.rrule)
    if "UNTIL" in said:
        end = until_of(said["UNTIL"], ZoneInfo(series.zone))
        if series.start_time is None:
            said["UNTIL"] = f"{end:%Y%m%d}"
        elif not isinstance(end, datetime):
            last = datetime.combine(end, time(23, 59, 59), ZoneInfo(series.zone))
            said["UNTIL"] = f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in said.items())
