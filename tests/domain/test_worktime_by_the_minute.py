"""The arithmetic of working time against an oracle that looks at every minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_tui.domain.worktime import DayException, ExceptionKind, Hours, WorkCalendar, joined, less

FIRST = date(2026, 11, 16)
MINUTE = timedelta(minutes=1)


def _hours() -> st.SearchStrategy[Hours]:
    edges = st.lists(st.integers(0, 96).map(lambda n: n * 15), unique=True, max_size=6).map(sorted)
    return edges.map(lambda found: tuple(zip(found[::2], found[1::2], strict=False)))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any week, with any days that differ about the fortnight that is asked for."""
    week = tuple(draw(_hours()) for _ in range(7))
    differ = draw(
        st.dictionaries(
            st.integers(-2, 20).map(lambda n: FIRST + timedelta(days=n)),
            st.builds(DayException, st.sampled_from(ExceptionKind), st.none(), _hours() | st.just(())),
            max_size=8,
        )
    )
    return WorkCalendar(week, differ)


moments = st.integers(0, 14 * 24 * 4).map(
    lambda quarters: datetime.combine(FIRST, time()) + timedelta(minutes=15 * quarters)
)


def worked(calendar: WorkCalendar, at: datetime) -> bool:
    """Whether the minute that begins now is worked: the oracle, which knows weekdays, days that differ, no more."""
    differs = calendar.exceptions.get(at.date())
    hours = calendar.weekly[at.weekday()] if differs is None else differs.hours
    return any(a <= at.hour * 60 + at.minute < b for a, b in hours)


def counted(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """Worked minutes, one by one."""
    total, at = 0, start
    while at < end:
        total += worked(calendar, at)
        at += MINUTE
    return total


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, moments)
def test_minutes_between_are_the_minutes_that_are_worked(
    calendar: WorkCalendar, one: datetime, other: datetime
) -> None:
    start, end = min(one, other), max(one, other)
    assert calendar.minutes_between(start, end) == counted(calendar, start, end)
    assert calendar.minutes_between(end, start) == -calendar.minutes_between(start, end)


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(1, 3_000))
def test_a_deadline_is_the_first_moment_by_which_so_much_was_worked(
    calendar: WorkCalendar, start: datetime, minutes: int
) -> None:
    end = datetime.combine(FIRST + timedelta(days=16), time())
    if calendar.minutes_between(start, end) < minutes:
        return
    due = calendar.add_minutes(start, minutes)
    assert counted(calendar, start, due) == minutes
    assert worked(calendar, due - MINUTE)


@settings(max_examples=200, deadline=None)
@given(calendars(), st.integers(0, 10), st.integers(1, 6))
def test_working_days_are_counted_one_by_one(calendar: WorkCalendar, offset: int, count: int) -> None:
    day = FIRST + timedelta(days=offset)
    ahead = [day + timedelta(days=n) for n in range(1, 60)]
    works = [d for d in ahead if counted(calendar, *_bounds(d)) > 0]
    if len(works) < count:
        return
    assert calendar.add_working_days(day, count) == works[count - 1]
    assert calendar.next_working_day(day) == works[0]


def _bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time())
    return start, start + timedelta(days=1)


@given(_hours(), st.integers(0, 1439), st.integers(1, 1440))
def test_hours_without_some_and_with_more_are_the_minutes_that_they_say(
    hours: Hours, begins: int, length: int
) -> None:
    part = (begins, min(1440, begins + length))
    inside, gone = _set(hours), set(range(*part))
    assert _set(less(hours, part)) == inside - gone
    assert _set(joined(hours, part)) == inside | gone
    WorkCalendar((joined(hours, part), less(hours, part), (), (), (), (), ()))


def _set(hours: Hours) -> set[int]:
    return {minute for a, b in hours for minute in range(a, b)}
