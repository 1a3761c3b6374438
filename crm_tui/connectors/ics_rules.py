"""The rule of a series (RFC 5545 `RRULE`): whether it can be carried out, and its days inside a window.

Whatever a stranger wrote ends at once: rules below a day are refused, days are counted, and the search for one that
never comes stops at the window's end. `dateutil` does the counting, on the series' own clock, without zones.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from crm_tui.domain.ics import MAX_OCCURRENCES
from crm_tui.domain.recurring import until_of
from crm_tui.i18n import Text
from crm_tui.services.core.recurrence import NUMBERS, PastIt, counted

FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_ORDER: Final = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", *NUMBERS, "WKST")
_LONGEST: Final = 500
"""Characters of a rule; one of every day of a year in every month is shorter."""


class NoRule(Exception):
    """The rule cannot be carried out; `reason` is the sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


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
    numbers = {name: parts.get(name, "1") for name in ("INTERVAL", "COUNT")}
    if (
        not all(each.isascii() and each.isdecimal() for each in numbers.values())
        or len(numbers["INTERVAL"]) > 3
    ):
        raise NoRule(_unreadable(raw))
    if parts.keys() - set(_ORDER):
        raise NoRule(_unreadable(raw))
    rule = ";".join(f"{name}={parts[name]}" for name in _ORDER if name in parts)
    try:
        counted(rule, start, zone, date.max)
    except (ValueError, TypeError, OverflowError):
        raise NoRule(_unreadable(raw)) from None
    return rule


def occurrences(rule: str, start: datetime, zone: tzinfo, first: date, last: date) -> list[date]:
    """The days of a checked rule between two days, in order; at most `MAX_OCCURRENCES`."""
    found: list[date] = []
    try:
        for moment in counted(rule, start, zone, last):
            if moment.date() > last or len(found) == MAX_OCCURRENCES:
                break
            if moment.date() >= first:
                found.append(moment.date())
    except PastIt:
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
    try:
        end = until_of(value, zone)
        if all_day:
            return value[:8]
        if not isinstance(end, datetime):
            end = datetime.combine(end, time(23, 59, 59), zone)
        return f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    except (ValueError, OverflowError):
        raise NoRule(_unreadable(raw)) from None
