"""How the days of a rule (RFC 5545 `RRULE`) are counted: by `dateutil`, halted where nobody looks any more.

Loaded only by what carries a series out: `dateutil` is not needed for anything that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from functools import cache
from typing import Any, Final

from crm_tui.domain.recurring import until_of

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NUMBERS: Final[Mapping[str, tuple[str, int]]] = {
    "BYMONTH": ("bymonth", 12),
    "BYMONTHDAY": ("bymonthday", 31),
    "BYYEARDAY": ("byyearday", 366),
    "BYWEEKNO": ("byweekno", 53),
    "BYSETPOS": ("bysetpos", 366),
}
"""The parts that are lists of numbers: what `dateutil` calls each, and its highest."""
HIGHEST: Final = 99_999
"""Of INTERVAL and COUNT: what is above never comes, or never ends."""
_NEVER: Final = 6
"""No weekday comes so often in a month."""
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class PastIt(Exception):
    """The search has gone past the window: nothing more comes in it."""


def _number(text: str, highest: int) -> int:
    found = int(text) if len(text) < 8 else 0
    if not 1 <= abs(found) <= highest:
        raise ValueError(text)
    return found


def counted(rule: str, start: datetime, zone: tzinfo, horizon: date) -> Any:
    """What `dateutil` counts by, from `start` on the clock of `zone`: iterating it raises `PastIt` once it has looked
    past `horizon` without finding anything. ValueError if a part of the rule is none."""
    from dateutil import rrule

    given: dict[str, Any] = {}
    for name, value in (piece.split("=") for piece in rule.split(";")):
        if name == "FREQ":
            given["freq"] = getattr(rrule, value)
        elif name in ("INTERVAL", "COUNT"):
            given[name.lower()] = abs(_number(value, HIGHEST))
        elif name == "WKST":
            given["wkst"] = DAYS.index(value)
        elif name == "UNTIL":
            given["until"] = _on_clock(value, zone)
        elif name == "BYDAY":
            given["byweekday"] = [_weekday(each, rrule.weekday) for each in value.split(",")]
        else:
            to, highest = NUMBERS[name]
            given[to] = [_number(each, highest) for each in value.split(",")]
            if to == "bymonth" and min(given[to]) < 0:  # days are counted from the end, months are not
                raise ValueError(value)
    if given["freq"] == rrule.MONTHLY or "bymonth" in given:
        given["byweekday"] = [_in_month(each) for each in given.get("byweekday", ())] or None
    bounded = _bounded()(dtstart=start.replace(microsecond=0), **given)
    bounded.months = 12 * (horizon.year - start.year + 2)
    return bounded


def _weekday(text: str, make: Any) -> Any:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    nth = match[1]
    return make(DAYS.index(match[2]), _number(nth, 53) if nth else None)


def _in_month(day: Any) -> Any:
    """Of a month: a thirtieth Monday comes as little as a sixth, and `dateutil` looks for it behind the year's end."""
    return day(max(-_NEVER, min(_NEVER, day.n))) if day.n else day


def _on_clock(value: str, zone: tzinfo) -> datetime:
    end = until_of(value, zone)
    if isinstance(end, datetime):
        return end.astimezone(zone).replace(tzinfo=None)
    return datetime.combine(end, time.max)


@cache
def _bounded() -> Any:
    """`dateutil`'s rule, halted once it has looked at so many `months`: it compares with an end only what it found, so
    a day that never comes (the 30th of February) would be sought up to the year 9999.

    It reads `_byeaster`, which no rule of the RFC has, each time it enters another month or year.
    """
    from dateutil import rrule

    class Bounded(rrule.rrule):
        months = 12

        @property
        def _byeaster(self) -> None:
            self.months -= 1
            if self.months < 0:
                raise PastIt

        @_byeaster.setter
        def _byeaster(self, value: None) -> None:
            """No rule has it."""

    return Bounded
