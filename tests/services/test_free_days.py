"""Free days and openings as they stand in a base: against a look at every minute, by zone, with leave and overlaps."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from house import House

from crm_tui.domain import free
from crm_tui.domain.free import DayState
from crm_tui.services.core import hours, openings
from crm_tui.services.core.crm import Crm
from crm_tui.services.free import views
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Activity, ActivityAttendee, CalendarException, User, WorkCalendar, WorkHours

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def at(day: date, clock: str, zone: ZoneInfo = SAO_PAULO) -> datetime:
    """An aware instant by what a clock shows."""
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def book(
    crm: Crm,
    user: int,
    start: datetime | None = None,
    end: datetime | None = None,
    *,
    days: tuple[date, date] | None = None,
    busy: bool = True,
    state: str = "planned",
    guests: Sequence[tuple[int, str]] = (),
) -> int:
    """An appointment without the door: whose time it takes is the triggers' business."""
    with crm.store.writing() as connection:
        rows = Rows(connection)
        made = rows.insert(
            Activity,
            action_type_id=1,
            subject="Compromisso",
            assignee_id=user,
            due_on=days[0] if days else start.astimezone(SAO_PAULO).date() if start else MONDAY,
            last_on=days[1] if days else None,
            all_day=days is not None,
            start_at=start,
            end_at=end,
            busy=busy,
            state=state,
        )
        for guest, answer in guests:
            rows.insert(ActivityAttendee, activity_id=made, user_id=guest, response=answer)
    return made


def _cell(crm: Crm, user: int, day: date) -> tuple[DayState, int, int]:
    (found,) = crm.read(views.free_days, [user], day, day)
    return found.state, found.busy, found.free


def test_a_day_is_told_by_the_minutes_that_are_taken_of_it(house: House) -> None:
    crm = house.open()
    ana = house.user("ana")
    assert _cell(crm, ana, MONDAY) == (DayState.FREE, 0, 540)
    book(crm, ana, at(MONDAY, "07:00"), at(MONDAY, "09:00"))
    assert _cell(crm, ana, MONDAY) == (DayState.PARTIAL, 60, 480)
    book(crm, ana, at(MONDAY, "08:30"), at(MONDAY, "10:00"))
    book(crm, ana, at(MONDAY, "11:30"), at(MONDAY, "13:30"))
    assert _cell(crm, ana, MONDAY) == (DayState.PARTIAL, 180, 360)
    book(crm, ana, at(MONDAY, "08:00"), at(MONDAY, "18:00"))
    assert _cell(crm, ana, MONDAY) == (DayState.BUSY, 540, 0)
    assert _cell(crm, ana, SUNDAY) == (DayState.OFF, 0, 0)


def test_what_takes_no_time_and_what_lies_outside_hours_leaves_a_day_free(house: House) -> None:
    crm = house.open()
    ana, bia = house.user("ana"), house.user("bia")
    book(crm, ana, at(MONDAY, "09:00"), at(MONDAY, "10:00"), busy=False)
    book(crm, ana, at(MONDAY, "10:00"), at(MONDAY, "11:00"), state="canceled")
    book(crm, ana, at(MONDAY, "19:00"), at(MONDAY, "21:00"))
    book(crm, bia, at(MONDAY, "14:00"), at(MONDAY, "15:00"), guests=[(ana, "declined")])
    assert _cell(crm, ana, MONDAY) == (DayState.FREE, 0, 540)
    book(crm, bia, at(MONDAY, "15:00"), at(MONDAY, "16:00"), guests=[(ana, "none")])
    assert _cell(crm, ana, MONDAY) == (DayState.PARTIAL, 60, 480)


def test_whole_days_and_what_lasts_for_days_take_the_days_between(house: House) -> None:
    crm = house.open()
    ana, bia = house.user("ana"), house.user("bia")
    tuesday, friday = MONDAY + timedelta(1), MONDAY + timedelta(4)
    book(crm, ana, days=(tuesday, friday))
    book(crm, bia, at(MONDAY, "17:00"), at(friday, "09:00"))
    days = crm.read(views.free_days, [ana, bia], MONDAY, SUNDAY)
    assert [each.state.value for each in days[:7]] == ["free", *["busy"] * 4, "off", "off"]
    assert [each.busy for each in days[7:]] == [60, 540, 540, 540, 60, 0, 0]


@pytest.mark.parametrize(
    ("clock", "cell", "hours_left"),
    [
        ("07:00", (DayState.PARTIAL, 60, 480), [("08:00", "12:00"), ("13:00", "16:00"), ("17:00", "18:00")]),
        ("11:30", (DayState.PARTIAL, 270, 270), [("11:30", "12:00"), ("13:00", "16:00"), ("17:00", "18:00")]),
        ("16:15", (DayState.PARTIAL, 480, 60), [("17:00", "18:00")]),
        ("18:00", (DayState.BUSY, 540, 0), []),
    ],
)
def test_hours_of_today_that_are_gone_are_not_free(
    house: House, clock: str, cell: tuple[DayState, int, int], hours_left: list[tuple[str, str]]
) -> None:
    crm = house.open()
    ana = house.user("ana")
    book(crm, ana, at(MONDAY, "16:00"), at(MONDAY, "17:00"))
    crm.clock = lambda: at(MONDAY, clock)
    assert _cell(crm, ana, MONDAY) == cell
    assert crm.read(views.free_hours, [ana], MONDAY, MONDAY) == {(ana, MONDAY): hours_left}
    tuesday = MONDAY + timedelta(1)
    assert _cell(crm, ana, tuesday) == (DayState.FREE, 0, 540)


def test_a_day_off_says_why(house: House) -> None:
    crm = house.open()
    ana = house.user("ana")
    with crm.store.writing() as connection:
        Rows(connection).insert(
            CalendarException, user_id=ana, start_on=MONDAY, end_on=MONDAY, title="Férias"
        )
    book(crm, ana, at(MONDAY, "09:00"), at(MONDAY, "10:00"))
    (found,) = crm.read(views.free_days, [ana], MONDAY, MONDAY)
    assert (found.state, found.busy, found.title) == (DayState.OFF, 0, "Férias")


def _elsewhere(crm: Crm, user: int, zone: str = "America/Manaus") -> None:
    with crm.store.writing() as connection:
        rows = Rows(connection)
        made = rows.insert(WorkCalendar, name=zone, timezone=zone)
        for weekday in range(5):
            rows.insert(WorkHours, calendar_id=made, weekday=weekday, start_time="08:00", end_time="12:00")
        rows.insert(WorkHours, calendar_id=made, weekday=5, start_time="22:00", end_time="24:00")
        rows.insert(WorkHours, calendar_id=made, weekday=6, start_time="00:00", end_time="02:00")
        rows.update(User, user, calendar_id=made)


def test_people_on_different_clocks_meet_at_instants(house: House) -> None:
    crm = house.open()
    ana, bia = house.user("ana"), house.user("bia")
    _elsewhere(crm, bia)
    book(crm, ana, at(MONDAY, "09:00"), at(MONDAY, "10:15"))
    found = crm.read(views.slots, [ana, bia], 60, at(MONDAY, "00:00"), 5)
    clock = [each.astimezone(SAO_PAULO).strftime("%a %H:%M") for each in found]
    assert clock == ["Mon 10:15", "Tue 09:00", "Tue 10:00", "Tue 11:00", "Wed 09:00"]
    each = crm.read(views.first_of_each, [ana, bia], 60, at(MONDAY, "00:00"))
    assert [each[user].astimezone(SAO_PAULO).strftime("%H:%M") for user in (ana, bia)] == ["08:00", "09:00"]
    manaus = ZoneInfo("America/Manaus")
    assert _cell(crm, bia, MONDAY)[2] == 240
    saturday = MONDAY + timedelta(5)
    assert crm.read(views.slots, [bia], 240, at(saturday, "20:00", manaus))[0] == at(
        saturday, "22:00", manaus
    )
    told = crm.read(views.free_hours, [bia], saturday, SUNDAY)
    assert told == {(bia, saturday): [("22:00", "24:00")], (bia, SUNDAY): [("00:00", "02:00")]}


def test_nobody_and_no_hours_give_no_slot(house: House) -> None:
    crm = house.open()
    ana = house.user("ana")
    assert crm.read(views.slots, [], 60, at(MONDAY, "08:00")) == []
    assert crm.read(views.slots, [ana], 600, at(MONDAY, "08:00")) == []
    assert crm.read(views.free_days, [], MONDAY, SUNDAY) == []
    assert crm.read(views.first_of_each, [ana], 600, at(MONDAY, "08:00")) == {}


def test_the_slot_after_begins_where_the_one_before_ends_over_weekends_and_windows(house: House) -> None:
    crm = house.open()
    ana = house.user("ana")
    many = crm.read(views.slots, [ana], 240, at(MONDAY, "08:00"), 60)
    assert len(many) == len(set(many)) == 60
    again, after = [], at(MONDAY, "08:00")
    for _ in range(60):
        (found,) = crm.read(views.slots, [ana], 240, after)
        again.append(found)
        after = found + timedelta(minutes=240)
    assert again == many


def test_alternatives_lie_near_what_was_wished_and_not_before_now(house: House) -> None:
    crm = house.open()
    ana, bia = house.user("ana"), house.user("bia")
    taken = book(crm, ana, at(MONDAY, "14:00"), at(MONDAY, "15:00"))
    book(crm, bia, at(MONDAY, "13:00"), at(MONDAY, "14:00"))

    def near(now: str, but: int = 0, length: int = 60) -> list[str]:
        connection = crm.reading().connection
        wished, moment = at(MONDAY, "14:00"), at(MONDAY, now)
        found = openings.near(connection, [ana, bia], wished, length, moment, but=but)
        return [each.astimezone(SAO_PAULO).strftime("%a %H:%M") for each in found]

    assert near("08:00") == ["Mon 11:00", "Mon 15:00", "Tue 14:00"]
    assert near("11:30") == ["Mon 15:00", "Tue 11:00", "Tue 14:00"]
    assert near("08:00", but=taken)[1] == "Mon 14:00"
    assert near("08:00", length=600) == []


@pytest.mark.parametrize("seed", range(12))
def test_what_the_base_answers_is_what_a_look_at_every_minute_gives(house: House, seed: int) -> None:
    """Three people, one of them on another clock, with appointments that overlap, last over night and for days."""
    dice = random.Random(seed)
    crm = house.open()
    users = [house.user(name) for name in ("ana", "bia", "davi")]
    _elsewhere(crm, users[2])
    for _ in range(24):
        start = at(MONDAY, "00:00") + timedelta(minutes=5 * dice.randrange(-600, 2400))
        if dice.random() < 0.1:
            first = MONDAY + timedelta(days=dice.randrange(-2, 7))
            book(crm, dice.choice(users), days=(first, first + timedelta(days=dice.randrange(2))))
            continue
        length = dice.choice([5, 30, 60, 60, 60, 90, 240, 1500, 5000])
        guests = [(dice.choice(users), dice.choice(["none", "declined"]))] if dice.random() < 0.3 else []
        host = dice.choice(users)
        guests = [each for each in guests if each[0] != host]
        book(crm, host, start, start + timedelta(minutes=length), busy=dice.random() < 0.9, guests=guests)
    _compare(house, crm, users, dice)


def _compare(house: House, crm: Crm, users: list[int], dice: random.Random) -> None:
    works = hours.of_users(crm.reading().connection, users, MONDAY, SUNDAY)
    slots = house.rows("SELECT user_id, start_at, end_at FROM agenda_slot WHERE busy")
    whole = house.rows("SELECT user_id, due_on, last_on FROM agenda_day WHERE busy")
    taken: dict[int, set[int]] = {user: set() for user in users}
    for user, a, b in slots:
        if user in taken:
            first, last = datetime.fromisoformat(a), datetime.fromisoformat(b)
            taken[user] |= set(range(int(first.timestamp()) // 60, int(last.timestamp()) // 60))
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    worked: dict[tuple[int, date], set[int]] = {}
    for user in users:
        calendar, zone = works[user]
        for day in days:
            midnight = int(datetime.combine(day, time(), zone).timestamp()) // 60
            worked[user, day] = {midnight + m for a, b in calendar.hours(day) for m in range(a, b)}
    for user, first_on, last_on in whole:
        for day in days:
            if user in taken and first_on <= day.isoformat() <= last_on:
                taken[user] |= worked[user, day]
    for cell in crm.read(views.free_days, users, MONDAY, SUNDAY):
        minutes = worked[cell.user_id, cell.day]
        busy = len(minutes & taken[cell.user_id])
        assert (cell.working, cell.busy) == (len(minutes), busy)
        assert cell.state is free.state(len(minutes), busy)
    told = crm.read(views.free_hours, users, MONDAY, SUNDAY)
    cells = crm.read(views.free_days, users, MONDAY, SUNDAY)
    for cell in cells:
        spans = told[cell.user_id, cell.day]
        assert sum(hours.minutes(b) - hours.minutes(a) for a, b in spans) == cell.free
    group = users[: dice.randrange(1, 4)]
    length = dice.choice([30, 60, 90])
    left = set.intersection(*({m for d in days for m in worked[user, d]} - taken[user] for user in group))
    start = int(at(MONDAY, "00:00").timestamp()) // 60
    wanted = next(
        (
            m
            for m in range(start, start + 7 * 1440)
            if m % free.STEP == 0 and all(n in left for n in range(m, m + length))
        ),
        None,
    )
    found = crm.read(views.slots, group, length, at(MONDAY, "00:00"))
    if wanted is not None:
        assert [free.minute_of(each) for each in found] == [wanted]
