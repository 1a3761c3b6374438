"""Who speaks for an organisation: added, changed, chosen as the main one, ended; each undone. (T31, T37, E33)"""

from __future__ import annotations

from datetime import date

import pytest
from house import House, do

from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.domain.party import Contact, PartyKind
from crm_tui.services.board.commands import MoveCard, NewCard
from crm_tui.services.gate.commands import AddGate
from crm_tui.services.note import views as notes
from crm_tui.services.once.commands import MergeParties
from crm_tui.services.party import views
from crm_tui.services.party.commands import (
    AddContact,
    ChooseMainContact,
    EditContact,
    EditParty,
    EndContact,
    NewParty,
)
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def made(house: House, name: str, **more: object) -> int:
    return do(house.open(), NewParty(name=name, **more)).entity_id or 0  # type: ignore[arg-type]


@pytest.fixture
def firm(house: House) -> int:
    """An organisation with Rosa, the first, and Caio."""
    firm = made(house, "Empresa Sol", kind=PartyKind.ORGANIZATION)
    made(house, "Rosa Teste", company="Empresa Sol", role="compras")
    made(house, "Caio Teste", company="Empresa Sol")
    return firm


def told(house: House, party: int) -> list[tuple[str, str | None, bool, date | None]]:
    found: list[Contact] = house.open().read(views.relations, party)
    return [(each.name.split()[0], each.role, each.main, each.ended_on) for each in found]


def of(house: House, party: int, name: str) -> Contact:
    return next(each for each in house.open().read(views.relations, party) if each.name.startswith(name))


def refused(outcome: object, *fields: str) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.fields == fields
    return outcome


def test_contacts_are_added_changed_and_ended_and_each_is_undone(house: House, firm: int) -> None:
    crm = house.open()
    dora = made(house, "Dora Teste")
    added = do(crm, AddContact(organization=firm, person=dora, role="caixa"))
    assert told(house, firm) == [
        ("Rosa", "compras", True, None),
        ("Caio", None, False, None),
        ("Dora", "caixa", False, None),
    ]
    row = of(house, firm, "Dora")
    changed = do(crm, EditContact(relation=row.relation, role="gerente", version=row.version))
    assert told(house, dora) == [("Empresa", "gerente", False, None)]
    ended = do(crm, EndContact(relation=row.relation, ended_on=date(2026, 11, 10)))
    assert told(house, firm)[-1] == ("Dora", "gerente", False, date(2026, 11, 10))
    assert crm.read(views.detail, dora).companies == ()
    story = [entry.kind for entry in crm.read(trails.of_party, firm)]
    assert story[:3] == ["contact.ended", "contact.edited", "contact.added"], "the organisation's own story"
    assert [e.kind for e in crm.read(trails.of_party, dora)][:3] == story[:3]
    for each in (ended, changed, added):
        do(crm, UndoBatch(batch=each.batch))
    assert told(house, dora) == []


def test_the_chosen_main_contact_holds_for_notes_and_moves_on_when_it_ends(house: House, firm: int) -> None:
    crm = house.open()
    card = do(crm, NewCard(subject="venda", party=firm)).entity_id or 0

    def spoken_with() -> str:
        found = crm.read(notes.contact, card=card)
        return found.label.split()[0] if found is not None else ""

    assert spoken_with() == "Rosa"
    caio = of(house, firm, "Caio")
    chosen = do(crm, ChooseMainContact(relation=caio.relation, version=caio.version))
    assert spoken_with() == "Caio"
    assert [name for name, _, main, _ in told(house, firm) if main] == ["Caio"]
    dora = made(house, "Dora Teste")
    do(crm, AddContact(organization=firm, person=dora, main=True))
    assert spoken_with() == "Dora"
    do(crm, EndContact(relation=of(house, firm, "Dora").relation))
    assert spoken_with() == "Rosa", "who has been there longest, where nobody is chosen"
    assert isinstance(crm.run(UndoBatch(batch=chosen.batch)), Refusal), "another was chosen since"


def test_the_gate_of_the_main_contact_follows_whoever_there_is(house: House) -> None:
    crm = house.open()
    firm = made(house, "Empresa Só", kind=PartyKind.ORGANIZATION)
    card = do(crm, NewCard(subject="venda", party=firm)).entity_id or 0
    here, there = house.stage(card, 0), house.stage(card, 1)
    do(crm, AddGate(stage=here, kind="primary_contact"))
    refusal = crm.run(MoveCard(card=card, stage=there))
    assert isinstance(refusal, Refusal)
    do(crm, AddContact(organization=firm, person=made(house, "Rosa Teste")))
    do(crm, MoveCard(card=card, stage=there))
    do(crm, MoveCard(card=card, stage=here))
    do(crm, EndContact(relation=of(house, firm, "Rosa").relation))
    assert isinstance(crm.run(MoveCard(card=card, stage=there)), Refusal)


def test_what_cannot_be_a_contact_is_refused(house: House, firm: int) -> None:
    crm = house.open()
    rosa, other = of(house, firm, "Rosa"), made(house, "Outra Casa", kind=PartyKind.ORGANIZATION)
    refused(crm.run(AddContact(organization=firm, person=rosa.id)), "person")
    refused(crm.run(AddContact(organization=firm, person=other)), "person")
    refused(crm.run(AddContact(organization=rosa.id, person=rosa.id)), "organization")
    refused(crm.run(EndContact(relation=rosa.relation, ended_on=date(2027, 1, 1))), "ended_on")
    do(crm, EndContact(relation=rosa.relation))
    refused(crm.run(ChooseMainContact(relation=rosa.relation)), "relation")
    assert refused(crm.run(EditContact(relation=99_999, role="x"))).by is RefusedBy.MISSING_RECORD


def test_two_operators_on_one_contact_are_told_of_each_other(house: House, firm: int) -> None:
    rosa = of(house, firm, "Rosa")
    person = house.version("party", rosa.id)
    do(house.open(), EditContact(relation=rosa.relation, role="diretora", version=rosa.version))
    late = house.open("bia").run(EditContact(relation=rosa.relation, role="sócia", version=rosa.version))
    assert isinstance(late, Conflict)
    form = house.open("bia").run(EditParty(party=rosa.id, role="sócia", version=person))
    assert isinstance(form, Conflict), "the person's own form shows the same role"


def test_merging_keeps_one_main_contact(house: House, firm: int) -> None:
    crm = house.open()
    other = made(house, "Empresa Sol Ltda", kind=PartyKind.ORGANIZATION)
    made(house, "Nair Teste", company="Empresa Sol Ltda")
    do(crm, ChooseMainContact(relation=of(house, other, "Nair").relation))
    before = house.dump()
    merged = do(crm, MergeParties(party=firm, merged=other))
    assert [name for name, _, main, _ in told(house, firm) if main] == ["Rosa"]
    do(crm, UndoBatch(batch=merged.batch))
    assert house.dump() == before
    again = made(house, "Rosa Teste Alves")
    do(crm, AddContact(organization=firm, person=again, main=True))
    do(crm, MergeParties(party=of(house, firm, "Caio").id, merged=again))
    assert [name for name, _, main, _ in told(house, firm) if main] == ["Caio"], "the same place, once"


def test_a_company_where_a_person_is_already_is_not_kept_twice(house: House, firm: int) -> None:
    crm = house.open()
    dora = made(house, "Dora Teste", company="Casa Lua", role="sócia")
    do(crm, AddContact(organization=firm, person=dora, role="conselho"))
    do(crm, EditParty(party=dora, company="Empresa Sol"))
    assert [each[:2] for each in told(house, dora) if each[3] is None] == [("Empresa", "sócia")]
