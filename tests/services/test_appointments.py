"""Appointments: booked with colleagues, told what clashes, moved, answered, ended, kept visible. (B13-B15, B62, M25)"""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from house import House, do
from test_permissions import _asks, _views, answered

from crm_tui.domain.agenda import Response
from crm_tui.domain.outcome import Done, Refusal, RefusedBy
from crm_tui.services.agenda import views
from crm_tui.services.agenda.commands import (
    AnswerInvitation,
    BookAppointment,
    CancelAppointment,
    DeleteAppointment,
    EditAppointment,
    HoldAppointment,
    MissAppointment,
    MoveAppointment,
    RestoreAppointment,
)
from crm_tui.services.board import journeys
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.reading import Denied
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.derived import CHECKS

AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
"""A Wednesday, 14:00 in São Paulo."""
WEEK = (date(2026, 11, 30), date(2026, 12, 6))


def book(house: House, who: str = "ana", *others: str, as_: str = "ana", **more: Any) -> int:
    said = {"when": AT, "subject": "Visita"} | more
    crm = house.open(as_)
    users = tuple(house.user(login) for login in (who, *others))
    return do(crm, BookAppointment(who=users, **said)).entity_id or 0


def slots(house: House) -> list[tuple[Any, ...]]:
    return house.rows(
        'SELECT u.login, s.start_at, s.end_at, s.busy FROM agenda_slot s JOIN "user" u ON u.id = s.user_id '
        "WHERE s.start_at >= '2026-12-01' ORDER BY u.login, s.start_at"
    )


def sound(house: House) -> None:
    """What is derived is what a fresh computation gives."""
    with house.open().store.writing() as connection:
        for check in CHECKS:
            if check.name in ("agenda_slots", "agenda_days", "next_steps"):
                assert [*check.differing(connection)] == [], check.name


def test_it_takes_the_time_of_everybody_who_takes_part(house: House) -> None:
    made = book(house, "ana", "bia", "carla", location="Rua XV, 88", guests=(house.party(),))
    start, end = "2026-12-02T17:00:00.000Z", "2026-12-02T17:30:00.000Z"
    assert slots(house) == [(login, start, end, 1) for login in ("ana", "bia", "carla")]
    found = house.open("bia").read(views.appointment, made)
    assert found is not None
    assert (found.assignee, found.location) == ("ana", "Rua XV, 88")
    assert [(a.name, a.response) for a in found.attendees if a.user_id] == [
        ("bia", "none"),
        ("carla", "none"),
    ]
    assert [a.party_id for a in found.attendees if a.party_id] == [house.party()]
    sound(house)


def test_what_clashes_is_said_with_whom_and_what_and_can_be_booked_over(house: House) -> None:
    book(house, "bia", subject="Treinamento")
    crm = house.open()
    wish = BookAppointment(who=(house.user("ana"), house.user("bia")), when=AT + timedelta(minutes=15))
    refusal = crm.run(wish)
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("anyway",)
    said = refusal.reason.params["said"].params
    assert (said["who"], said["what"]) == ("bia", "Treinamento")
    do(crm, wish.model_copy(update={"anyway": True}))
    assert len(slots(house)) == 3
    assert isinstance(
        crm.run(BookAppointment(who=(house.user("bia"),), when=AT + timedelta(minutes=45))), Done
    )


def test_of_two_who_book_the_same_hour_at_once_the_second_is_told(house: House) -> None:
    ready, told = threading.Barrier(2), []
    house.open("bia"), house.open("beto")
    wish = BookAppointment(who=(house.user("carla"),), when=AT)

    def ask(crm: Any) -> None:
        ready.wait()
        told.append(crm.run(wish))

    threads = [threading.Thread(target=ask, args=(house.open(),)) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(type(each).__name__ for each in told) == ["Done", "Refusal"]
    assert len(slots(house)) == 1


def test_who_declined_is_free_again_and_who_is_not_asked_answers_nothing(house: House) -> None:
    made = book(house, "ana", "bia")
    do(house.open("bia"), AnswerInvitation(activity=made, response=Response.DECLINED))
    assert [row[3] for row in slots(house)] == [1, 0]
    assert isinstance(house.open("bia").run(BookAppointment(when=AT)), Done)
    refusal = house.open("carla").run(AnswerInvitation(activity=made, response=Response.ACCEPTED))
    assert isinstance(refusal, Refusal)
    sound(house)


def test_what_is_private_is_seen_by_who_takes_part_and_by_others_as_taken_time(house: House) -> None:
    made = book(house, "ana", "bia", private=True, subject="Dentista")
    for login, seen in (("ana", True), ("bia", True), ("rui", False)):
        entries = house.open(login).read(views.agenda, [house.user("ana")], *WEEK)
        assert [(e.seen, e.subject) for e in entries if e.id == made] == [(seen, "Dentista" if seen else "")]
    found = house.open("rui").read(views.appointment, made)
    assert found is not None
    assert (found.subject, found.attendees) == ("", ())


def test_a_day_alone_keeps_the_hour_and_its_length(house: House) -> None:
    made = book(house)
    do(house.open(), MoveAppointment(activity=made, minutes=90))
    do(house.open(), MoveAppointment(activity=made, when=date(2026, 12, 4)))
    assert slots(house) == [("ana", "2026-12-04T17:00:00.000Z", "2026-12-04T18:30:00.000Z", 1)]
    do(house.open(), UndoBatch())
    do(house.open(), UndoBatch())
    assert slots(house) == [("ana", "2026-12-02T17:00:00.000Z", "2026-12-02T17:30:00.000Z", 1)]
    sound(house)


def test_whole_days_lie_on_civil_days_wherever_one_is(house: House) -> None:
    made = book(house, when=date(2026, 12, 3), all_day=True, last_on=date(2026, 12, 4), subject="Feira")
    found = [e for e in house.open().read(views.agenda, [house.user("ana")], *WEEK) if e.id == made]
    assert [(e.all_day, e.due_on, e.last_on, e.start_at) for e in found] == [
        (True, date(2026, 12, 3), date(2026, 12, 4), None)
    ]
    refusal = house.open().run(BookAppointment(when=AT + timedelta(days=1)))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("anyway",)
    sound(house)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"until": "13:00"}, "until"),
        ({"all_day": True, "last_on": date(2026, 12, 1)}, "last_on"),
        ({"when": date(2026, 12, 2), "remind": 30}, "remind"),
        ({"when": date(2026, 12, 2), "repeat": "weekly"}, "when"),
        ({"repeat": "rule", "rule": "FREQ=HOURLY"}, "rule"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(house: House, said: dict[str, Any], field: str) -> None:
    refusal = house.open().run(BookAppointment(**({"when": AT} | said)))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == (field,)


def test_a_meeting_of_the_house_is_held_and_one_with_a_customer_has_its_note(house: House) -> None:
    inside = book(house, when=house.clock() - timedelta(hours=1), subject="Reunião")
    do(house.open(), HoldAppointment(activity=inside))
    assert house.one("SELECT state FROM activity WHERE id = ?", inside) == "done"
    with_customer = book(house, card=house.card(), subject="Visita", when=AT)
    assert isinstance(house.open().run(HoldAppointment(activity=with_customer)), Refusal)
    do(
        house.open(),
        FileNote(card=house.card(), activity=with_customer, body="Foi bem.", result=house.any_id("result")),
    )
    assert house.one("SELECT state FROM activity WHERE id = ?", with_customer) == "done"
    sound(house)


def test_what_lies_ahead_was_not_held_yet(house: House) -> None:
    assert isinstance(house.open().run(HoldAppointment(activity=book(house))), Refusal)


def test_what_was_deleted_or_cancelled_is_still_shown_when_asked_for_and_restored(house: House) -> None:
    """(B14, B15)"""
    crm, ana = house.open(), house.user("ana")
    made = [book(house, when=AT + timedelta(hours=n), subject=f"n{n}") for n in range(3)]
    do(crm, DeleteAppointment(activity=made[0], reason="engano"))
    do(crm, CancelAppointment(activity=made[1], reason="adiado"))
    do(crm, MissAppointment(activity=made[2], reason="não veio"))
    shown = {e.id for e in crm.read(views.agenda, [ana], *WEEK)}
    assert shown & {*made} == {made[2]}
    everything = {e.id: (e.deleted, e.state) for e in crm.read(views.agenda, [ana], *WEEK, deleted=True)}
    assert [everything[i] for i in made] == [(True, "planned"), (False, "canceled"), (False, "no_show")]
    assert isinstance(crm.run(BookAppointment(when=AT)), Done), "their time is free again"
    refusal = crm.run(RestoreAppointment(activity=made[0]))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("anyway",)
    do(crm, RestoreAppointment(activity=made[0], anyway=True))
    do(crm, RestoreAppointment(activity=made[1]))
    assert {made[0], made[1]} <= {e.id for e in crm.read(views.agenda, [ana], *WEEK)}
    sound(house)


def test_it_is_changed_with_who_takes_part(house: House) -> None:
    made = book(house, "ana", "bia")
    do(house.open("bia"), AnswerInvitation(activity=made, response=Response.ACCEPTED))
    crm = house.open()
    users = tuple(house.user(login) for login in ("ana", "bia", "carla"))
    do(crm, EditAppointment(activity=made, who=users, location="Sala 2", subject=""))
    found = crm.read(views.appointment, made)
    assert found is not None
    assert (found.location, found.subject) == ("Sala 2", "Visita")
    assert [(a.name, a.response) for a in found.attendees] == [("bia", "accepted"), ("carla", "none")]
    do(crm, EditAppointment(activity=made, who=users[:1]))
    assert [row[0] for row in slots(house)] == ["ana"]
    do(crm, UndoBatch())
    assert [row[0] for row in slots(house)] == ["ana", "bia", "carla"]
    sound(house)


def test_whoever_it_goes_to_must_have_the_time(house: House) -> None:
    book(house, "bia", subject="Treinamento")
    made = book(house, subject="Visita")
    given = EditAppointment(activity=made, who=(house.user("bia"),))
    refusal = house.open().run(given)
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("anyway",)
    do(house.open(), given.model_copy(update={"anyway": True}))
    assert [row[0] for row in slots(house)] == ["bia", "bia"]


def test_another_hour_is_offered_with_its_end_and_not_where_none_can_be_told(house: House) -> None:
    made = book(house, subject="Visita")
    do(house.open(), DeleteAppointment(activity=made))
    other = book(house, subject="Treinamento")
    put_back = house.open().run(RestoreAppointment(activity=made))
    assert isinstance(put_back, Refusal)
    assert [way.values for way in put_back.instead] == [{"anyway": "1"}]
    last = book(house, when=AT + timedelta(hours=3))
    edited = house.open().run(EditAppointment(activity=last, when=AT, until="14:20"))
    assert isinstance(edited, Refusal)
    assert [{*way.values} for way in edited.instead] == [{"when", "until"}] * 2 + [{"anyway"}]
    assert house.one("SELECT deleted_at IS NULL FROM activity WHERE id = ?", other) == 1


def test_what_is_private_is_neither_held_nor_put_back_by_others(house: House) -> None:
    made = book(house, "bia", as_="bia", private=True, when=house.clock() - timedelta(hours=1))
    leader = house.open()
    assert isinstance(leader.run(HoldAppointment(activity=made)), Refusal)
    do(house.open("bia"), DeleteAppointment(activity=made))
    assert isinstance(leader.run(RestoreAppointment(activity=made)), Refusal)


def test_a_profile_books_for_whom_it_reaches_and_changes_no_other(house: House) -> None:
    made = book(house, "bia")
    refusal = house.open("rui").run(MoveAppointment(activity=made, when=date(2026, 12, 4)))
    assert isinstance(refusal, Refusal)
    assert refusal.by is RefusedBy.PERMISSION
    assert isinstance(house.open("rui").run(BookAppointment(when=AT)), Refusal), (
        "who only reads books nothing"
    )


def test_the_trail_tells_of_an_appointment_to_whom_the_agenda_does(house: House) -> None:
    bia = house.open("bia")
    do(bia, BookAppointment(when=AT, subject="Dentista sigiloso", private=True))
    do(bia, DeleteAppointment(activity=house.one("SELECT max(id) FROM activity")))
    do(bia, UndoBatch())
    card = do(
        bia,
        BookAppointment(card=house.card("bia"), when=AT, subject="Exame sigiloso", private=True, anyway=True),
    )
    do(bia, BookAppointment(when=AT, subject="Só de bia", anyway=True))
    told, touched = {}, {}
    for login in ("bia", "beto", "nina", "rui"):
        crm = house.open(login)
        entries = crm.read(trails.everything, most=100)
        if login != "nina":
            entries += crm.read(trails.of_card, house.card("bia"))
            touched[login] = crm.read(journeys.idle, house.card("bia"))
        images = crm.read(trails.changes, entries)
        told[login] = f"{entries}{images}{crm.read(trails.of_entity, 'activity', card.entity_id or 0)}"
    assert [login for login in told if "sigiloso" in told[login]] == ["bia"]
    assert [login for login in told if "Só de bia" in told[login]] == ["bia", "beto", "rui"]
    assert [login for login in touched if "sigiloso" in f"{touched[login]}"] == [
        "bia"
    ]  # what last moved the card
    assert {found.who for found in touched.values() if found is not None} == {"bia"}


def test_no_view_tells_others_of_a_private_appointment(house: House) -> None:
    bia = house.open("bia")
    for more in ({}, {"card": house.card("bia")}, {"party": house.party("bia")}):
        wish = {
            "when": AT,
            "subject": "Exame sigiloso",
            "location": "Rua sigilosa",
            "private": True,
            "anyway": True,
        }
        do(bia, BookAppointment(**wish | more))
    found = [
        name
        for name, asks in _asks(house).items()
        for args, kwargs in asks
        if "sigilos" in _quietly(house.open("beto"), name, args, kwargs)
    ]
    assert found == []
    assert "sigilos" in _quietly(bia, "agenda.agenda", ([house.user("bia")], *WEEK), {})


def _quietly(crm: Crm, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    try:
        return answered(crm, _views()[name], args, kwargs)
    except Denied:
        return ""


def test_what_was_booked_over_knowingly_is_not_asked_again_for_another_place(house: House) -> None:
    book(house, "bia", subject="Treinamento")
    made = book(house, "ana", "bia", anyway=True)
    crm = house.open()
    do(crm, EditAppointment(activity=made, location="Sala 2"))
    assert isinstance(crm.run(EditAppointment(activity=made, when=AT + timedelta(minutes=15))), Refusal)
    do(crm, EditAppointment(activity=made, when=AT + timedelta(minutes=15), who=(house.user("ana"),)))


def test_who_is_asked_to_come_along_must_be_free(house: House) -> None:
    book(house, "carla", subject="Treinamento")
    made = book(house, "ana", "bia")
    wish = EditAppointment(activity=made, who=tuple(house.user(u) for u in ("ana", "bia", "carla")))
    refusal = house.open().run(wish)
    assert isinstance(refusal, Refusal)
    assert refusal.reason.params["said"].params["who"] == "carla"
    do(house.open(), wish.model_copy(update={"anyway": True}))
