"""Winning makes a customer of the card's person, in the same batch, told, and undone with it. (MODEL.md §4, K47)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.cli import main
from crm_tui.domain.party import Lifecycle
from crm_tui.services.board.commands import EditCard, LoseCard, NewCard, WinCard
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import EditParty
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def phase(house: House, party: int) -> str:
    return str(house.one("SELECT lifecycle FROM party WHERE id = ?", party))


@pytest.mark.parametrize("before", [Lifecycle.PROSPECT, Lifecycle.FORMER])
def test_who_buys_is_a_customer_told_in_both_stories_and_undone_with_the_card(
    house: House, before: Lifecycle
) -> None:
    crm, card, party = house.open(), house.card(), house.party()
    do(crm, EditParty(party=party, lifecycle=before))
    rows = house.dump()
    done = do(crm, WinCard(card=card))
    assert phase(house, party) == "customer"
    assert crm.read(parties.detail, party).lifecycle == "customer"
    for story in (crm.read(trails.of_card, card), crm.read(trails.of_party, party)):
        assert {e.kind for e in story[:2]} == {"card.won", "party.won"}
    assert house.one("SELECT count(DISTINCT batch) FROM event WHERE batch = ?", done.batch) == 1
    undone = do(crm, UndoBatch(batch=done.batch))
    assert house.dump() == rows
    do(crm, RedoBatch(batch=undone.batch))
    assert phase(house, party) == "customer"


def test_a_customer_and_a_card_of_nobody_make_no_second_event(house: House) -> None:
    crm, card, party = house.open(), house.card(), house.party()
    do(crm, EditParty(party=party, lifecycle=Lifecycle.CUSTOMER))
    assert len(do(crm, WinCard(card=card)).events) == 1
    alone = do(crm, NewCard(subject="de ninguém")).entity_id or 0
    assert len(do(crm, WinCard(card=alone)).events) == 1


def test_losing_makes_no_customer(house: House) -> None:
    crm, card, party = house.open(), house.card(), house.party()
    reason = house.one("SELECT id FROM loss_reason WHERE NOT requires_note LIMIT 1")
    do(crm, LoseCard(card=card, reason=reason))
    assert phase(house, party) == "prospect"


def test_many_at_once_and_the_shell_make_customers_too(house: House) -> None:
    crm = house.open()
    many = crm.run_many([WinCard(card=house.card(owner)) for owner in ("ana", "bia")])
    assert many.done == 2
    assert {phase(house, house.party(owner)) for owner in ("ana", "bia")} == {"customer"}
    do(crm, UndoBatch(batch=many.batch))
    assert {phase(house, house.party(owner)) for owner in ("ana", "bia")} == {"prospect"}
    number = house.one("SELECT number FROM card WHERE id = ?", house.card("beto"))
    assert main(["--db", str(house.path), "--as", "ana", "do", "win_card", "--card", number]) == 0
    assert phase(house, house.party("beto")) == "customer"


def test_the_first_of_two_deals_undone_leaves_a_customer(house: House) -> None:
    crm, card, party = house.open(), house.card(), house.party()
    first = do(crm, WinCard(card=card))
    second = do(crm, NewCard(subject="de novo", party=party)).entity_id or 0
    last = do(crm, WinCard(card=second))
    undone = do(crm, UndoBatch(batch=first.batch))
    assert phase(house, party) == "customer"
    do(crm, RedoBatch(batch=undone.batch))
    do(crm, UndoBatch(batch=last.batch))
    assert phase(house, party) == "customer"
    do(crm, UndoBatch(batch=first.batch))
    assert phase(house, party) == "prospect"


def test_what_was_said_of_the_person_meanwhile_holds_the_undo_back(house: House) -> None:
    crm, card, party = house.open(), house.card(), house.party()
    done = do(crm, WinCard(card=card))
    do(crm, EditCard(card=card, subject="outro"))
    do(crm, EditParty(party=party, lifecycle=Lifecycle.FORMER))
    refusal = crm.run(UndoBatch(batch=done.batch))
    assert "can no longer be undone" in refusal.reason.msgid  # type: ignore[union-attr]
