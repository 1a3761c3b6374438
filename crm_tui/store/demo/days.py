"""When things happen in the demonstration: days counted from today, hours that stay past or future.

The stories are written for a morning, 10:42. Opened at another hour, today's past hours stay past and the coming
ones stay ahead. Pure; knows nothing of cards.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

WRITTEN_AT = time(10, 42)
_STEP = 30
_SATURDAY = 5


class Days:
    """Today as the operator's zone has it. `offset` is always whole days from today, negative in the past."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now = now.astimezone(zone).replace(second=0, microsecond=0)
        self.zone = zone
        self.today = self.now.date()
        ahead = self.now.hour * 60 + self.now.minute - (WRITTEN_AT.hour * 60 + WRITTEN_AT.minute)
        self._shift = timedelta(minutes=ahead // _STEP * _STEP)

    def day(self, offset: int) -> date:
        """Exactly that many days from today."""
        return self.today + timedelta(days=offset)

    def worked(self, offset: int) -> date:
        """The same, but off the weekend: back to Friday in the past, on to Monday ahead; today stays today."""
        day = self.day(offset)
        over = day.weekday() - _SATURDAY
        if offset == 0 or over < 0:
            return day
        return day + timedelta(days=2 - over if offset > 0 else -1 - over)

    def past(self, offset: int, at: str) -> datetime:
        """An instant that is over: `at` is the wall clock, `HH:MM`."""
        if offset == 0:
            return min(self._today_at(at), self.now)
        return self._at(self.worked(offset), at)

    def due(self, offset: int, at: str = "") -> date | datetime:
        """When a step is due: a date, or an instant if it has an hour. Past ones keep their exact day."""
        day = self.day(offset) if offset <= 0 else self.worked(offset)
        if not at:
            return day
        if offset:
            return self._at(day, at)
        moved = self._today_at(at)
        if moved.date() > day:  # so late in the evening that no hour is left today
            return day
        return max(moved, self._at(day, "00:00"))

    def _today_at(self, at: str) -> datetime:
        return self._at(self.today, at) + self._shift

    def _at(self, day: date, at: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(at), self.zone)
