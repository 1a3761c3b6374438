"""Who asks a filter and when, and the small registers that its conditions are worked out from beforehand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.filter_dates import Clock, Days
from crm_tui.store.values import instant

_YEARS = 10
"""Years before and after now for which the offsets of a zone are worked out."""


@dataclass(frozen=True, slots=True)
class Asker:
    """One look: `team` are the ids of my team and the teams below it, me among them; `moment` the parameters of my
    day (`now`, `today`, `day_start` …) that the conditions of the due states name."""

    connection: sqlite3.Connection
    me: int
    team: Collection[int]
    clock: Clock
    zone: ZoneInfo
    moment: Mapping[str, Any]

    @property
    def today(self) -> date:
        return self.clock.today

    def before(self, day: date) -> str:
        """The first instant of a civil day on my clock, as a column holds it."""
        start = Days(day, None).instants(self.zone)[0]
        assert start is not None
        return instant(start)

    def names(self, sql: str) -> list[tuple[int, str]]:
        """The rows of a register: id and name."""
        return [(int(row_id), str(name)) for row_id, name in self.connection.execute(sql)]

    def offsets(self) -> tuple[tuple[str, int], ...]:
        """From which instant on my clock is how many minutes from UTC, the latest first: SQLite knows no zones."""
        return _offsets(self.zone, self.today.year)


@lru_cache(maxsize=8)
def _offsets(zone: ZoneInfo, year: int) -> tuple[tuple[str, int], ...]:
    at = datetime(year - _YEARS, 1, 1, tzinfo=zone)
    found = [("", _minutes(at))]
    for _ in range(2 * 53 * _YEARS):
        after = at + timedelta(days=7)
        if _minutes(after) != found[-1][1]:
            found.append((instant(_turn(at, after)), _minutes(after)))
        at = after
    return tuple(found[::-1])


def _minutes(at: datetime) -> int:
    offset = at.utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60


def _turn(low: datetime, high: datetime) -> datetime:
    """The minute between two instants at which the offset changes."""
    zone = low.tzinfo
    before, a, b = _minutes(low), low.astimezone(UTC), high.astimezone(UTC)
    while b - a > timedelta(minutes=1):
        middle = a + (b - a) / 2
        if _minutes(middle.astimezone(zone)) == before:
            a = middle
        else:
            b = middle
    return b.replace(second=0, microsecond=0)


def listed(values: Collection[int | str]) -> str:
    """Values as the one parameter of `IN (SELECT value FROM json_each(…))`."""
    return json.dumps(sorted(values))
