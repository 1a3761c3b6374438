"""What the history does not say to who may not know: of what was put back, of many records done at once, of why
somebody is away, of what another exported. (threat 12)"""

from __future__ import annotations

from datetime import date
from typing import Any

from house import House, do
from secrets_planted import AT, SOON, WORD, word

from crm_tui.domain.export import What
from crm_tui.domain.happenings import HAPPENINGS
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.agenda.commands import BookAppointment, EditAppointment
from crm_tui.services.board.commands import DeleteCard, EditCard, TemplateFromCard
from crm_tui.services.calendar.commands import AddLeave, EditLeave, RemoveLeave
from crm_tui.services.core import records
from crm_tui.services.export.commands import NoteExport
from crm_tui.services.filter.commands import SaveFilter
from crm_tui.services.followup.commands import CancelStep, EditStep, PlanStep, Redate, Snooze
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def told(house: House, viewer: str, card: int | None = None) -> str:
    """Everything that the history says to a viewer, with the row images under it."""
    crm, entries = house.open(viewer), house.open().read(trails.everything, most=1000)
    said: list[Any] = [crm.read(trails.everything, most=1000), crm.read(trails.changes, entries)]
    said += [crm.read(trails.of_entity, entry.entity, entry.entity_id) for entry in entries]
    return repr([*said, crm.read(trails.of_card, card) if card is not None else ()])


def test_that_a_private_step_was_put_back_is_told_to_who_takes_part(house: House) -> None:
    """By the plain commands of steps too, on a card that others see."""
    ana, card = house.open(), house.card("bia")
    step = do(ana, PlanStep(card=card, when=AT, subject="Retorno")).entity_id
    do(ana, EditAppointment(activity=step, subject=word("exame"), private=True, anyway=True))
    for command in (
        EditStep(activity=step, subject=word("consulta")),
        Redate(activity=step, when=SOON),
        Snooze(activity=step, until=SOON),
        CancelStep(activity=step),
    ):
        do(ana, command)
        do(ana, UndoBatch())
        do(ana, RedoBatch())
        do(ana, UndoBatch())
    assert WORD not in told(house, "bia", card)
    assert WORD in told(house, "ana", card)


def test_that_a_meeting_of_nobody_was_taken_back_is_told_to_who_reaches_it(house: House) -> None:
    edu = house.open("edu")
    made = do(edu, BookAppointment(when=AT, subject=word("reuniao"), anyway=True)).entity_id or 0
    assert house.open("bia").read(records.activity, made) is None
    assert house.open("rui").read(records.activity, made) is not None
    do(edu, UndoBatch())
    assert WORD not in told(house, "bia")
    assert WORD in told(house, "edu")


def test_that_a_private_view_was_put_back_is_told_to_whose_it_is(house: House) -> None:
    edu = house.open("edu")
    do(edu, SaveFilter(name=word("visao"), line=word("linha")))
    do(edu, UndoBatch())
    do(edu, RedoBatch())
    assert WORD not in told(house, "bia")
    assert WORD in told(house, "edu")


def test_an_undo_of_many_shows_of_each_what_may_be_seen_of_it(house: House) -> None:
    """The undo is about the first card of the batch, and changes them all."""
    ana, seen = house.open(), house.card("bia")
    edits = (
        EditCard(card=seen, description="visto"),
        EditCard(card=house.card("edu"), subject=word("em-lote")),
    )
    many = ana.run_many(edits)
    do(ana, UndoBatch(batch=many.batch))
    said = told(house, "bia", seen)
    assert "batch.undone" in said
    assert said.count("'visto'") >= 2
    assert WORD not in said
    assert WORD in told(house, "ana", seen)


def test_why_somebody_is_away_is_in_no_row_image_of_who_does_not_plan_for_them(house: House) -> None:
    ana, edu = house.open(), house.user("edu")
    leave = do(ana, AddLeave(user=edu, name=word("medico"), start_on=date(2027, 3, 1))).entity_id
    do(ana, EditLeave(leave=leave, name=word("cirurgia")))
    do(ana, UndoBatch())
    do(ana, RemoveLeave(leave=leave))
    do(ana, UndoBatch())
    do(ana, RemoveLeave(leave=leave))
    for viewer in ("bia", "carla", "rui"):  # carla plans for the north, rui for nobody
        said = told(house, viewer)
        assert "leave.added" in said
        assert WORD not in said
    for viewer in ("edu", "ana"):
        assert WORD in told(house, viewer)


def test_what_another_exported_is_told_to_who_sees_everything(house: House) -> None:
    """Its filter and its number of rows say what its author saw."""
    noted = NoteExport(what=What.CARDS, file=word("lista.csv"), rows=7, filter=f'nome:"{word("cartao")}"')
    do(house.open("beto"), noted)
    assert {viewer for viewer in ("bia", "beto", "edu", "nina", "ana") if WORD in told(house, viewer)} == {
        *("beto", "ana")
    }


def test_what_hinders_an_undo_says_nothing_of_what_became_private(house: House) -> None:
    bia, ana = house.open("bia"), house.open()
    made = do(bia, PlanStep(card=house.card("bia"), when=SOON, subject="Retorno"))
    do(ana, EditStep(activity=made.entity_id, assignee=house.user("ana")))
    do(
        ana,
        EditAppointment(activity=made.entity_id, private=True, subject=word("exame"), when=AT, anyway=True),
    )
    outcome = house.open("carla").run(UndoBatch(batch=made.batch))
    assert isinstance(outcome, Refusal)
    assert WORD not in repr(outcome)
    assert "something was built on it" in outcome.reason.msgid


def test_who_deleted_a_card_is_not_said_to_who_never_saw_it(house: House) -> None:
    """davi runs the boards and sees no card of sales."""
    card = house.card("edu")
    do(house.open(), DeleteCard(card=card))
    with house.open().store.writing() as connection:
        connection.execute(
            "INSERT INTO profile_permission (profile_id, key, scope) "
            "SELECT profile_id, 'board.manage', 'all' FROM \"user\" WHERE login = 'davi'"
        )
    outcome = house.open("davi").run(TemplateFromCard(card=card, name="Cópia"))
    assert isinstance(outcome, Refusal)
    assert (outcome.by, outcome.reason.params.get("number")) == (RefusedBy.MISSING_RECORD, None)


def test_the_kinds_of_what_is_told_to_some_are_known_to_the_history() -> None:
    """An undo says by the kind of its first event what it is about: `sight.of_step` and `trail` name the beginnings."""
    beginnings: dict[str, set[str]] = {}
    for each in HAPPENINGS:
        beginnings.setdefault(each.entity, set()).add(each.kind.partition(".")[0])
    assert beginnings["activity"] == {"activity", "appointment"}
    assert beginnings["saved_filter"] == {"filter"}
