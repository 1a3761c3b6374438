"""A person's address and wishes: fields of the person whose rows lie in tables of their own."""

from __future__ import annotations

from typing import Any

import pytest
from house import House, do

from crm_tui.domain.outcome import Conflict, Refusal
from crm_tui.domain.party import PartyDetail, Postal, postcode
from crm_tui.services.core.crm import Crm
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def seen(crm: Crm, party: int) -> PartyDetail:
    found = crm.read(parties.detail, party)
    assert found is not None
    return found


def edit(crm: Crm, party: int, **fields: Any) -> None:
    do(crm, EditParty(party=party, **fields))


def test_an_address_is_made_changed_and_taken_away_field_by_field_and_undone(house: House) -> None:
    crm, party = house.open(), house.party()
    edit(crm, party, street="Rua Augusta, 1200", city="São Paulo", state="sp", postcode="01310-100")
    assert seen(crm, party).address == Postal("Rua Augusta, 1200", "São Paulo", "SP", "01310100")
    edit(crm, party, street="Rua Augusta, 1300")
    assert seen(crm, party).address == Postal("Rua Augusta, 1300", "São Paulo", "SP", "01310100")
    entry = crm.read(trails.of_party, party)[0]
    (image, *_) = [i for i in crm.read(trails.changes, [entry])[entry.id] if i.table == "address"]
    assert (image.before, image.after) == ({"street": "Rua Augusta, 1200"}, {"street": "Rua Augusta, 1300"})
    edit(crm, party, street="", city="", state="", postcode="")
    assert seen(crm, party).address is None
    do(crm, UndoBatch())
    assert seen(crm, party).address == Postal("Rua Augusta, 1300", "São Paulo", "SP", "01310100")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01310-100", "01310100"),
        ("01310 100", "01310100"),
        ("1310-100", None),
        ("SW1A 1AA", "SW1A 1AA"),
        ("abc", None),
    ],
)
def test_a_postcode_has_eight_figures_or_is_another_countrys(typed: str, kept: str | None) -> None:
    assert postcode(typed) == kept


def test_a_postcode_that_is_none_is_refused_at_the_door(house: House) -> None:
    outcome = house.open().run(EditParty(party=house.party(), postcode="123"))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("postcode",)


def test_who_wishes_no_calls_is_marked_on_every_phone_and_on_no_e_mail(house: House) -> None:
    crm = house.open()
    made = NewParty(name="Olívia Prado", phone="(11) 98888-0001", email="o@x.example")
    party = do(crm, made).entity_id or 0
    edit(crm, party, no_calls=True)
    assert {point.kind: point.opted_out for point in seen(crm, party).points} == {
        "mobile": True,
        "email": False,
    }
    edit(crm, party, phone="(11) 98888-0002")
    assert [point.opted_out for point in seen(crm, party).points if point.kind == "mobile"] == [True]
    edit(crm, party, no_calls=False, no_email=True)
    assert {point.kind: point.opted_out for point in seen(crm, party).points} == {
        "mobile": False,
        "email": True,
    }
    do(crm, UndoBatch())
    assert {point.kind: point.opted_out for point in seen(crm, party).points} == {
        "mobile": True,
        "email": False,
    }


def test_a_wish_without_anything_to_keep_it_with_is_refused(house: House) -> None:
    crm = house.open()
    party = do(crm, NewParty(name="Sem contato")).entity_id or 0
    assert isinstance(crm.run(EditParty(party=party, no_email=True)), Refusal)


def test_two_who_edit_one_address_are_asked_and_other_fields_merge(house: House) -> None:
    ana, bia, party = house.open(), house.open("bia"), house.party()
    edit(ana, party, city="Santos", state="SP")
    version = house.version("party", party)
    edit(bia, party, city="Campinas", version=version)
    edit(ana, party, street="Rua Nova, 1", version=version)
    outcome = ana.run(EditParty(party=party, city="Sorocaba", version=version))
    assert isinstance(outcome, Conflict)
    assert [(f.field, f.base, f.mine, f.theirs) for f in outcome.fields] == [
        ("city", "Santos", "Sorocaba", "Campinas")
    ]
    assert seen(ana, party).address == Postal("Rua Nova, 1", "Campinas", "SP", None)


def test_a_wish_that_both_changed_is_asked_and_the_phone_is_not(house: House) -> None:
    ana, bia = house.open(), house.open("bia")
    party = do(ana, NewParty(name="Otto", phone="(11) 98888-0003")).entity_id or 0
    version = house.version("party", party)
    edit(bia, party, no_calls=True, version=version)
    outcome = ana.run(EditParty(party=party, no_calls=False, phone="(11) 98888-0003", version=version))
    assert isinstance(outcome, Conflict)
    assert [(f.field, f.base, f.mine, f.theirs) for f in outcome.fields] == [("no_calls", False, False, True)]
