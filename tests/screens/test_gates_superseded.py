"""A sheet of gates whose task, form or stage is gone meanwhile; and one that holds more than the screen. (E30-E41)"""

from __future__ import annotations

from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.domain.gate import GateKind
from crm_tui.services.board import views
from crm_tui.services.board.commands import ArchiveStage
from crm_tui.services.form.commands import AddForm, AddQuestion, DeactivateForm
from crm_tui.services.gate.commands import AddGate, RemoveGate
from crm_tui.services.label.commands import AddTask, DeleteTask
from tests.conftest import Clock
from tests.screens.operator import at_work
from tests.screens.test_gates_by_keyboard import emptied, gated, on_board, stage

pytestmark = pytest.mark.usefixtures("pt")


async def test_a_task_deleted_while_it_is_ticked_off_holds_nothing_up(demo_db: Path, clock: Clock) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.CHECKLIST, ""), ("Proposta", GateKind.DEAL_VALUE, ""))
    card = emptied(demo_db, clock, "Agenda de consultas")
    crm = open_crm(demo_db, "admin", clock)
    task = do(crm, AddTask(card=card, text="Medir a recepção")).entity_id or 0
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("faltam 2 de 2", "Medir a recepção")
        await op.type("s")
        await op.press("tab")
        await op.type("12400")
        do(crm, DeleteTask(task=task))
        await op.press("ctrl+s")
        await op.sees("mudou enquanto isso", "12400")
        await op.gone("Medir a recepção")
        await op.press("ctrl+s")
        await op.sees("movido para Negociação")
        found = op.crm.read(views.detail, card)
        assert (found.stage, found.value_one_off) == ("Negociação", 1_240_000)
    crm.store.close()


async def test_a_draft_of_a_sheet_whose_form_went_out_of_use_is_saved_without_it(
    demo_db: Path, clock: Clock
) -> None:
    crm = open_crm(demo_db, "admin", clock)
    form = do(crm, AddForm(name="Ficha")).entity_id or 0
    do(crm, AddQuestion(form=form, label="Quem decide?", required=True))
    gate = do(crm, AddGate(stage=stage(crm, "Proposta"), kind=GateKind.FORM, form=form)).entity_id or 0
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("falta 1 de 1")
        await op.type("Marina")
        await op.press("escape", "d")
        do(crm, RemoveGate(gate=gate))
        do(crm, DeactivateForm(form=form))
        await op.press("enter")
        await op.sees("Marina")
        await op.press("ctrl+s")
        await op.sees("mudou enquanto isso")
        await op.press("ctrl+s")
        await op.gone("mudou enquanto isso")
        assert op.crm.read(views.detail, card).stage == "Negociação"
    crm.store.close()


async def test_a_stage_removed_while_its_sheet_is_open_is_chosen_anew_there(
    demo_db: Path, clock: Clock
) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.DEAL_VALUE, ""))
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    crm = open_crm(demo_db, "admin", clock)
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("falta 1 de 1")
        await op.type("12400")
        do(crm, ArchiveStage(stage=stage(crm, "Negociação"), cards_to=stage(crm, "Fechamento")))
        await op.press("ctrl+s")
        await op.sees("já foi removida")
        await op.type("fech")
        await op.press("enter", "ctrl+s")
        await op.gone("já foi removida")
        found = op.crm.read(views.detail, card)
        assert (found.stage, found.value_one_off) == ("Fechamento", 1_240_000)
    crm.store.close()


async def test_forty_long_questions_can_be_read_and_answered_on_a_small_screen(
    demo_db: Path, clock: Clock
) -> None:
    crm = open_crm(demo_db, "admin", clock)
    form = do(crm, AddForm(name="Ficha [b]longa[/b]")).entity_id or 0
    long = "[b]Pergunta {n}[/b] que não cabe ao lado do campo, por mais que se queira?"
    for n in range(40):
        do(crm, AddQuestion(form=form, label=long.replace("{n}", str(n)), required=True))
    do(crm, AddGate(stage=stage(crm, "Proposta"), kind=GateKind.FORM, form=form))
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    do(crm, AddTask(card=card, text="Conferir o cadastro de todas as três lojas"))
    do(crm, AddGate(stage=stage(crm, "Proposta"), kind=GateKind.CHECKLIST))
    async with at_work(demo_db, clock=clock, size=(60, 20)) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("[b]Pergunta 0[/b] que não cabe ao lado do campo, por", "que se queira?")
        await op.type("sim")
        await op.press("f2")
        await op.sees("ainda falta responder", "[b]Pergunta 1[/b]")
        lines = op.lines()
        told = next(at for at, line in enumerate(lines) if "ainda falta" in line)
        assert len(lines) - told <= 7, "the sentence leaves room for the fields"
        for _ in range(39):
            await op.type("r")
            await op.press("tab")
        await op.sees("Conferir o cadastro de todas as três lojas")
    crm.store.close()


async def test_a_task_deleted_while_the_parecer_asks_for_it_holds_nothing_up(
    demo_db: Path, clock: Clock
) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.CHECKLIST, ""))
    crm = open_crm(demo_db, "admin", clock)
    card = crm.read(views.find, "Agenda de consultas")[0].id
    task = do(crm, AddTask(card=card, text="Medir a recepção")).entity_id or 0
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("p")
        await op.type("Fechou o escopo.")
        await op.press("tab", "1", "tab")
        await op.type("ter 10h")
        await op.press("tab", "tab", "n", "tab")
        await op.sees("falta: Tarefas feitas")
        await op.press("ctrl+s")
        await op.sees("! Medir a recepção")
        await op.type("s")
        do(crm, DeleteTask(task=task))
        await op.press("ctrl+s")
        await op.sees("mudou enquanto isso", "Fechou o escopo.")
        await op.gone("Medir a recepção")
        await op.press("ctrl+s")
        await op.sees("gravado")
        assert op.crm.read(views.detail, card).stage == "Negociação"
    crm.store.close()
