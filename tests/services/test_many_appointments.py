"""The agenda as an unlucky or a hostile hand uses it: what must hold of appointments however they are changed."""

from __future__ import annotations

import contextlib
import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from booked import AT, meeting
from house import House, do
from test_permissions import _asks, _views, answered

from crm_tui.domain.outcome import Refusal
from crm_tui.domain.recurring import Reach, Repeat
from crm_tui.services.agenda import views
from crm_tui.services.agenda.commands import (
    BookAppointment,
    CancelAppointment,
    ContinueSeries,
    EditAppointment,
    MoveAppointment,
    RestoreAppointment,
)
from crm_tui.services.board.commands import LoseCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.reading import Denied
from crm_tui.services.trail.commands import UndoBatch

ZONE = ZoneInfo("America/Sao_Paulo")


def _days_between(house: House, activity: int) -> set[timedelta]:
    """How far apart the occurrences of a series are, once the clock has made the later ones."""
    series = house.one("SELECT series_id FROM activity WHERE id = ?", activity)
    house.clock.advance(days=250)
    do(house.open(), ContinueSeries(series=series))
    rows = house.rows("SELECT start_at FROM activity WHERE series_id = ? ORDER BY 1", series)
    starts = [datetime.fromisoformat(at) for (at,) in rows]
    return {b - a for a, b in itertools.pairwise(starts)}


@pytest.mark.parametrize(("begins", "to"), [(AT, AT + timedelta(days=7)), (AT + timedelta(days=14), AT)])
def test_a_series_moved_over_weeks_is_continued_where_it_ends(
    house: House, begins: datetime, to: datetime
) -> None:
    first = meeting(house, when=begins, repeat=Repeat.WEEKLY)
    do(house.open(), MoveAppointment(activity=first, when=to, reach=Reach.ALL))
    assert _days_between(house, first) == {timedelta(days=7)}


def test_a_series_of_somebody_in_another_zone_is_moved_on_its_own_clock(house: House) -> None:
    with house.open().store.writing() as connection:
        connection.execute("UPDATE user SET timezone = 'Asia/Tokyo' WHERE login = 'bia'")
    first = meeting(house, who=(house.user("bia"),), repeat=Repeat.WEEKLY)
    earlier = datetime(2026, 12, 2, 11, tzinfo=UTC)  # the same day in São Paulo, the day before in Tokyo
    do(house.open(), MoveAppointment(activity=first, when=earlier, reach=Reach.ALL))
    assert _days_between(house, first) == {timedelta(days=7)}


def test_whoever_it_is_handed_to_must_be_free(house: House) -> None:
    bia = house.user("bia")
    meeting(house, who=(bia,))
    mine = meeting(house)
    assert isinstance(house.open().run(EditAppointment(activity=mine, who=(bia,))), Refusal)
    do(house.open(), EditAppointment(activity=mine, who=(bia,), anyway=True))


def test_that_it_comes_once_books_over_nothing(house: House) -> None:
    later = AT + timedelta(hours=3)
    meeting(house, when=later)
    for repeat in (Repeat.NEVER, Repeat.WEEKLY):
        mine = meeting(house, repeat=repeat)
        edit = EditAppointment(activity=mine, repeat=Repeat.NEVER, when=later)
        assert isinstance(house.open().run(edit), Refusal)


def test_an_end_of_repeating_without_how_it_repeats_is_not_passed_over(house: House) -> None:
    series = meeting(house, repeat=Repeat.WEEKLY)
    outcome = house.open().run(EditAppointment(activity=series, repeat_until=date(2026, 12, 23)))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("repeat",)


@pytest.mark.parametrize("reach", [Reach.FOLLOWING, Reach.ALL])
def test_what_comes_again_keeps_an_hour_or_its_days(house: House, reach: Reach) -> None:
    whole = meeting(house, when=date(2026, 12, 2), all_day=True, repeat=Repeat.WEEKLY)
    outcome = house.open().run(EditAppointment(activity=whole, all_day=False, reach=reach))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("when",)


def test_of_whole_days_no_minutes_are_passed_over(house: House) -> None:
    whole = meeting(house, when=date(2026, 12, 2), all_day=True)
    assert isinstance(house.open().run(MoveAppointment(activity=whole, minutes=60)), Refusal)


def test_where_the_clock_goes_back_it_lasts_as_long(house: House) -> None:
    """In São Paulo the last night of summer time, 17 February 2018, had the hour before midnight twice."""
    mine = meeting(house, when=datetime(2018, 2, 16, 23, 30, tzinfo=ZONE), until=time(23, 59))

    def lasts() -> timedelta:
        start, end = house.rows("SELECT start_at, end_at FROM activity WHERE id = ?", mine)[0]
        return datetime.fromisoformat(end) - datetime.fromisoformat(start)

    do(house.open(), MoveAppointment(activity=mine, minutes=60))
    do(house.open(), MoveAppointment(activity=mine, when=date(2018, 2, 17)))
    assert lasts() == timedelta(hours=1)
    do(house.open(), EditAppointment(activity=mine, when=date(2018, 2, 16)))
    do(house.open(), EditAppointment(activity=mine, when=date(2018, 2, 17)))
    assert lasts() == timedelta(hours=1)


@pytest.mark.parametrize("of_card", [False, True])
def test_of_what_is_private_no_view_tells_whoever_takes_no_part(house: House, of_card: bool) -> None:
    secrets = ("segredo-total", "lugar-secreto", "texto-secreto", "razao-secreta")
    bia, at = house.open("bia"), datetime(2026, 11, 24, 15, tzinfo=UTC)
    card = house.card("bia") if of_card else None
    said = {
        "subject": secrets[0],
        "location": secrets[1],
        "description": secrets[2],
        "private": True,
        "card": card,
    }
    do(bia, BookAppointment(when=at, **said))
    gone = do(bia, BookAppointment(when=at + timedelta(days=2), **said)).entity_id or 0
    do(bia, CancelAppointment(activity=gone, reason=secrets[3]))
    do(bia, BookAppointment(when=at + timedelta(days=3), **said))
    do(bia, UndoBatch())
    every, asks = _views(), _asks(house)
    assert [word for word in secrets if word not in _told(bia, every, asks)] == []
    for login in ("carla", "beto", "nina"):
        told = _told(house.open(login), every, asks)
        assert [word for word in secrets if word in told] == []


def _told(crm: Crm, every: dict[str, Any], asks: dict[str, Any]) -> str:
    """Everything that any view answers."""
    found = []
    for name, asked in asks.items():
        for args, kwargs in asked:
            with contextlib.suppress(Denied):
                found.append(answered(crm, every[name], args, kwargs))
    return "\n".join(found)


def test_what_a_card_is_closed_with_neither_comes_back_nor_goes_on(house: House) -> None:
    card, ana = house.card(), house.open()
    do(ana, BookAppointment(card=card, when=AT, repeat=Repeat.WEEKLY))
    once = do(ana, BookAppointment(card=card, when=AT + timedelta(days=1))).entity_id or 0
    series = house.one("SELECT max(id) FROM activity_series")
    do(ana, LoseCard(card=card, reason=house.any_id("loss_reason")))
    assert isinstance(ana.run(RestoreAppointment(activity=once)), Refusal)
    house.clock.advance(days=250)
    assert ana.read(views.unfinished) == []
    assert isinstance(ana.run(ContinueSeries(series=series)), Refusal)


def test_nobody_else_restores_what_is_private(house: House) -> None:
    bia = house.open("bia")
    mine = do(bia, BookAppointment(when=AT, private=True)).entity_id or 0
    do(bia, CancelAppointment(activity=mine))
    assert isinstance(house.open("carla").run(RestoreAppointment(activity=mine)), Refusal)
    do(bia, RestoreAppointment(activity=mine))


@pytest.mark.parametrize("repeat", [Repeat.NEVER, Repeat.WEEKLY])
@pytest.mark.parametrize("all_day", [False, True])
@pytest.mark.parametrize(
    "when", [date.min, date.max, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
def test_at_the_ends_of_the_calendar_it_is_refused(
    house: House, when: date | datetime, all_day: bool, repeat: Repeat
) -> None:
    booked = house.open().run(BookAppointment(when=when, all_day=all_day, repeat=repeat, subject="x"))
    assert isinstance(booked, Refusal)
    assert booked.fields == ("when",)
    mine = meeting(house)
    assert isinstance(house.open().run(MoveAppointment(activity=mine, when=when)), Refusal)
    assert isinstance(house.open().run(EditAppointment(activity=mine, when=when, all_day=all_day)), Refusal)
