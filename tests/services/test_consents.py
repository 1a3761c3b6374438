"""For what somebody's data may be used: given, withdrawn, undone, kept from both when two records become one. (M102)"""

from __future__ import annotations

from datetime import date, timedelta

from house import House, do

from crm_tui.domain.consent import Basis, ConsentRow, Purpose
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import PartyDetail
from crm_tui.services.core.crm import Crm
from crm_tui.services.once.commands import MergeParties
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import GrantConsent, NewParty, RevokeConsent
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def seen(crm: Crm, party: int) -> PartyDetail:
    found = crm.read(parties.detail, party)
    assert found is not None
    return found


def consents(crm: Crm, party: int) -> list[ConsentRow]:
    return list(seen(crm, party).consents)


def test_a_consent_is_given_and_withdrawn_and_both_stay_in_the_history(house: House) -> None:
    crm, party = house.open(), house.party()
    given = do(crm, GrantConsent(party=party, purpose=Purpose.CONTACT)).entity_id or 0
    assert [(c.purpose, c.basis, c.in_force) for c in consents(crm, party)] == [("contact", "consent", True)]
    assert not seen(crm, party).withdrawn
    do(crm, RevokeConsent(consent=given))
    (row,) = consents(crm, party)
    assert row.revoked_at == house.clock()
    assert seen(crm, party).withdrawn
    kinds = [entry.kind for entry in crm.read(trails.of_party, party)]
    assert kinds[:2] == ["consent.revoked", "consent.granted"]
    do(crm, UndoBatch())
    assert not seen(crm, party).withdrawn
    do(crm, UndoBatch())
    assert consents(crm, party) == []


def test_another_ground_in_force_lets_one_call(house: House) -> None:
    crm, party = house.open(), house.party()
    given = do(crm, GrantConsent(party=party, purpose=Purpose.CONTACT)).entity_id or 0
    do(crm, GrantConsent(party=party, purpose=Purpose.CONTACT, basis=Basis.CONTRACT))
    do(crm, RevokeConsent(consent=given))
    assert not seen(crm, party).withdrawn
    other = do(crm, GrantConsent(party=party, purpose=Purpose.MARKETING)).entity_id or 0
    do(crm, RevokeConsent(consent=other))
    assert not seen(crm, party).withdrawn, "offers are not the contact"


def test_what_is_in_force_is_not_given_twice_nor_what_is_withdrawn_withdrawn(house: House) -> None:
    crm, party = house.open(), house.party()
    given = do(crm, GrantConsent(party=party, purpose=Purpose.SHARING)).entity_id or 0
    assert isinstance(crm.run(GrantConsent(party=party, purpose=Purpose.SHARING)), Refusal)
    do(crm, RevokeConsent(consent=given))
    assert isinstance(crm.run(RevokeConsent(consent=given)), Refusal)
    do(crm, GrantConsent(party=party, purpose=Purpose.SHARING))
    assert [c.in_force for c in consents(crm, party)] == [True, False]


def test_a_consent_of_an_earlier_day_is_kept_with_it_and_none_of_a_later_one(house: House) -> None:
    crm, party = house.open(), house.party()
    today = house.clock().astimezone(crm.viewer.zone).date()
    do(crm, GrantConsent(party=party, purpose=Purpose.CONTACT, granted_on=date(2026, 10, 2)))
    assert consents(crm, party)[0].granted_at.astimezone(crm.viewer.zone).date() == date(2026, 10, 2)
    outcome = crm.run(
        GrantConsent(party=party, purpose=Purpose.PROFILE, granted_on=today + timedelta(days=1))
    )
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("granted_on",)


def test_of_two_records_that_become_one_both_histories_stay(house: House) -> None:
    crm = house.open()
    one, other = (do(crm, NewParty(name=name)).entity_id or 0 for name in ("Ana Prado", "Ana Prado Lima"))
    given = do(crm, GrantConsent(party=one, purpose=Purpose.CONTACT)).entity_id or 0
    do(crm, RevokeConsent(consent=given))
    do(crm, GrantConsent(party=other, purpose=Purpose.CONTACT))
    do(crm, MergeParties(party=one, merged=other))
    assert [(c.purpose, c.in_force) for c in consents(crm, one)] == [("contact", True), ("contact", False)]
    do(crm, UndoBatch())
    assert [c.in_force for c in consents(crm, one)] == [False]


def test_what_is_in_force_by_both_records_ends_by_one_withdrawal(house: House) -> None:
    """Two rows in force of one ground would let one go on calling whoever withdrew."""
    crm = house.open()
    one, other = (do(crm, NewParty(name=name)).entity_id or 0 for name in ("Ana Prado", "Ana Prado Lima"))
    earlier = house.clock().date() - timedelta(days=9)
    do(crm, GrantConsent(party=one, purpose=Purpose.CONTACT))
    first = do(crm, GrantConsent(party=other, purpose=Purpose.CONTACT, granted_on=earlier)).entity_id or 0
    before = house.dump()
    merged = do(crm, MergeParties(party=one, merged=other))
    assert [c.id for c in consents(crm, one)] == [first]
    do(crm, RevokeConsent(consent=first))
    assert seen(crm, one).withdrawn
    do(crm, UndoBatch())
    do(crm, UndoBatch(batch=merged.batch))
    assert house.dump() == before


def test_what_was_withdrawn_at_one_record_is_withdrawn_at_both(house: House) -> None:
    crm = house.open()
    one, other = (do(crm, NewParty(name=name)).entity_id or 0 for name in ("Ana Prado", "Ana Prado Lima"))
    given = do(crm, GrantConsent(party=one, purpose=Purpose.CONTACT)).entity_id or 0
    do(crm, RevokeConsent(consent=given))
    earlier = house.clock().date() - timedelta(days=9)
    do(crm, GrantConsent(party=other, purpose=Purpose.CONTACT, granted_on=earlier))
    do(crm, MergeParties(party=one, merged=other))
    assert [c.in_force for c in consents(crm, one)] == [False, False]
    assert seen(crm, one).withdrawn


def test_of_somebody_out_of_sight_no_consent_is_withdrawn_nor_told(house: House) -> None:
    given = do(house.open(), GrantConsent(party=house.party("edu"), purpose=Purpose.CONTACT)).entity_id or 0
    nina = house.open("nina")
    assert nina.read(parties.consent, given) is None
    assert isinstance(nina.run(RevokeConsent(consent=given)), Refusal)
    assert isinstance(nina.run(GrantConsent(party=house.party("edu"), purpose=Purpose.PROFILE)), Refusal)
