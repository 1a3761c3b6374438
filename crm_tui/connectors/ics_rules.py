"""The rule of a series (RFC 5545 `RRULE`): whether it can be carried out, and its days inside a window.

Whatever a stranger wrote ends at once: rules below a day are refused, days are counted, and the search for one that
never comes stops at the window's end. `dateutil` does the counting, on the series' own clock, without zones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache
from typing import Any, Final

from crm_tui.domain.ics import MAX_OCCURRENCES
from crm_tui.i18n import Text

FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBERS: Final[Mapping[str, tuple[str, int]]] = {
    "BYMONTH": ("bymonth", 12),
    "BYMONTHDAY": ("bymonthday", 31),
    "BYYEARDAY": ("byyearday", 366),
    "BYWEEKNO": ("byweekno", 53),
    "BYSETPOS": ("bysetpos", 366),
}
_ORDER: Final = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", *_NUMBERS, "WKST")
_LONGEST: Final = 500
"""Characters of a rule; one of every day of a year in every month is shorter."""
_HIGHEST: Final = 10_000
"""Of INTERVAL and COUNT: what is above never comes, or never ends."""
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


class NoRule(Exception):
    """The rule cannot be carried out; `reason` is the sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


class _PastIt(Exception):
    """The search has gone past the window."""


def checked(raw: str, start: datetime, zone: tzinfo, *, all_day: bool) -> str:
    """The rule in upper case and one order, its `UNTIL` an instant (all day: a day); `NoRule` if it cannot be carried
    out. `start` is the first occurrence on the clock of `zone`, without a zone.

    An hour that the rule names must be the series' own: two hours a day are two series.
    """
    parts = _parts(raw)
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        raise NoRule(
            Text(
                "it repeats by “{rule}”; only days, weeks, months and years can be.", {"rule": frequency[:40]}
            )
        )
    for name, own in (("BYHOUR", start.hour), ("BYMINUTE", start.minute), ("BYSECOND", start.second)):
        if parts.pop(name, f"{own}").zfill(2) != f"{own:02}":
            raise NoRule(Text("it repeats at several hours of a day: that is several series."))
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], raw, zone, all_day=all_day)
        parts.pop("COUNT", None)  # both are forbidden: the day is what somebody chose
    if parts.keys() - set(_ORDER):
        raise NoRule(_unreadable(raw))
    rule = ";".join(f"{name}={parts[name]}" for name in _ORDER if name in parts)
    try:
        _rule(rule, start, zone, date.max)
    except (ValueError, TypeError, OverflowError):
        raise NoRule(_unreadable(raw)) from None
    return rule


def occurrences(rule: str, start: datetime, zone: tzinfo, first: date, last: date) -> list[date]:
    """The days of a checked rule between two days, in order; at most `MAX_OCCURRENCES`."""
    found: list[date] = []
    try:
        for moment in _rule(rule, start, zone, last):
            if moment.date() > last or len(found) == MAX_OCCURRENCES:
                break
            if moment.date() >= first:
                found.append(moment.date())
    except _PastIt:
        return found
    return found


def _parts(raw: str) -> dict[str, str]:
    if len(raw) > _LONGEST:
        raise NoRule(_unreadable(raw))
    parts: dict[str, str] = {}
    for piece in filter(None, (each.strip() for each in raw.upper().split(";"))):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in parts:
            raise NoRule(_unreadable(raw))
        if not name.startswith("X-"):
            parts[name] = "".join(value.split())
    return parts


def _unreadable(raw: str) -> Text:
    return Text("its rule “{rule}” cannot be read.", {"rule": raw[:80]})


def _until(value: str, raw: str, zone: tzinfo, *, all_day: bool) -> str:
    """The end as the RFC wants it: a day where there are no hours, else an instant in UTC."""
    match = _UNTIL.fullmatch(value)
    if match is None:
        raise NoRule(_unreadable(raw))
    day, clock, utc = match.groups()
    try:
        if all_day:
            return f"{datetime.strptime(day, '%Y%m%d'):%Y%m%d}"  # noqa: DTZ007 (a civil day)
        moment = datetime.strptime(day + (clock or "235959"), "%Y%m%d%H%M%S")  # noqa: DTZ007 (the next line)
        moment = moment.replace(tzinfo=UTC if utc else zone)
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    except (ValueError, OverflowError):
        raise NoRule(_unreadable(raw)) from None


def _number(text: str, highest: int) -> int:
    found = int(text) if len(text) < 8 else 0
    if not 1 <= abs(found) <= highest:
        raise ValueError(text)
    return found


def _rule(rule: str, start: datetime, zone: tzinfo, horizon: date) -> Any:
    """What `dateutil` counts by; ValueError if a part of the rule is none."""
    from dateutil import rrule

    given: dict[str, Any] = {}
    for name, value in (piece.split("=") for piece in rule.split(";")):
        if name == "FREQ":
            given["freq"] = getattr(rrule, value)
        elif name in ("INTERVAL", "COUNT"):
            given[name.lower()] = abs(_number(value, _HIGHEST))
        elif name == "WKST":
            given["wkst"] = _DAYS.index(value)
        elif name == "UNTIL":
            given["until"] = _on_clock(value, zone)
        elif name == "BYDAY":
            given["byweekday"] = [_weekday(each, rrule.weekday) for each in value.split(",")]
        else:
            to, highest = _NUMBERS[name]
            given[to] = [_number(each, highest) for each in value.split(",")]
    bounded = _bounded()(dtstart=start.replace(microsecond=0), **given)
    bounded.months = 12 * (horizon.year - start.year + 2)
    return bounded


def _weekday(text: str, make: Any) -> Any:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    nth = match[1]
    return make(_DAYS.index(match[2]), _number(nth, 53) if nth else None)


def _on_clock(value: str, zone: tzinfo) -> datetime:
    if len(value) == 8:
        return datetime.combine(datetime.strptime(value, "%Y%m%d"), time.max)  # noqa: DTZ007 (a civil day)
    instant = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return instant.astimezone(zone).replace(tzinfo=None)


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
                raise _PastIt

        @_byeaster.setter
        def _byeaster(self, value: None) -> None:
            """No rule has it."""

    return Bounded
