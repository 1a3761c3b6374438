"""What a change of all of a series asks of each of them, who continues one, ends behind midnight, days out of reach."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from house import House, do

from crm_tui.connectors.clock import going_on
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.recurring import Reach, Repeat
from crm_tui.i18n import Text, say
from crm_tui.services.agenda import views
from crm_tui.services.agenda.commands import (
    BookAppointment,
    CancelAppointment,
    ContinueSeries,
    EditAppointment,
    MoveAppointment,
)
from crm_tui.services.free import views as free
from crm_tui.ui.sentences import in_words

AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
"""A Wednesday, 14:00 in São Paulo."""


def read(house: House, text: Text) -> str:
    """A text as the screens and the command line say it."""
    return say(in_words(text, house.clock(), house.open().viewer.zone))


def weekly(house: House, *who: str, times: int = 3, **more: object) -> list[int]:
    """The ids of the occurrences of a series."""
    users = tuple(house.user(login) for login in who or ("ana",))
    said = {"when": AT, "subject": "Equipe", "repeat": Repeat.RULE, "rule": f"FREQ=WEEKLY;COUNT={times}"}
    do(house.open(), BookAppointment(who=users, **said | more))
    series = house.any_id("activity_series")
    return [
        row[0]
        for row in house.rows(f"SELECT id FROM activity WHERE series_id = {series} ORDER BY occurrence_on")
    ]


# --- each occurrence that a change is for ---------------------------------------------------------------------


@pytest.mark.parametrize("reach", [Reach.ALL, Reach.FOLLOWING])
def test_an_occurrence_that_is_anothers_by_now_is_not_changed_with_the_rest(
    house: House, reach: Reach
) -> None:
    first, second, _ = weekly(house, "bia")
    do(house.open(), EditAppointment(activity=second, who=(house.user("edu"),)))
    before = house.rows("SELECT id, start_at, state FROM activity ORDER BY id")
    bia = house.open("bia")
    for wish in (
        MoveAppointment(activity=first, when=AT + timedelta(hours=1), reach=reach),
        EditAppointment(activity=first, subject="Outra", reach=reach),
        CancelAppointment(activity=first, reach=reach),
    ):
        refusal = bia.run(wish)
        assert isinstance(refusal, Refusal)
        assert refusal.fields == ("reach",)
        assert "09/12" in read(house, refusal.reason), "the day that is in the way is said"
    assert house.rows("SELECT id, start_at, state FROM activity ORDER BY id") == before
    do(house.open(), MoveAppointment(activity=first, when=AT + timedelta(hours=1), reach=reach))


def test_a_private_occurrence_stands_in_the_way_of_others(house: House) -> None:
    first, second, _ = weekly(house, "bia")
    do(house.open("bia"), EditAppointment(activity=second, private=True))
    refusal = house.open("carla").run(CancelAppointment(activity=first, reach=Reach.ALL))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("reach",)


def test_who_takes_part_in_one_of_them_alone_is_asked_for_that_day_too(house: House) -> None:
    first, second, _ = weekly(house, "ana")
    do(house.open(), EditAppointment(activity=second, who=(house.user("ana"), house.user("beto"))))
    busy = AT + timedelta(days=7, hours=2)
    do(house.open("beto"), BookAppointment(who=(house.user("beto"),), when=busy, subject="Treino"))
    wish = MoveAppointment(activity=first, when=AT + timedelta(hours=2), reach=Reach.ALL)
    refusal = house.open().run(wish)
    assert isinstance(refusal, Refusal)
    assert "beto" in read(house, refusal.reason)
    assert "09/12" in read(house, refusal.reason), "which day it is"
    do(house.open(), wish.model_copy(update={"anyway": True}))


def test_whoever_is_free_on_the_other_days_is_not_asked_for_them(house: House) -> None:
    first, second, _ = weekly(house, "ana")
    do(house.open(), EditAppointment(activity=second, who=(house.user("ana"), house.user("beto"))))
    do(
        house.open("beto"),
        BookAppointment(who=(house.user("beto"),), when=AT + timedelta(hours=2), subject="X"),
    )
    do(house.open(), MoveAppointment(activity=first, when=AT + timedelta(hours=2), reach=Reach.ALL))


def test_asking_for_a_long_series_takes_no_more_queries(house: House) -> None:
    def asked(times: int) -> int:
        first = weekly(house, "ana", "bia", times=times, when=AT + timedelta(hours=times), anyway=True)[0]
        crm, count = house.open(), []
        with crm.store.writing() as connection:
            connection.set_trace_callback(count.append)
        do(
            crm,
            MoveAppointment(activity=first, when=AT + timedelta(hours=times, minutes=30), reach=Reach.ALL),
        )
        return len([sql for sql in count if sql.lstrip().upper().startswith("SELECT")])

    few, many = asked(4), asked(5)
    assert few > 5, "they are seen at all"
    assert many <= few + 1


# --- who continues a series -----------------------------------------------------------------------------------


def test_only_whoever_may_change_a_series_continues_it(house: House) -> None:
    do(
        house.open(),
        BookAppointment(who=(house.user("edu"),), when=AT, subject="Equipe", repeat=Repeat.WEEKLY),
    )
    house.clock.advance(days=300)
    series = house.any_id("activity_series")
    refusal = house.open("bia").run(ContinueSeries(series=series))
    assert isinstance(refusal, Refusal)
    assert refusal.by is RefusedBy.PERMISSION
    assert going_on(house.open("bia")) is None, "bia's clock leaves it to whoever may"
    assert series not in house.open("bia").read(views.unfinished)
    assert going_on(house.open("edu")) is not None


def test_a_private_series_is_continued_by_its_own_people(house: House) -> None:
    said = {"when": AT, "subject": "Médico", "repeat": Repeat.WEEKLY, "private": True}
    do(house.open("bia"), BookAppointment(**said))
    house.clock.advance(days=300)
    series = house.any_id("activity_series")
    assert isinstance(house.open("carla").run(ContinueSeries(series=series)), Refusal)
    assert house.open("carla").read(views.unfinished) == []
    assert going_on(house.open("bia")) is not None


# --- over midnight --------------------------------------------------------------------------------------------


def test_an_end_before_its_begin_is_that_of_the_next_day(house: House) -> None:
    late = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)  # Wednesday, 23:00
    crm = house.open()
    done = do(crm, BookAppointment(when=late, until=time(1), subject="Virada"))
    assert done.note is not None
    assert "03/12" in read(house, done.note)
    assert "1:00" in read(house, done.note) or "1h" in read(house, done.note)
    found = crm.read(views.appointment, done.entity_id)
    assert (found.start_at, found.end_at) == (late, late + timedelta(hours=2))
    for day in (date(2026, 12, 2), date(2026, 12, 3)):
        assert [e.id for e in crm.read(views.agenda, [house.user("ana")], day, day)] == [done.entity_id]
    do(crm, EditAppointment(activity=done.entity_id, until=time(2)))
    found = crm.read(views.appointment, done.entity_id)
    assert found.end_at == late + timedelta(hours=3)


def test_an_end_far_before_its_begin_is_a_slip(house: House) -> None:
    refusal = house.open().run(BookAppointment(when=AT, until=time(13), subject="X"))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("until",)


def test_it_takes_the_time_of_both_days(house: House) -> None:
    late = datetime(2026, 12, 3, 1, 0, tzinfo=UTC)  # Wednesday, 22:00
    crm = house.open()
    before = crm.read(free.free_hours, [house.user("ana")], date(2026, 12, 2), date(2026, 12, 3))
    do(crm, BookAppointment(when=late, until=time(9, 30), subject="Virada"))
    after = crm.read(free.free_hours, [house.user("ana")], date(2026, 12, 2), date(2026, 12, 3))
    key = (house.user("ana"), date(2026, 12, 3))
    assert before[key] != after[key]
    assert after[key][0][0] == "09:30"


# --- days out of reach, and what is not seen ------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_at_the_ends_of_the_calendar_nothing_stands(house: House, day: date) -> None:
    crm, who = house.open(), [house.user("ana")]
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert crm.read(views.agenda, who, day, day) == []
    assert crm.read(views.untimed, who, day, day) == []
    assert crm.read(views.counts, who, day, day) == {}
    assert crm.read(views.conflicts, who, at, at) == []
    assert crm.read(views.conflicts, who, None, None, days=(day, day)) == []


def test_all_of_the_calendar_is_what_stands_in_it(house: House) -> None:
    made = do(house.open(), BookAppointment(when=AT, subject="X")).entity_id
    found = house.open().read(views.agenda, [house.user("ana")], date.min, date.max)
    assert made in [entry.id for entry in found]


def test_of_what_one_may_not_see_the_kind_is_hidden(house: House) -> None:
    made = do(house.open("edu"), BookAppointment(when=AT, subject="Médico", private=True)).entity_id
    found = house.open("bia").read(views.appointment, made)
    assert found is not None
    assert not found.seen
    assert (found.action_id, found.action, found.subject) == (0, "", "")
