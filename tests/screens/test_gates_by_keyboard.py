"""A move that gates refuse, cured where it was refused: on the board, in a form, in the parecer. (E30-E41, JOBS 2)"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.domain.form import QuestionType
from crm_tui.domain.gate import GateKind
from crm_tui.services.board import views
from crm_tui.services.board.commands import EditCard, NewCard
from crm_tui.services.board.setup_commands import EditStage
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup import views as followups
from crm_tui.services.form import views as forms
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm
from crm_tui.services.gate.commands import AddGate
from crm_tui.services.label.commands import AddTask
from crm_tui.services.note import views as notes
from crm_tui.services.offer import views as offers
from crm_tui.services.party.commands import EditParty
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")

SALES = 2


def stage(crm: Crm, name: str) -> int:
    return int(next(s.id for s in crm.read(views.stages, SALES) if s.name == name))


def gated(db: Path, clock: Clock, *wanted: tuple[str, GateKind, str]) -> None:
    """Stages of the sales board that ask for something."""
    crm = open_crm(db, "admin", clock)
    for name, kind, field in wanted:
        do(crm, AddGate(stage=stage(crm, name), kind=kind, field=field))
    crm.store.close()


def emptied(db: Path, clock: Clock, title: str) -> int:
    """A card without its value; its id."""
    crm = open_crm(db, "admin", clock)
    card = crm.read(views.find, title)[0].id
    do(crm, EditCard(card=card, value_one_off=0, value_recurring=0))
    crm.store.close()
    return int(card)


async def on_board(op: Operator, card: int) -> None:
    """The cursor on a card of the board."""
    await op.press("2")
    await op.sees("Vendas")
    board = op.app.screen
    detail = op.crm.read(views.detail, card)
    board.stage, board.card = detail.stage_id, card  # type: ignore[attr-defined]
    board.read()  # type: ignore[attr-defined]
    await op.until(lambda: board.here is not None and board.here.id == card, "the cursor")  # type: ignore[attr-defined]


async def test_a_refused_move_is_cured_and_done_in_few_keys(demo_db: Path, clock: Clock) -> None:
    gated(demo_db, clock, ("Visita", GateKind.PRIMARY_CONTACT, ""), ("Proposta", GateKind.DEAL_VALUE, ""))
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        op.keys = 0
        await op.press("L")
        await op.sees(
            "Proposta → Negociação", "falta 1 de 2", "✓ Contato principal", "Marina Alves", "pede Visita"
        )
        await op.sees("Nada foi mudado ainda")
        await op.type("12400")
        await op.press("ctrl+s")
        await op.sees("movido para Negociação", "u desfaz")
        assert op.keys == 2
        found = op.crm.read(views.detail, card)
        assert (found.stage, found.value_one_off) == ("Negociação", 1_240_000)
        told = op.crm.read(trails.of_card, card)
        assert told[0].batch == told[1].batch
        await op.press("u")
        await op.sees("Desfeito")
        found = op.crm.read(views.detail, card)
        assert (found.stage, found.value_one_off) == ("Proposta", 0)


async def test_what_was_typed_waits_as_a_draft_and_goes_on_from_the_list(demo_db: Path, clock: Clock) -> None:
    gated(
        demo_db,
        clock,
        ("Proposta", GateKind.DEAL_VALUE, ""),
        ("Proposta", GateKind.FIELD, "expected_close_on"),
    )
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    do(open_crm(demo_db, "admin", clock), EditCard(card=card, expected_close_on=None))
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("faltam 2 de 2")
        await op.type("12400")
        await op.press("escape")
        assert op.crm.read(views.detail, card).stage == "Proposta"
        await op.press("d")
        await op.sees("Pareceres")
        rows = [draft for draft in op.crm.drafts.list() if draft.command == "move_card"]
        assert len(rows) == 1
        await op.press("enter")
        await op.sees("12400", "Fecha em")
        await op.press("tab")
        await op.type("20/12")
        await op.press("ctrl+s")
        await op.gone("Fecha em")
        found = op.crm.read(views.detail, card)
        assert (found.stage, found.value_one_off, found.expected_close_on) == (
            "Negociação",
            1_240_000,
            date(2026, 12, 20),
        )


async def test_what_is_still_missing_is_asked_again_and_nothing_is_lost(demo_db: Path, clock: Clock) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.DEAL_VALUE, ""), ("Proposta", GateKind.VALID_DOCUMENT, ""))
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    crm = open_crm(demo_db, "admin", clock)
    do(crm, EditParty(party=crm.read(views.detail, card).party_id, document=""))
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("faltam 2 de 2")
        await op.type("500")
        await op.press("ctrl+s")
        await op.sees("Falta 1 dado", "500")
        assert op.crm.read(views.detail, card).value_one_off == 0, "together or not at all"
        await op.type("12.345.678/0001-9")
        await op.press("ctrl+s")
        await op.sees("12.345.678/0001-9", "500", "CNPJ")
        assert op.crm.read(views.detail, card).stage == "Proposta"
        await op.type("5")
        await op.press("ctrl+s")
        await op.sees("movido para Negociação")
        assert op.crm.read(views.detail, card).value_one_off == 500_00


async def test_open_tasks_are_ticked_off_in_the_sheet(demo_db: Path, clock: Clock) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.CHECKLIST, ""))
    crm = open_crm(demo_db, "admin", clock)
    card = crm.read(views.find, "Agenda de consultas")[0].id
    do(crm, AddTask(card=card, text="Medir a recepção"))
    crm.store.close()
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("Medir a recepção")
        await op.press("1", "ctrl+s")
        await op.sees("movido para Negociação")


async def test_a_file_an_item_and_an_appointment_are_given_in_the_sheet(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    gated(
        demo_db,
        clock,
        ("Proposta", GateKind.ATTACHMENT, ""),
        ("Proposta", GateKind.OFFER_ITEMS, ""),
        ("Proposta", GateKind.APPOINTMENT, ""),
    )
    ana = open_crm(demo_db, "ana", clock)
    card = do(ana, NewCard(subject="Loja nova", stage=stage(ana, "Proposta"))).entity_id or 0
    ana.store.close()
    (tmp_path / "planta.txt").write_text("planta da loja", encoding="utf-8")
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("faltam 3 de 3")
        await op.type(str(tmp_path / "planta.txt"))
        await op.press("tab")
        await op.type("PDV por caixa")
        await op.press("tab")
        await op.type("2")
        await op.press("tab")
        await op.type("ter 10h")
        await op.press("ctrl+s")
        await op.sees("movido para Negociação")
        assert [(item.item, item.qty) for item in op.crm.read(offers.of_card, card)] == [("PDV por caixa", 2)]
        assert [file.filename for file in op.crm.read(notes.files, card)] == ["planta.txt"]
        (step,) = op.crm.read(followups.steps_of_card, card)
        assert step.start_at is not None


async def test_m_takes_the_day_and_the_owner_of_the_stage_where_the_board_keeps_time(
    demo_db: Path, clock: Clock
) -> None:
    admin = open_crm(demo_db, "admin", clock)
    to = stage(admin, "Negociação")
    do(admin, EditStage(stage=to, expected_days=5))
    card = admin.read(views.find, "PDV 3 caixas + NFC-e")[0].id
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("m")
        await op.sees("Mover", "Prazo da etapa", "Responsável da etapa")
        await op.type("nego")
        await op.press("tab")
        await op.type("1/12")
        await op.press("tab")
        await op.type("carla")
        await op.press("ctrl+s")
        await op.until(lambda: op.crm.read(views.detail, card).stage_id == to, "the card is not there")
        found = op.crm.read(views.detail, card)
        assert (found.stage_due_on, found.stage_owner) == (date(2026, 12, 1), "carla")


async def test_the_form_of_moving_and_of_winning_cure_in_place(demo_db: Path, clock: Clock) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.FIELD, "expected_close_on"))
    crm = open_crm(demo_db, "admin", clock)
    card = crm.read(views.find, "PDV 3 caixas + NFC-e")[0].id
    do(crm, EditCard(card=card, expected_close_on=None))
    crm.store.close()
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("m", "1", "enter")
        await op.sees("Falta 1 dado", "Fecha em")
        await op.press("escape", "w", "ctrl+s")
        await op.sees("Falta 1 dado", "Fecha em")
        await op.type("20/12")
        await op.press("ctrl+s")
        await op.gone("Falta 1 dado")
        found = op.crm.read(views.detail, card)
        assert (found.status, found.expected_close_on) == ("won", date(2026, 12, 20))


async def test_a_colleague_who_filled_it_meanwhile_is_not_gone_over_unseen(
    demo_db: Path, clock: Clock
) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.DEAL_VALUE, ""))
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.type("12400")
        do(open_crm(demo_db, "carla", clock), EditCard(card=card, value_one_off=99_00))
        await op.press("ctrl+s")
        await op.sees("carla", "mudou isto")
        assert op.crm.read(views.detail, card).value_one_off == 99_00
        await op.press("ctrl+s")
        await op.sees("movido para Negociação")
        assert op.crm.read(views.detail, card).value_one_off == 12_400_00


async def test_a_stage_chosen_in_the_parecer_says_at_once_what_it_asks_for(
    demo_db: Path, clock: Clock
) -> None:
    gated(demo_db, clock, ("Proposta", GateKind.DEAL_VALUE, ""))
    card = emptied(demo_db, clock, "PDV 3 caixas + NFC-e")
    drafts = open_crm(demo_db, "ana", clock).drafts
    for draft in drafts.list():
        drafts.drop(draft.id)
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("p")
        await op.type("Fechou o escopo.")
        await op.press("tab", "1", "tab")
        await op.type("ter 10h")
        await op.press("tab", "tab", "n", "tab")
        await op.sees("falta: Valor negociado")
        await op.press("ctrl+s")
        await op.sees("! Valor", "Falta 1 dado")
        await op.type("12400")
        await op.press("escape", "p")
        await op.sees("Fechou o escopo.", "12400")
        await op.press("ctrl+s")
        await op.sees("gravado")
        found = op.crm.read(views.detail, card)
        assert (found.stage, found.value_one_off) == ("Negociação", 1_240_000)
        told = op.crm.read(trails.of_card, card)
        assert len({entry.batch for entry in told[:4]}) == 1


async def test_many_at_once_move_those_that_may_and_keep_the_others_marked(
    demo_db: Path, clock: Clock
) -> None:
    gated(demo_db, clock, ("Visita", GateKind.DEAL_VALUE, ""))
    card = emptied(demo_db, clock, "PDV 2 caixas + TEF")
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("space", "space", "L")
        await op.sees("ficou, marcado")
        assert op.crm.read(views.detail, card).stage == "Visita"


def with_form(db: Path, clock: Clock) -> tuple[int, int]:
    """A card whose stage asks for a form with a question that depends on the one before; the card and the form."""
    crm = open_crm(db, "admin", clock)
    form = do(crm, AddForm(name="Instalação")).entity_id or 0
    first = do(
        crm, AddQuestion(form=form, label="Tem rede?", type=QuestionType.BOOL, required=True)
    ).entity_id
    do(
        crm,
        AddQuestion(form=form, label="Quantos pontos?", type=QuestionType.INT, only_if=first, only_is="sim"),
    )
    do(crm, AddGate(stage=stage(crm, "Proposta"), kind=GateKind.FORM, form=form))
    card = crm.read(views.find, "PDV 3 caixas + NFC-e")[0].id
    crm.store.close()
    return int(card), form


async def test_a_form_is_answered_in_the_sheet_and_its_questions_follow_the_answers(
    demo_db: Path, clock: Clock
) -> None:
    card, form = with_form(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("Tem rede?")
        assert "Quantos pontos?" not in op.text()
        await op.press("1")
        await op.sees("Quantos pontos?")
        await op.press("tab")
        await op.type("4")
        await op.press("ctrl+s")
        await op.sees("movido para Negociação")
        asked = op.crm.read(forms.asked, card, form)
        assert asked.raw == {"tem_rede": "1", "quantos_pontos": "4"}
        await op.press("u")
        await op.sees("Desfeito")
        assert op.crm.read(forms.asked, card, form).raw == {}


async def test_a_form_revised_while_it_is_answered_in_the_sheet_is_shown_anew(
    demo_db: Path, clock: Clock
) -> None:
    card, form = with_form(demo_db, clock)
    admin = open_crm(demo_db, "admin", clock)
    other = admin.read(views.find, "Contratos e vistorias")[0].id
    do(
        admin, AnswerForm(card=other, form=form, answers={"tem_rede": "não"})
    )  # from now on each change is a revision
    async with at_work(demo_db, clock=clock) as op:
        await on_board(op, card)
        await op.press("L")
        await op.sees("Tem rede?")
        await op.press("2")
        do(admin, AddQuestion(form=form, label="Quem instala?", required=True))
        await op.press("ctrl+s")
        await op.sees("Quem instala?")
        assert op.crm.read(views.detail, card).stage == "Proposta"
        await op.press("tab")
        await op.type("Nós")
        await op.press("ctrl+s")
        await op.sees("movido para Negociação")
        assert op.crm.read(forms.asked, card, form).raw == {"tem_rede": "0", "quem_instala": "Nós"}


async def test_a_long_form_in_the_parecer_leaves_the_text_and_the_field_that_is_typed_in_sight(
    demo_db: Path, clock: Clock
) -> None:
    crm = open_crm(demo_db, "admin", clock)
    form = do(crm, AddForm(name="Longo")).entity_id or 0
    for n in range(30):
        do(crm, AddQuestion(form=form, label=f"Pergunta {n}?", type=QuestionType.TEXT, required=True))
    do(crm, AddGate(stage=stage(crm, "Qualificação"), kind=GateKind.FORM, form=form))
    card = crm.read(views.find, "OP-0113")[0].id
    crm.store.close()
    async with at_work(demo_db, clock=clock, size=(60, 20)) as op:
        await on_board(op, card)
        await op.press("p")
        await op.type("Falei da obra.")
        await op.press("tab", "1", "tab", "tab", "tab", "1", "tab", "ctrl+s")
        await op.sees("Falei da obra.", "Pergunta 0?")
        for n in range(30):
            await op.sees(f"Pergunta {n}?", "Falei da obra.")
            await op.type(f"r{n}")
            await op.press("tab")
        await op.press("ctrl+s")
        await op.sees("gravado")
        assert op.crm.read(forms.asked, card, form).raw["pergunta_29"] == "r29"
