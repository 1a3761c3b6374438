"""An undo out of order: what came in the place of what it puts back stands there once, and one main way stays one."""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.consent import Purpose
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import PartyKind
from crm_tui.i18n import say
from crm_tui.services.core.crm import Crm
from crm_tui.services.once.commands import MergeParties
from crm_tui.services.party.commands import (
    AddAddress,
    AddContact,
    AddContactPoint,
    ChooseMainContact,
    EditParty,
    EndContact,
    GrantConsent,
    NewParty,
    RemoveAddress,
    RemoveContactPoint,
    RevokeConsent,
)
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


@pytest.fixture
def ana(house: House) -> Crm:
    return house.open()


def person(crm: Crm, name: str = "Ana Prado", **more: str) -> int:
    return do(crm, NewParty(name=name, **more)).entity_id or 0  # type: ignore[arg-type]


def refused(crm: Crm, command: UndoBatch | RedoBatch, why: str) -> None:
    outcome = crm.run(command)
    assert isinstance(outcome, Refusal), outcome
    assert why in say(outcome.reason)


def points(house: House, party: int) -> list[tuple[str, int]]:
    return house.rows(
        "SELECT normalized, is_primary FROM contact_point WHERE party_id = ? ORDER BY normalized", party
    )


def test_a_number_that_was_typed_again_is_not_put_back_beside_itself(house: House, ana: Crm) -> None:
    party = person(ana, phone="11 98765-4321")
    batch = do(ana, RemoveContactPoint(contact_point=house.one("SELECT max(id) FROM contact_point"))).batch
    do(ana, AddContactPoint(party=party, value="(11) 98765-4321"))
    refused(ana, UndoBatch(batch=batch), "Ana Prado has that number or address again already")
    assert points(house, party) == [("+5511987654321", 1)]


def test_a_number_that_comes_back_leaves_the_main_one_that_was_chosen_since(house: House, ana: Crm) -> None:
    party = person(ana, phone="11 98765-4321", email="ana@prado.com.br")
    (point,) = house.rows("SELECT id FROM contact_point WHERE party_id = ? AND kind = 'mobile'", party)[0]
    batch = do(ana, RemoveContactPoint(contact_point=point)).batch
    do(ana, AddContactPoint(party=party, value="11 3333-4444"))
    undone = do(ana, UndoBatch(batch=batch)).batch
    assert points(house, party) == [("+551133334444", 1), ("+5511987654321", 0), ("ana@prado.com.br", 1)]
    do(ana, RedoBatch(batch=undone))
    assert points(house, party) == [("+551133334444", 1), ("ana@prado.com.br", 1)]


def test_a_consent_that_was_given_anew_is_in_force_once(house: House, ana: Crm) -> None:
    """One withdrawal must end it."""
    party = person(ana)
    consent = do(ana, GrantConsent(party=party, purpose=Purpose.CONTACT)).entity_id or 0
    batch = do(ana, RevokeConsent(consent=consent)).batch
    do(ana, GrantConsent(party=party, purpose=Purpose.CONTACT))
    refused(ana, UndoBatch(batch=batch), "Ana Prado gave that consent again meanwhile")
    assert house.one("SELECT count(*) FROM consent WHERE revoked_at IS NULL AND party_id = ?", party) == 1
    do(ana, UndoBatch())
    do(ana, UndoBatch(batch=batch))
    assert house.rows("SELECT revoked_at FROM consent WHERE party_id = ?", party) == [(None,)]


def test_an_address_is_put_back_once_and_beside_the_main_one(house: House, ana: Crm) -> None:
    party = person(ana)
    batch = do(
        ana, RemoveAddress(address=do(ana, AddAddress(party=party, city="Santos")).entity_id or 0)
    ).batch
    there = do(ana, AddAddress(party=party, city="SANTOS")).batch
    refused(ana, UndoBatch(batch=batch), "Ana Prado has that address again already")
    do(ana, UndoBatch(batch=there))
    do(ana, AddAddress(party=party, city="Recife"))
    do(ana, UndoBatch(batch=batch))
    assert house.rows("SELECT city, is_primary FROM address WHERE party_id = ? ORDER BY city", party) == [
        ("Recife", 1),
        ("Santos", 0),
    ]


def test_who_was_added_again_speaks_for_an_organisation_once(house: House, ana: Crm) -> None:
    there = do(ana, NewParty(name="Casa Verde", kind=PartyKind.ORGANIZATION)).entity_id or 0
    party = person(ana)
    relation = do(ana, AddContact(organization=there, person=party)).entity_id or 0
    batch = do(ana, EndContact(relation=relation)).batch
    again = do(ana, AddContact(organization=there, person=party, main=True))
    refused(ana, UndoBatch(batch=batch), "that contact of Casa Verde was added again meanwhile")
    undone = do(ana, UndoBatch(batch=again.batch)).batch
    do(ana, UndoBatch(batch=batch))
    refused(ana, RedoBatch(batch=undone), "that contact of Casa Verde was added again meanwhile")


def test_of_two_main_contacts_the_one_that_was_chosen_since_stays_it(house: House, ana: Crm) -> None:
    there = do(ana, NewParty(name="Casa Verde", kind=PartyKind.ORGANIZATION)).entity_id or 0
    added = do(ana, AddContact(organization=there, person=person(ana), main=True)).batch
    undone = do(ana, UndoBatch(batch=added)).batch
    other = do(ana, AddContact(organization=there, person=person(ana, "Bento Luz"))).entity_id or 0
    do(ana, ChooseMainContact(relation=other))
    do(ana, RedoBatch(batch=undone))
    mains = house.rows("SELECT id FROM party_relation WHERE organization_id = ? AND is_primary = 1", there)
    assert mains == [(other,)]


def test_a_number_that_somebody_has_besides_becomes_the_main_one_and_is_there_once(
    house: House, ana: Crm
) -> None:
    party = person(ana, phone="11 98765-4321")
    do(ana, AddContactPoint(party=party, value="11 3333-4444"))
    do(ana, EditParty(party=party, phone="(11) 3333-4444"))
    assert points(house, party) == [("+551133334444", 1), ("+5511987654321", 0)]
    do(ana, UndoBatch())
    assert points(house, party) == [("+551133334444", 0), ("+5511987654321", 1)]


def test_a_main_way_that_an_undo_takes_away_leaves_another_as_the_main_one(house: House, ana: Crm) -> None:
    party = person(ana, phone="11 98765-4321")
    batch = do(ana, RemoveContactPoint(contact_point=house.one("SELECT max(id) FROM contact_point"))).batch
    added = do(ana, AddContactPoint(party=party, value="11 3333-4444")).batch
    do(ana, UndoBatch(batch=batch))
    do(ana, UndoBatch(batch=added))
    assert points(house, party) == [("+5511987654321", 1)]


def test_nothing_is_put_back_to_who_was_merged_since(house: House, ana: Crm) -> None:
    """It would lie where nobody finds it."""
    party, other = person(ana), person(ana, "Ana P. Lima", phone="11 98765-4321")
    batch = do(ana, RemoveContactPoint(contact_point=house.one("SELECT max(id) FROM contact_point"))).batch
    merged = do(ana, MergeParties(party=party, merged=other)).batch
    refused(ana, UndoBatch(batch=batch), "Ana P. Lima was merged into Ana Prado since")
    do(ana, UndoBatch(batch=merged))
    do(ana, UndoBatch(batch=batch))
    assert points(house, other) == [("+5511987654321", 1)]


def test_two_are_not_merged_again_over_what_came_since(house: House, ana: Crm) -> None:
    party, other = person(ana), person(ana, "Ana P. Lima")
    undone = do(ana, UndoBatch(batch=do(ana, MergeParties(party=party, merged=other)).batch)).batch
    added = do(ana, AddContactPoint(party=other, value="11 98765-4321")).batch
    refused(ana, RedoBatch(batch=undone), "Ana P. Lima was worked on since")
    do(ana, UndoBatch(batch=added))
    do(ana, RedoBatch(batch=undone))
    assert house.one("SELECT merged_into_id FROM party WHERE id = ?", other) == party
