"""The ways to reach somebody and what they allow, from the person's screen, by keys alone. (M1, M102)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.domain.outcome import Done
from crm_tui.services.followup import views as followups
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import (
    AddContactPoint,
    EditContactPoint,
    EditParty,
    GrantConsent,
    RevokeConsent,
)
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def _person(ana: Operator) -> int:
    """The newest person, opened."""
    await ana.press("4")
    await ana.sees("Pessoas")
    party = int(ana.crm.read(parties.search, "").hits[0].id)
    await ana.press("down", "enter")
    await ana.sees(ana.crm.read(parties.detail, party).name)
    return party


def _told(ana: Operator, party: int) -> list[tuple[str, bool, bool]]:
    points = ana.crm.read(parties.detail, party).points
    return [(p.normalized, p.is_primary, p.opted_out) for p in points]


async def test_a_number_is_added_chosen_not_wished_and_removed_by_key(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        party = await _person(ana)
        before = _told(ana, party)
        await ana.press("o", "4", "n")
        await ana.sees("Novo telefone ou e-mail", "Telefone, e-mail ou site".lower())
        await ana.type("11 4002-8922")
        await ana.press("ctrl+s")
        await ana.sees("(11) 4002-8922", "Telefone")
        await ana.press("m")  # what was added has the cursor
        await ana.sees("(11) 4002-8922 agora é o principal   u desfaz")
        await ana.press("m")
        await ana.sees("(11) 4002-8922 já é o principal.")
        assert _told(ana, party)[0] == ("+551140028922", True, False)
        await ana.press("home", "x")
        await ana.sees("(11) 4002-8922 não será mais usado", "principal, não usar")
        assert _told(ana, party)[-1] == ("+551140028922", True, True), "it goes behind those that may be used"
        await ana.press("end", "enter")
        await ana.sees("Editar telefone ou e-mail", "(11) 4002-8922")
        await ana.press("escape", "escape")
        await ana.sees("(11) 4002-8922 não ligar")
        await ana.press("o", "4", "end", "f8")
        await ana.sees("(11) 4002-8922 removido")
        assert _told(ana, party) == before
        await ana.press("u", "u")
        assert _told(ana, party)[0] == ("+551140028922", True, False)


async def test_a_consent_is_given_and_withdrawn_by_key_and_marks_the_person(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        party = await _person(ana)
        await ana.press("o", "5")
        await ana.sees("nada foi autorizado ainda: n registra um consentimento")
        await ana.press("n")
        await ana.sees("Finalidade", "Base legal")
        await ana.type("Contato")
        await ana.press("ctrl+s")
        await ana.sees("Contato", "Consentimento", "desde ")
        await ana.press("x")
        await ana.sees("Contato: revogado   u desfaz", "revogado ")
        await ana.press("escape")
        await ana.sees("revogou o contato")
        assert ana.crm.read(parties.detail, party).withdrawn
        await ana.press("u")
        assert not ana.crm.read(parties.detail, party).withdrawn


async def test_hoje_and_the_menu_of_copies_say_what_is_not_wished(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        row = ana.crm.read(followups.page, ana.crm.read(followups.queue).keys[:1])[0]
        card = ana.crm.read(parties.detail, row.party_id)
        people = [card, *(ana.crm.read(parties.detail, each.id) for each in card.people)]
        for person in people:
            for point in person.points:
                done = ana.crm.run(EditContactPoint(contact_point=point.id, opted_out=True))
                assert isinstance(done, Done)
            given = ana.crm.run(GrantConsent(party=person.id, purpose="contact"))
            assert isinstance(given, Done)
            assert isinstance(ana.crm.run(RevokeConsent(consent=given.entity_id or 0)), Done)
        assert isinstance(ana.crm.run(AddContactPoint(party=row.party_id, value="casa.com.br")), Done)
        await ana.press("r")
        await ana.sees("não ligar", "revogou o contato")
        await ana.press("y")
        await ana.sees("não ligar")


async def test_the_list_of_people_shows_no_number_that_is_not_to_be_called(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        party = await _person(ana)
        person = ana.crm.read(parties.detail, party)
        for point in person.points:
            assert isinstance(ana.crm.run(EditContactPoint(contact_point=point.id, opted_out=True)), Done)
        await ana.press("escape", "r")
        await ana.until(
            lambda: any(person.name[:12] in line and "não ligar" in line for line in ana.lines()),
            "the list says that nobody is to call",
        )


async def test_a_second_address_is_added_chosen_and_removed_by_key(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        party = await _person(ana)
        assert isinstance(ana.crm.run(EditParty(party=party, city="Natal")), Done)
        await ana.press("o", "8", "n")
        await ana.sees("Novo endereço", "Rua e número")
        await ana.type("Rua do Porto, 7")
        await ana.press("tab")
        await ana.type("Olinda")
        await ana.press("ctrl+s")
        await ana.sees("Endereços", "Rua do Porto, 7")
        await ana.press("m")
        await ana.sees("Agora é o endereço principal")
        assert _cities(ana, party) == [("Olinda", True), ("Natal", False)]
        await ana.press("home", "enter")
        await ana.sees("Editar endereço", "Olinda")
        await ana.press("escape", "f8")
        await ana.sees("Endereço removido")
        assert _cities(ana, party) == [("Natal", True)]
        await ana.press("u")
        assert _cities(ana, party) == [("Olinda", True), ("Natal", False)]
        await ana.press("escape")
        await ana.sees("Rua do Porto, 7", "e mais 1 endereço")


def _cities(ana: Operator, party: int) -> list[tuple[str | None, bool]]:
    return [(each.postal.city, each.is_primary) for each in ana.crm.read(parties.detail, party).addresses]
