"""Several addresses of one person: added, changed, chosen as the main one, removed, each undone. (M1)"""

from __future__ import annotations

from house import House, do

from crm_tui.domain.outcome import Conflict, Refusal
from crm_tui.domain.party import PartyDetail
from crm_tui.services.core.crm import Crm
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import AddAddress, EditAddress, EditParty, RemoveAddress
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def seen(crm: Crm, party: int) -> PartyDetail:
    found = crm.read(parties.detail, party)
    assert found is not None
    return found


def told(crm: Crm, party: int) -> list[tuple[str | None, bool]]:
    return [(each.postal.street, each.is_primary) for each in seen(crm, party).addresses]


def test_addresses_are_added_chosen_changed_and_removed_each_undone(house: House) -> None:
    crm, party = house.open(), house.party()
    do(crm, EditParty(party=party, street="Rua Um", city="Santos"))
    second = do(crm, AddAddress(party=party, street="Rua Dois", postcode="01310-100")).entity_id or 0
    assert told(crm, party) == [("Rua Um", True), ("Rua Dois", False)]
    do(crm, EditAddress(address=second, main=True))
    assert told(crm, party) == [("Rua Dois", True), ("Rua Um", False)]
    assert seen(crm, party).address == seen(crm, party).addresses[0].postal
    do(crm, EditAddress(address=second, street="Rua Três"))
    do(crm, RemoveAddress(address=second))
    assert told(crm, party) == [("Rua Um", True)], "the next one becomes the main one"
    kinds = [entry.kind for entry in crm.read(trails.of_party, party)][:4]
    assert kinds == ["address.removed", "address.edited", "address.chosen", "address.added"]
    for left in ([("Rua Três", True), ("Rua Um", False)], [("Rua Dois", True), ("Rua Um", False)]):
        do(crm, UndoBatch())
        assert told(crm, party) == left
    do(crm, UndoBatch())
    do(crm, UndoBatch())
    assert told(crm, party) == [("Rua Um", True)]


def test_nothing_the_same_one_and_no_postcode_are_refused(house: House) -> None:
    crm, party = house.open(), house.party()
    do(crm, EditParty(party=party, street="Rua Augusta, 1200", city="São Paulo"))
    first = seen(crm, party).addresses[0].id
    second = do(crm, AddAddress(party=party, city="Santos")).entity_id or 0
    for refused in (
        AddAddress(party=party),
        AddAddress(party=party, street="rua augusta 1200", city="SAO PAULO"),
        AddAddress(party=party, city="Olinda", postcode="123"),
        EditAddress(address=second, street="Rua Augusta 1200", city="São Paulo"),
        EditAddress(address=second, city=""),
        EditAddress(address=first, main=False),
    ):
        assert isinstance(crm.run(refused), Refusal), refused


def test_two_who_change_one_address_are_told_and_two_addresses_do_not_clash(house: House) -> None:
    ana, bia, party = house.open(), house.open("bia"), house.party()
    do(ana, EditParty(party=party, city="Santos"))
    second = do(ana, AddAddress(party=party, city="Olinda")).entity_id or 0
    version, of_person = seen(ana, party).addresses[1].version, house.version("party", party)
    do(bia, EditAddress(address=second, city="Recife", version=version))
    assert isinstance(ana.run(EditAddress(address=second, city="Natal", version=version)), Conflict)
    do(ana, EditParty(party=party, city="Campinas", version=of_person))
    assert [each.postal.city for each in seen(ana, party).addresses] == ["Campinas", "Recife"]
