"""Who is known already is told under the fields while one types, and `f4` takes that one. (JOBS 3, M70)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.domain.outcome import Done
from crm_tui.services.access.commands import SetPin
from crm_tui.services.board.views import detail as card_detail
from crm_tui.services.once.commands import AddDuplicateRule
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import NewParty
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")

PHONE_AND_CARD = """
SELECT p.value, max(c.number) FROM card c JOIN contact_point p ON p.party_id = c.party_id AND p.kind <> 'email'
JOIN board b ON b.id = c.board_id WHERE b.name = 'Vendas' AND c.status = 'open' GROUP BY p.normalized
ORDER BY c.number LIMIT 1
"""
"""A phone, and the one open card of whom it reaches."""


def made(ana: Operator, name: str, **more: str) -> int:
    done = ana.crm.run(NewParty(name=name, **more))
    assert isinstance(done, Done), done
    return done.entity_id or 0


def people(ana: Operator) -> int:
    return int(ana.crm.read(parties.count))


def reached(ana: Operator, party: int) -> list[str]:
    found = ana.crm.read(parties.detail, party)
    assert found is not None
    return sorted(point.normalized for point in found.points)


def party_of_newest(ana: Operator) -> int | None:
    rows = ana.crm.store.reader().execute("SELECT max(id) FROM card").fetchone()
    found = ana.crm.read(card_detail, rows[0])
    assert found is not None
    return found.party_id


async def lead(ana: Operator) -> None:
    await ana.press("N", "l")
    await ana.sees("Assunto")


async def test_a_lead_is_for_the_person_whom_f4_takes(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        zuleica = made(ana, "Zuleica Prado", email="zz@zz.com.br")
        before = people(ana)
        await lead(ana)
        assert "f4 escolher" not in ana.text()
        await ana.type("zulei")
        await ana.sees("f4: Zuleica Prado, PE-", "f4 escolher")
        await ana.press("tab")
        await ana.type("11 98765-4321")
        await ana.press("f4")
        await ana.sees("para Zuleica Prado", "zz@zz.com.br")
        assert "f4 escolher" not in ana.text()
        await ana.type("Plano 500")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert (people(ana), party_of_newest(ana)) == (before, zuleica)
        assert reached(ana, zuleica) == ["+5511987654321", "zz@zz.com.br"]
        await ana.press("u")
        await ana.sees("Desfeito")
        assert reached(ana, zuleica) == ["zz@zz.com.br"]


async def test_who_was_taken_by_mistake_is_let_go_and_what_was_typed_is_there(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        made(ana, "Zuleica Prado", email="zz@zz.com.br")
        await lead(ana)
        await ana.type("zulei")
        await ana.sees("f4: Zuleica")
        await ana.press("f4")
        await ana.sees("para Zuleica Prado")
        await ana.press("up", "up", "backspace")
        await ana.sees("zulei", "f4: Zuleica")
        assert "zz@zz.com.br" not in ana.text()


async def test_a_known_number_says_whose_it_is(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        made(ana, "Zuleica Prado", phone="11 98765-4321")
        await lead(ana)
        await ana.type("Marta")
        await ana.press("tab")
        await ana.type("1187654321")  # as before the ninth digit
        await ana.sees("Zuleica Prado, PE-", "(telefone)")


async def test_of_several_one_is_chosen_by_its_digit(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        made(ana, "Zuleica Prado")
        second = made(ana, "Zuleica Ramos")
        await lead(ana)
        await ana.type("zulei")
        await ana.sees("f4: Zuleica Prado", "Zuleica Ramos")
        await ana.press("f4")
        await ana.sees("Já cadastrados")
        await ana.press("2")
        await ana.sees("para Zuleica Ramos")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert party_of_newest(ana) == second


async def test_in_the_form_of_a_person_f4_opens_who_is_known_and_keeps_what_was_typed(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        made(ana, "Zuleica Prado", document="529.982.247-25")
        await ana.press("N", "p")
        await ana.sees("CPF ou CNPJ")
        await ana.type("Zuleide")
        await ana.press("tab", "tab", "tab", "tab", "tab")
        await ana.type("52998224725")
        await ana.sees("f4: Zuleica Prado", "(documento)")
        await ana.press("f4")
        await ana.sees("ficou em rascunho", "529.982.247-25")
        await ana.press("N", "p")
        await ana.sees("Zuleide", "Retomado do seu rascunho")


async def test_in_a_person_that_is_changed_somebody_else_is_told_and_never_that_one(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        made(ana, "Zuleica Prado", phone="11 98765-4321")
        mine = made(ana, "Zuleica Ramos", phone="11 98765-4444")
        ana.app.screen.go("edit_party", party=mine)  # type: ignore[attr-defined]
        await ana.sees("Editar pessoa", "Zuleica Ramos")
        assert "f4" not in ana.text(), "what one only looks at says nothing"
        await ana.press("tab")
        await ana.press(*["backspace"] * 20)
        await ana.type("11 98765-4444")
        assert "f4" not in ana.text(), "the person itself is told"
        await ana.press(*["backspace"] * 20)
        await ana.type("11 98765-4321")
        await ana.sees("f4: Zuleica Prado, PE-", "(telefone)")
        await ana.press("f4")
        await ana.sees("ficou em rascunho", "Zuleica Prado")
        assert reached(ana, mine) == ["+5511987654444"]
        ana.app.screen.go("drafts")  # type: ignore[attr-defined]
        await ana.sees("Pareceres a concluir", "13 letras")
        await ana.press("enter")
        await ana.sees("Retomado do seu rascunho", "f4: Zuleica Prado")


async def test_where_a_field_waits_for_somebody_f4_puts_the_known_one_into_it(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        known = made(ana, "Zuleica Prado", email="zz@zz.com.br")
        await ana.press("2", "n")
        await ana.sees("Indicação de")
        await ana.press("down", "down", "down")
        field = ana.app.screen.inputs["referrer"]  # type: ignore[attr-defined]
        field.focus()
        await ana.type("Zuleide")
        await ana.sees("Nova pessoa")
        await ana.press("enter")
        await ana.sees("CPF ou CNPJ")
        await ana.press("tab")
        await ana.type("zz@zz.com.br")
        await ana.sees("f4: Zuleica Prado")
        await ana.press("f4")
        await ana.until(lambda: field.raw == f"#{known}", "the known one is not in the field")


async def test_somebody_whom_one_may_not_see_is_not_named(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        party = made(ana, "Zuleica Prado", email="zz@zz.com.br")
        with ana.crm.store.writing() as connection:
            connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.read'")
            connection.execute(
                "UPDATE party SET owner_id = (SELECT id FROM user WHERE login <> 'ana' LIMIT 1) WHERE id = ?",
                (party,),
            )
        ana.crm.refresh_viewer()
        await ana.press("N", "p")
        await ana.sees("CPF ou CNPJ")
        await ana.type("Zuleica Prado")
        await ana.sees("Alguém que você não pode ver tem o mesmo dado (nome).")
        assert "f4" not in ana.text()


async def test_a_block_is_approved_on_the_spot_in_the_form(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        assert isinstance(carla.crm.run(SetPin(pin="47110815", again="47110815")), Done)
        made(carla, "Zuleica Prado", document="529.982.247-25")
    async with at_work(demo_db, clock=clock) as ana:
        before = people(ana)
        await ana.press("N", "p")
        await ana.sees("CPF ou CNPJ")
        await ana.type("Zuleide")
        await ana.press("tab", "tab", "tab", "tab", "tab")
        await ana.type("52998224725")
        await ana.press("ctrl+s")
        await ana.sees(
            "Precisa de liberação", "Zuleica Prado", "Quem pode fazer isto pode liberar aqui mesmo"
        )
        await ana.type("carla")
        await ana.press("tab")
        await ana.type("47110815")
        await ana.press("enter")
        await ana.sees("Pessoa cadastrada")
        assert people(ana) == before + 1
        await ana.press("u")
        await ana.sees("Desfeito")
        assert people(ana) == before


async def test_a_card_that_a_rule_blocks_is_approved_on_the_spot_in_its_form(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        assert isinstance(carla.crm.run(SetPin(pin="47110815", again="47110815")), Done)
        with carla.crm.store.writing() as connection:
            connection.execute("UPDATE duplicate_rule SET active = 0")
        board = carla.crm.store.reader().execute("SELECT id FROM board WHERE name = 'Vendas'").fetchone()[0]
        rule = AddDuplicateRule(name="Um só", asked="card", by_phone=True, action="block", board=board)
        assert isinstance(carla.crm.run(rule), Done)
    async with at_work(demo_db, clock=clock) as ana:
        cards = "SELECT count(*) FROM card WHERE deleted_at IS NULL"
        phone, number = ana.crm.store.reader().execute(PHONE_AND_CARD).fetchone()
        before = ana.crm.store.reader().execute(cards).fetchone()[0]
        await ana.press("2", "n")
        await ana.sees("Indicação de")
        ana.app.screen.inputs["party_name"].focus()  # type: ignore[attr-defined]
        await ana.type("Quem Liga")
        ana.app.screen.inputs["phone"].focus()  # type: ignore[attr-defined]
        await ana.type(phone)
        await ana.press("ctrl+s")
        await ana.sees("Precisa de liberação", f"em Vendas: {number}")
        await ana.type("carla")
        await ana.press("tab")
        await ana.type("47110815")
        await ana.press("enter")
        await ana.gone("Precisa de liberação")
        await ana.until(
            lambda: ana.crm.store.reader().execute(cards).fetchone()[0] == before + 1, "the second card"
        )
        await ana.press("u")
        await ana.until(lambda: ana.crm.store.reader().execute(cards).fetchone()[0] == before, "taken back")
