"""Who is out of an operator's sight is neither told of nor brought into it: not by a card with a number of theirs, not
by a history, not by what hinders an undo, not by a count."""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.filter_tree import Place
from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.i18n import say
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter.commands import SaveFilter
from crm_tui.services.once.commands import MergeParties, TellApart
from crm_tui.services.party import views
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch

SECRET, NUMBER = "Zuleica Oculta", "11 97777-1111"
KNOWN = "Somebody whom you may not see is known already by the same phone"
OPEN = "Somebody whom you may not see has an open card on Leads already"


@pytest.fixture
def ana(house: House) -> Crm:
    return house.open()


@pytest.fixture
def hidden(house: House, ana: Crm) -> int:
    """Somebody of edu's, whom bia does not see: she sees her own alone."""
    with ana.store.writing() as connection:
        connection.execute(
            "UPDATE profile_permission SET scope = 'own' WHERE key IN ('party.read', 'card.read')"
        )
    party = do(ana, NewParty(name=SECRET, phone=NUMBER)).entity_id or 0
    do(ana, EditParty(party=party, owner=house.user("edu")))
    return party


@pytest.fixture
def bia(house: House, hidden: int) -> Crm:
    return house.open("bia")


def ruled(crm: Crm, then: str) -> None:
    with crm.store.writing() as connection:
        connection.execute(
            "UPDATE duplicate_rule SET active = 1, action = ? WHERE asked = 'party' AND by_phone", (then,)
        )


def refused(outcome: Outcome) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert SECRET not in say(outcome.reason)
    assert "PE-" not in say(outcome.reason)
    return outcome


@pytest.mark.parametrize("name", ["Outra Pessoa", SECRET])
@pytest.mark.parametrize("then", ["", "warn"])
def test_a_card_brings_nobody_into_sight_by_a_number(
    ana: Crm, bia: Crm, hidden: int, name: str, then: str
) -> None:
    if then:
        ruled(ana, then)
    card = NewCard(subject="Frota", party_name=name, phone=NUMBER)
    told = refused(bia.run(card))
    assert KNOWN.removesuffix(" by the same phone") in say(told.reason)
    assert told.warned == ("?",)
    assert bia.why_not(card) is not None
    do(bia, card.model_copy(update={"despite": "?"}))
    assert bia.read(views.detail, hidden) is None
    assert [hit.name for hit in bia.read(views.search, name).hits] == [name]


@pytest.mark.parametrize(("then", "approval"), [("attach", False), ("block", True)])
def test_a_rule_that_leaves_no_way_round_leaves_none_by_a_card(
    ana: Crm, bia: Crm, hidden: int, then: str, approval: bool
) -> None:
    ruled(ana, then)
    for card in (
        NewCard(subject="Frota", party_name="Outra Pessoa", phone=NUMBER),
        NewCard(subject="Frota", party_name=SECRET, phone=NUMBER),
    ):
        told = refused(bia.run(card))
        assert (told.warned, told.approval) == ((), approval)
    assert bia.read(views.detail, hidden) is None


def test_who_is_seen_is_still_taken_by_a_number(house: House, ana: Crm, bia: Crm) -> None:
    mine = do(bia, NewParty(name="Bento Luz", phone=NUMBER)).entity_id
    card = do(bia, NewCard(subject="Frota", party_name="Bento", phone=NUMBER)).entity_id
    assert house.rows("SELECT party_id FROM card WHERE id = ?", card) == [(mine,)]


def test_an_open_card_of_somebody_unseen_is_told_without_names(
    house: House, ana: Crm, bia: Crm, hidden: int
) -> None:
    do(ana, NewCard(subject="Dele", party=hidden, owner=house.user("edu")))
    with ana.store.writing() as connection:
        connection.execute(
            "INSERT INTO duplicate_rule (name, asked, by_document, by_email, by_phone, by_name, action, active,"
            " position, version) VALUES ('Cartões', 'card', 0, 0, 1, 0, 'warn', 1, 9, 1)"
        )
    card = NewCard(subject="Frota", party_name="Outra Pessoa", phone=NUMBER)
    told = refused(bia.run(card))
    assert OPEN in say(told.reason)
    assert "LD-" not in say(told.reason)
    assert told.card is None
    assert told.warned == ("?card",)
    do(bia, card.model_copy(update={"despite": " ".join(told.warned)}))
    assert bia.read(views.detail, hidden) is None


def test_a_history_names_nobody_unseen_beside_whom_it_is_about(
    house: House, ana: Crm, bia: Crm, hidden: int
) -> None:
    mine = do(bia, NewParty(name="Bento Luz")).entity_id or 0
    do(ana, TellApart(party=mine, other=hidden))
    do(ana, UndoBatch())
    merged = do(ana, MergeParties(party=mine, merged=hidden)).batch
    assert SECRET in str(bia.read(trails.of_party, mine)[0].params)  # by now it is one, whom she sees
    stopped = bia.run(UndoBatch())
    assert isinstance(stopped, Refusal)
    do(ana, UndoBatch(batch=merged))
    told = bia.read(trails.of_party, mine)
    assert len(told) == 5
    assert SECRET not in str([entry.params for entry in told])
    assert SECRET in str([entry.params for entry in ana.read(trails.of_party, mine)])


def test_what_hinders_an_undo_names_nobody_unseen(house: House, ana: Crm, bia: Crm, hidden: int) -> None:
    mine = do(bia, NewParty(name="Bento Luz", phone="11 96666-1111")).entity_id or 0
    other = do(ana, NewParty(name=SECRET)).entity_id or 0
    do(ana, TellApart(party=mine, other=other))
    refused(bia.run(UndoBatch()))


def test_people_are_counted_as_far_as_one_sees_them(house: House, ana: Crm, bia: Crm) -> None:
    assert bia.read(views.count) == 1
    assert ana.read(views.count) == house.one("SELECT count(*) FROM party")


def test_a_private_view_is_told_to_nobody_else(house: House, ana: Crm) -> None:
    bia = house.open("bia")
    for name, shared in (("Só minha", False), ("Da equipe", True)):
        do(bia, SaveFilter(place=Place.PEOPLE, name=name, line=SECRET, shared=shared))
    for crm, names in ((bia, ["Da equipe", "Só minha"]), (ana, ["Da equipe"])):
        told = [e for e in crm.read(trails.everything) if e.kind == "filter.saved"]
        assert [e.params["name"] for e in told] == names
        rows = crm.read(trails.changes, crm.read(trails.everything))
        assert ("Só minha" in str(rows)) is (crm is bia)
    assert isinstance(bia.run(UndoBatch()), Done)
    assert "Só minha" not in str(ana.read(trails.everything))
