"""The rules of days: how each way of naming one is written, and which day it is.

Calendar arithmetic only; whether the moment has passed and what goes with what is decided in `when_settle`.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from crm_tui.domain.when_atoms import Broken, Day, DaySort, Rule, Said, rule
from crm_tui.domain.when_echo import month_name
from crm_tui.domain.when_types import Reason, World
from crm_tui.i18n import Text

FAR_DAYS = 270
"""A day without a year is at most this far ahead: further, and the one just gone was meant."""

_LAST_YEAR = 9_000  # so that no sum below runs over the end of the calendar (9999)
_LEAP_GAP = 9  # years; 29 February comes back within eight, even over 2100


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_of(day: date, ahead: int) -> tuple[int, int]:
    """Year and month, so many months ahead of the day's."""
    years, month = divmod(day.month - 1 + ahead, 12)
    return day.year + years, month + 1


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day number; in a shorter month its last day."""
    year, month = _month_of(day, months)
    return _date(year, month, day.day) or _last_day(year, month)


def _yearly(month: int, day: int, start: date) -> tuple[date, ...]:
    """The first such day of the year not before `start`; none if no year has it."""
    years = range(start.year, start.year + _LEAP_GAP)
    return tuple(each for year in years if (each := _date(year, month, day)) and each >= start)[:1]


def _monthly(number: int, start: date) -> tuple[date, ...]:
    """The first day of that number not before `start`; two months in a row never both lack it."""
    months = (_month_of(start, ahead) for ahead in range(4))
    return tuple(each for y, m in months if (each := _date(y, m, number)) and each >= start)[:1]


def _no_such_day(said: Said, world: World, year: int, month: int, day: int, other: tuple[date, ...]) -> Day:
    """Refused: offered are the month's last day and the next day that the words may have meant."""
    name = month_name(month, world.language)
    if (month, day) == (2, 29):
        note = Text("{month} {year} has no day {day}", {"month": name, "year": year, "day": day})
    else:
        note = Text("{month} has no day {day}", {"month": name, "day": day})
    days = (_last_day(year, month), *other)
    return Day(said.start, said.end, DaySort.DEFINITE, days, (), Reason.NO_SUCH_DATE, note)


# Rules 1 to 5: days by name


def _today(said: Said, world: World) -> Day:
    return said.day(world.today, later=(world.tomorrow,))


def _tomorrow(said: Said, world: World) -> Day:
    return said.day(world.today + timedelta(days=2 if said.has("AFTER") else 1))


def _yesterday(said: Said, world: World) -> Day:
    return said.day(world.today - timedelta(days=1))


def _weekday(said: Said, world: World) -> Day:
    ahead = (said.find("WEEKDAY")[0].value - world.today.weekday() - 1) % 7 + 1
    if world.past:
        ahead = ahead - 7 or -7
    return said.day(world.today + timedelta(days=ahead), sort=DaySort.WEEKDAY)


def _this_weekday(said: Said, world: World) -> Day:
    day = monday(world.today) + timedelta(days=said.find("WEEKDAY")[0].value)
    return said.day(day, sort=DaySort.LOOSE, later=(day + timedelta(days=7),))


def _next_weekday(said: Said, world: World) -> Day:
    weekday = said.find("WEEKDAY")[0].value
    first = world.today + timedelta(days=(weekday - world.today.weekday() - 1) % 7 + 1)
    next_week = monday(world.today) + timedelta(days=7 + weekday)
    return said.day(*dict.fromkeys((first, next_week)), sort=DaySort.LOOSE)


# Rules 6 and 7: weeks (working days count)


def _next_week(said: Said, world: World) -> Day:
    start = monday(world.today) + timedelta(days=7)
    return said.day(world.calendar.working_day_from(start), sort=DaySort.NEXT_WEEK)


def _week_end(said: Said, world: World) -> Day:
    sunday = monday(world.today) + timedelta(days=13 if said.has("NEXT", "QUE") else 6)
    last = world.calendar.working_day_until(sunday)
    after = world.calendar.working_day_until(sunday + timedelta(days=7))
    if last < world.today and not world.past:
        return said.day(after, sort=DaySort.LOOSE)
    return said.day(last, sort=DaySort.LOOSE, later=(after,))


def _weekend(said: Said, world: World) -> Day:
    days = (world.today + timedelta(days=(weekday - world.today.weekday()) % 7) for weekday in (5, 6, 4))
    return Day(said.start, said.end, DaySort.LOOSE, tuple(days), (), Reason.AMBIGUOUS)


# Rules 8, 9 and 22: dates


def _with_year(said: Said, world: World, year: int, month: int, day: int) -> Day | Broken:
    if not 1 <= month <= 12 or not 1 <= day <= 31 or year < 1:
        return said.broken(Reason.NO_SUCH_DATE)
    if year > _LAST_YEAR:
        return said.broken(Reason.TOO_FAR)
    value = _date(year, month, day)
    if value is None:
        return _no_such_day(said, world, year, month, day, ())
    return said.day(value, later=_yearly(month, day, max(world.today, value + timedelta(days=1))))


def _without_year(said: Said, world: World, month: int, day: int) -> Day | Broken:
    today = world.today
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return said.broken(Reason.NO_SUCH_DATE)
    this_year = (
        (month, day) <= (today.month, today.day) if world.past else (month, day) >= (today.month, today.day)
    )
    year = today.year if this_year else today.year + (-1 if world.past else 1)
    value = _date(year, month, day)
    if value is None:
        last = _last_day(year, month)
        other = _yearly(month, day, last) or (last + timedelta(days=1),)
        return _no_such_day(said, world, year, month, day, other)
    if (value - today).days > FAR_DAYS and value.year != today.year:
        gone = _date(today.year, month, day)
        if gone is None:
            return Day(said.start, said.end, DaySort.DEFINITE, (value,), (), Reason.PAST)
        return said.day(gone, later=(value,))
    return said.day(value, later=_yearly(month, day, value + timedelta(days=1)))


def _numeric(said: Said, world: World) -> Day | Broken:
    first, second, *year = said.find("DATE", "DOTTED")[0].parts
    readings = [(first, second)]
    if world.language == "en":
        swapped = [(first, second), (second, first)]
        readings = [pair for pair in dict.fromkeys(swapped) if pair[1] <= 12] or readings

    def dated(day: int, month: int) -> Day | Broken:
        if not year:
            return _without_year(said, world, month, day)
        return _with_year(said, world, year[0] + (2000 if year[0] < 100 else 0), month, day)

    days = [dated(*reading) for reading in readings]
    if len(days) == 1 and isinstance(days[0], Broken) and 1 <= first <= 12:
        # 11/15 in Portuguese: the day comes first, so there is no such date; the other order is offered
        other = dated(second, first)
        if isinstance(other, Day) and other.reason is None:
            offered = tuple(day for day in (*other.days, *other.later) if day >= world.today)[:1]
            return Day(said.start, said.end, DaySort.DEFINITE, offered, (), Reason.NO_SUCH_DATE)
    if len(days) == 1:
        return days[0]
    fine = [day for day in days if isinstance(day, Day)]
    later = tuple((day.later or day.days)[0] for day in fine)
    return said.day(*(each for day in fine for each in day.days[:1]), later=later)


def _iso(said: Said, world: World) -> Day | Broken:
    year, month, day = said.find("ISO")[0].parts
    return _with_year(said, world, year, month, day)


def _named(said: Said, world: World) -> Day | Broken:
    """`15 de março`, `nov 30`, `3 ago 2027`."""
    month, years = said.month(), said.find("NUM4")
    # In "10 dez" and "dez 10" the month is the last or the first; the day is the other number.
    named = said.find("MONTH", "DEZ", "AGO")[-1]
    number = next(token for token in said.numbers() if token is not named and token.kind != "NUM4")
    day = 10 if number.kind == "DEZ" else number.value
    if years:
        return _with_year(said, world, years[0].value, month, day)
    return _without_year(said, world, month, day)


# Rules 10 to 14: days of a month


def _numbered(said: Said, world: World) -> Day | Broken:
    number, today = said.count(), world.today
    if not 1 <= number <= 31:
        return said.broken(Reason.NO_SUCH_DATE)
    if said.has("NEXT", "QUE"):
        ahead = 1
    elif world.past:
        ahead = 0 if number <= today.day else -1
    else:
        ahead = 0 if number >= today.day else 1
    year, month = _month_of(today, ahead)
    value = _date(year, month, number)
    if value is None:
        return _no_such_day(said, world, year, month, number, _monthly(number, _last_day(year, month)))
    return said.day(value, later=_monthly(number, value + timedelta(days=1)))


def _month_end(said: Said, world: World) -> Day:
    def last(ahead: int) -> date:
        return world.calendar.working_day_until(_last_day(*_month_of(world.today, ahead)))

    ahead = 1 if said.has("NEXT", "QUE") else 0
    if last(ahead) < world.today and not world.past:
        ahead += 1
    return said.day(last(ahead), sort=DaySort.LOOSE, later=(last(ahead + 1),))


def _calendar_month_end(said: Said, world: World) -> Day:
    ahead = 1 if said.has("NEXT", "QUE") else 0
    value, after = (_last_day(*_month_of(world.today, each)) for each in (ahead, ahead + 1))
    return said.day(value, later=(after,))


def _year_end(said: Said, world: World) -> Day:
    this, after, third = (
        world.calendar.working_day_until(date(world.today.year + ahead, 12, 31)) for ahead in range(3)
    )
    if this < world.today and not world.past:
        return said.day(after, sort=DaySort.LOOSE, later=(third,))
    return said.day(this, sort=DaySort.LOOSE, later=(after,))


def _next_month(said: Said, world: World) -> Day:
    first = date(*_month_of(world.today, 1), 1)
    return said.day(world.calendar.working_day_from(first), sort=DaySort.LOOSE)


def _in_month(said: Said, world: World) -> Day | Broken:
    today, month, years = world.today, said.month(), said.find("NUM4")
    year = years[0].value if years else today.year + (month < today.month)
    if not 1 <= year <= _LAST_YEAR:
        return said.broken(Reason.TOO_FAR if year else Reason.NO_SUCH_DATE)
    first = world.calendar.working_day_from(date(year, month, 1))
    last = world.calendar.working_day_until(_last_day(year, month))
    if (year, month) == (today.year, today.month):
        days = (last, world.calendar.working_day_from(date(year + 1, month, 1)))
    elif not said.has("EM", "IN"):
        days = (first, last)  # a month alone: its beginning or its end?
    else:
        return said.day(first, sort=DaySort.LOOSE)
    return Day(said.start, said.end, DaySort.LOOSE, days, (), Reason.AMBIGUOUS)


def _nth_working_day(said: Said, world: World) -> Day | Broken:
    count = said.count()
    if not 1 <= count <= 31:
        return said.broken(Reason.NO_SUCH_DATE)

    def nth(ahead: int) -> date | None:
        year, month = _month_of(world.today, ahead)
        first = world.calendar.working_day_from(date(year, month, 1))
        day = world.calendar.add_working_days(first, count - 1)
        return day if (day.year, day.month) == (year, month) else None

    ahead = 1 if said.has("NEXT", "QUE") else 0
    value = nth(ahead)
    if value is not None and value < world.today and not world.past:
        ahead, value = ahead + 1, nth(ahead + 1)
    if value is None:
        last = world.calendar.working_day_until(_last_day(*_month_of(world.today, ahead)))
        return Day(said.start, said.end, DaySort.LOOSE, (last,), (), Reason.NO_SUCH_DATE)
    after = nth(ahead + 1)
    return said.day(value, sort=DaySort.LOOSE, later=(after,) if after else ())


def _after_holiday(said: Said, world: World) -> Day:
    """The first working day after the next holiday that falls on a day otherwise worked, today included."""
    calendar = world.calendar
    ahead = [
        day
        for day in calendar.exceptions
        if day >= world.today and calendar.is_holiday(day) and calendar.weekly[day.weekday()]
    ]
    if not ahead:
        note = Text("The working calendar has no holiday ahead.")
        return Day(said.start, said.end, DaySort.LOOSE, (), (), Reason.NO_SUCH_DATE, note)
    day, name = calendar.next_working_day(min(ahead)), calendar.holiday_name(min(ahead))
    return Day(said.start, said.end, DaySort.LOOSE, (day,), holiday=name)


_OF = "(DE|DA|OF)"
_NEXT_WEEK = "(WEEK QUE VEM|NEXT WEEK)"
_NEXT_MONTH = "(MONTHS QUE VEM|NEXT MONTHS)"
_MONTH = "(MONTH|DEZ|AGO)"
_WORKDAY = "(DAY WORK|WORK DAY|WORKDAYS)"
_NTH = "(NUM|ORD|ORD_TH|DEZ)"

DAY_RULES: tuple[Rule, ...] = (
    rule(f"{_OF}? TODAY", _today),
    rule(f"{_OF}? TOMORROW | AFTER DE TOMORROW | THE? DAY AFTER TOMORROW", _tomorrow),
    rule("YESTERDAY", _yesterday),
    rule(f"{_OF}? WEEKDAY FEIRA?", _weekday),
    rule("THIS WEEKDAY FEIRA?", _this_weekday),
    rule("NEXT WEEKDAY FEIRA? | WEEKDAY FEIRA? QUE VEM", _next_weekday),
    rule(f"{_OF}? {_NEXT_WEEK}", _next_week),
    rule(f"EOW | END WEEK | END (DA|OF) THE? ({_NEXT_WEEK}|WEEK)", _week_end),
    rule("WEEKEND | END DE WEEK", _weekend),
    rule("DAY? (DATE|DOTTED)", _numeric),
    rule("DAY? ISO", _iso),
    rule(f"(DAY|THE)? {_NTH} {_OF}? {_MONTH} ({_OF}? NUM4)?", _named),
    rule(f"{_MONTH} THE? (NUM|ORD|ORD_TH) NUM4?", _named),
    rule(f"DAY {_NTH} | THE (ORD|ORD_TH) | ORD_TH", _numbered),
    rule(f"DAY {_NTH} {_OF}? {_NEXT_MONTH} | THE? (ORD|ORD_TH) {_OF}? {_NEXT_MONTH}", _numbered),
    rule(f"EOM | END {_OF} THE? ({_NEXT_MONTH}|MONTHS)", _month_end),
    rule(f"LAST {_WORKDAY} {_OF} THE? ({_NEXT_MONTH}|MONTHS)", _month_end),
    rule(f"LAST DAY {_OF} THE? ({_NEXT_MONTH}|MONTHS)", _calendar_month_end),
    rule(f"EOY | END {_OF} THE? YEAR", _year_end),
    rule(f"(START {_OF} THE?)? {_NEXT_MONTH}", _next_month),
    rule(f"(EM|IN) {_MONTH} ({_OF}? NUM4)? | MONTH", _in_month),
    rule(f"(ORD|ORD_TH) {_WORKDAY} ({_OF} THE? ({_NEXT_MONTH}|MONTHS))?", _nth_working_day),
    rule(f"AFTER {_OF}? THE? HOLIDAY", _after_holiday),
)
