"""Whose clock an hour of a calendar file is on: by its name, by Windows' name for it, or by the rules in the file.

A name that is known counts before the file's own rules: Brazil gave up summer time in 2019, and older programs still
write it. Rules under a name that nobody knows are compared with the known zones, because a series goes on by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.connectors import ics_rules
from crm_tui.connectors.ics_lines import Block
from crm_tui.domain.ics import MAX_OCCURRENCES
from crm_tui.services.core.zones import found

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,3}")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2}):?(\d{2})?")
_STAMP = re.compile(r"(\d{8})T(\d{6})")
_MONTHS = range(1, 13)


class Clock(NamedTuple):
    """A zone: what counts its instants, and the name of one that the program knows (None: none is like it)."""

    tz: tzinfo
    name: str | None


@lru_cache(maxsize=256)
def known(name: str) -> ZoneInfo | None:
    """The zone of that name, if there is one; a name from a file is never a path."""
    return found(name) if _NAME.fullmatch(name) else None


@cache
def _windows() -> Mapping[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): iana for name, iana in WINDOWS_TO_OLSON.items()}


class Zones:
    """The zones of one calendar; `own` is the operator's, for what names none."""

    def __init__(self, calendar: Block, own: ZoneInfo) -> None:
        self.own = own
        named = calendar.text("X-WR-TIMEZONE").strip()
        self.usual = _by_name(named) or own
        self._blocks = {
            block.text("TZID").strip().casefold(): block
            for block in calendar.blocks
            if block.name == "VTIMEZONE"
        }
        self._made: dict[str, _Rules | None] = {}
        self._like: dict[tuple[str, int], str | None] = {}

    def of(self, tzid: str, year: int) -> Clock | None:
        """The clock that a file calls `tzid`, as it is in about that year; None if nothing tells."""
        tzid = tzid.strip()
        zone = _by_name(tzid)
        if zone is not None:
            return Clock(zone, zone.key)
        key = tzid.casefold()
        block = self._blocks.get(key)
        if block is None:
            return None
        zone = _by_name(block.text("X-LIC-LOCATION").strip())
        if zone is not None:
            return Clock(zone, zone.key)
        if key not in self._made:
            self._made[key] = _rules(block)
        rules = self._made[key]
        if rules is None:
            return None
        if (key, year) not in self._like:
            self._like[key, year] = self._alike(rules, year)
        name = self._like[key, year]
        return Clock(known(name) or rules, name) if name is not None else Clock(rules, None)

    def _alike(self, rules: _Rules, year: int) -> str | None:
        """The known zone with the same hours in that year, the one before and the two after; the operator's own is
        asked first."""
        moments = [
            datetime(y, month, day, 12)  # noqa: DTZ001 (on the zone's own clock)
            for y in range(year - 1, year + 3)
            for month in _MONTHS
            for day in (1, 15)
        ]
        turns = {o for y in range(year - 1, year + 3) for o, *_ in rules.turns(y) if o.year >= year - 1}
        for onset in turns:
            moments += [onset - timedelta(minutes=1), onset + timedelta(hours=1)]
        wanted = [rules.utcoffset(moment) for moment in moments]
        seen: set[str] = set()
        for name in (self.own.key, self.usual.key, *_windows().values()):
            zone = known(name) if name not in seen else None
            seen.add(name)
            if zone is not None and all(
                moment.replace(tzinfo=zone).utcoffset() == offset
                for moment, offset in zip(moments, wanted, strict=True)
            ):
                return name
        return None


def _by_name(tzid: str) -> ZoneInfo | None:
    """The zone that a name means: the name itself, Windows' name, or the end of `/vendor.org/2026/Europe/Berlin`."""
    if not tzid:
        return None
    found = known(tzid.strip("/")) or known(_windows().get(tzid.casefold(), ""))
    parts = tzid.strip("/").split("/")
    for start in range(1, min(len(parts), 8)) if tzid.startswith("/") else ():
        found = found or known("/".join(parts[start:]))
    return found


class _Change(NamedTuple):
    """One rule of a `VTIMEZONE`: from which offset to which, first when, and when again."""

    before: timedelta
    after: timedelta
    start: datetime
    rule: str
    dates: tuple[datetime, ...]

    def onsets(self, year: int) -> Iterator[datetime]:
        """When it set in, on the clock before it, up to the end of that year; a rule without an end, in that year and
        the one before only, because there the last time counts."""
        yield from (d for d in (self.start, *self.dates) if d.year <= year)
        if not self.rule or self.start.year > year:
            return
        start, first = self.start, date(max(self.start.year, year - 1), 1, 1)
        if any(part in self.rule for part in ("UNTIL=", "COUNT=", "INTERVAL=")):
            first = date(max(self.start.year, year - MAX_OCCURRENCES + 1), 1, 1)
        elif (start.month, start.day) != (2, 29):
            start = start.replace(
                year=first.year
            )  # many begin in 1601, and each year would be counted through
        for day in ics_rules.occurrences(self.rule, start, UTC, first, date(year, 12, 31)):
            yield datetime.combine(day, start.time())


class _Rules(tzinfo):
    """A zone by the rules of a file."""

    def __init__(self, changes: tuple[_Change, ...]) -> None:
        self._changes = changes
        self._by_year: dict[int, list[tuple[datetime, timedelta, timedelta]]] = {}

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """An hour that does not exist has the offset before the gap; one that is there twice, the first. (RFC 5545)"""
        assert moment is not None
        local = moment.replace(tzinfo=None)
        onsets = self.turns(local.year)
        offset = onsets[0][1] if onsets else min(self._changes, key=lambda c: c.start).before
        for onset, before, after in onsets:
            if local < onset + max(after - before, timedelta()):
                break
            offset = after
        return offset

    def turns(self, year: int) -> list[tuple[datetime, timedelta, timedelta]]:
        """When the clock is set, from which offset and to which, up to the end of a year."""
        if year not in self._by_year:
            self._by_year[year] = sorted(
                (onset, change.before, change.after)
                for change in self._changes
                for onset in change.onsets(year)
            )
        return self._by_year[year]

    def dst(self, moment: datetime | None) -> timedelta:
        """What part of the offset is summer time is nobody's question here."""
        return timedelta()

    def tzname(self, moment: datetime | None) -> str:
        return str(self.utcoffset(moment))


def _rules(block: Block) -> _Rules | None:
    """The rules of a `VTIMEZONE`; None if one of them cannot be read, because half of them would tell wrong hours."""
    changes: list[_Change] = []
    for part in block.blocks:
        if part.name not in ("STANDARD", "DAYLIGHT"):
            continue
        before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
        start = _stamp(part.text("DTSTART"))
        if before is None or after is None or start is None or len(changes) > 200:
            return None
        try:
            raw = part.text("RRULE")
            rule = ics_rules.checked(raw, start, UTC, all_day=False) if raw else ""
        except ics_rules.NoRule:
            return None
        if rule and "FREQ=YEARLY" not in rule:
            return None
        dates = [_stamp(each) for p in part.all("RDATE") for each in p.text.split(",")[:500]]
        changes.append(_Change(before, after, start, rule, tuple(d for d in dates if d is not None)))
    return _Rules(tuple(changes)) if changes else None


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(each or 0) for each in match.groups()[1:])
    found = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if found >= timedelta(hours=24):
        return None
    return -found if match[1] == "-" else found


def _stamp(text: str) -> datetime | None:
    match = _STAMP.match(text.strip())
    try:
        return datetime.strptime("".join(match.groups()), "%Y%m%d%H%M%S") if match else None  # noqa: DTZ007
    except ValueError:
        return None
