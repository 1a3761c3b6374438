"""What a company calls its kinds of customer: it belongs to the person and outlives every deal. (M1)"""

from __future__ import annotations

from house import House, do

from crm_tui.domain.filter import read
from crm_tui.domain.filter_tree import Filter, Place
from crm_tui.domain.outcome import Refusal
from crm_tui.services.filter import views as filters
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import EditParty
from crm_tui.services.partyclass import views
from crm_tui.services.partyclass.commands import AddPartyClass, DeactivatePartyClass


def test_a_person_has_a_class_keeps_it_out_of_use_and_is_found_by_it(house: House) -> None:
    crm, party = house.open(), house.party()
    made = do(crm, AddPartyClass(name="Ouro")).entity_id or 0
    assert [each.label for each in crm.read(views.pick_party_class, "")] == ["A", "B", "C", "Ouro"]
    do(crm, EditParty(party=party, party_class=made))
    do(crm, DeactivatePartyClass(party_class=made))
    do(crm, EditParty(party=party, party_class=made, preferences="liga cedo"))
    assert crm.read(parties.detail, party).party_class == "Ouro"
    found = read("classe:ouro", crm.read(filters.world, Place.PEOPLE, "pt-BR"))
    assert isinstance(found, Filter)
    assert [hit.id for hit in crm.read(parties.search, "", found=found).hits] == [party]
    other = crm.run(EditParty(party=house.party("bia"), party_class=made))
    assert isinstance(other, Refusal)
    assert other.fields == ("party_class",)
    do(crm, EditParty(party=party, party_class=None))
    assert crm.read(parties.detail, party).party_class is None
