"""An undo is a change like another: of what went out of one's reach since, nothing is put back. (threat 12, X22)"""

from __future__ import annotations

from datetime import date

import pytest
from house import House, do
from secrets_planted import AT

from crm_tui.domain.agenda import Response
from crm_tui.domain.outcome import Done, Refusal, RefusedBy
from crm_tui.services.access.commands import EditUser
from crm_tui.services.agenda.commands import AnswerInvitation, BookAppointment
from crm_tui.services.board.commands import AddLossReason, ArchiveStage, EditCard, HandOver
from crm_tui.services.calendar.commands import AddLeave
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm
from crm_tui.services.party.commands import EditParty
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def profile(house: House, login: str) -> int:
    return int(house.one('SELECT profile_id FROM "user" WHERE login = ?', login))


def barred(house: House, crm: Crm, command: Command) -> None:
    """It is refused for want of a right, beforehand too, and nothing is written."""
    crm.refresh_viewer()
    before = house.dump()
    for outcome in (crm.why_not(command), crm.run(command)):
        assert isinstance(outcome, Refusal), outcome
        assert outcome.by is RefusedBy.PERMISSION
    assert house.dump() == before


def test_what_one_did_to_a_card_that_another_team_has_now_stays(house: House) -> None:
    bia, card = house.open("bia"), house.card("bia")
    done = do(bia, EditCard(card=card, description="meu"))
    undone = do(bia, UndoBatch())
    do(house.open(), HandOver(card=card, to=house.user("edu")))
    for command in (RedoBatch(), RedoBatch(batch=undone.batch), UndoBatch(batch=undone.batch)):
        barred(house, bia, command)
    do(house.open(), HandOver(card=card, to=house.user("beto")))  # of her own team, whose cards she sees
    do(bia, RedoBatch())
    do(house.open(), HandOver(card=card, to=house.user("edu")))
    barred(house, bia, UndoBatch())
    barred(house, house.open("carla"), UndoBatch(batch=done.batch))
    do(house.open(), UndoBatch())


def test_what_one_handed_over_oneself_comes_back(house: House) -> None:
    """The undo takes back what took it out of sight."""
    bia = house.open("bia")
    do(bia, HandOver(card=house.card("bia"), to=house.user("edu")))
    do(bia, UndoBatch())
    do(bia, RedoBatch())
    do(bia, UndoBatch())
    assert house.one("SELECT owner_id FROM card WHERE id = ?", house.card("bia")) == house.user("bia")


def test_ones_own_answer_about_a_card_that_one_does_not_see_is_taken_back(house: House) -> None:
    edu, bia = house.open("edu"), house.open("bia")
    who = (house.user("edu"), house.user("bia"))
    booked = do(edu, BookAppointment(card=house.card("edu"), when=AT, who=who, anyway=True)).entity_id
    do(bia, AnswerInvitation(activity=booked, response=Response.DECLINED, user=house.user("bia")))
    assert isinstance(bia.run(UndoBatch()), Done)


def test_who_runs_the_boards_takes_back_a_stage_with_the_cards_of_all(house: House) -> None:
    carla, card = house.open("carla"), house.card("edu")
    stage = house.one("SELECT stage_id FROM card WHERE id = ?", card)
    do(carla, ArchiveStage(stage=stage, cards_to=house.stage(card, 1)))
    do(carla, UndoBatch())
    assert house.one("SELECT stage_id FROM card WHERE id = ?", card) == stage


@pytest.mark.parametrize("what", ["card", "person", "setting", "leave"])
def test_who_was_an_administrator_takes_nothing_back_that_is_beyond_them_now(house: House, what: str) -> None:
    ana, edu = house.open(), house.user("edu")
    commands: dict[str, Command] = {
        "card": EditCard(card=house.card("edu"), subject="Outro"),
        "person": EditParty(party=house.party("edu"), name="Outra"),
        "setting": AddLossReason(name="Mudou de cidade"),
        "leave": AddLeave(user=edu, name="Férias", start_on=date(2027, 1, 4)),
    }
    do(ana, EditUser(user=house.user("bia"), profile=profile(house, "ana")))
    bia = house.open("bia")
    do(bia, commands[what])
    do(ana, EditUser(user=house.user("bia"), profile=profile(house, "beto")))
    with ana.store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.read'")
    barred(house, bia, UndoBatch())
