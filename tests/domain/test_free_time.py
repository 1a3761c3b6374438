"""Free time: states of a day, spans, and slots against a plain look at every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_tui.domain import free
from crm_tui.domain.free import STEP, DayState, Spans
from crm_tui.domain.worktime import OFFICE_DAY

SAO_PAULO, MANAUS, LISBON = (
    ZoneInfo(name) for name in ("America/Sao_Paulo", "America/Manaus", "Europe/Lisbon")
)
SPAN = 600
"""Minutes of the little world in which every minute is looked at."""

edges = st.tuples(st.integers(0, SPAN), st.integers(0, SPAN)).map(lambda pair: (min(pair), max(pair)))
spans = st.lists(edges, max_size=8).map(free.merged)


def _minutes(found: Spans) -> set[int]:
    return {minute for a, b in found for minute in range(a, b)}


@pytest.mark.parametrize(
    ("working", "busy", "expected"),
    [
        (0, 0, DayState.OFF),
        (0, 30, DayState.OFF),
        (540, 0, DayState.FREE),
        (540, 1, DayState.PARTIAL),
        (540, 539, DayState.PARTIAL),
        (540, 540, DayState.BUSY),
        (540, 600, DayState.BUSY),
    ],
)
def test_a_day_is_off_free_partly_free_or_busy_by_its_minutes(
    working: int, busy: int, expected: DayState
) -> None:
    assert free.state(working, busy) is expected


@given(st.lists(edges, max_size=8), spans, spans)
def test_spans_do_what_sets_of_minutes_do(raw: list[tuple[int, int]], left: Spans, right: Spans) -> None:
    one = free.merged(raw)
    assert _minutes(one) == {minute for a, b in raw for minute in range(a, b)}
    assert all(a < b for a, b in one)
    assert all(b < c for (_, b), (c, _) in pairwise(one))
    assert _minutes(free.shared(left, right)) == _minutes(left) & _minutes(right)
    assert _minutes(free.without(left, right)) == _minutes(left) - _minutes(right)
    assert free.minutes(left) == len(_minutes(left))


def _oracle(free_minutes: set[int], length: int, after: int) -> list[int]:
    """Every minute is tried in turn."""
    found, at = [], after
    while at < SPAN:
        if at % STEP == 0 and all(minute in free_minutes for minute in range(at, at + length)):
            found.append(at)
            at += length
        else:
            at += 1
    return found


@settings(max_examples=300)
@given(
    st.lists(st.tuples(spans, spans), min_size=1, max_size=4),
    st.integers(5, 150),
    st.integers(0, SPAN),
)
def test_no_slot_overlaps_what_is_taken_and_none_earlier_was_missed(
    people: list[tuple[Spans, Spans]], length: int, after: int
) -> None:
    together = free.common(free.without(worked, busy) for worked, busy in people)
    found = list(free.slots(together, length, after))
    wanted = set.intersection(*(_minutes(worked) - _minutes(busy) for worked, busy in people))
    assert found == _oracle(wanted, length, after)
    for start in found:
        for worked, busy in people:
            assert set(range(start, start + length)) <= _minutes(worked)
            assert not set(range(start, start + length)) & _minutes(busy)


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(15, 900)), max_size=6),
    st.integers(5, 150),
    st.integers(0, 5000),
    st.integers(0, 5000),
)
def test_alternatives_are_free_in_order_and_the_nearest_of_all_is_among_them(
    raw: list[tuple[int, int]], length: int, wished: int, after: int
) -> None:
    spans = free.merged((a, a + wide) for a, wide in raw)
    found = free.nearest(spans, length, wished, after)
    fits = [
        start
        for start in range(0, 6000, STEP)
        if start >= after and free.holding(spans, start, start + length) is not None
    ]
    assert found == sorted(found)
    assert set(found) <= set(fits)
    assert bool(found) == bool(fits)
    if fits:
        aim = wished // STEP * STEP
        assert min(free.far(start, aim) for start in found) == min(free.far(start, aim) for start in fits)


def test_the_same_hour_tomorrow_is_nearer_than_eight_hours_later() -> None:
    day = 24 * 60
    assert free.nearest(((480, 600), (day + 480, day + 600)), 60, 0, 0, 1) == [480]
    assert free.nearest(((500, 600), (day, day + 120)), 60, 0, 0, 1) == [day]


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.integers(0, 1439))
def test_an_edge_is_the_first_minute_at_which_the_clock_shows_it_or_later(day: date, minute: int) -> None:
    for zone in (SAO_PAULO, LISBON):
        found = free.edge(day, minute, zone)
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)

        def clock(at: int, zone: ZoneInfo = zone) -> datetime:
            return free.instant_of(at).astimezone(zone).replace(tzinfo=None)

        assert clock(found) >= wall
        assert all(clock(found - back) < wall for back in range(1, 121))


def test_a_midnight_that_is_skipped_begins_the_day_an_hour_later() -> None:
    """On 4/11/2018 São Paulo went from 00:00 to 01:00: its first half hour does not exist."""
    day = date(2018, 11, 4)
    start = free.edge(day, 0, SAO_PAULO)
    assert free.instant_of(start) == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert free.edge(day, 30, SAO_PAULO) == start
    a, b = free.whole(day, day, SAO_PAULO)
    assert b - a == 23 * 60


def test_a_midnight_that_comes_twice_gives_the_day_before_an_hour_more() -> None:
    day = date(2019, 2, 16)
    a, b = free.whole(day, day, SAO_PAULO)
    assert b - a == 25 * 60
    assert free.worked(((1320, 1440),), day, SAO_PAULO) == ((b - 180, b),)


def test_the_leap_day_is_a_day_like_others() -> None:
    a, b = free.whole(date(2028, 2, 28), date(2028, 3, 1), SAO_PAULO)
    assert b - a == 3 * 1440


def test_people_on_different_clocks_share_instants_not_hours() -> None:
    day = date(2026, 11, 23)
    there, here = (free.worked(OFFICE_DAY, day, zone) for zone in (MANAUS, SAO_PAULO))
    slots = free.first_slots(free.common((there, here)), 60, 0, 20)
    shown = [free.instant_of(each).astimezone(SAO_PAULO).strftime("%H:%M") for each in slots]
    assert shown == ["09:00", "10:00", "11:00", "14:00", "15:00", "16:00", "17:00"]


def test_a_shift_over_midnight_is_one_span() -> None:
    day = date(2026, 11, 23)
    night = free.merged(
        (
            *free.worked(((1320, 1440),), day, SAO_PAULO),
            *free.worked(((0, 360),), day + timedelta(1), SAO_PAULO),
        )
    )
    assert [b - a for a, b in night] == [480]


def test_moments_are_whole_minutes_before_and_after() -> None:
    moment = datetime(2026, 11, 23, 10, 42, 30, tzinfo=UTC)
    assert free.instant_of(free.minute_of(moment)) == datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
    assert free.instant_of(free.minute_after(moment)) == datetime(2026, 11, 23, 10, 43, tzinfo=UTC)
    assert free.minute_after(moment.replace(second=0)) == free.minute_of(moment)


def test_a_length_goes_up_and_down_by_steps_and_stops_at_its_ends() -> None:
    assert (free.longer(60), free.shorter(60)) == (90, 45)
    assert (free.longer(480), free.shorter(15)) == (480, 15)
    assert (free.longer(50), free.shorter(50)) == (60, 45)
