"""Working calendars by keyboard: hours, days that differ, leave, whose calendar; a running program follows. (X20)"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.worktime import OFFICE_DAY
from crm_tui.screens.core.settings import SettingsScreen
from crm_tui.services.calendar import commands as c
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work, shelf

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]

MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)


async def to(operator: Operator, register: str, title: str) -> None:
    """Open settings and walk to the records of a list."""
    await operator.press(",")
    await operator.sees("This machine")
    await operator.press(*shelf(register), "enter")
    await operator.sees(title)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_hours_of_the_default_calendar_are_edited_and_followed_at_once(
    empty_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(empty_db, clock=clock, size=size) as ana:
        assert ana.app.calendar.hours(MONDAY) == OFFICE_DAY
        await to(ana, "calendars", "Working calendars")
        await ana.press("e")
        await ana.sees("Edit working calendar", "Monday", "Sunday")
        await ana.press("tab")
        await ana.type("9-12 13h-17h30")  # what is typed takes the place of the hours that were there
        for _ in range(4):
            await ana.press("tab")
            await ana.type("=")
        await ana.press("tab")
        await ana.type("8-12")
        await ana.press("ctrl+s" if size[0] == 80 else "f2")
        await ana.sees("41 h 30")
        assert ana.app.calendar.hours(MONDAY) == ((540, 720), (780, 1050))
        assert ana.app.house_calendar.hours(SATURDAY) == ((480, 720),)
        await ana.press("u")
        await ana.sees("45 h")
        assert ana.app.calendar.hours(MONDAY) == OFFICE_DAY


async def test_wrong_hours_are_said_under_the_form_and_the_field_is_marked(
    empty_db: Path, clock: Clock
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "calendars", "Working calendars")
        await ana.press("e", "tab", "tab", "ctrl+u")
        await ana.type("18-8")
        await ana.press("ctrl+s")
        await ana.sees("“18-8” ends before it begins", "! Tuesday")


async def test_what_another_program_changes_is_followed_by_this_one(demo_db: Path, clock: Clock) -> None:
    carla = open_crm(demo_db, "carla", clock)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.until(lambda: ana.app._feed is not None, "the feed is not there")
        assert ana.app.calendar.is_working_day(MONDAY)
        calendar = carla.reading().connection.execute("SELECT id FROM work_calendar").fetchone()[0]
        carla.run(c.AddCalendarDay(calendar=calendar, name="Emenda", start_on=MONDAY))
        await ana.until(lambda: not ana.app.calendar.is_working_day(MONDAY), "the old calendar is in force")
        assert not ana.app.house_calendar.is_working_day(MONDAY)
    carla.store.close()


async def test_a_seller_enters_the_own_leave_in_words(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to(ana, "leaves", "Leave")
        await ana.press("n")
        await ana.sees("New leave")
        await ana.press("tab")
        await ana.type("Férias")
        await ana.press("tab")
        await ana.type("30/11")
        await ana.sees("Mon 30 Nov")
        await ana.press("tab")
        await ana.type("18/12")
        await ana.press("ctrl+s")
        await ana.sees("Ana Souza", "30/11/2026", "18/12/2026", "Férias")
        await ana.press("e", "tab", "tab", "ctrl+u")
        await ana.type("23/12")
        await ana.press("ctrl+s")
        await ana.sees("23/12/2026")
        await ana.press("x")
        await ana.sees("Férias removed", " 0 ")
        await ana.press("u")
        await ana.sees("23/12/2026")


async def test_leave_that_was_not_foreseen_is_entered_afterwards(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to(ana, "leaves", "Leave")
        await ana.press("n", "tab")
        await ana.type("Médico")
        await ana.press("tab")
        await ana.type("ontem")
        await ana.press("tab", "tab")
        await ana.type("14-16")
        await ana.press("ctrl+s")
        await ana.sees("18/11/2026", "14:00-16:00")


async def test_from_a_calendar_to_its_days_and_to_who_has_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await to(admin, "users", "Users")
        await admin.press("down", "e")
        await admin.sees("Calendar", "empty: the team's, or the default")
        await admin.press("tab", "tab", "tab")
        await admin.type("hor")
        await admin.press("tab", "ctrl+s")
        await admin.sees("1 saved")
        await admin.press("left", "down", "down", "down", "down", "enter")
        await admin.sees("Working calendars", "1 person")
        await admin.press("x")
        await admin.sees("This is the default calendar")
        await admin.press("escape", "o")
        await admin.sees("Exceptions", "Teams", "Users")
        await admin.press("e")
        await admin.sees("Natal")
        screen = admin.app.screen
        assert isinstance(screen, SettingsScreen)
        assert screen.list.row == screen.rows[0], "what comes next stands first, with the cursor"
        await admin.press("x")
        await admin.sees("comes from the list of holidays")


async def test_the_holidays_of_another_state_are_there_at_once(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "calendars", "Working calendars")
        await ana.press("e", *["tab"] * 9)
        await ana.type("sp")
        await ana.press("ctrl+s")
        await ana.sees("SP")
        assert ana.app.calendar.is_holiday(date(2027, 7, 9))
        await ana.press("u")
        await ana.gone("SP")
        assert not ana.app.calendar.is_holiday(date(2027, 7, 9))


async def test_a_holiday_of_a_city_is_typed_like_one_says_it(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "local_holidays", "City holidays")
        await ana.press("n")
        for text in ("sp", "Campinas", "8/12", "Padroeira"):
            await ana.type(text)
            await ana.press("tab")
        await ana.press("ctrl+s")
        await ana.sees("Campinas", "08/12", "Padroeira")
        await ana.press("x")
        await ana.sees("out of use")


async def test_hours_are_corrected_behind_an_arrow_and_a_name_is_typed_on(
    empty_db: Path, clock: Clock
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "calendars", "Working calendars")
        await ana.press("e")
        await ana.sees("Edit working calendar")
        await ana.type(" B")
        await ana.press("tab", "end", "backspace", "backspace")
        await ana.type("30")
        await ana.press("ctrl+s")
        await ana.sees("45 h 30", " B")


async def test_at_80_columns_the_name_the_hours_and_whose_they_are_stay_whole(
    empty_db: Path, clock: Clock
) -> None:
    crm = open_crm(empty_db, "ana", clock)
    crm.run(c.AddCalendar(name="Equipe de Blumenau", state="SC", city="Blumenau", saturday="8-12"))
    crm.store.close()
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "calendars", "Working calendars")
        await ana.sees("Equipe de Blumenau", "49 h", "default")
