"""Working calendars as they are kept: hours, the default, who has which, days that differ, leave. (X20)"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from house import House, do, done

from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.domain.worktime import OFFICE_DAY, ExceptionKind, WorkCalendar
from crm_tui.services.access.commands import AddTeam, EditTeam, EditUser
from crm_tui.services.calendar import commands as c
from crm_tui.services.calendar import registers, views
from crm_tui.services.core import hours
from crm_tui.services.core.commands import Command
from crm_tui.services.trail.commands import UndoBatch

MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)


def made(house: House, command: Command, login: str = "ana") -> int:
    """The record that a command makes."""
    return done(house.open(login).run(command)).entity_id or 0


def refused(house: House, command: Command, login: str = "ana") -> Refusal:
    """Why a command is not done."""
    outcome = house.open(login).run(command)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def usual(house: House) -> int:
    """The default calendar."""
    return int(house.one("SELECT id FROM work_calendar WHERE is_default = 1"))


def seen(house: House, login: str = "ana") -> WorkCalendar:
    """The calendar by which this operator's words of dates are read."""
    found: WorkCalendar = house.open(login).read(views.own)
    return found


def of(house: House, login: str, first: date = MONDAY, last: date = SATURDAY) -> WorkCalendar:
    """An operator's working time with their leave."""
    connection = house.open().reading().connection
    user = house.user(login)
    return hours.of_users(connection, [user], first, last)[user].calendar


def test_the_hours_of_the_default_calendar_are_edited_and_put_back(house: House) -> None:
    crm = house.open()
    edit = c.EditCalendar(calendar=usual(house), monday="9-12 13h-17h30", tuesday="=", saturday="8-12")
    batch = done(crm.run(edit)).batch
    calendar = crm.read(views.default)
    assert calendar.hours(MONDAY) == calendar.hours(TUESDAY) == ((540, 720), (780, 1050))
    assert calendar.hours(SATURDAY) == ((480, 720),)
    done(crm.run(UndoBatch(batch=batch)))
    assert crm.read(views.default).hours(MONDAY) == OFFICE_DAY
    assert crm.read(views.default).hours(SATURDAY) == ()


def test_the_same_hours_typed_otherwise_change_nothing(house: House) -> None:
    outcome = done(house.open().run(c.EditCalendar(calendar=usual(house), monday="8-12, 13-18")))
    assert outcome.events == ()


def test_two_who_change_the_same_weekday_are_told_and_those_of_two_days_are_not(house: House) -> None:
    crm, calendar = house.open(), usual(house)
    version = house.version("work_calendar", calendar)
    do(house.open("carla"), c.EditCalendar(calendar=calendar, monday="9-18", version=version))
    clash = crm.run(c.EditCalendar(calendar=calendar, monday="10-18", version=version))
    assert isinstance(clash, Conflict)
    assert clash.who == "carla"
    (field,) = clash.fields
    assert (field.field, field.base, field.mine, field.theirs) == (
        "monday",
        "08:00-12:00 13:00-18:00",
        "10:00-18:00",
        "09:00-18:00",
    )
    done(crm.run(c.EditCalendar(calendar=calendar, friday="10-18", version=version)))
    assert crm.read(views.default).hours(MONDAY) == ((540, 1080),)


def test_one_calendar_is_the_default_and_stays_in_use(house: House) -> None:
    crm, first = house.open(), usual(house)
    assert refused(house, c.DeactivateCalendar(calendar=first)).by is RefusedBy.RULE
    assert refused(house, c.EditCalendar(calendar=first, is_default=False)).fields == ("is_default",)
    other = made(house, c.AddCalendar(name="Plantão", monday="0-24", tuesday="=", is_default=True))
    assert house.rows("SELECT id FROM work_calendar WHERE is_default = 1") == [(other,)]
    assert crm.read(views.default).hours(TUESDAY) == ((0, 1440),)
    do(crm, c.DeactivateCalendar(calendar=first))
    assert refused(house, c.EditCalendar(calendar=first, is_default=True)).fields == ("is_default",)


def test_a_calendar_that_somebody_has_stays_in_use_and_is_named(house: House) -> None:
    crm = house.open()
    plantao = made(house, c.AddCalendar(name="Plantão"))
    do(crm, EditUser(user=house.user("bia"), calendar=plantao))
    do(crm, EditTeam(team=house.any_id("team"), calendar=plantao))
    told = refused(house, c.DeactivateCalendar(calendar=plantao)).reason
    assert told.params["n"] == 1
    row = next(r for r in crm.read(registers.calendar_register) if r.id == plantao)
    assert "1" in str(row.cells[3])
    do(crm, EditUser(user=house.user("bia"), calendar=None))
    do(crm, EditTeam(team=house.any_id("team"), calendar=None))
    do(crm, c.DeactivateCalendar(calendar=plantao))
    assert refused(house, EditUser(user=house.user("bia"), calendar=plantao)).fields == ("calendar",)
    assert refused(house, AddTeam(name="Nova", calendar=plantao)).fields == ("calendar",)


def test_words_are_read_by_ones_own_calendar_and_not_by_ones_leave(house: House) -> None:
    crm = house.open()
    turno = made(house, c.AddCalendar(name="Turno", monday="", tuesday="6-14", wednesday="="))
    do(crm, EditUser(user=house.user("bia"), calendar=turno))
    do(crm, c.AddLeave(user=house.user("bia"), name="Férias", start_on=TUESDAY))
    assert seen(house, "bia").hours(MONDAY) == ()
    assert seen(house, "bia").hours(TUESDAY) == ((360, 840),)
    assert seen(house, "beto").hours(MONDAY) == OFFICE_DAY
    assert of(house, "bia").hours(TUESDAY) == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x", "timezone": "Marte/Olimpo"}, "timezone"),
        ({"name": "x", "state": "ZZ"}, "state"),
        ({"name": "x", "city": "Campinas"}, "state"),
        ({"name": "x", "thursday": "12-8"}, "thursday"),
    ],
)
def test_what_is_no_calendar_is_refused_by_its_field(
    house: House, fields: dict[str, Any], field: str
) -> None:
    assert refused(house, c.AddCalendar(**fields)).fields == (field,)


# --- days that differ ---------------------------------------------------------------------------------------------


def test_a_bridge_day_is_off_and_a_saturday_may_be_worked(house: House) -> None:
    crm, calendar = house.open(), usual(house)
    bridge = made(house, c.AddCalendarDay(calendar=calendar, name="Emenda", start_on=MONDAY, end_on=TUESDAY))
    made(house, c.AddCalendarDay(calendar=calendar, name="Mutirão", start_on=SATURDAY, working=True))
    assert crm.read(views.default).hours(TUESDAY) == ()
    assert crm.read(views.default).hours(SATURDAY) == OFFICE_DAY
    do(crm, c.EditCalendarDay(calendar_day=bridge, hours="13-18"))
    assert crm.read(views.default).hours(TUESDAY) == ((480, 720),)
    batch = done(crm.run(c.RemoveCalendarDay(calendar_day=bridge))).batch
    assert crm.read(views.default).hours(TUESDAY) == OFFICE_DAY
    done(crm.run(UndoBatch(batch=batch)))
    assert crm.read(views.default).hours(TUESDAY) == ((480, 720),)


def test_a_morning_and_an_afternoon_are_both_worked(house: House) -> None:
    crm, calendar = house.open(), usual(house)
    for stretch in ("8-12", "13-17"):
        day = c.AddCalendarDay(
            calendar=calendar, name="Mutirão", start_on=SATURDAY, working=True, hours=stretch
        )
        done(crm.run(day))
    assert crm.read(views.default).hours(SATURDAY) == ((480, 720), (780, 1020))


def test_a_single_day_that_is_put_elsewhere_stays_one(house: House) -> None:
    day = made(house, c.AddCalendarDay(calendar=usual(house), name="Emenda", start_on=MONDAY))
    do(house.open(), c.EditCalendarDay(calendar_day=day, start_on=TUESDAY))
    assert house.rows("SELECT start_on, end_on FROM calendar_exception WHERE id = ?", day) == [
        ("2026-11-24", "2026-11-24")
    ]


def test_a_day_that_ends_before_it_begins_is_refused(house: House) -> None:
    day = c.AddCalendarDay(calendar=usual(house), name="x", start_on=TUESDAY, end_on=MONDAY)
    assert refused(house, day).fields == ("end_on",)
    two = c.AddCalendarDay(calendar=usual(house), name="x", start_on=MONDAY, hours="8-9 10-11")
    assert refused(house, two).fields == ("hours",)


def test_a_holiday_of_the_list_is_not_removed_but_may_be_worked(house: House) -> None:
    crm, zumbi = house.open(), date(2027, 11, 20)
    natal = int(house.one("SELECT id FROM calendar_exception WHERE start_on = '2026-12-25'"))
    assert "list of holidays" in refused(house, c.RemoveCalendarDay(calendar_day=natal)).reason.msgid
    do(crm, c.EditCalendarDay(calendar_day=natal, working=True, hours="8-12"))
    do(crm, c.FillHolidays(calendar=usual(house)))
    assert crm.read(views.default).hours(date(2026, 12, 25)) == ((480, 720),)
    assert crm.read(views.default).is_holiday(zumbi)


# --- leave --------------------------------------------------------------------------------------------------------


def test_leave_of_days_and_of_hours(house: House) -> None:
    bia = house.user("bia")
    made(house, c.AddLeave(user=bia, name="Férias", start_on=MONDAY, end_on=MONDAY))
    made(house, c.AddLeave(user=bia, name="Médico", start_on=TUESDAY, hours="9-10"))
    made(house, c.AddLeave(user=bia, name="Médico", start_on=TUESDAY, hours="15-16"))
    calendar = of(house, "bia")
    assert calendar.hours(MONDAY) == ()
    assert calendar.exceptions[MONDAY].kind is ExceptionKind.LEAVE
    assert calendar.hours(TUESDAY) == ((480, 540), (600, 720), (780, 900), (960, 1080))


def test_an_hour_of_leave_makes_no_holiday_a_working_day_and_takes_from_a_worked_saturday(
    house: House,
) -> None:
    bia, natal = house.user("bia"), date(2026, 12, 25)
    made(house, c.AddLeave(user=bia, name="Médico", start_on=natal, hours="9-10"))
    made(house, c.AddCalendarDay(calendar=usual(house), name="Mutirão", start_on=SATURDAY, working=True))
    made(house, c.AddLeave(user=bia, name="Médico", start_on=SATURDAY, hours="9-10"))
    calendar = of(house, "bia", MONDAY, natal)
    assert calendar.hours(natal) == ()
    assert calendar.is_holiday(natal)
    assert calendar.hours(SATURDAY) == ((480, 540), (600, 720), (780, 1080))


def test_what_was_entered_by_hand_goes_before_a_holiday_in_the_middle_of_it(house: House) -> None:
    week = c.AddCalendarDay(
        calendar=usual(house),
        name="Plantão",
        start_on=date(2026, 12, 21),
        end_on=date(2026, 12, 31),
        working=True,
    )
    made(house, week)
    assert house.open().read(views.default).hours(date(2026, 12, 25)) == OFFICE_DAY


def test_ones_own_leave_is_entered_by_oneself_and_that_of_others_by_who_plans_for_them(house: House) -> None:
    own = made(house, c.AddLeave(name="Folga", start_on=MONDAY), "bia")
    assert house.one("SELECT user_id FROM calendar_exception WHERE id = ?", own) == house.user("bia")
    others = c.AddLeave(user=house.user("beto"), name="Folga", start_on=MONDAY)
    assert refused(house, others, "bia").by is RefusedBy.PERMISSION
    planned = made(house, others, "carla")
    assert refused(house, c.RemoveLeave(leave=planned), "bia").by is RefusedBy.PERMISSION
    assert refused(house, c.AddLeave(name="Folga", start_on=MONDAY), "rui").by is RefusedBy.PERMISSION
    done(house.open("beto").run(c.EditLeave(leave=planned, end_on=TUESDAY)))
    assert [r.name for r in house.open("bia").read(registers.leave_register)] == ["Bia: Folga"]
    assert len(house.open("carla").read(registers.leave_register)) == 2


def test_why_somebody_is_away_is_not_told_by_the_trail(house: House) -> None:
    made(house, c.AddLeave(user=house.user("bia"), name="quimioterapia", start_on=MONDAY))
    (params,) = house.rows("SELECT params FROM event WHERE kind = 'leave.added'")[0]
    assert "quimioterapia" not in params


def test_a_leave_is_no_day_of_a_calendar_nor_the_other_way_round(house: House) -> None:
    leave = made(house, c.AddLeave(name="Folga", start_on=MONDAY))
    day = made(house, c.AddCalendarDay(calendar=usual(house), name="Emenda", start_on=MONDAY))
    assert refused(house, c.RemoveCalendarDay(calendar_day=leave)).by is RefusedBy.MISSING_RECORD
    assert refused(house, c.EditLeave(leave=day, name="x")).by is RefusedBy.MISSING_RECORD
