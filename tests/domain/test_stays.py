"""How long a stay was, in calendar and in working time, and where cards wait."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.stays import (
    Spent,
    StageWait,
    Stay,
    WorkingTime,
    day_minutes,
    in_days,
    quantile,
    returned,
    slowest,
    spent,
    summed,
)
from crm_tui.domain.worktime import DayException, ExceptionKind, WorkCalendar

ZONE = ZoneInfo("America/Sao_Paulo")
HOLIDAY = date(2026, 11, 20)
CALENDAR = WorkCalendar(exceptions={HOLIDAY: DayException(ExceptionKind.HOLIDAY)})
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)


def stay(**more: Any) -> Stay:
    facts = {
        "id": 1,
        "stage_id": 7,
        "stage": "Proposta",
        "category": "open",
        "entered_at": datetime(2026, 11, 19, 12, tzinfo=UTC),  # Thursday, 9 o'clock there
        "left_at": datetime(2026, 11, 23, 13, tzinfo=UTC),  # Monday, 10 o'clock
        "due_on": None,
        "allowed": None,
        "owner": None,
        "moved_by": None,
    }
    return Stay(**(facts | more))


def test_holiday_and_weekend_are_days_but_no_work() -> None:
    found = spent(stay(), NOW, ZONE, CALENDAR)
    assert found == Spent(timedelta(days=4, hours=1), 4, (3 + 5) * 60 + 2 * 60)
    assert found is not None
    assert in_days(found.minutes, CALENDAR) == pytest.approx(600 / 540)


def test_one_that_lasts_is_told_until_now_and_how_late_it_is() -> None:
    found = spent(stay(left_at=None, due_on=date(2026, 11, 23)), NOW, ZONE, CALENDAR)
    assert found is not None
    assert (found.days, found.late) == (6, 2)
    in_time = spent(stay(due_on=date(2026, 11, 23)), NOW, ZONE, CALENDAR)
    assert in_time is not None
    assert in_time.late is None


def test_where_a_card_rests_closed_nothing_is_counted() -> None:
    assert spent(stay(category="won", left_at=None), NOW, ZONE, CALENDAR) is None


def test_a_stay_that_ends_before_it_begins_is_none_at_all() -> None:
    found = spent(stay(left_at=datetime(2026, 11, 19, 11, tzinfo=UTC)), NOW, ZONE, CALENDAR)
    assert found == Spent(timedelta(), 0, 0)


def test_stays_in_one_stage_add_up() -> None:
    one, two = Spent(timedelta(2), 2, 60, 3), Spent(timedelta(1), 1, 30)
    assert summed([one, two]) == Spent(timedelta(3), 3, 90, 3, 2)
    assert returned([(stay(), one), (stay(stage_id=8), one), (stay(), two)]) == [
        ("Proposta", summed([one, two]))
    ]


def test_a_calendar_without_hours_has_days_all_the_same() -> None:
    assert day_minutes(WorkCalendar(((),) * 7)) == 1440


@pytest.mark.parametrize(
    ("values", "share", "is_"),
    [((), 0.5, None), ((4,), 0.8, 4), ((3, 1, 2), 0.5, 2), ((1, 2, 3, 4), 0.5, 2), (range(1, 11), 0.8, 8)],
)
def test_a_share_of_values_is_one_of_them(values: Any, share: float, is_: int | None) -> None:
    assert quantile([*values], share) == is_


MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31, 23, 59))


@given(MOMENTS, MOMENTS)
def test_the_prepared_days_count_as_the_calendar_does(one: datetime, two: datetime) -> None:
    start, end = sorted((one, two))
    clock = WorkingTime(CALENDAR, date(2026, 11, 1), date(2026, 12, 31))
    assert clock.between(start, end) == CALENDAR.minutes_between(start, end)
    narrow = WorkingTime(CALENDAR, start.date(), end.date())
    assert narrow.between(start, end) == CALENDAR.minutes_between(start, end)
    assert narrow.between(start - timedelta(9), end + timedelta(9)) >= narrow.between(start, end)


def wait(stage_id: int, median: int | None, age: int | None) -> StageWait:
    return StageWait(stage_id, f"e{stage_id}", None, 1, 0, 1, median, median, age, age, None)


def test_a_stage_is_over_its_time_once_half_of_the_stays_took_longer() -> None:
    timed = wait(1, 961, None)._replace(expected_days=2)
    assert timed.over(480)
    assert not timed._replace(median=960).over(480)
    assert not timed._replace(median=None).over(480)
    assert not timed._replace(expected_days=None).over(480)


def test_the_slowest_is_told_from_what_ended_else_from_what_lasts() -> None:
    assert slowest([]) is None
    assert slowest([wait(1, None, None)]) is None
    ended = slowest([wait(1, 60, 9_000), wait(2, 90, None)])
    assert ended is not None
    assert ended.stage_id == 2
    lasting = slowest([wait(1, None, 5), wait(2, None, 9)])
    assert lasting is not None
    assert lasting.stage_id == 2
