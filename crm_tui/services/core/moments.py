"""When a look is: the bounds of the viewer's day, and the calendar by which working days are counted."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, time, timedelta
from typing import Any

from crm_tui.domain.worktime import WorkCalendar
from crm_tui.services.core import hours
from crm_tui.services.core.reading import Reading
from crm_tui.store.values import instant


def moment(reading: Reading) -> dict[str, Any]:
    """The parameters of the viewer's day: `now`, `today`, two days round it, its first and last instant."""
    zone, today = reading.viewer.zone, reading.today
    start = datetime.combine(today, time(), zone).astimezone(UTC)
    end = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(UTC)
    return {
        "now": instant(reading.now),
        "today": today.isoformat(),
        "before": (today - timedelta(days=2)).isoformat(),
        "after": (today + timedelta(days=2)).isoformat(),
        "day_start": instant(start),
        "day_end": instant(end),
    }


def calendar(connection: sqlite3.Connection) -> WorkCalendar:
    """The default working calendar: weekly hours, holidays and extra days."""
    return hours.default(connection)
