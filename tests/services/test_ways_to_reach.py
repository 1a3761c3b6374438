"""The ways to reach somebody, one by one: added, changed, chosen, no longer wished, removed; each undone. (M1)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.once import Then
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.domain.party import ContactKind, Point
from crm_tui.domain.reach import Way, way
from crm_tui.services.core.crm import Crm
from crm_tui.services.once.commands import AddDuplicateRule, MergeParties
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import (
    AddContactPoint,
    EditContactPoint,
    EditParty,
    NewParty,
    RemoveContactPoint,
)
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def made(crm: Crm, name: str = "Olívia Prado", phone: str = "(11) 98888-0001", email: str = "") -> int:
    return do(crm, NewParty(name=name, phone=phone, email=email)).entity_id or 0


def points(crm: Crm, party: int) -> list[Point]:
    found = crm.read(parties.detail, party)
    assert found is not None
    return list(found.points)


def told(crm: Crm, party: int) -> list[tuple[str, bool, bool]]:
    return [(p.normalized, p.is_primary, p.opted_out) for p in points(crm, party)]


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("(11) 98888-1234", None, Way(ContactKind.MOBILE, "+5511988881234")),
        ("(11) 98888-1234", ContactKind.PHONE, Way(ContactKind.MOBILE, "+5511988881234")),
        ("11 3333-4444", ContactKind.WHATSAPP, Way(ContactKind.WHATSAPP, "+551133334444")),
        ("Ana@Casa.com.br", None, Way(ContactKind.EMAIL, "ana@casa.com.br")),
        ("https://Casa.com.br/Loja/", None, Way(ContactKind.SITE, "casa.com.br/Loja")),
        ("casa.com.br", ContactKind.SITE, Way(ContactKind.SITE, "casa.com.br")),
        ("casa", None, None),
        ("javascript:alert(1)", None, None),
        ("ana@casa.com.br", ContactKind.SITE, None),
        ("casa.com.br", ContactKind.EMAIL, None),
        ("99999", None, None),
    ],
)
def test_what_is_typed_is_the_way_that_it_is(typed: str, kind: ContactKind | None, kept: Way | None) -> None:
    assert way(typed, kind) == kept


def test_further_ways_are_added_chosen_no_longer_wished_and_removed_each_undone(house: House) -> None:
    crm = house.open()
    party = made(crm)
    first = told(crm, party)
    second = do(crm, AddContactPoint(party=party, value="11 3333-4444")).entity_id or 0
    assert told(crm, party) == [("+5511988880001", True, False), ("+551133334444", False, False)]
    do(crm, EditContactPoint(contact_point=second, main=True))
    assert told(crm, party) == [("+551133334444", True, False), ("+5511988880001", False, False)]
    do(crm, EditContactPoint(contact_point=second, opted_out=True))
    assert told(crm, party) == [("+5511988880001", False, False), ("+551133334444", True, True)], (
        "one that may be used goes first"
    )
    do(crm, RemoveContactPoint(contact_point=second))
    assert told(crm, party) == first, "the one that is left is the main one"
    for _ in range(4):
        do(crm, UndoBatch())
    assert told(crm, party) == first
    kinds = [entry.kind for entry in crm.read(trails.of_party, party) if entry.kind.startswith("contact")]
    assert {
        "contact_point.added",
        "contact_point.chosen",
        "contact_point.opted_out",
        "contact_point.removed",
    } <= set(kinds)


def test_a_further_number_finds_its_person_until_it_is_gone(house: House) -> None:
    crm = house.open()
    party = made(crm)
    added = do(crm, AddContactPoint(party=party, value="(21) 97777-6655")).entity_id or 0
    assert [hit.id for hit in crm.read(parties.search, "7776655").hits] == [party]
    do(crm, EditContactPoint(contact_point=added, value="(21) 97777-6644"))
    assert crm.read(parties.search, "7776655").hits == ()
    assert [hit.id for hit in crm.read(parties.search, "77776644").hits] == [party]
    do(crm, RemoveContactPoint(contact_point=added))
    assert crm.read(parties.search, "77776644").hits == ()


def test_what_somebody_has_already_and_what_is_none_is_refused(house: House) -> None:
    crm = house.open()
    party = made(crm)
    for value in ("11 98888-0001", "isto não é nada"):
        outcome = crm.run(AddContactPoint(party=party, value=value))
        assert isinstance(outcome, Refusal)
        assert outcome.fields == ("value",)
    main = points(crm, party)[0].id
    outcome = crm.run(EditContactPoint(contact_point=main, main=False))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("main",)


def test_a_number_of_somebody_else_is_held_by_the_rules_and_gone_over_knowingly(house: House) -> None:
    crm = house.open()
    do(crm, AddDuplicateRule(name="Mesmo telefone", by_phone=True, action=Then.WARN))
    made(crm, "Primeira Pessoa", "(31) 98888-7777")
    party = made(crm, "Outra Pessoa", "(31) 98888-6666")
    before = told(crm, party)
    outcome = crm.run(AddContactPoint(party=party, value="31 98888-7777"))
    assert isinstance(outcome, Refusal)
    assert outcome.warned
    assert told(crm, party) == before
    do(crm, AddContactPoint(party=party, value="31 98888-7777", despite=" ".join(outcome.warned)))
    assert "+5531988887777" in [p.normalized for p in points(crm, party)]


def test_a_site_of_a_company_is_nobodys_duplicate(house: House) -> None:
    crm = house.open()
    for name in ("Uma Pessoa", "Duas Pessoas"):
        do(crm, AddContactPoint(party=made(crm, name, ""), value="https://casa.com.br/"))
    hits = crm.read(parties.search, "Uma Pessoa").hits
    assert [hit.phone for hit in hits] == [None], "a site is no phone"


def test_a_list_shows_the_number_that_is_wished_and_says_if_there_is_none(house: House) -> None:
    crm = house.open()
    party = made(crm)
    main = points(crm, party)[0].id
    do(crm, EditContactPoint(contact_point=main, opted_out=True))
    (hit,) = crm.read(parties.of_ids, [party])
    assert (hit.phone, hit.no_calls) == ("+5511988880001", True)
    do(crm, AddContactPoint(party=party, value="11 3333-4444"))
    (hit,) = crm.read(parties.of_ids, [party])
    assert (hit.phone, hit.no_calls) == ("+551133334444", False)


def test_who_edits_the_person_is_asked_of_the_main_number_and_of_no_other(house: House) -> None:
    ana, bia = house.open(), house.open("bia")
    party = made(ana)
    version = house.version("party", party)
    added = do(bia, AddContactPoint(party=party, value="11 3333-4444")).entity_id or 0
    assert isinstance(
        ana.run(EditParty(party=party, phone="(11) 98888-0001", preferences="cedo", version=version)), Done
    )
    do(bia, EditContactPoint(contact_point=added, main=True))
    outcome = ana.run(EditParty(party=party, phone="(11) 98888-0009", version=version))
    assert isinstance(outcome, Conflict)
    assert [(f.field, f.mine, f.theirs) for f in outcome.fields] == [
        ("phone", "(11) 98888-0009", "11 3333-4444")
    ]


def test_two_who_change_one_number_are_told(house: House) -> None:
    ana, bia = house.open(), house.open("bia")
    party = made(ana)
    (point,) = points(ana, party)
    do(bia, EditContactPoint(contact_point=point.id, value="11 3333-4444", version=point.version))
    outcome = ana.run(EditContactPoint(contact_point=point.id, value="11 3333-5555", version=point.version))
    assert isinstance(outcome, Conflict)
    assert outcome.who == "bia"


def test_of_somebody_out_of_sight_nothing_is_changed_nor_told(house: House) -> None:
    crm = house.open()
    hidden = house.party("edu")
    point = do(crm, AddContactPoint(party=hidden, value="11 3333-9999")).entity_id or 0
    nina = house.open("nina")
    assert nina.read(parties.point, point) is None
    for command in (
        EditContactPoint(contact_point=point, opted_out=True),
        RemoveContactPoint(contact_point=point),
    ):
        assert isinstance(nina.run(command), Refusal)


def test_each_family_has_its_main_way_after_a_merging(house: House) -> None:
    """A site beside which there was no site is no second number: neither takes the other's place."""
    crm = house.open()
    one, other = made(crm, "Ana Prado", "(41) 98888-0001"), made(crm, "Ana Prado Lima", "")
    do(crm, AddContactPoint(party=other, value="anaprado.com.br"))
    do(crm, MergeParties(party=one, merged=other))
    assert told(crm, one) == [("+5541988880001", True, False), ("anaprado.com.br", True, False)]


def test_that_a_number_is_on_whatsapp_outlives_the_merging(house: House) -> None:
    crm = house.open()
    one, other = made(crm, "Ana Prado", "(41) 98888-0001"), made(crm, "Ana Prado Lima", "")
    do(crm, AddContactPoint(party=other, value="41 98888-0001", kind=ContactKind.WHATSAPP))
    do(crm, MergeParties(party=one, merged=other))
    assert [(p.normalized, p.kind) for p in points(crm, one)] == [("+5541988880001", ContactKind.WHATSAPP)]


def test_a_wish_of_one_of_two_outlives_the_merging(house: House) -> None:
    crm = house.open()
    one, other = made(crm, "Ana Prado", "(41) 98888-0001"), made(crm, "Ana Prado Lima", "")
    do(crm, AddContactPoint(party=other, value="41 3333-0002", opted_out=True))
    do(crm, MergeParties(party=one, merged=other))
    assert told(crm, one) == [("+5541988880001", True, False), ("+554133330002", False, True)]
    do(crm, UndoBatch())
    assert [p for p, _, _ in told(crm, one)] == ["+5541988880001"]
