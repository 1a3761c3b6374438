"""The days of an appointment that comes again: a rule carried out within a window, never beyond.

`dateutil` knows RFC 5545; COUNT and UNTIL are counted here, so that a rule which never fits a day ends at the window
like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm_tui.domain.recurring import HORIZON, MOST, parts, until_of


def days(rule: str, first: date, until: date, *, at: time | None, zone: ZoneInfo) -> Iterator[date]:
    """The days of a rule from `first` on, which is always one, to `until`; on the clock of `zone`. `at` is its hour
    (None: whole days): an UNTIL that is an instant is held against it. ValueError if `dateutil` finds the rule
    contradictory."""
    from crm_tui.services.core.recurrence import PastIt, counted

    said = parts(rule)
    end = _end(said.pop("UNTIL", ""), at, zone)
    most = int(said.pop("COUNT", "0")) or None
    last = until if end is None else min(until, end)
    text = ";".join(f"{name}={value}" for name, value in (said | {"UNTIL": f"{last:%Y%m%d}T235959"}).items())
    found = 0
    if first <= last:
        found = 1
        yield first
    try:
        for moment in counted(text, datetime.combine(first, time()), zone, last):
            if most is not None and found >= most:
                return
            day = moment.date()
            if day != first:
                found += 1
                yield day
    except PastIt:
        return


def _end(until: str, at: time | None, zone: ZoneInfo) -> date | None:
    """The last day that UNTIL leaves: of an instant, that on the series' clock, if its hour has not passed by then."""
    if not until:
        return None
    end = until_of(until, zone)
    if not isinstance(end, datetime):
        return end
    local = end.astimezone(zone)
    if at is not None and local.time() < at:
        return date.fromordinal(local.toordinal() - 1)
    return local.date()


def left_out(text: str | None) -> frozenset[date]:
    """The days on which a series does not come, from its column."""
    return frozenset(date.fromisoformat(day) for day in json.loads(text)) if text else frozenset()


def leaving_out(days: Iterable[date]) -> str | None:
    """The column of these days."""
    found = sorted(days)
    return json.dumps([day.isoformat() for day in found]) if found else None


NOTHING_LEFT = date.max
"""Carried out until for ever: no day is left to be made."""
_FAR = timedelta(days=3_660)
"""A rule that names no day in ten years names none."""


def reached(rule: str, first: date, until: date, *, at: time | None, zone: ZoneInfo) -> date:
    """Until which day a series is carried out once its days to `until` are made."""
    later = days(rule, first, until + _FAR, at=at, zone=zone)
    return until if any(day > until for day in later) else NOTHING_LEFT


def made(
    rule: str, first: date, today: date, *, at: time | None, zone: ZoneInfo, after: date = date.min
) -> tuple[list[date], date]:
    """The days of a series that are made now, those behind `after`, and until which day it is carried out with them: a
    year and a half ahead, 400 at most."""
    until = max(first, today) + HORIZON
    found: list[date] = []
    for day in days(rule, first, until, at=at, zone=zone):
        if day <= after:
            continue
        found.append(day)
        if len(found) == MOST:
            until = day
            break
    return found, reached(rule, first, until, at=at, zone=zone)
