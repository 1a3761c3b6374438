"""Holidays of the country, of states and of cities, and how they are written into calendars. (X20)"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from house import House, do, done

from crm_tui.domain.outcome import Refusal
from crm_tui.services.calendar import commands as c
from crm_tui.services.calendar.holidays import of_state
from crm_tui.services.trail.commands import UndoBatch

GOOD_FRIDAYS = {
    2024: (3, 29),
    2025: (4, 18),
    2026: (4, 3),
    2027: (3, 26),
    2028: (4, 14),
    2029: (3, 30),
    2030: (4, 19),
    2031: (4, 11),
    2032: (3, 26),
    2033: (4, 15),
    2034: (4, 7),
}
CARNAVAL = {2024: (2, 13), 2025: (3, 4), 2026: (2, 17), 2027: (2, 9), 2028: (2, 29), 2029: (2, 13)}
EVERY_YEAR = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25))


@pytest.mark.parametrize("year", GOOD_FRIDAYS)
def test_the_countrys_holidays_are_those_of_the_law(year: int) -> None:
    expected = {date(year, *day) for day in (*EVERY_YEAR, GOOD_FRIDAYS[year])}
    assert set(of_state(None, year, year)) == expected
    assert of_state(None, year, year)[date(year, *GOOD_FRIDAYS[year])] == "Sexta-feira Santa"


@pytest.mark.parametrize("year", CARNAVAL)
def test_carnaval_is_optional_and_does_not_count(year: int) -> None:
    assert date(year, *CARNAVAL[year]) not in of_state(None, year, year)


def test_the_day_of_consciencia_negra_is_national_since_2024() -> None:
    assert date(2024, 11, 20) in of_state(None, 2023, 2024)
    assert date(2023, 11, 20) not in of_state(None, 2023, 2024)


def test_a_state_has_its_own_beside_them() -> None:
    assert of_state("SP", 2027, 2027)[date(2027, 7, 9)]
    assert date(2027, 7, 9) not in of_state("RJ", 2027, 2027)


def days(house: House, calendar: int) -> set[str]:
    """What the program wrote into a calendar."""
    sql = "SELECT start_on FROM calendar_exception WHERE calendar_id = ? AND origin = 'holiday'"
    return {day for (day,) in house.rows(sql, calendar)}


def added(house: House, **fields: object) -> int:
    return done(house.open().run(c.AddCalendar(**fields))).entity_id or 0  # type: ignore[arg-type]


def test_a_new_calendar_has_the_holidays_of_its_place_for_three_years(house: House) -> None:
    calendar = added(house, name="Filial", state="sp")
    found = days(house, calendar)
    assert {day[:4] for day in found} == {"2026", "2027", "2028"}
    assert {"2026-07-09", "2028-07-09", "2027-03-26"} <= found
    assert house.one("SELECT holidays_until FROM work_calendar WHERE id = ?", calendar) == 2028


def test_another_state_takes_its_holidays_and_leaves_what_was_entered_by_hand(house: House) -> None:
    crm, calendar = house.open(), added(house, name="Filial", state="SP")
    by_hand = c.AddCalendarDay(calendar=calendar, name="Balanço", start_on=date(2027, 7, 9))
    do(crm, by_hand)
    batch = done(crm.run(c.EditCalendar(calendar=calendar, state="RJ"))).batch
    assert "2027-07-09" not in days(house, calendar)
    assert "2027-04-23" in days(house, calendar)
    assert house.one("SELECT count(*) FROM calendar_exception WHERE title = 'Balanço'") == 1
    done(crm.run(UndoBatch(batch=batch)))
    assert "2027-07-09" in days(house, calendar)
    assert "2027-04-23" not in days(house, calendar)


def test_filling_again_changes_nothing(house: House) -> None:
    crm, calendar = house.open(), added(house, name="Filial", state="SP")
    assert done(crm.run(c.FillHolidays(calendar=calendar))).events == ()
    assert done(crm.run(c.FillHolidays(calendar=calendar, until=2030))).events != ()
    assert done(crm.run(c.FillHolidays(calendar=calendar, until=2030))).events == ()
    assert done(crm.run(c.FillHolidays(calendar=calendar))).events == ()
    assert len(days(house, calendar)) == 5 * 11


def test_a_year_that_nobody_plans_for_is_refused(house: House) -> None:
    calendar = added(house, name="Filial")
    for year in (2025, 2050):
        outcome = house.open().run(c.FillHolidays(calendar=calendar, until=year))
        assert isinstance(outcome, Refusal)
        assert outcome.fields == ("until",)


def test_past_years_stay_as_they_were(house: House) -> None:
    crm, calendar = house.open(), added(house, name="Filial", state="SP")
    house.clock = lambda: datetime(2028, 3, 1, 12, tzinfo=UTC)  # type: ignore[method-assign]
    later = house.open()
    do(later, c.EditCalendar(calendar=calendar, state="RJ"))
    found = days(house, calendar)
    assert {"2026-07-09", "2027-07-09"} <= found
    assert "2028-07-09" not in found
    assert "2030-04-23" in found
    assert crm.viewer.login == "ana"


def test_the_year_is_that_of_the_operators_clock(house: House) -> None:
    """Half past nine on New Year's Eve in São Paulo is the next year in UTC."""
    house.clock = lambda: datetime(2028, 1, 1, 0, 30, tzinfo=UTC)  # type: ignore[method-assign]
    calendar = added(house, name="Filial", state="SP")
    assert {day[:4] for day in days(house, calendar)} == {"2027", "2028", "2029"}


def test_a_calendar_may_be_worked_on_holidays(house: House) -> None:
    crm, calendar = house.open(), added(house, name="Plantão", holidays=False)
    assert days(house, calendar) == set()
    assert isinstance(crm.run(c.FillHolidays(calendar=calendar)), Refusal)
    do(crm, c.EditCalendar(calendar=calendar, holidays=True))
    assert len(days(house, calendar)) == 30
    do(crm, c.EditCalendar(calendar=calendar, holidays=False))
    assert days(house, calendar) == set()


def test_a_citys_holiday_is_in_its_calendars_at_once(house: House) -> None:
    crm = house.open()
    here, there = (added(house, name=n, state="SP", city=n) for n in ("Campinas", "Santos"))
    padroeira = c.AddLocalHoliday(state="sp", city="CAMPINAS", day="8/12", name="Padroeira")
    made = done(crm.run(padroeira))
    assert {"2026-12-08", "2028-12-08"} <= days(house, here)
    assert "2026-12-08" not in days(house, there)
    do(crm, c.EditLocalHoliday(local_holiday=made.entity_id, day="09/12/2027"))
    assert "2027-12-09" in days(house, here)
    assert not {"2026-12-08", "2026-12-09"} & days(house, here)
    do(crm, c.EditLocalHoliday(local_holiday=made.entity_id, city="Santos"))
    assert "2027-12-09" in days(house, there)
    assert "2027-12-09" not in days(house, here)
    do(crm, c.DeactivateLocalHoliday(local_holiday=made.entity_id))
    assert "2027-12-09" not in days(house, there)
    do(crm, c.ReactivateLocalHoliday(local_holiday=made.entity_id))
    assert "2027-12-09" in days(house, there)


def test_a_city_has_one_holiday_a_day(house: House) -> None:
    first = c.AddLocalHoliday(state="SP", city="Campinas", day="08/12", name="Padroeira")
    do(house.open(), first)
    twice = house.open().run(c.AddLocalHoliday(state="SP", city="campinas", day="8/12", name="Outra"))
    assert isinstance(twice, Refusal)
    assert twice.fields == ("day",)
    wrong = house.open().run(c.AddLocalHoliday(state="SP", city="Santos", day="31/02", name="Nunca"))
    assert isinstance(wrong, Refusal)
    assert wrong.fields == ("day",)
