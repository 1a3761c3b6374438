"""Working days and minutes, against counting them one by one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from when_world import CALENDAR, FEW

from crm_tui.domain.worktime import DayException, ExceptionKind, NoWorkingTime, WorkCalendar

NIGHT = WorkCalendar(weekly=(((22 * 60, 1440),), ((0, 6 * 60),), (), (), (), (), ()))
HALF_DAY = WorkCalendar(
    exceptions={
        date(2026, 11, 20): DayException(ExceptionKind.HOLIDAY, "Consciência Negra"),
        date(2026, 11, 21): DayException(ExceptionKind.WORKING, "mutirão", ((540, 720),)),
        date(2026, 11, 23): DayException(ExceptionKind.LEAVE, "médico", ((780, 1080),)),
    }
)
calendars = st.sampled_from([CALENDAR, NIGHT, HALF_DAY])
moments = st.datetimes(datetime(2026, 11, 16), datetime(2026, 12, 2))


def _is_worked(calendar: WorkCalendar, minute: datetime) -> bool:
    clock = minute.hour * 60 + minute.minute
    return any(start <= clock < end for start, end in calendar.hours(minute.date()))


def _counted(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    start = start.replace(second=0, microsecond=0)
    minutes = int((end.replace(second=0, microsecond=0) - start).total_seconds()) // 60
    return sum(_is_worked(calendar, start + timedelta(minutes=each)) for each in range(minutes))


def test_the_default_week_is_monday_to_friday_with_a_lunch_hour() -> None:
    calendar = WorkCalendar()
    week = [date(2026, 11, 16) + timedelta(days=each) for each in range(7)]
    assert [calendar.is_working_day(day) for day in week] == [True] * 5 + [False] * 2
    assert calendar.opens(week[0]) == 8 * 60
    assert calendar.closes(week[0]) == 18 * 60
    assert calendar.opens(week[5]) is None
    assert calendar.closes(week[5]) is None
    assert calendar.minutes_between(datetime(2026, 11, 16), datetime(2026, 11, 17)) == 9 * 60


def test_days_that_differ_are_told_apart() -> None:
    holiday, extra, leave = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
    assert HALF_DAY.holiday_name(holiday) == "Consciência Negra"
    assert HALF_DAY.is_holiday(holiday)
    assert not HALF_DAY.is_working_day(holiday)
    assert HALF_DAY.is_working_day(extra)
    assert HALF_DAY.holiday_name(extra) is None
    assert not HALF_DAY.is_holiday(leave)
    assert HALF_DAY.opens(leave) == 13 * 60
    assert HALF_DAY.exception(date(2026, 11, 24)) is None


def test_counting_starts_tomorrow_and_skips_holiday_and_weekend() -> None:
    thursday = date(2026, 11, 19)
    assert CALENDAR.next_working_day(thursday) == date(2026, 11, 23)
    assert CALENDAR.add_working_days(thursday, 1) == date(2026, 11, 23)
    assert CALENDAR.add_working_days(thursday, 2) == date(2026, 11, 24)
    assert CALENDAR.add_working_days(date(2026, 11, 23), -1) == thursday
    assert CALENDAR.add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)
    assert CALENDAR.working_day_from(date(2026, 11, 20)) == date(2026, 11, 23)
    assert CALENDAR.working_day_until(date(2026, 11, 22)) == thursday
    assert CALENDAR.working_day_from(thursday) == CALENDAR.working_day_until(thursday) == thursday


def test_eight_hours_over_a_holiday_and_a_weekend() -> None:
    start = datetime(2026, 11, 19, 16, 0)
    assert CALENDAR.add_minutes(start, 8 * 60) == datetime(2026, 11, 23, 15, 0)
    assert CALENDAR.minutes_between(start, datetime(2026, 11, 23, 10, 0)) == 4 * 60


def test_a_deadline_at_closing_time_is_closing_time() -> None:
    assert CALENDAR.add_minutes(datetime(2026, 11, 19, 8), 9 * 60) == datetime(2026, 11, 19, 18)
    assert CALENDAR.add_minutes(datetime(2026, 11, 19, 8), 4 * 60) == datetime(2026, 11, 19, 12)
    assert NIGHT.add_minutes(datetime(2026, 11, 16, 23), 60) == datetime(2026, 11, 17)
    assert CALENDAR.add_minutes(datetime(2026, 11, 22, 9, 30, 59), 0) == datetime(2026, 11, 22, 9, 30)


@FEW
@given(calendars, moments, st.integers(0, 2_000))
def test_minutes_between_is_the_number_of_worked_minutes(
    calendar: WorkCalendar, start: datetime, length: int
) -> None:
    end = start + timedelta(minutes=length)
    assert calendar.minutes_between(start, end) == _counted(calendar, start, end)
    assert calendar.minutes_between(end, start) == -calendar.minutes_between(start, end)


@FEW
@given(calendars, moments, st.integers(1, 5_000))
def test_adding_minutes_gives_the_first_moment_at_which_they_have_gone_by(
    calendar: WorkCalendar, start: datetime, minutes: int
) -> None:
    end = calendar.add_minutes(start, minutes)
    assert calendar.minutes_between(start, end) == minutes
    assert calendar.minutes_between(start, end - timedelta(minutes=1)) == minutes - 1


@FEW
@given(calendars, st.dates(date(2026, 11, 1), date(2026, 12, 31)), st.integers(1, 60))
def test_working_days_there_and_back(calendar: WorkCalendar, day: date, count: int) -> None:
    there = calendar.add_working_days(day, count)
    assert calendar.is_working_day(there)
    passed = [day + timedelta(days=each) for each in range(1, (there - day).days + 1)]
    assert sum(calendar.is_working_day(each) for each in passed) == count
    if calendar.is_working_day(day):
        assert calendar.add_working_days(there, -count) == day


def test_a_calendar_that_never_works_says_so_and_ends() -> None:
    never = WorkCalendar(weekly=((),) * 7)
    with pytest.raises(NoWorkingTime):
        never.next_working_day(date(2026, 11, 19))
    with pytest.raises(NoWorkingTime):
        never.add_minutes(datetime(2026, 11, 19, 9), 1)
    with pytest.raises(NoWorkingTime):
        never.working_day_until(date(1, 1, 2))
    with pytest.raises(NoWorkingTime):
        never.next_working_day(date.max)
    assert never.minutes_between(datetime(2026, 11, 1), datetime(2026, 12, 1)) == 0
    assert never.usual_hours() == ()


@pytest.mark.parametrize(
    "hours", [((600, 540),), ((480, 720), (700, 900)), ((-1, 60),), ((0, 1441),), ((60, 60),)]
)
def test_hours_that_cannot_be_are_refused(hours: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="ordered intervals"):
        WorkCalendar(weekly=(hours, (), (), (), (), (), ()))
    with pytest.raises(ValueError, match="ordered intervals"):
        WorkCalendar(exceptions={date(2026, 11, 19): DayException(ExceptionKind.WORKING, hours=hours)})


def test_a_week_has_seven_days_and_minutes_run_forwards() -> None:
    with pytest.raises(ValueError, match="seven"):
        WorkCalendar(weekly=((),) * 6)
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add_minutes(datetime(2026, 11, 19), -1)
