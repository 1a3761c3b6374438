"""A duplicate rule that blocks, gone over for once by somebody who sets up the rules, with login and PIN. (M70, B56)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.services.access.commands import SetPin
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core.commands import Command
from crm_tui.services.core.pins import Approval
from crm_tui.services.once.commands import AddDuplicateRule, EditDuplicateRule
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

CPF = "529.982.247-25"
PIN = "47110815"
RIGHT = Approval("carla", PIN)


@pytest.fixture
def blocked(house: House) -> House:
    """Ana Prado, and every rule blocks; bia may not go over one, carla may."""
    do(house.open("carla"), SetPin(pin=PIN, again=PIN))
    do(house.open("bia"), SetPin(pin=PIN, again=PIN))
    do(house.open(), NewParty(name="Ana Prado", phone="11 98765-4321", document=CPF))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = 1, action = 'block'")
    return house


def ana(house: House) -> int:
    return int(house.one("SELECT min(id) FROM party WHERE name = 'Ana Prado'"))


def refused(outcome: Outcome) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def people(house: House) -> int:
    return int(house.one("SELECT count(*) FROM party"))


@pytest.mark.parametrize(
    "command",
    [
        NewParty(name="Outra", document=CPF),
        NewCard(party_name="Outra", phone="11 98765-4321"),
        EditParty(party=1, document=CPF),
    ],
    ids=["new person", "new card", "changed person"],
)
def test_it_is_offered_and_who_approved_it_stands_in_the_trail(blocked: House, command: Command) -> None:
    crm = blocked.open("bia")
    if isinstance(command, EditParty):
        command = command.model_copy(update={"party": do(crm, NewParty(name="Outra")).entity_id})
    before = people(blocked)
    assert refused(crm.run(command)).approval
    assert crm.why_not(command) == refused(crm.run(command))
    done = crm.run(command, approval=RIGHT)
    assert isinstance(done, Done)
    assert people(blocked) == before + (not isinstance(command, EditParty))
    told = blocked.one("SELECT params FROM event WHERE id = ?", done.events[0])
    assert '"approved_by":"carla"' in str(told).replace(" ", "")
    assert blocked.rows(
        "SELECT permission_key, entity, entity_id, requested_by_id, approved_by_id FROM supervisor_override"
    ) == [("board.manage", "party", ana(blocked), blocked.user("bia"), blocked.user("carla"))]
    do(crm, UndoBatch(batch=done.batch))
    assert people(blocked) == before
    assert isinstance(crm.run(RedoBatch()), Refusal)


@pytest.mark.parametrize(
    "approval",
    [Approval("carla", "00000000"), Approval("bia", PIN), Approval("edu", PIN), Approval("", "")],
    ids=["wrong PIN", "oneself", "no PIN set", "nobody"],
)
def test_what_does_not_hold_makes_nobody(blocked: House, approval: Approval) -> None:
    before = people(blocked)
    assert refused(blocked.open("bia").run(NewParty(name="Outra", document=CPF), approval=approval)).approval
    assert people(blocked) == before


def test_a_colleague_who_does_not_set_up_the_rules_cannot_approve_it(blocked: House) -> None:
    do(blocked.open("beto"), SetPin(pin=PIN, again=PIN))
    refusal = refused(
        blocked.open("bia").run(NewParty(name="Outra", document=CPF), approval=Approval("beto", PIN))
    )
    assert (refusal.approval, refusal.fields) == (True, ("login",))


def test_what_profiles_do_not_allow_is_not_approved_by_it(blocked: House) -> None:
    with blocked.open().store.writing() as connection:
        connection.execute("DELETE FROM profile_permission WHERE key = 'party.add'")
    refusal = refused(blocked.open("bia").run(NewParty(name="Sozinha"), approval=RIGHT))
    assert not refusal.approval


@pytest.fixture
def card_blocked(house: House) -> House:
    """One open card of the same phone on the board of bia's card, and that blocks; people are let through."""
    do(house.open("carla"), SetPin(pin=PIN, again=PIN))
    board = house.one("SELECT board_id FROM card WHERE id = ?", house.card("bia"))
    rule = AddDuplicateRule(name="Um só", asked="card", by_phone=True, action="block", board=board)
    do(house.open(), rule)
    do(house.open("bia"), EditParty(party=house.party("bia"), phone="11 97777-6666"))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = 0 WHERE name <> 'Um só'")
    return house


@pytest.mark.parametrize("by", ["the person", "their phone"])
def test_a_rule_of_cards_is_gone_over_too_and_the_card_in_the_way_is_kept_with_it(
    card_blocked: House, by: str
) -> None:
    crm, first = card_blocked.open("bia"), card_blocked.card("bia")
    command = NewCard(subject="de novo", party=card_blocked.party("bia"))
    if by == "their phone":
        command = NewCard(party_name="Quem Liga", phone="11 97777-6666")
    before, known = card_blocked.one("SELECT count(*) FROM card"), people(card_blocked)
    refusal = refused(crm.run(command))
    assert (refusal.approval, refusal.card, refusal.warned) == (True, first, ())
    assert refused(crm.run(command, approval=Approval("carla", "00000000"))).approval
    assert card_blocked.one("SELECT count(*) FROM card") == before
    done = crm.run(command, approval=RIGHT)
    assert isinstance(done, Done)
    assert card_blocked.one("SELECT count(*) FROM card") == before + 1
    assert people(card_blocked) == known, "whom the phone reaches is still the one who is meant"
    told = card_blocked.one("SELECT params FROM event WHERE id = ?", done.events[0])
    assert '"approved_by":"carla"' in str(told).replace(" ", "")
    assert card_blocked.rows(
        "SELECT permission_key, entity, entity_id, requested_by_id, approved_by_id FROM supervisor_override"
    ) == [("board.manage", "card", first, card_blocked.user("bia"), card_blocked.user("carla"))]
    do(crm, UndoBatch(batch=done.batch))
    assert card_blocked.one("SELECT count(*) FROM card WHERE deleted_at IS NULL") == before
    assert isinstance(crm.run(RedoBatch()), Refusal)


def test_who_sets_up_the_rules_is_told_of_the_card_and_goes_over_it(card_blocked: House) -> None:
    crm, command = card_blocked.open("carla"), NewCard(subject="de novo", party=card_blocked.party("bia"))
    told = refused(crm.run(command))
    assert not told.approval
    do(crm, command.model_copy(update={"despite": " ".join(told.warned)}))


def test_somebody_new_of_the_same_sign_is_asked_of_before_anybody_is_made(card_blocked: House) -> None:
    """By the name alone nobody is taken for another; a rule that says so holds for the card all the same."""
    crm, name = (
        card_blocked.open("bia"),
        card_blocked.one("SELECT name FROM party WHERE id = ?", card_blocked.party("bia")),
    )
    rule = card_blocked.one("SELECT id FROM duplicate_rule WHERE name = 'Um só'")
    do(card_blocked.open(), EditDuplicateRule(duplicate_rule=rule, by_name=True))
    command, known = NewCard(party_name=str(name)), people(card_blocked)
    assert refused(crm.run(command)).approval
    assert people(card_blocked) == known
    assert isinstance(crm.run(command, approval=RIGHT), Done)
    assert people(card_blocked) == known + 1
