"""Whoever takes part in an appointment is told by a notice of what others do to it, once for each deed. (B13)"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from house import House, do

from crm_tui.domain.agenda import Response
from crm_tui.domain.notice import Told
from crm_tui.domain.recurring import Reach, Repeat
from crm_tui.services.agenda.commands import (
    AnswerInvitation,
    BookAppointment,
    CancelAppointment,
    DeleteAppointment,
    EditAppointment,
    MoveAppointment,
    RestoreAppointment,
)
from crm_tui.services.board.commands import DeleteCard
from crm_tui.services.notice import views
from crm_tui.services.notice.telling import mark_read, tell_due
from crm_tui.services.trail.commands import UndoBatch

AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)


def book(house: House, *who: str, as_: str = "ana", **more: Any) -> int:
    users = tuple(house.user(login) for login in who)
    return (
        do(house.open(as_), BookAppointment(who=users, **{"when": AT, "subject": "Visita"} | more)).entity_id
        or 0
    )


def told(house: House, who: str) -> list[tuple[Told, str, int]]:
    """What each notice of somebody says, who did it and which appointment it opens; the newest first."""
    return [(each.what, each.by, each.activity_id) for each in house.open(who).read(views.appointments)]


def read(house: House, who: str) -> None:
    crm = house.open(who)
    mark_read(crm, [each.notice for each in crm.read(views.appointments)])


def test_whoever_is_invited_is_told_and_nobody_of_what_they_do_themselves(house: House) -> None:
    made = book(house, "ana", "bia", "carla")
    assert told(house, "bia") == told(house, "carla") == [(Told.INVITED, "ana", made)]
    assert told(house, "ana") == told(house, "edu") == []
    assert house.open("bia").read(views.unread) == 1
    read(house, "bia")
    assert (house.open("bia").read(views.unread), told(house, "bia")) == (0, [])
    for_edu = book(house, "edu", when=AT + timedelta(hours=3))
    assert told(house, "edu") == [(Told.INVITED, "ana", for_edu)], "booked for somebody"


def test_a_series_is_one_notice(house: House) -> None:
    first = book(house, "ana", "bia", repeat=Repeat.WEEKLY)
    assert told(house, "bia") == [(Told.INVITED, "ana", first)]
    read(house, "bia")
    do(house.open(), MoveAppointment(activity=first, when=AT + timedelta(hours=1), reach=Reach.ALL))
    assert told(house, "bia") == [(Told.MOVED, "ana", first)]
    do(house.open(), CancelAppointment(activity=first, reach=Reach.ALL))
    assert told(house, "bia") == [(Told.CANCELED, "ana", first)]
    assert house.one("SELECT count(*) FROM notice") == 3


def test_what_others_do_to_it_is_told_to_everybody_else(house: House) -> None:
    made = book(house, "ana", "bia")
    read(house, "bia")
    do(house.open(), MoveAppointment(activity=made, when=AT + timedelta(hours=1)))
    assert told(house, "bia") == [(Told.MOVED, "ana", made)]
    read(house, "bia")
    do(house.open(), EditAppointment(activity=made, location="Sala 2"))
    assert told(house, "bia") == [(Told.PLACE, "ana", made)]
    read(house, "bia")
    do(house.open(), EditAppointment(activity=made, description="trazer o contrato"))
    assert told(house, "bia") == [], "nothing that one has to know at once"
    do(
        house.open(),
        EditAppointment(activity=made, who=(house.user("ana"), house.user("bia"), house.user("edu"))),
    )
    assert (told(house, "bia"), told(house, "edu")) == ([], [(Told.INVITED, "ana", made)])
    do(house.open(), DeleteAppointment(activity=made))
    assert told(house, "bia")[0] == (Told.CANCELED, "ana", made)
    do(house.open(), RestoreAppointment(activity=made))
    assert told(house, "bia") == [(Told.RESTORED, "ana", made)], "that it was cancelled is over"


def test_whose_appointment_it_is_learns_who_declined(house: House) -> None:
    made = book(house, "ana", "bia")
    do(house.open("bia"), AnswerInvitation(activity=made, response=Response.ACCEPTED))
    assert told(house, "ana") == []
    do(house.open("bia"), AnswerInvitation(activity=made, response=Response.DECLINED))
    assert told(house, "ana") == [(Told.DECLINED, "bia", made)]
    assert told(house, "bia") == []
    do(house.open("bia"), AnswerInvitation(activity=made, response=Response.ACCEPTED))
    assert told(house, "ana") == [], "they come after all"


@pytest.mark.parametrize("undone", ["booked", "moved", "cancelled", "declined"])
def test_what_was_undone_is_not_told_any_more(house: House, undone: str) -> None:
    made = book(house, "ana", "bia")
    if undone != "booked":
        read(house, "bia")
    if undone == "moved":
        do(house.open(), MoveAppointment(activity=made, when=AT + timedelta(hours=1)))
    if undone == "cancelled":
        do(house.open(), CancelAppointment(activity=made))
    who = "bia"
    if undone == "declined":
        do(house.open("bia"), AnswerInvitation(activity=made, response=Response.DECLINED))
        who = "ana"
    assert len(told(house, who)) == 1
    do(house.open("bia" if undone == "declined" else "ana"), UndoBatch())
    assert told(house, who) == []
    assert house.open(who).read(views.unread) == 0


def test_of_a_private_one_only_who_takes_part_is_told(house: House) -> None:
    made = book(house, "ana", "bia", private=True)
    assert told(house, "bia") == [(Told.INVITED, "ana", made)]
    assert house.rows("SELECT user_id FROM notice") == [(house.user("bia"),)]
    do(house.open(), EditAppointment(activity=made, who=(house.user("ana"),)))
    assert told(house, "bia") == [], "whoever takes part no more sees nothing of it"


def test_what_is_over_or_of_a_deleted_card_is_not_told(house: House) -> None:
    past = house.clock() - timedelta(days=3)
    book(house, "ana", "bia", when=past)
    assert house.one("SELECT count(*) FROM notice") == 0
    book(house, "ana", "bia", when=AT, card=house.card("ana"))
    assert len(told(house, "bia")) == 1
    do(house.open(), DeleteCard(card=house.card("ana")))
    assert told(house, "bia") == []
    book(house, "ana", "bia", when=AT + timedelta(hours=4))
    house.clock.advance(days=20)
    assert told(house, "bia") == []
    tell_due(house.open())
    left = "SELECT count(*) FROM notice WHERE kind = 'appointment' AND read_at IS NULL"
    assert house.one(left) == 0, "put away"


def test_a_step_with_an_hour_that_a_colleague_moves_is_told(house: House) -> None:
    made = book(house, "bia", card=house.card("bia"))
    read(house, "bia")
    do(house.open(), MoveAppointment(activity=made, when=date(2026, 12, 4)))
    assert told(house, "bia") == [(Told.MOVED, "ana", made)]
