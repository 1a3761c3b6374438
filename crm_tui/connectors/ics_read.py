"""Appointments from a calendar file (`.ics`): each event as a frozen record, and what is the matter with the others.

A file that is none is refused by name; a broken event in a good file is a fault with its line, and the others go on.
Nothing a file says can make it raise or take long: sizes and numbers are capped, rules are not carried out here. (X36)
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.connectors import files, ics_rules
from crm_tui.connectors.ics_lines import Block, NotACalendar, Property, blocks
from crm_tui.connectors.ics_values import duration, made_uid, who_of, whole
from crm_tui.connectors.ics_zones import Zones
from crm_tui.domain.agenda import LONGEST, LONGEST_DAYS
from crm_tui.domain.ics import (
    MAX_ATTENDEES,
    MAX_BODY,
    MAX_BYTES,
    MAX_EVENTS,
    MAX_LOCATION,
    MAX_SUBJECT,
    YEARS,
    Fault,
    IcsEvent,
    IcsFile,
    Method,
    Status,
    Who,
)
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line, sanitise
from crm_tui.i18n import Text

_MOMENT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?(Z)?)?", re.IGNORECASE
)
_MOST_DATES = 2_000
_EARLIEST_REMINDER = 60 * 24 * 28
"""Minutes: four weeks before, at most."""
_ONE_DAY = timedelta(days=1)
_FIRST, _LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
_BEHIND = _LAST + _ONE_DAY
"""An event of the last of all days ends on the next."""
_ONCE = "FREQ=DAILY;COUNT=1"
"""The rule of what comes on dates alone: its first day, and the others are added."""


class _Broken(Exception):
    """This event cannot be taken; `reason` is the end of the sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


class _Moment(NamedTuple):
    """A point of time as the file says it: on a civil day, or at `local` on the clock `zone` (None: one that is like no
    known zone), which is the instant `at`."""

    day: date
    local: datetime | None
    at: datetime | None
    zone: str | None
    floating: bool = False


def open_calendar(path: Path, zone: ZoneInfo, database: Path) -> IcsFile | Refusal:
    """Read a calendar file; `zone` is the clock of whatever names none. The live database is refused unopened."""
    try:
        content = files.read(path, database)
    except files.FileFault as fault:
        return Refusal(fault.reason, RefusedBy.INPUT)
    return read(content, path.name, zone)


def read(content: bytes, name: str, zone: ZoneInfo) -> IcsFile | Refusal:
    """The same from bytes; `name` is what a refusal calls the file."""
    said = {"path": one_line(name)}
    if len(content) > MAX_BYTES:
        return Refusal(Text("{path} is larger than 10 MiB: export a shorter period.", said), RefusedBy.INPUT)
    try:
        calendars = [block for block in blocks(content) if block.name == "VCALENDAR"]
    except NotACalendar as error:
        why = {**said, "why": error.reason}
        return Refusal(Text("{path} is no calendar file: {why}", why), RefusedBy.INPUT)
    count = sum(block.name == "VEVENT" for calendar in calendars for block in calendar.blocks)
    if count > MAX_EVENTS:
        return Refusal(
            Text("{path} has {n} events, more than 5,000: export a shorter period.", {**said, "n": count}),
            RefusedBy.INPUT,
        )
    reader = _Reader()
    for calendar in calendars:
        reader.calendar(calendar, zone)
    if calendars and not calendars[-1].ended:
        reader.notices.append(
            Fault(calendars[-1].line, "", Text("the file ends before its calendar does: it may be cut off."))
        )
    return IcsFile(
        one_line(name), tuple(reader.events), tuple(reader.faults), tuple(reader.notices), reader.others
    )


class _Reader:
    """What was found so far, over all calendars of a file."""

    def __init__(self) -> None:
        self.events: list[IcsEvent] = []
        self.faults: list[Fault] = []
        self.notices: list[Fault] = []
        self.others = 0

    def calendar(self, calendar: Block, zone: ZoneInfo) -> None:
        zones = Zones(calendar, zone)
        method = calendar.text("METHOD").strip().upper()
        for block in calendar.blocks:
            if block.name == "VEVENT":
                title = one_line(block.text("SUMMARY"))[:MAX_SUBJECT]
                try:
                    self.events.append(_Event(block, zones, self.notices, title).read(method))
                except _Broken as broken:
                    self.faults.append(Fault(block.line, title, broken.reason))
                except ics_rules.NoRule as broken:
                    self.faults.append(Fault(block.line, title, broken.reason))
            elif block.name != "VTIMEZONE":
                self.others += 1


class _Event:
    """One event while it is read."""

    def __init__(self, block: Block, zones: Zones, notices: list[Fault], title: str) -> None:
        self.block, self.zones, self.title = block, zones, title
        self.notices = notices

    def notice(self, reason: Text) -> None:
        if not any(n.line == self.block.line and n.reason == reason for n in self.notices):
            self.notices.append(Fault(self.block.line, self.title, reason))

    def read(self, method: str) -> IcsEvent:
        block = self.block
        if not block.ended:
            raise _Broken(Text("it has no end (END:VEVENT): the file may be cut off."))
        purpose = Method(method) if method in set(Method) else Method.PUBLISH
        status = block.text("STATUS").strip().upper()
        stamp = self._instant(block.first("DTSTAMP"))
        event = IcsEvent(
            uid=one_line(block.text("UID"))[:255],
            summary=self.title,
            sequence=whole(block.text("SEQUENCE")),
            organizer=who_of(block.first("ORGANIZER")),
            attendees=self._attendees(),
            status=Status(status) if status in set(Status) else Status.CONFIRMED,
            private=block.text("CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL"),
            busy=block.text("TRANSP").strip().upper() != "TRANSPARENT",
            location=one_line(block.text("LOCATION"))[:MAX_LOCATION],
            description=sanitise(block.text("DESCRIPTION")).strip()[:MAX_BODY],
            method=purpose,
            stamp=stamp,
            line=block.line,
            **self._when(stamp, cancelled=purpose is Method.CANCEL),
        )
        if not event.uid:
            event = replace(event, uid=made_uid(event))
            self.notice(Text("it has no UID: it is known by its title and time alone."))
        return replace(event, remind_minutes=self._reminder(event))

    # --- when -----------------------------------------------------------------------------------------------

    def _when(self, stamp: datetime | None, *, cancelled: bool) -> dict[str, Any]:
        begun = self.block.first("DTSTART")
        named = self.block.first("RECURRENCE-ID")
        if begun is None and cancelled and (named is not None or stamp is not None):
            begun = named or self.block.first("DTSTAMP")  # a cancellation may leave out when it was
        if begun is None:
            raise _Broken(Text("it does not say when it begins (DTSTART)."))
        start = self._moment(begun, begun.raw)
        raw = self.block.text("RRULE")
        self._no_two_rules()
        end = self._end(start)
        repeats = bool(raw or self.block.first("RDATE"))
        zone = start.zone
        if zone is None:
            if repeats:
                raise _Broken(
                    Text(
                        "its time zone “{zone}” is like none that is known.",
                        {"zone": begun.params["TZID"][:80]},
                    )
                )
            zone = self.zones.own.key
        elif zone == "UTC" and not repeats:
            zone = self.zones.usual.key
        clock = ZoneInfo(zone)
        when = self._span(start, end, clock)
        all_day = bool(when["all_day"])
        rule = ""
        if raw:
            first = start.local or datetime.combine(start.day, time())
            if all_day:
                first = datetime.combine(first.date(), time())
            rule = ics_rules.checked(raw, first, clock, all_day=all_day)
        added = self._added(clock, start, all_day=all_day)
        return {
            **when,
            "zone": zone,
            "rrule": rule or (_ONCE if added else ""),
            "exdates": tuple(sorted({self._day(p, clock) for p in self._dates("EXDATE")})),
            "rdates": added,
            "recurrence": self._recurrence(named),
        }

    def _no_two_rules(self) -> None:
        if sum(1 for _ in self.block.all("RRULE")) > 1 or self.block.first("EXRULE") is not None:
            raise _Broken(Text("it has several rules of repetition, which cannot be carried out as one."))

    def _span(self, start: _Moment, end: _Moment, clock: ZoneInfo) -> dict[str, Any]:
        if (start.at is None) != (end.at is None):
            raise _Broken(Text("it begins with an hour and ends without one, or the other way round."))
        if start.at is None or end.at is None:
            last = max(start.day, end.day - _ONE_DAY)
            if end.day < start.day:
                raise _Broken(Text("it ends before it begins."))
            if (last - start.day).days >= LONGEST_DAYS:
                raise _Broken(Text("it lasts longer than a year: that is leave, and belongs in a calendar."))
            return {"all_day": True, "first_on": start.day, "last_on": last}
        if end.at < start.at:
            raise _Broken(Text("it ends before it begins."))
        first, last = start.at.astimezone(clock), end.at.astimezone(clock)
        if end.at - start.at > LONGEST:
            self.notice(Text("it lasts longer than a week: it is taken in as whole days."))
            return self._span(
                _Moment(first.date(), None, None, clock.key),
                _Moment(
                    last.date() + (_ONE_DAY if last.time() != time() else timedelta()),
                    None,
                    None,
                    None,
                ),
                clock,
            )
        ends_on = (last - timedelta(microseconds=1)).date() if last > first else last.date()
        return {
            "all_day": False,
            "first_on": first.date(),
            "last_on": max(first.date(), ends_on),
            "start": start.at,
            "end": end.at,
        }

    def _end(self, start: _Moment) -> _Moment:
        ended = self.block.first("DTEND")
        if ended is not None:
            return self._moment(ended, ended.raw, last=_BEHIND)
        lasts = self.block.text("DURATION").strip()
        if not lasts:
            return start if start.at is not None else start._replace(day=start.day + _ONE_DAY)
        length = duration(lasts)
        if length is None or length < timedelta():
            raise _Broken(Text("its length “{length}” cannot be read.", {"length": lasts[:40]}))
        if start.at is None:
            if length % _ONE_DAY:
                raise _Broken(Text("it begins with an hour and ends without one, or the other way round."))
            return start._replace(day=start.day + max(length, _ONE_DAY))
        try:
            return start._replace(at=start.at + length)
        except OverflowError:
            raise _Broken(_far()) from None

    def _moment(self, p: Property, raw: str, last: date = _LAST) -> _Moment:
        """What a property says, on its clock; `_Broken` if it says none, or one after `last`."""
        match = _MOMENT.fullmatch(raw.strip())
        if match is None or not p.whole:
            raise _Broken(
                Text("its date “{value}” ({name}) cannot be read.", {"value": raw[:40], "name": p.name})
            )
        year, month, day, hour, minute, second, utc = match.groups()
        try:
            on = date(int(year), int(month), int(day))
            clock = (int(hour), int(minute), min(int(second or 0), 59)) if hour else None
            local = datetime.combine(on, time(*clock)) if clock is not None else None
        except ValueError:
            raise _Broken(
                Text("its date “{value}” ({name}) cannot be read.", {"value": raw[:40], "name": p.name})
            ) from None
        if not _FIRST <= on <= last:
            raise _Broken(_far())
        if local is None or p.params.get("VALUE", "").upper() == "DATE":
            return _Moment(on, None, None, self.zones.own.key)
        if utc:
            return _Moment(on, local, local.replace(tzinfo=UTC), "UTC")
        tzid = p.params.get("TZID", "")
        if not tzid:
            zone = self.zones.usual
            return _Moment(on, local, local.replace(tzinfo=zone).astimezone(UTC), zone.key, floating=True)
        named = self.zones.of(tzid, on.year)
        if named is None:
            zone = self.zones.usual
            self.notice(
                Text(
                    "its time zone “{zone}” is not known: its hours are taken as of {own}.",
                    {"zone": one_line(tzid)[:80], "own": zone.key},
                )
            )
            return _Moment(on, local, local.replace(tzinfo=zone).astimezone(UTC), zone.key)
        return _Moment(on, local, local.replace(tzinfo=named.tz).astimezone(UTC), named.name)

    def _instant(self, p: Property | None) -> datetime | None:
        try:
            found = self._moment(p, p.raw) if p is not None else None
        except _Broken:
            return None
        return found.at if found is not None else None

    # --- the occurrences of a series ------------------------------------------------------------------------

    def _dates(self, name: str) -> list[_Moment]:
        """The points of a list, over all its lines; what is no date at all is told and left out."""
        found: list[_Moment] = []
        for p in self.block.all(name):
            for raw in p.raw.split(",")[:_MOST_DATES]:
                if not raw.strip():
                    continue
                try:
                    found.append(self._moment(p, raw.split("/")[0]))  # a period begins where it begins
                except _Broken as broken:
                    self.notice(broken.reason)
        return found[:_MOST_DATES]

    def _day(self, moment: _Moment, clock: ZoneInfo) -> date:
        return moment.at.astimezone(clock).date() if moment.at is not None else moment.day

    def _added(self, clock: ZoneInfo, start: _Moment, *, all_day: bool) -> tuple[date | datetime, ...]:
        """The occurrences beside the rule; one on the day of the first is the first."""
        found: dict[date, date | datetime] = {}
        for moment in self._dates("RDATE"):
            day = self._day(moment, clock)
            if day == self._day(start, clock):
                continue
            if all_day:
                found[day] = day
            elif moment.at is not None:
                found[day] = moment.at
            elif start.local is not None:
                found[day] = datetime.combine(day, start.local.time(), clock).astimezone(UTC)
        return tuple(found[day] for day in sorted(found))

    def _recurrence(self, named: Property | None) -> date | datetime | None:
        if named is None:
            return None
        if named.params.get("RANGE", "").upper() == "THISANDFUTURE":
            self.notice(Text("it changes all later ones, too; only this one is changed."))
        moment = self._moment(named, named.raw)
        return moment.at if moment.at is not None else moment.day

    # --- who, and the bell ----------------------------------------------------------------------------------

    def _attendees(self) -> tuple[Who, ...]:
        found: dict[str, Who] = {}
        for p in self.block.all("ATTENDEE"):
            who = who_of(p)
            if who is not None and p.params.get("CUTYPE", "").upper() not in ("ROOM", "RESOURCE"):
                found.setdefault(who.address, who)
            if len(found) == MAX_ATTENDEES:
                self.notice(Text("it has more than 100 attendees: the others are left out."))
                break
        return tuple(found.values())

    def _reminder(self, event: IcsEvent) -> int | None:
        """Minutes before the beginning of the first bell that is not after it."""
        for alarm in (b for b in self.block.blocks if b.name == "VALARM"):
            trigger = alarm.first("TRIGGER")
            if trigger is None:
                continue
            lead = duration(trigger.raw.strip())
            if lead is not None and trigger.params.get("RELATED", "").upper() == "END":
                lead += event.end - event.start if event.start and event.end else timedelta()
            if lead is None:
                at = self._instant(trigger)
                lead = at - event.start if at is not None and event.start is not None else None
            if lead is not None and -_EARLIEST_REMINDER <= (minutes := lead // timedelta(minutes=1)) <= 0:
                return -minutes
        return None


def _far() -> Text:
    return Text("its date lies before 1900 or after 2199.")
