"""Appointments as a calendar file: what other programs read without a warning, and our own reader as the same facts.

The same events give the same bytes. Knows neither the store nor who may see what: it writes what it is given.
(X36, T61)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.agenda import Response
from crm_tui.domain.ics import IcsEvent, Method, Who
from crm_tui.domain.recurring import parts, until_of

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

PRODUCT: Final = "-//crm_tui//Agenda//EN"
FEED: Final = "X-CRM-TUI-FEED"
"""Which feed a file is, so that it is only ever written over by the same one."""
AHEAD: Final = 10
"""Years that the zone of a series without an end is written out for."""
_ONE_DAY = timedelta(days=1)
_ANSWERS: Final = {
    Response.NONE: "NEEDS-ACTION",
    Response.ACCEPTED: "ACCEPTED",
    Response.TENTATIVE: "TENTATIVE",
    Response.DECLINED: "DECLINED",
}


def write(
    events: Iterable[IcsEvent],
    stamp: datetime,
    *,
    name: str = "",
    feed: str = "",
    method: Method | None = None,
) -> bytes:
    """The file: `stamp` (aware) is when it was made, for events without a stamp of their own; `name` is what a calendar
    program calls it, `feed` marks a feed."""
    from icalendar import Calendar

    ordered = sorted(events, key=_place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
    if feed:
        calendar.add(FEED, feed)
    _add_zones(calendar, ordered)
    for event in ordered:
        calendar.add_component(_event(event, ordered, stamp))
    return bytes(calendar.to_ical())


def feed_of(content: bytes) -> str | None:
    """Which feed a file is by its own word; None if it is no feed of this program."""
    head = content[:4096].replace(b"\r\n ", b"").splitlines()
    if b"PRODID:" + PRODUCT.encode() not in head:
        return None
    mark = FEED.encode() + b":"
    return next(
        (line.removeprefix(mark).decode("utf-8", "replace") for line in head if line.startswith(mark)), None
    )


def _place(event: IcsEvent) -> tuple[Any, ...]:
    """By day, whole days first, then by hour; the occurrences of a series behind it."""
    begun = event.start.astimezone(UTC).isoformat() if event.start is not None else ""
    return (event.first_on, begun, event.uid, event.recurrence is not None, str(event.recurrence or ""))


def _event(event: IcsEvent, all_of_them: Sequence[IcsEvent], stamp: datetime) -> Event:
    from icalendar import Event

    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", (event.stamp or stamp).astimezone(UTC).replace(microsecond=0))
    made.add("sequence", event.sequence)
    if event.all_day:
        made.add("dtstart", event.first_on)
        made.add("dtend", event.last_on + _ONE_DAY)
    else:
        assert event.start is not None
        series = bool(event.rrule or event.rdates)
        made.add("dtstart", _moment(event.start, event.zone, series=series))
        made.add("dtend", _moment(event.end or event.start, event.zone, series=False))
    if event.rrule:
        from icalendar.prop import vRecur

        made.add("rrule", vRecur.from_ical(event.rrule))
    for day in event.exdates:
        made.add("exdate", _left_out(event, day))
    for moment in event.rdates:
        made.add(
            "rdate", _moment(moment, event.zone, series=False) if isinstance(moment, datetime) else moment
        )
    if event.recurrence is not None:
        at = event.recurrence
        made.add("recurrence-id", _moment(at, event.zone, series=False) if isinstance(at, datetime) else at)
    made.add("summary", event.summary)
    if event.location:
        made.add("location", event.location)
    if event.description:
        made.add("description", event.description)
    made.add("status", event.status.value)
    made.add("class", "PRIVATE" if event.private else "PUBLIC")
    made.add("transp", "OPAQUE" if event.busy else "TRANSPARENT")
    _add_people(made, event)
    if event.remind_minutes is not None:
        _add_bell(made, event)
    return made


def _moment(at: datetime, zone: str, *, series: bool) -> datetime:
    """An instant on its clock. One that the clock cannot name, because its hour came twice, is written in UTC, but for
    the first of a series, whose rule counts on the clock."""
    local = at.astimezone(ZoneInfo(zone)).replace(microsecond=0)
    if zone in ("UTC", "Etc/UTC") or (local.fold and not series):
        return at.astimezone(UTC).replace(microsecond=0)
    return local.replace(fold=0)


def _left_out(event: IcsEvent, day: date) -> date | datetime:
    """An occurrence that does not take place: its day, at the hour of the series."""
    if event.all_day or event.start is None:
        return day
    clock = ZoneInfo(event.zone)
    moment = datetime.combine(day, event.start.astimezone(clock).time(), clock)
    return moment.astimezone(UTC) if event.zone in ("UTC", "Etc/UTC") else moment.replace(fold=0)


def _add_people(made: Event, event: IcsEvent) -> None:
    if event.organizer is not None:
        made.add("organizer", _address(event.organizer), encode=False)
    for who in event.attendees:
        address = _address(who)
        address.params["PARTSTAT"] = _ANSWERS[who.response]
        address.params["ROLE"] = "REQ-PARTICIPANT"
        made.add("attendee", address, encode=False)


def _address(who: Who) -> Any:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{who.address}")
    if who.name:
        address.params["CN"] = who.name.replace('"', "'").replace("\\", "/")
    return address


def _add_bell(made: Event, event: IcsEvent) -> None:
    from icalendar import Alarm

    bell = Alarm()
    bell.add("action", "DISPLAY")
    bell.add("description", event.summary or "-")
    bell.add("trigger", -timedelta(minutes=event.remind_minutes or 0))
    made.add_component(bell)


# --- zones ------------------------------------------------------------------------------------------------------


class _Turn(NamedTuple):
    """A zone's clock set to another offset: when, on the clock before it, and the clock's name from then on."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def _add_zones(calendar: Calendar, events: Sequence[IcsEvent]) -> None:
    years: dict[str, tuple[int, int]] = {}
    for event in events:
        if event.all_day or event.zone in ("UTC", "Etc/UTC"):
            continue
        added = [d.year for d in event.rdates]
        until = parts(event.rrule).get("UNTIL")
        ahead = [event.last_on.year + AHEAD] if event.rrule and until is None else []
        if until is not None:
            ahead = [min(until_of(until, UTC).year, event.last_on.year + 4 * AHEAD)]
        low, high = years.get(event.zone, (event.first_on.year, event.last_on.year))
        years[event.zone] = (min(low, event.first_on.year), max(high, event.last_on.year, *added, *ahead))
    for zone in sorted(years):
        calendar.add_component(_zone(zone, *years[zone]))


def _zone(name: str, first: int, last: int) -> Timezone:
    """The zone between two years, each change by its date: history is no rule. The library could write it, too, but
    tells the start of summer time an hour late."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    made = Timezone()
    made.add("tzid", name)
    groups: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for turn in _turns(name, first, last):
        groups.setdefault((turn.before, turn.after, turn.name, turn.summer), []).append(turn.local)
    for (before, after, called, summer), moments in groups.items():
        part: Any = TimezoneDaylight() if summer else TimezoneStandard()
        part.add("dtstart", moments[0])
        for moment in moments[1:]:
            part.add("rdate", moment)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", called)
        made.add_component(part)
    return made


@lru_cache(maxsize=64)
def _turns(name: str, first: int, last: int) -> tuple[_Turn, ...]:
    """How the clock stands at the beginning of the year before the first, and each change until the end of the last."""
    zone = ZoneInfo(name)
    begun = datetime(first - 1, 1, 1, tzinfo=UTC)
    found = [_turn(zone, begun, begun)]
    at, end = begun, datetime(last + 1, 1, 2, tzinfo=UTC)
    while at < end:
        after = at + 7 * _ONE_DAY
        if _stands(zone, at) != _stands(zone, after):
            found += _turns_between(zone, at, after)
        at = after
    return tuple(found)


def _stands(zone: ZoneInfo, at: datetime) -> tuple[timedelta | None, str | None, bool]:
    local = at.astimezone(zone)
    return local.utcoffset(), local.tzname(), bool(local.dst())


def _turns_between(zone: ZoneInfo, low: datetime, high: datetime) -> Iterator[_Turn]:
    """The change between two instants a week apart; a zone that changes twice in a week is told by the last one."""
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle <= low:
            break
        if _stands(zone, middle) == _stands(zone, high):
            high = middle
        else:
            low = middle
    yield _turn(zone, low, high)


def _turn(zone: ZoneInfo, before: datetime, at: datetime) -> _Turn:
    offset, _, _ = _stands(zone, before)
    to, name, summer = _stands(zone, at)
    assert offset is not None
    assert to is not None
    return _Turn((at + offset).replace(tzinfo=None), offset, to, name or "-", summer)
