"""The rules of distances: three days ahead, in two hours, three days ago.

Days and longer give a civil date; hours and minutes an exact moment, also after hours.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crm_tui.domain.when_atoms import Atom, Broken, Day, DaySort, Exact, Rule, Said, rule
from crm_tui.domain.when_days import add_months
from crm_tui.domain.when_types import YEARS_AHEAD, Reason, World

_FAR = timedelta(days=366 * YEARS_AHEAD)
_UNIT_DAYS = {"DAY": 1, "WORK": 1, "WORKDAYS": 1, "WEEK": 7, "MONTHS": 28, "YEAR": 365}


def _span(said: Said) -> str:
    """The unit that was said; days unless one was (`+3`). "Business day" is one unit, not a day."""
    for unit in ("WORK", "WORKDAYS", "WEEK", "MONTHS", "YEAR"):
        if said.has(unit):
            return unit
    return "DAY"


def _counted(said: Said, world: World, sign: int) -> Day | Broken:
    unit, count = _span(said), said.count()
    if not count:
        return said.broken()
    if count * _UNIT_DAYS[unit] > _FAR.days:  # before the arithmetic: dates end with the year 9999
        return said.broken(Reason.TOO_FAR)
    if unit in ("WORK", "WORKDAYS"):
        return said.day(world.calendar.add_working_days(world.today, sign * count))
    if unit in ("MONTHS", "YEAR"):
        return said.day(add_months(world.today, sign * count * (12 if unit == "YEAR" else 1)))
    return said.day(world.today + timedelta(days=sign * count * _UNIT_DAYS[unit]))


def _ahead(said: Said, world: World) -> Day | Broken:
    return _counted(said, world, 1)


def _ago(said: Said, world: World) -> Atom:
    if said.has("HOUR", "MIN"):
        return _instant(said, world, -_length(said))
    return _counted(said, world, -1)


def _next_working_day(said: Said, world: World) -> Day:
    return said.day(world.calendar.next_working_day(world.today), sort=DaySort.LOOSE)


def _length(said: Said) -> timedelta:
    """The length of hours and minutes that was said."""
    clocks = said.find("HCLOCK")
    if clocks:
        hours, minutes = clocks[0].parts
        return timedelta(hours=hours, minutes=minutes)
    half = said.has("MEIA", "HALF")
    if half and not said.has("AND"):
        return timedelta(minutes=30)
    if said.has("MIN"):
        return timedelta(minutes=said.count())
    return timedelta(hours=said.count(), minutes=30 if half else 0)


def _shifted(world: World, length: timedelta) -> datetime:
    """Now and so much more, counted as instants where the zone is known: an hour over a clock change."""
    if world.zone is None:
        moment = world.now + length
    else:
        instant = world.now.replace(tzinfo=world.zone).astimezone(UTC) + length
        moment = instant.astimezone(world.zone).replace(tzinfo=None)
    return moment.replace(second=0, microsecond=0)


def _instant(said: Said, world: World, length: timedelta) -> Exact | Broken:
    if not length:
        return said.broken()
    if abs(length) > _FAR:
        return said.broken(Reason.TOO_FAR)
    return Exact(said.start, said.end, (_shifted(world, length),))


def _in_hours(said: Said, world: World) -> Exact | Broken:
    return _instant(said, world, _length(said))


def _m(said: Said, world: World) -> Exact | Broken:
    """`+30m`: minutes or months? Refused with both."""
    count = said.count()
    if not count:
        return said.broken()
    minutes = _shifted(world, timedelta(minutes=count))
    months = (add_months(world.today, count),) if count <= 12 * YEARS_AHEAD else ()
    return Exact(said.start, said.end, (minutes, *months))


_IN = "(EM|IN|PLUS|DAQUI A?|DENTRO DE)"
_COUNT = "(NUM|NUM4|DEZ)"
_DAYS = "(DAY WORK|WORK DAY|DAY|WORKDAYS|WEEK|MONTHS|YEAR)"
_TIME = "(HOUR|MIN)"

OFFSET_RULES: tuple[Rule, ...] = (
    rule(f"{_IN}? {_COUNT} {_DAYS} | {_IN} A {_DAYS} | PLUS {_COUNT}", _ahead),
    rule("NEXT (DAY WORK|WORK DAY)", _next_working_day),
    rule(f"{_IN} ({_COUNT}|A) HOUR (AND (MEIA|A HALF))? | {_IN} ({_COUNT}|A) MIN", _in_hours),
    rule(f"{_IN} HCLOCK MIN? | {_IN} MEIA HOUR | {_IN} A? HALF A? HOUR", _in_hours),
    rule(f"{_IN}? {_COUNT} M", _m),
    rule(f"(HA|MINUS) ({_COUNT}|A) ({_DAYS}|{_TIME}) (BACK|AGO)?", _ago),
    rule(f"({_COUNT}|A) ({_DAYS}|{_TIME}) (BACK|AGO)", _ago),
)
