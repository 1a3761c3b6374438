"""What a result brings into the parecer, by keyboard: the chain of the source, details, seldom fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import commands, open_crm
from crm_tui.domain.outcome import Done
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


def made(crm: Crm, command: str, /, **values: Any) -> int:
    outcome = crm.run(commands()[command](**values))
    assert isinstance(outcome, Done), outcome
    return outcome.entity_id or 0


def one(crm: Crm, sql: str, *params: Any) -> Any:
    return crm.store.reader().execute(sql, params).fetchone()[0]


def visiting(db: Path, clock: Clock) -> tuple[int, int]:
    """The campaign of the source's example, given to OP-0113, on which ana's list opens; card and stage."""
    crm = open_crm(db, "carla", clock)
    card = int(crm.read(boards.find, "OP-0113")[0].id)
    board = one(crm, "SELECT board_id FROM card WHERE id = ?", card)
    stage = made(crm, "add_stage", board=board, name="Elaboração da Proposta")
    campaign = made(crm, "add_campaign", name="Prospecção")
    visit = one(crm, "SELECT id FROM action_type WHERE name = 'Visita'")
    call = one(crm, "SELECT id FROM action_type WHERE name = 'Ligação'")
    first = made(crm, "add_campaign_action", campaign=campaign, action=visit, is_default=True)
    after = made(crm, "add_campaign_action", campaign=campaign, action=call, objective="cobrar a proposta")
    for name, rule in (
        ("Positivo", {"next_mode": "ask", "next_action": after, "leads": "stage", "to_stage": stage}),
        ("Negativo", {"leads": "loss"}),
    ):
        result = one(crm, "SELECT id FROM result WHERE name = ?", name)
        made(crm, "add_campaign_result", campaign_action=first, result=result, **rule)
    made(crm, "edit_card", card=card, campaign=campaign)
    crm.store.close()
    return card, stage


async def test_a_positive_visit_asks_when_and_moves_the_card(demo_db: Path, clock: Clock) -> None:
    card, stage = visiting(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.sees("Campanha", "Prospecção")
        await ana.type("Visitei; querem proposta.")
        await ana.press("tab", "1")
        await ana.sees("Positivo leva o cartão a Elaboração da Proposta", "o resultado pede")
        await ana.press("ctrl+s")
        await ana.sees("O resultado Positivo pede o próximo passo: diga quando.")
        await ana.type("seg 14h")
        await ana.sees("23/11 14:00")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        assert one(ana.crm, "SELECT stage_id FROM card WHERE id = ?", card) == stage
        assert one(ana.crm, "SELECT subject FROM activity ORDER BY id DESC LIMIT 1") == "cobrar a proposta"


async def test_a_negative_visit_closes_the_card_with_its_reason(demo_db: Path, clock: Clock) -> None:
    card, _ = visiting(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Não querem mais.")
        await ana.press("tab", "3")
        await ana.sees("Negativo encerra o cartão como perdido", "Motivo da perda")
        await ana.press("ctrl+s")
        await ana.sees("! O resultado Negativo encerra o cartão como perdido: escolha o motivo da")
        await ana.press("1", "ctrl+s")
        await ana.sees("gravado")
        assert one(ana.crm, "SELECT status FROM card WHERE id = ?", card) == "lost"
        await ana.press("u")
        await ana.sees("Desfeito: Visita, Negativo")
        assert one(ana.crm, "SELECT status FROM card WHERE id = ?", card) == "open"


async def test_a_result_with_details_shows_them_beside_it_and_one_that_asks_is_not_filed_without(
    demo_db: Path, clock: Clock
) -> None:
    crm = open_crm(demo_db, "carla", clock)
    positive = one(crm, "SELECT id FROM result WHERE name = 'Positivo'")
    for name in ("Pediu prazo", "Fechou na hora"):
        made(crm, "add_result_detail", result=positive, name=name)
    made(crm, "edit_result", result=positive, requires_detail=True)
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Aprovou.")
        await ana.press("tab", "1")
        await ana.sees("Detalhe")
        assert "Detalhe" in next(line for line in ana.lines() if "Resultado" in line)
        await ana.press("ctrl+s")
        await ana.sees("O resultado Positivo pede o detalhe: escolha um.")
        await ana.press("1", "ctrl+s")
        await ana.sees("gravado")
        detail = "SELECT d.name FROM activity a JOIN result_detail d ON d.id = a.result_detail_id"
        assert one(ana.crm, detail) == "Pediu prazo"
        await ana.press("p", "tab", "2")
        await ana.gone("Detalhe")


async def test_an_automatic_next_step_is_said_before_and_made_by_itself(demo_db: Path, clock: Clock) -> None:
    crm = open_crm(demo_db, "carla", clock)
    made(
        crm,
        "edit_result",
        result=one(crm, "SELECT id FROM result WHERE name = 'Neutro'"),
        next_mode="auto",
        delay_days=8,
    )
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Pensando.")
        await ana.press("tab", "2")
        await ana.sees("automático: sex 27/11")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        assert one(ana.crm, "SELECT due_on FROM activity ORDER BY id DESC LIMIT 1") == "2026-11-27"


async def test_one_key_calls_for_the_seldom_fields_and_a_draft_keeps_them(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Ontem, na loja.")
        await ana.press("ctrl+g", "m")
        await ana.sees("Campanha", "Feito de", "Telefone", "Termina às", "Descrição")
        await ana.press("tab", "tab")
        await ana.type("ontem 14h")
        await ana.sees("qua 18/11 14:00")
        await ana.press("tab")
        await ana.type("15h30")
        await ana.press("escape")
        await ana.sees("¶3")
        await ana.press("p")
        await ana.sees("ontem 14h", "15h30")
        await ana.press("tab")  # from the hour at which it was left: to whom the next step is with
        await ana.press("f4", "2", "ctrl+s")
        await ana.sees("gravado")
        began = one(
            ana.crm, "SELECT start_at FROM activity a JOIN note n ON n.activity_id = a.id ORDER BY n.id DESC"
        )
        assert began.startswith("2026-11-18T17:00")


async def test_the_narrow_screen_holds_all_of_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        await ana.press("p")
        await ana.type("Pouco espaço.")
        await ana.press("ctrl+g", "m")
        await ana.sees("Pouco espaço.", "Campanha", "Descrição", "f1 ajuda")


async def test_choosing_a_campaign_fills_what_was_not_chosen(demo_db: Path, clock: Clock) -> None:
    visiting(demo_db, clock)
    crm = open_crm(demo_db, "carla", clock)
    person = "SELECT id FROM contact_medium WHERE name = 'Presencial'"
    first = "SELECT id FROM campaign_action WHERE is_default = 1 ORDER BY id DESC"
    rule = "SELECT id FROM campaign_result WHERE leads = 'stage' ORDER BY id DESC"
    made(crm, "edit_campaign_action", campaign_action=one(crm, first), medium=one(crm, person))
    made(crm, "edit_campaign_result", campaign_result=one(crm, rule), is_default=True)
    made(crm, "edit_card", card=crm.read(boards.find, "OP-0113")[0].id, campaign=None)
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Visita combinada.")
        await ana.press("ctrl+g", "m", "tab", "3", "tab")
        await ana.sees("Visita", "Presencial", "Positivo", "Elaboração da Prop")


async def test_a_campaign_out_of_use_holds_no_parecer_up(demo_db: Path, clock: Clock) -> None:
    card, _stage = visiting(demo_db, clock)
    crm = open_crm(demo_db, "carla", clock)
    made(crm, "deactivate_campaign", campaign=one(crm, "SELECT campaign_id FROM card WHERE id = ?", card))
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Visitei.")
        assert "Prospecção" not in ana.text()
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado")


async def test_what_a_step_was_planned_for_is_shown_and_foretold(demo_db: Path, clock: Clock) -> None:
    """The chain goes on though neither card nor operator names its campaign again. (T38)"""
    card, _stage = visiting(demo_db, clock)
    crm = open_crm(demo_db, "ana", clock)
    step = one(crm, "SELECT next_activity_id FROM card WHERE id = ?", card)
    planned = {
        "campaign": one(crm, "SELECT campaign_id FROM card WHERE id = ?", card),
        "result": one(crm, "SELECT id FROM result WHERE tone = 'neutral'"),
        "next_action": one(crm, "SELECT id FROM action_type WHERE name = 'Visita'"),
        "next_when": one(crm, "SELECT due_on FROM activity WHERE id = ?", step),
    }
    made(crm, "edit_card", card=card, campaign=None)
    made(crm, "file_note", card=card, body="não estavam", **planned)
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("slash")
        await ana.type("0113")
        await ana.press("enter", "p")
        await ana.sees("Campanha", "Prospecção")
        await ana.type("Querem proposta.")
        await ana.press("tab", "1")
        await ana.sees("o resultado pede")
