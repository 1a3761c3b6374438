"""What the reader of dates gives and is given: moments, refusals with offers, and the world it reads in.

Data only. Nothing here knows a word of any language, nor the clock: `now` comes in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import Text

YEARS_AHEAD = 10
"""Later than this is a typing error, not an appointment."""

Moment = date | datetime
"""A civil date (no time was said), or a naive local datetime to the minute."""


class Reason(StrEnum):
    """Why words were refused; the values are those of the command line's JSON."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    PAST = "past"
    NO_SUCH_DATE = "no_such_date"
    TOO_FAR = "too_far"


class Offer(NamedTuple):
    """A moment that one key takes, and the words that say it (its echo)."""

    value: Moment
    words: str


@dataclass(frozen=True, slots=True)
class WhenRefusal:
    """Why the words say no moment; `start` to `end` are the characters of the words that are to blame.

    `note` is what the reason alone cannot say ("November has no day 31"); a note whose message ends in a
    full stop is the whole sentence.
    """

    reason: Reason
    start: int
    end: int
    offers: tuple[Offer, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class DayParts:
    """When a part of the day begins, in minutes since midnight: a setting of the company."""

    morning: int = 9 * 60
    afternoon: int = 14 * 60
    late_afternoon: int = 17 * 60
    evening: int = 19 * 60


@dataclass(frozen=True, slots=True)
class World:
    """What reading depends on besides the words. `now` is naive local time; `zone`, if known, is its zone."""

    now: datetime
    calendar: WorkCalendar
    language: str
    zone: ZoneInfo | None = None
    past: bool = False
    parts: DayParts = field(default_factory=DayParts)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(days=1)


def day_of(moment: Moment) -> date:
    """The civil date of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment
