"""Appointments that come again: carried out as rows, changed one, from here on, or all; the rules that are none."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from house import House, do
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.connectors.clock import going_on
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.recurring import HORIZON, MOST, Reach, Repeat, readable, rule_of
from crm_tui.services.agenda import series, views
from crm_tui.services.agenda.commands import (
    AnswerInvitation,
    BookAppointment,
    CancelAppointment,
    ContinueSeries,
    DeleteAppointment,
    EditAppointment,
    HoldAppointment,
    MoveAppointment,
)
from crm_tui.services.followup.views import steps_of_card
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Activity, ActivitySeries

AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
"""A Wednesday, 14:00 in São Paulo."""
ZONE = ZoneInfo("America/Sao_Paulo")


def weekly(house: House, **more: object) -> int:
    said = {"when": AT, "subject": "Equipe", "repeat": Repeat.WEEKLY} | more
    return do(house.open(), BookAppointment(**said)).entity_id or 0


def made(house: House) -> list[tuple[str, str]]:
    """(hour, state) of what is not deleted, in order."""
    return house.rows(
        "SELECT start_at, state FROM activity WHERE series_id IS NOT NULL AND deleted_at IS NULL ORDER BY start_at"
    )


def test_all_of_a_series_keep_an_hour_or_whole_days(house: House) -> None:
    first = weekly(house, when=date(2026, 12, 3), all_day=True)
    refusal = house.open().run(EditAppointment(activity=first, all_day=False, reach=Reach.ALL))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("when",)


def test_it_is_made_a_year_and_a_half_ahead_with_everybody_in_each(house: House) -> None:
    weekly(house, who=(house.user("ana"), house.user("bia")))
    rows = made(house)
    assert rows[0][0] == "2026-12-02T17:00:00.000Z"
    assert {datetime.fromisoformat(at).astimezone(ZONE).strftime("%a %H:%M") for at, _ in rows} == {
        "Wed 14:00"
    }
    assert datetime.fromisoformat(rows[-1][0]) > house.clock() + HORIZON - timedelta(days=7)
    assert house.one("SELECT count(*) FROM agenda_slot WHERE user_id = ?", house.user("bia")) >= len(rows)
    do(house.open(), UndoBatch())
    assert made(house) == []
    assert house.one("SELECT count(*) FROM agenda_slot WHERE user_id = ?", house.user("bia")) == 0


def test_what_somebody_answered_already_is_not_taken_back_unseen(house: House) -> None:
    first = weekly(house, who=(house.user("ana"), house.user("bia")))
    do(house.open("bia"), AnswerInvitation(activity=first, response="accepted"))
    assert isinstance(house.open().run(UndoBatch()), Refusal)


def test_it_ends_on_its_day_or_after_its_times(house: House) -> None:
    weekly(house, repeat_until=date(2026, 12, 23))
    assert [at[:10] for at, _ in made(house)] == ["2026-12-02", "2026-12-09", "2026-12-16", "2026-12-23"]
    weekly(house, when=AT + timedelta(hours=3), repeat=Repeat.RULE, rule="FREQ=DAILY;COUNT=3")
    assert len(made(house)) == 7


def test_in_the_list_of_the_day_one_row_stands_for_all(house: House) -> None:
    def alone() -> list[str]:
        rows = house.rows(
            "SELECT start_at FROM activity WHERE series_id IS NOT NULL AND stands_alone = 1 AND state = 'planned'"
        )
        return [at[:10] for (at,) in rows]

    house.clock.advance(days=20)
    weekly(house, when=house.clock() - timedelta(hours=2))
    first = house.one("SELECT id FROM activity WHERE series_id IS NOT NULL ORDER BY start_at")
    assert alone() == [house.clock().date().isoformat()]
    do(house.open(), HoldAppointment(activity=first))
    assert alone() == [(house.clock().date() + timedelta(days=7)).isoformat()]
    do(house.open(), UndoBatch())
    assert alone() == [house.clock().date().isoformat()]


def test_of_a_card_the_first_is_the_next_step(house: House) -> None:
    before = house.step()
    do(house.open(), CancelAppointment(activity=before))
    first = weekly(house, card=house.card())
    assert house.one("SELECT next_activity_id FROM card WHERE id = ?", house.card()) == first
    assert len(house.open().read(steps_of_card, house.card())) > 50


@pytest.mark.parametrize(
    ("reach", "moved", "stayed"), [(Reach.THIS, 1, 3), (Reach.FOLLOWING, 3, 1), (Reach.ALL, 4, 0)]
)
def test_moved_is_one_those_from_here_on_or_all(house: House, reach: Reach, moved: int, stayed: int) -> None:
    weekly(house, repeat_until=date(2026, 12, 23))
    second = house.rows("SELECT id FROM activity WHERE series_id IS NOT NULL ORDER BY start_at")[1][0]
    do(house.open(), MoveAppointment(activity=second, when=AT + timedelta(days=7, hours=1), reach=reach))
    hours = [at[11:13] for at, _ in made(house)]
    assert (hours.count("18"), hours.count("17")) == (moved, stayed)
    assert [at[:10] for at, _ in made(house)] == ["2026-12-02", "2026-12-09", "2026-12-16", "2026-12-23"]
    times = house.rows("SELECT rrule, start_time FROM activity_series ORDER BY id")
    assert [start for _, start in times] == {
        Reach.THIS: ["14:00"],
        Reach.FOLLOWING: ["14:00", "15:00"],
        Reach.ALL: ["15:00"],
    }[reach]
    do(house.open(), UndoBatch())
    assert [at[11:13] for at, _ in made(house)] == ["17"] * 4


def test_deleted_from_here_on_it_comes_no_more(house: House) -> None:
    weekly(house)
    third = house.rows("SELECT id FROM activity WHERE series_id IS NOT NULL ORDER BY start_at")[2][0]
    do(house.open(), DeleteAppointment(activity=third, reach=Reach.FOLLOWING))
    assert [at[:10] for at, _ in made(house)] == ["2026-12-02", "2026-12-09"]
    house.clock.advance(days=400)
    assert going_on(house.open()) is None
    assert isinstance(house.open().run(ContinueSeries(series=house.any_id("activity_series"))), Refusal)
    assert len(made(house)) == 2
    found = house.open().read(
        views.agenda, [house.user("ana")], date(2026, 12, 16), date(2026, 12, 16), deleted=True
    )
    assert [e.deleted for e in found if e.subject == "Equipe"] == [True]


def test_it_goes_on_when_time_does(house: House) -> None:
    first = weekly(house, location="Sala 1", who=(house.user("ana"), house.user("bia")))
    do(house.open(), EditAppointment(activity=first, location="Sala 2", reach=Reach.ALL))
    before = len(made(house))
    assert going_on(house.open()) is None, "there is more than a year of it"
    house.clock.advance(days=200)
    assert isinstance(going_on(house.open("rui")), type(None)), "who only reads leaves it to the next one"
    assert going_on(house.open()) is not None
    rows = made(house)
    assert before < len(rows) <= before + 30
    assert {datetime.fromisoformat(at).astimezone(ZONE).strftime("%a %H:%M") for at, _ in rows} == {
        "Wed 14:00"
    }
    last = house.rows("SELECT id, location FROM activity WHERE series_id IS NOT NULL ORDER BY start_at DESC")[
        0
    ]
    assert last[1] == "Sala 2"
    assert house.rows("SELECT user_id FROM activity_attendee WHERE activity_id = ?", last[0]) == [
        (house.user("bia"),)
    ]
    again = len(made(house))
    assert going_on(house.open()) is None
    assert len(made(house)) == again, "what is made is made once"


def test_another_rule_is_for_what_is_to_come(house: House) -> None:
    weekly(house, repeat_until=date(2026, 12, 30))
    second = house.rows("SELECT id FROM activity WHERE series_id IS NOT NULL ORDER BY start_at")[1][0]
    wish = EditAppointment(activity=second, repeat=Repeat.DAILY, repeat_until=date(2026, 12, 11))
    do(house.open(), wish)
    assert [at[:10] for at, _ in made(house)] == ["2026-12-02", "2026-12-09", "2026-12-10", "2026-12-11"]
    do(house.open(), UndoBatch())
    assert len(made(house)) == 5


def test_every_occurrence_is_looked_at_for_clashes(house: House) -> None:
    do(house.open(), BookAppointment(when=AT + timedelta(days=14), subject="Dentista"))
    refusal = house.open().run(BookAppointment(when=AT, repeat=Repeat.WEEKLY, subject="Equipe"))
    assert isinstance(refusal, Refusal)
    assert refusal.reason.params["said"].params["said"].params["what"] == "Dentista"


def test_the_31st_comes_on_the_last_day_and_the_leap_day_each_year() -> None:
    first = date(2027, 1, 31)
    rule = rule_of(Repeat.MONTHLY, "", first, None)
    days = itertools.islice(series.days(rule, first, date(2028, 12, 31), at=None, zone=ZONE), 4)
    assert [*days] == [first, date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    leap = date(2028, 2, 29)
    rule = rule_of(Repeat.YEARLY, "", leap, None)
    assert [*series.days(rule, leap, date(2030, 12, 31), at=None, zone=ZONE)] == [
        leap,
        date(2029, 2, 28),
        date(2030, 2, 28),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        *("", "FREQ=", "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "INTERVAL=2", "FREQ=DAILY;BYHOUR=3"),
        *("FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=3;UNTIL=20270101", "FREQ=WEEKLY;BYDAY=XX", "x" * 600),
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    assert readable(rule) is not None


def test_a_rule_that_fits_no_day_ends() -> None:
    first = date(2027, 1, 1)
    rule = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"
    found, until = series.made(rule, first, first, at=None, zone=ZONE)
    assert (found, until) == ([first], series.NOTHING_LEFT)


def test_no_more_than_a_year_of_days_is_made_at_once() -> None:
    first = date(2027, 1, 1)
    found, until = series.made("FREQ=DAILY", first, first, at=time(9), zone=ZONE)
    assert (len(found), until) == (MOST, found[-1])


RULES = st.builds(
    lambda freq, interval, days, count: ";".join(
        part
        for part in (
            f"FREQ={freq}",
            f"INTERVAL={interval}",
            f"BYDAY={','.join(sorted(days))}" if days and freq == "WEEKLY" else "",
            f"COUNT={count}" if count else "",
        )
        if part
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])),
    st.integers(0, 20),
)


@given(rule=RULES, first=st.dates(date(2024, 1, 1), date(2034, 12, 31)))
def test_the_days_are_those_of_the_rule_and_the_first_one(rule: str, first: date) -> None:
    until = first + timedelta(days=300)
    found = [*series.days(rule, first, until, at=time(14), zone=ZONE)]
    plain = rrulestr(rule, dtstart=datetime.combine(first, time(14)))
    fits = [m.date() for m in itertools.takewhile(lambda m: m.date() <= until, plain)]
    assert found[0] == first
    assert found == sorted(set(found))
    if first in fits:
        assert found == fits


def test_a_series_of_which_nothing_is_left_is_not_asked_for_again(house: House) -> None:
    first = weekly(house)
    with house.open().store.writing() as connection:
        rows = Rows(connection)
        rows.update(ActivitySeries, house.any_id("activity_series"), made_until=AT.date())
        later = connection.execute(
            "SELECT id FROM activity WHERE series_id IS NOT NULL AND id <> ?", (first,)
        )
        rows.delete_many(Activity, [row[0] for row in later.fetchall()])
    assert house.open().read(views.unfinished) == [house.any_id("activity_series")]
    do(house.open(), DeleteAppointment(activity=first))
    assert house.open().read(views.unfinished) == []


def test_all_are_those_that_are_still_to_come_and_the_one_that_was_named(house: House) -> None:
    weekly(house, repeat_until=date(2026, 12, 23))
    house.clock.advance(days=22)  # the second one is over, and nobody said so
    named = house.rows("SELECT id FROM activity WHERE series_id IS NOT NULL ORDER BY start_at")[2][0]
    wish = MoveAppointment(activity=named, when=AT + timedelta(days=14, hours=1), reach=Reach.ALL)
    do(house.open(), wish)
    assert [at[11:13] for at, _ in made(house)] == ["17", "17", "18", "18"]


def test_what_came_again_comes_once_from_here_on(house: House) -> None:
    weekly(house, repeat_until=date(2026, 12, 30))
    second = house.rows("SELECT id FROM activity WHERE series_id IS NOT NULL ORDER BY start_at")[1][0]
    do(house.open(), EditAppointment(activity=second, repeat=Repeat.NEVER))
    assert [at[:10] for at, _ in made(house)] == ["2026-12-02"]
    assert house.one("SELECT series_id FROM activity WHERE id = ?", second) is None
    assert house.one("SELECT rrule FROM activity_series") == "FREQ=WEEKLY;UNTIL=20261208"
    do(house.open(), UndoBatch())
    assert len(made(house)) == 5


def test_who_takes_part_in_many_is_changed_in_as_few_steps_as_in_few(house: House) -> None:
    ana, bia, carla = (house.user(login) for login in ("ana", "bia", "carla"))
    guest, asked = house.party(), []
    for times in (4, 40):
        first = weekly(
            house, who=(ana, bia), rule=f"FREQ=DAILY;COUNT={times}", repeat=Repeat.RULE, anyway=True
        )
        before, crm = house.dump(), house.open()
        seen: list[str] = []
        with crm.store.writing() as connection:
            connection.set_trace_callback(seen.append)
        change = EditAppointment(
            activity=first, who=(ana, carla), guests=(guest,), reach=Reach.ALL, anyway=True
        )
        do(crm, change)
        with crm.store.writing() as connection:
            connection.set_trace_callback(None)
        reads = (each for each in seen if each.lstrip().upper().startswith("SELECT"))
        asked.append(sum("activity_attendee" in each for each in reads))
        parts = "SELECT count(*) FROM activity_attendee WHERE user_id = ? OR party_id = ?"
        assert house.one(parts, carla, guest) == 2 * times
        assert house.one(parts, bia, -1) == 0
        do(crm, UndoBatch())
        assert house.dump() == before
        do(crm, UndoBatch())
    assert asked[0] == asked[1]
