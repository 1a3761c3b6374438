"""The clock's job writes the holidays of coming years in time, once, for whoever may set up. (X20)"""

from __future__ import annotations

from datetime import UTC, datetime

from house import House, do

from crm_tui.connectors import clock as jobs
from crm_tui.services.calendar import commands as c
from crm_tui.services.calendar.yearly import fill_due


def until(house: House) -> list[int | None]:
    """Up to which year each calendar has its holidays."""
    return [year for (year,) in house.rows("SELECT holidays_until FROM work_calendar ORDER BY id")]


def in_year(house: House, year: int) -> None:
    house.clock = lambda: datetime(year, 1, 2, 12, tzinfo=UTC)  # type: ignore[method-assign]


def test_each_year_is_written_two_years_ahead_and_once(house: House) -> None:
    do(house.open(), c.AddCalendar(name="Plantão", holidays=False))
    assert fill_due(house.open()) == 0, "the first start wrote this year and the next two"
    in_year(house, 2027)
    crm = house.open()
    assert fill_due(crm) == 1
    assert until(house) == [2029, None]
    assert house.one("SELECT count(*) FROM calendar_exception WHERE start_on LIKE '2029-%'") == 10
    events = house.one("SELECT count(*) FROM event")
    assert fill_due(crm) == 0
    assert fill_due(house.open("carla")) == 0
    assert house.one("SELECT count(*) FROM event") == events


def test_who_may_not_set_up_writes_nothing_and_hinders_nobody(house: House) -> None:
    in_year(house, 2027)
    assert fill_due(house.open("bia")) == 0
    assert until(house) == [2028]
    ran = jobs.run_due(house.open("carla"))
    assert ran is not None
    assert [(each.job, each.key, each.ok) for each in ran if each.job == "holidays"] == [
        ("holidays", "holidays:2027", True)
    ]
    assert until(house) == [2029]
