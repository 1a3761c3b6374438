"""Working time as it is stored, of random calendars, days that differ and leave, against an oracle by the minute."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from house import House

from crm_tui.domain.calendar import clock
from crm_tui.services.core import hours
from crm_tui.store.rows import Rows
from crm_tui.store.tables import CalendarException, User, WorkCalendar, WorkHours

FIRST = date(2026, 11, 16)
DAYS = [FIRST + timedelta(days=n) for n in range(14)]
Stretch = tuple[int, int]
Minutes = frozenset[int]


class Entered:
    """A day that differs as somebody entered it."""

    def __init__(self, rng: random.Random, *, leave: bool) -> None:
        self.start = FIRST + timedelta(days=rng.randrange(-2, 14))
        self.end = self.start + timedelta(days=rng.choice((0, 0, 1, 4)))
        self.listed = not leave and rng.random() < 0.3
        self.working = not leave and not self.listed and rng.random() < 0.4
        begins = rng.randrange(0, 1380, 15)
        self.part: Stretch | None = None
        if not self.listed and rng.random() < 0.6:
            self.part = (begins, rng.randrange(begins + 15, 1441, 15))

    def columns(self) -> dict[str, object]:
        part = self.part or (None, None)
        return {
            "start_on": self.start,
            "end_on": self.end,
            "working": self.working,
            "title": "x",
            "start_time": None if part[0] is None else clock(part[0]),
            "end_time": None if part[1] is None else clock(part[1]),
            "origin": "holiday" if self.listed else "hand",
        }


def _of(stretches: list[Stretch]) -> Minutes:
    return frozenset(minute for a, b in stretches for minute in range(a, b))


def _by_the_minute(entered: list[Entered], day: date, base: Minutes, usual: Minutes) -> Minutes:
    """What is worked on a day: the list of holidays first, then what was entered, as it begins and as it came."""
    order = sorted(enumerate(entered), key=lambda each: (not each[1].listed, each[1].start, each[0]))
    now, worked_by_hand = base, False
    for _, each in order:
        if not each.start <= day <= each.end:
            continue
        part = None if each.part is None else _of([each.part])
        if each.working:
            now = usual if part is None else now | part if worked_by_hand else part
        else:
            now = frozenset() if part is None else now - part
        worked_by_hand = each.working
    return now


def _week(rng: random.Random) -> list[list[Stretch]]:
    week: list[list[Stretch]] = []
    for _ in range(7):
        edges = sorted(rng.sample(range(0, 1441, 15), rng.choice((0, 2, 4))))
        week.append(list(zip(edges[::2], edges[1::2], strict=True)))
    return week


@pytest.mark.parametrize("seed", range(12))
def test_every_minute_is_worked_as_it_was_entered(house: House, seed: int) -> None:
    rng = random.Random(seed)
    crm, user = house.open(), house.user("bia")
    week = _week(rng)
    shared = [Entered(rng, leave=False) for _ in range(rng.randrange(6))]
    leave = [Entered(rng, leave=True) for _ in range(rng.randrange(4))]
    with crm.store.writing() as connection:
        rows = Rows(connection)
        calendar = rows.insert(WorkCalendar, name="x", timezone="America/Sao_Paulo")
        for n, day in enumerate(week):
            for a, b in day:
                times = {"start_time": clock(a), "end_time": clock(b)}
                rows.insert(WorkHours, calendar_id=calendar, weekday=n, **times)
        for each in shared:
            rows.insert(CalendarException, calendar_id=calendar, **each.columns())
        for each in leave:
            rows.insert(CalendarException, user_id=user, **each.columns())
        rows.update(User, user, calendar_id=calendar)
    reading = crm.reading().connection
    found = hours.of_users(reading, [user], DAYS[0], DAYS[-1])[user].calendar
    common = hours.shared(reading, user)
    usual = _of(next((day for day in week if day), []))
    for day in DAYS:
        base = _of(week[day.weekday()])
        expected = _by_the_minute(shared, day, base, usual)
        assert _of(list(common.hours(day))) == expected, day
        assert _of(list(found.hours(day))) == _by_the_minute(leave, day, expected, usual), day
