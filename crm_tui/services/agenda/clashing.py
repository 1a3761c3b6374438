"""What takes the time of operators at given moments: asked by the form while one types and by the door again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm_tui.domain.access import Viewer
from crm_tui.domain.agenda import LONGEST, LONGEST_DAYS, Conflict
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import agenda as queries
from crm_tui.store.values import as_date, as_instant, instant

Span = tuple[str, str, str, str, str, str]
"""One moment as the query wants it (`queries.agenda.CONFLICTS`)."""


def span(
    zone: ZoneInfo, start: datetime | None, end: datetime | None, days: tuple[date, date] | None
) -> Span:
    """From one aware instant to another, or whole civil `days` on the clock of `zone`, the last one included."""
    if days is None:
        assert start is not None
        assert end is not None
        first, last = start.astimezone(zone).date(), (end - timedelta(microseconds=1)).astimezone(zone).date()
    else:
        first, last = days
        start = datetime.combine(first, time(), zone)
        end = datetime.combine(last + timedelta(days=1), time(), zone)
    begun = first - timedelta(days=LONGEST_DAYS)
    return (
        *(instant(each.astimezone(UTC)) for each in (start - LONGEST, start, end)),  # type: ignore[return-value]
        *(day.isoformat() for day in (begun, first, last)),
    )


def clashing(
    connection: sqlite3.Connection,
    viewer: Viewer,
    users: Sequence[int],
    spans: Sequence[Span],
    but: Collection[int] = (),
    most: int = 20,
) -> list[Conflict]:
    """What takes the time of any of these operators, the earliest first; so many at `most`."""
    params = {
        "users": json.dumps([*users]),
        "spans": json.dumps([*spans]),
        "but": json.dumps([*but]),
        "most": most,
        **sight(viewer),
    }
    found = []
    for row in connection.execute(queries.CONFLICTS, params):
        columns = (*row[:5], as_instant(row[5]), as_instant(row[6]), as_date(row[7]), as_date(row[8]))
        found.append(Conflict(*columns))
    return found


def days_of(spans: Sequence[Span], found: Sequence[Conflict]) -> list[date]:
    """The days on which those of the spans begin that clash, in order; the spans come in order, too."""
    taken = []
    for one in spans:
        if any(_meets(one, each) for each in found):
            taken.append(date.fromisoformat(one[4]))
    return taken


def _meets(one: Span, conflict: Conflict) -> bool:
    if conflict.start_at is None or conflict.end_at is None:
        return conflict.due_on.isoformat() <= one[5] and conflict.last_on.isoformat() >= one[4]
    return instant(conflict.start_at) < one[2] and instant(conflict.end_at) > one[1]
