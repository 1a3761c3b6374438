"""The rules of times: how each way of saying an hour is written, and which moments of a day it can be."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from crm_tui.domain.when_atoms import Atom, Broken, Rule, Said, Time, TimeKind, number_of, rule
from crm_tui.domain.when_types import World

_NOON, _DAY, _HALF_HOUR = 12 * 60, 24 * 60, 30

# Part of the day: its hours on a 24-hour clock, and its end, until when it can still be meant today.
_PART_HOURS = {"morning": range(12), "afternoon": range(12, 19), "evening": range(18, 24)}
_PART_ENDS = {"morning": 12 * 60, "afternoon": 18 * 60, "late_afternoon": 18 * 60, "evening": 23 * 60}
_PARTS = {"MANHA": "morning", "MORNING": "morning", "AFTERNOON": "afternoon", "EVENING": "evening"}


def _part_of(said: Said) -> str:
    named = said.find(*_PARTS)
    return _PARTS[named[-1].kind] if named else ""


def _clock(said: Said, world: World) -> Time | Broken:
    """`14h30`, `às 9 e meia`, `2:30 pm`, `3 da tarde`, `15 pras 10`."""
    shaped, numbers = said.find("CLOCK", "HCLOCK", "DOTTED"), said.numbers()
    minute = 30 if said.has("MEIA") else 0
    if shaped:
        (hour, minute), padded = shaped[0].parts, shaped[0].padded
    elif numbers[0].kind == "NUM4":  # às 1530
        (hour, minute), padded = divmod(numbers[0].value, 100), numbers[0].value < 1000
    elif said.has("TO"):
        hour, minute, padded = number_of(numbers[1]), -number_of(numbers[0]), False
    else:
        hour, padded = number_of(numbers[0]), numbers[0].padded
        minute = number_of(numbers[1]) if len(numbers) > 1 else minute
    if hour > 23 or minute > 59 or minute < (-30 if hour else 0):
        return said.broken()
    clear = padded or not 1 <= hour <= 6
    if said.has("AM", "PM"):
        if not 1 <= hour <= 12:
            return said.broken()
        if hour == 12 and minute == 0 and said.has("AM"):
            return Time(said.start, said.end, TimeKind.MIDNIGHT)
        hour, clear = hour % 12 + (12 if said.has("PM") else 0), True
    found = Time(said.start, said.end, TimeKind.CLOCK, hour, minute, clear)
    return in_part(found, _part_of(said)) or said.broken()


def in_part(clock: Time, part: str) -> Time | None:
    """The hour within a part of the day ("3 da tarde" is 15:00); None if that part has no such hour."""
    hour = clock.hour
    if not part:
        return clock
    if hour == 12 and part == "evening" and clock.minute == 0:
        return Time(clock.start, clock.end, TimeKind.MIDNIGHT)
    shifted = hour + 12 if not clock.clear or 6 < hour < 12 else hour
    # "7 da noite" is 19:00 although 7 is clear by itself; "9 da tarde" is no hour at all.
    for each in (hour, shifted):
        if each in _PART_HOURS["afternoon" if part == "late_afternoon" else part]:
            return Time(clock.start, clock.end, clock.kind, each, clock.minute, True, days=clock.days)
    return None


def _noon(said: Said, world: World) -> Time | Broken:
    numbers = said.numbers()
    minute = number_of(numbers[0]) if numbers else 30 if said.has("MEIA") else 0
    return Time(said.start, said.end, TimeKind.CLOCK, 12, minute) if minute < 60 else said.broken()


def _midnight(said: Said, world: World) -> Time:
    return Time(said.start, said.end, TimeKind.MIDNIGHT)


def _number(said: Said, world: World) -> Time | Broken:
    """A bare number is a day or an hour: refused with both."""
    number = said.count()
    if said.has("NUM4"):
        hour, minute = divmod(number, 100)
        clear = True
    else:
        hour, minute, clear = number, 0, not 1 <= number <= 6
    days = _day_numbered(number, world) if not said.has("NUM4") else ()
    if hour > 23 or minute > 59:
        return Time(said.start, said.end, TimeKind.NUMBER, -1, days=days) if days else said.broken()
    return Time(said.start, said.end, TimeKind.NUMBER, hour, minute, clear, days=days)


def _day_numbered(number: int, world: World) -> tuple[date, ...]:
    for ahead in range(62):
        day = world.today + timedelta(days=ahead)
        if day.day == number:
            return (day,)
    return ()


def dotted_time(said: Said) -> Time | None:
    """`14.30`, which no date can be: an hour, but said like a date; None if it is no hour either."""
    hour, minute = said.find("DOTTED")[0].parts
    if hour > 23 or minute > 59:
        return None
    return Time(said.start, said.end, TimeKind.NUMBER, hour, minute)


def _part(said: Said, world: World) -> Time | Broken:
    part = _part_of(said)
    if said.has("END"):
        part = "late_afternoon"
    bare = len(said.tokens) == 1 and said.has("MANHA")
    return Time(said.start, said.end, TimeKind.PART, part=part, bare=bare)


def _today_part(said: Said, world: World) -> tuple[Atom, ...]:
    day = said.day(world.today, later=(world.tomorrow,))
    part = "evening" if said.has("TONIGHT") else _part_of(said)
    return (day, Time(said.start, said.end, TimeKind.PART, part=part))


def _opening(said: Said, world: World) -> Time | Broken:
    if said.has("THING") and said.find("ORD")[0].value != 1:
        return said.broken()
    return Time(said.start, said.end, TimeKind.OPENING)


def _closing(said: Said, world: World) -> Time:
    return Time(said.start, said.end, TimeKind.CLOSING)


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time.min) + timedelta(minutes=minutes)


def _part_moment(part: str, day: date, world: World) -> datetime:
    """The part's own hour, or the next half hour of one that has begun today and is not over."""
    moment = _at(day, getattr(world.parts, part))
    now = world.now
    if day != world.today or moment > now or now >= _at(day, _PART_ENDS[part]) or world.past:
        return moment
    minutes = now.hour * 60 + now.minute
    return _at(day, minutes - minutes % _HALF_HOUR + _HALF_HOUR)


def moments(clock: Time, day: date, world: World) -> tuple[datetime, ...]:
    """What the time can be on that day, the likeliest first. `hour` -1 of a bare number is no hour."""
    hours = world.calendar.hours(day) or world.calendar.usual_hours()
    if clock.kind is TimeKind.PART:
        return (_part_moment(clock.part, day, world),)
    if clock.kind is TimeKind.OPENING:
        return (_at(day, hours[0][0] if hours else world.parts.morning),)
    if clock.kind is TimeKind.CLOSING:
        return (_at(day, hours[-1][1] if hours else world.parts.late_afternoon),)
    if clock.kind is TimeKind.MIDNIGHT:
        return (_at(day, 0), _at(day, _DAY))
    if clock.hour < 0:
        return ()
    minutes = clock.hour * 60 + clock.minute
    return (_at(day, minutes),) if clock.clear else (_at(day, minutes + _NOON), _at(day, minutes))


_OF = "(DE|DA|OF)"
_DAY_PART = "(MANHA|MORNING|AFTERNOON|EVENING)"
_IN_PART = f"((DE|DA|A|ON|PELAS|AT|IN THE) {_DAY_PART})"
_AT = "((TO|BY)? AT|LA? PELAS|AROUND|POR VOLTA (DE|DA))"
_HOUR = "(NUM|DEZ)"
_AFTER = f"(AM|PM|{_IN_PART})?"

TIME_RULES: tuple[Rule, ...] = (
    rule(f"({_AT}|A)? (CLOCK HOUR?|HCLOCK MIN?) {_AFTER}", _clock),
    rule(f"({_AT}|A)? {_HOUR} HOUR (AND (MEIA|{_HOUR} MIN?))? {_AFTER}", _clock),
    rule(f"{_AT} ({_HOUR}|NUM4|DOTTED) {_AFTER} | {_AT} {_HOUR} AND (MEIA|{_HOUR} MIN?) {_AFTER}", _clock),
    rule(f"A? {_HOUR} AND MEIA {_AFTER} | A? ({_HOUR}|DOTTED) (AM|PM|{_IN_PART}) | DOTTED HOUR", _clock),
    rule(f"{_HOUR} MIN? TO AT? {_HOUR} HOUR? {_IN_PART}?", _clock),
    rule(f"{_AT}? (NOON|MEIO DAY) (AND (MEIA|{_HOUR}))?", _noon),
    rule(f"({_AT}|A)? (MIDNIGHT|MEIA EVENING)", _midnight),
    rule("NUM|NUM4", _number),
    rule(f"{_IN_PART} | (OF|IN)? {_DAY_PART}", _part),
    rule("END (DA|OF) THE? AFTERNOON", _part),
    rule(f"TONIGHT | THIS {_DAY_PART}", _today_part),
    rule("(DE|DA)? MANHA? EARLY | ORD THING (IN THE MORNING)?", _opening),
    rule(f"EOD | END {_OF} THE? WORK? DAY | END {_OF} OFFICE", _closing),
)
