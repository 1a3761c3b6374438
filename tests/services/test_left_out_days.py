"""Days that a calendar file leaves out beyond what is made of a series stay left out when the clock goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from house import House, do
from test_calendar_files import AT, days, given_out, taken, verdicts, weekly

from crm_tui.connectors.clock import going_on
from crm_tui.domain.recurring import Reach
from crm_tui.services.agenda.commands import MoveAppointment
from crm_tui.services.agenda.judging import Verdict

FAR = date(2028, 11, 1)
"""A Wednesday nearly two years ahead."""
OUT = weekly(rrule="FREQ=WEEKLY", exdates=(date(2026, 12, 9), FAR))


def _gone_on(house: House) -> set[str]:
    house.clock.advance(days=330)
    assert going_on(house.open()) is not None
    house.clock.advance(days=200)
    going_on(house.open())
    return {day for day, _, _ in days(house)}


def test_they_stay_left_out(house: House) -> None:
    taken(house.open(), OUT)
    made = _gone_on(house)
    assert {"2028-10-25", "2028-11-08"} <= made
    assert not {"2026-12-09", FAR.isoformat()} & made


def test_the_same_file_is_nothing_new_and_one_that_leaves_out_more_is(house: House) -> None:
    crm = house.open()
    taken(crm, OUT)
    assert verdicts(crm, OUT) == [Verdict.UNCHANGED]
    more = replace(OUT, exdates=(*OUT.exdates, FAR + timedelta(days=7)))
    assert verdicts(crm, more) == [Verdict.UPDATE]
    taken(crm, more)
    assert verdicts(crm, more) == [Verdict.UNCHANGED]
    assert (FAR + timedelta(days=7)).isoformat() not in _gone_on(house)


def test_they_go_out_again(house: House) -> None:
    (made,) = taken(house.open(), OUT)
    (main,) = given_out(house.open(), made)
    assert FAR in main.exdates


def test_from_here_on_and_moved_they_go_with_it(house: House) -> None:
    taken(house.open(), OUT)
    third = house.one("SELECT id FROM activity WHERE uid = 's@x' AND occurrence_on = '2026-12-16'")
    later = AT + timedelta(days=14 + 1)
    do(house.open(), MoveAppointment(activity=third, when=later, reach=Reach.FOLLOWING))
    moved = (FAR + timedelta(days=1)).isoformat()
    made_days = _gone_on(house)
    assert moved not in made_days
    assert (FAR + timedelta(days=8)).isoformat() in made_days
