"""Whose working time is which: one's own calendar over the team's over the default, and what differs by day."""

from __future__ import annotations

from datetime import date

from house import House

from crm_tui.domain.worktime import OFFICE_DAY, ExceptionKind
from crm_tui.services.core import hours
from crm_tui.store.rows import Rows
from crm_tui.store.tables import CalendarException, Team, User, WorkCalendar, WorkHours

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


def _calendar(rows: Rows, name: str, start: str, end: str) -> int:
    made = rows.insert(WorkCalendar, name=name, timezone="America/Manaus")
    rows.insert(WorkHours, calendar_id=made, weekday=0, start_time=start, end_time=end)
    return made


def test_the_own_calendar_goes_before_the_teams_and_that_before_the_default_one(house: House) -> None:
    crm = house.open()
    ana, bia, davi = house.user("ana"), house.user("bia"), house.user("davi")
    team = house.rows(f'SELECT team_id FROM "user" WHERE id = {davi}')[0][0]
    assert house.rows(f'SELECT team_id FROM "user" WHERE id = {bia}')[0][0] != team
    with crm.store.writing() as connection:
        rows = Rows(connection)
        rows.update(Team, team, calendar_id=_calendar(rows, "late", "10:00", "19:00"))
        rows.update(User, ana, calendar_id=_calendar(rows, "own", "06:00", "12:00"))
    found = hours.of_users(crm.reading().connection, [ana, bia, davi], MONDAY, SUNDAY)
    assert found[davi].calendar.hours(MONDAY) == ((600, 1140),)
    assert found[ana].calendar.hours(MONDAY) == ((360, 720),)
    assert found[bia].calendar.hours(MONDAY) == OFFICE_DAY
    assert str(found[ana].zone) == "America/Manaus"


def test_leave_is_the_operators_and_an_hour_at_the_doctors_takes_that_hour_alone(house: House) -> None:
    crm = house.open()
    ana, bia = house.user("ana"), house.user("bia")
    with crm.store.writing() as connection:
        rows = Rows(connection)
        for day, title, times in (
            (date(2026, 11, 24), "Férias", (None, None)),
            (date(2026, 11, 25), "Médico", ("14:00", "16:00")),
        ):
            rows.insert(
                CalendarException,
                user_id=ana,
                start_on=day,
                end_on=day,
                title=title,
                start_time=times[0],
                end_time=times[1],
            )
    found = hours.of_users(crm.reading().connection, [ana, bia], MONDAY, SUNDAY)
    own = found[ana].calendar
    assert own.hours(date(2026, 11, 24)) == ()
    assert own.exception(date(2026, 11, 24)).kind is ExceptionKind.LEAVE
    assert own.hours(date(2026, 11, 25)) == ((480, 720), (780, 840), (960, 1080))
    assert found[bia].calendar.hours(date(2026, 11, 24)) == OFFICE_DAY


def test_what_was_entered_by_hand_goes_before_a_holiday(house: House) -> None:
    crm = house.open()
    default = house.rows("SELECT id FROM work_calendar WHERE is_default = 1")[0][0]
    with crm.store.writing() as connection:
        rows = Rows(connection)
        day = date(2026, 11, 24)
        for working, origin in ((True, "hand"), (False, "holiday")):
            rows.insert(
                CalendarException,
                calendar_id=default,
                start_on=day,
                end_on=day,
                working=working,
                title="Emenda",
                origin=origin,
            )
    assert hours.default(crm.reading().connection).hours(date(2026, 11, 24)) == OFFICE_DAY
