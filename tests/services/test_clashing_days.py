"""Whole days and series that clash: told of another day, and on which days of it a series clashes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from house import House, do

from crm_tui.domain.outcome import Refusal
from crm_tui.domain.recurring import Repeat
from crm_tui.services.agenda.commands import BookAppointment

WEDNESDAY = date(2026, 12, 2)
AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
"""That Wednesday, 14:00 in São Paulo."""


def refused(house: House, **said: object) -> Refusal:
    outcome = house.open().run(BookAppointment(**said))
    assert isinstance(outcome, Refusal)
    return outcome


def offered(refusal: Refusal) -> list[dict[str, str]]:
    return [dict(way.values) for way in refusal.instead]


def test_whole_days_are_offered_days_near_by_that_all_have_free(house: House) -> None:
    crm = house.open()
    both = (house.user("ana"), house.user("bia"))
    do(crm, BookAppointment(when=AT, subject="Dentista"))
    do(crm, BookAppointment(when=AT + timedelta(days=1), subject="Visita", who=(house.user("bia"),)))
    refusal = refused(house, when=WEDNESDAY, all_day=True, who=both)
    assert refusal.reason.msgid == "{said}: choose another day, or book it anyway."
    assert offered(refusal) == [{"when": "2026-11-30"}, {"when": "2026-12-01"}, {"anyway": "1"}]
    labels = [way.label.msgid for way in refusal.instead]
    assert labels == ["_On {first_on}", "O_r on {second_on}", "_Book it anyway"]
    do(house.open(), BookAppointment(when=date(2026, 12, 1), all_day=True, who=both))


def test_of_several_whole_days_the_last_one_goes_along(house: House) -> None:
    do(house.open(), BookAppointment(when=AT, subject="Dentista"))
    refusal = refused(house, when=date(2026, 12, 1), all_day=True, last_on=date(2026, 12, 3))
    ways = offered(refusal)
    assert ways[:-1] == [
        {"when": "2026-12-03", "last_on": "2026-12-05"},
        {"when": "2026-12-04", "last_on": "2026-12-06"},
    ]


def test_no_day_is_offered_that_is_over_or_on_which_nobody_works(house: House) -> None:
    today = house.clock().date()
    do(house.open(), BookAppointment(when=today, all_day=True, subject="Feira"))
    for way in offered(refused(house, when=today, all_day=True))[:-1]:
        day = date.fromisoformat(way["when"])
        assert day > today
        assert day.weekday() < 5


def test_an_hour_is_told_of_another_hour_as_before(house: House) -> None:
    do(house.open(), BookAppointment(when=AT, subject="Dentista"))
    refusal = refused(house, when=AT)
    assert refusal.reason.msgid == "{said}: choose another hour, or book it anyway."
    assert all(" " in way["when"] for way in offered(refusal)[:-1])


def test_a_series_says_on_which_days_it_clashes(house: House) -> None:
    for weeks in (1, 3, 4):
        do(house.open(), BookAppointment(when=AT + timedelta(weeks=weeks), subject="Dentista"))
    weekly = {"when": AT, "repeat": Repeat.WEEKLY}
    told = refused(house, **weekly).reason.params["said"]
    assert told.many == "{said}; of the series {first_on} and {n} more days clash"
    assert (told.params["first_on"], told.params["n"]) == (date(2026, 12, 9), 2)
    told = refused(house, **weekly, repeat_until=date(2026, 12, 16)).reason.params["said"]
    assert told.msgid == "{said}; of the series {first_on} alone clashes"


def test_whole_days_that_come_again_say_it_too_beyond_twenty_clashes(house: House) -> None:
    for days in range(30):
        do(house.open(), BookAppointment(when=AT + timedelta(days=days), subject="Dentista"))
    refusal = refused(
        house,
        when=WEDNESDAY,
        all_day=True,
        repeat=Repeat.DAILY,
        repeat_until=WEDNESDAY + timedelta(days=24),
    )
    said = refusal.reason.params["said"]
    assert (said.params["first_on"], said.params["n"]) == (WEDNESDAY, 24)
    assert refusal.reason.msgid == "{said}: choose another day, or book it anyway."
