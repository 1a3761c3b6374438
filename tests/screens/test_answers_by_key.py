"""The answers of a stage in the parecer: chosen by a digit or a letter, the next question beneath. (B49-B51)"""

from __future__ import annotations

from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.domain.gate import GateKind
from crm_tui.screens.note.fields import LABEL
from crm_tui.services.board import views
from crm_tui.services.board.commands import EditCard, MoveCard
from crm_tui.services.board.setup_commands import EditStage
from crm_tui.services.core.crm import Crm
from crm_tui.services.gate.commands import AddGate, AddTransition, EditTransition, RemoveTransition
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")

SALES = 2
TITLE = "Agenda de consultas"
"""A card of ana's in Proposta."""


def stage(crm: Crm, name: str) -> int:
    return int(next(s.id for s in crm.read(views.stages, SALES) if s.name == name))


def asking(db: Path, clock: Clock, *, why: bool = False) -> tuple[int, dict[str, int]]:
    """Proposta asks whether it was accepted, Negociação whether it was sold; the card, and the answers by name."""
    crm = open_crm(db, "admin", clock)
    do(crm, EditStage(stage=stage(crm, "Proposta"), question="Aceitou?"))
    do(crm, EditStage(stage=stage(crm, "Negociação"), question="Vendido ou não?"))
    answers = {}
    for at, label, to, asks in (
        ("Proposta", "Sim", "Negociação", False),
        ("Proposta", "Não, volta à visita", "Visita", why),
        ("Negociação", "Vendido", "Ganha", False),
        ("Negociação", "Não vendido", "Perdida", False),
    ):
        made = do(
            crm,
            AddTransition(stage=stage(crm, at), label=label, to=stage(crm, to), requires_reason=asks),
        )
        answers[label] = made.entity_id or 0
    card = int(crm.read(views.find, TITLE)[0].id)
    do(crm, MoveCard(card=card, stage=stage(crm, "Proposta")))
    crm.store.close()
    return card, answers


async def written(op: Operator, card: int) -> None:
    """The parecer of the card is open, with a text and a result; the focus in *Quando*."""
    op.app.screen.go("card", card=card)  # type: ignore[attr-defined]
    await op.sees(TITLE)
    await op.press("p")
    await op.type("Falei com a Marina.")
    await op.press("tab", "1", "tab")
    op.keys = 0


async def test_a_digit_answers_fills_the_stage_and_files(demo_db: Path, clock: Clock) -> None:
    card, _ = asking(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.sees("Aceitou?")
        await op.press("tab", "tab", "1")
        await op.sees("→ Negociação", "Vendido ou não?")
        assert op.app.screen.inputs["stage"].raw == f"#{stage(op.crm, 'Negociação')}"  # type: ignore[attr-defined]
        await op.press("ctrl+s")
        await op.gone("Vendido ou não?")
        assert op.keys == 4
        assert op.crm.read(views.detail, card).stage == "Negociação"
        await op.press("u")
        await op.sees("Desfeito")
        assert op.crm.read(views.detail, card).stage == "Proposta"


async def test_the_next_question_beneath_takes_the_card_to_its_end(demo_db: Path, clock: Clock) -> None:
    card, _ = asking(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "s", "tab")
        await op.sees("Vendido ou não?")
        await op.press("n", "tab")
        await op.sees("Motivo da perda", "Por quê")
        await op.press("1", "ctrl+s")
        await op.sees("Decisão: Aceitou? → Sim · Vendido ou não? → Não vendido", "Perdida: Preço")
        found = op.crm.read(views.detail, card)
        assert (found.stage, found.status) == ("Perdida", "lost")
        batch = op.crm.read(trails.of_card, card)[0].batch
        assert sum(e.batch == batch for e in op.crm.read(trails.of_card, card)) >= 4


async def test_all_that_is_chosen_under_the_text_begins_in_one_column(demo_db: Path, clock: Clock) -> None:
    """However long the questions are: one that is too long for the labels stands over its answer, in one row."""
    card, _ = asking(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "s", "tab")
        await op.sees("Vendido ou não?")
        await op.press("n", "tab")
        await op.sees("Motivo da perda")
        shown = op.app.screen.inputs  # type: ignore[attr-defined]
        columns = {
            shown[name].region.x for name in ("answer-0", "answer-1", "answered_loss", "stage", "next_action")
        }
        assert columns == {LABEL}
        rows = [shown[f"answer-{n}"].region.y for n in (0, 1)]
        assert rows[1] - rows[0] == 2


async def test_another_answer_takes_the_next_question_away_and_a_stage_takes_both(
    demo_db: Path, clock: Clock
) -> None:
    card, _ = asking(demo_db, clock, why=True)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "1")
        await op.sees("Vendido ou não?")
        await op.press("2")
        await op.gone("Vendido ou não?")
        await op.sees("→ Visita", "Por quê")
        editor = op.app.screen
        assert "answer-1" not in editor.inputs  # type: ignore[attr-defined]
        await op.press("tab")
        await op.type("quer ver de novo")
        await op.press("tab")
        await op.type("neg")
        await op.press("tab")
        await op.gone("Por quê")
        assert editor.inputs["answer-0"].raw == ""  # type: ignore[attr-defined]
        await op.press("ctrl+s")
        await op.until(
            lambda: op.crm.read(views.detail, card).stage == "Negociação", "it goes where was chosen"
        )


async def test_what_the_way_asks_for_is_said_at_once_and_cured_in_place(demo_db: Path, clock: Clock) -> None:
    card, _ = asking(demo_db, clock)
    crm = open_crm(demo_db, "admin", clock)
    do(crm, EditCard(card=card, value_one_off=0, value_recurring=0))
    do(crm, AddGate(stage=stage(crm, "Proposta"), kind=GateKind.DEAL_VALUE))
    crm.store.close()
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "1")
        await op.sees("falta: Valor negociado")
        await op.press("ctrl+s")
        await op.type("12400")
        await op.press("ctrl+s")
        await op.until(lambda: op.crm.read(views.detail, card).stage == "Negociação", "filed")
        assert op.crm.read(views.detail, card).value_one_off == 1_240_000


async def test_answers_are_kept_in_the_draft_and_taken_up_again(demo_db: Path, clock: Clock) -> None:
    card, _ = asking(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "1", "tab", "2", "tab", "1", "tab")
        await op.type("achou caro")
        await op.press("escape")
        await op.gone("Vendido ou não?")
        await op.press("d", "enter")
        await op.sees("Vendido ou não?", "achou caro", "→ Perdida")
        await op.press("ctrl+s")
        await op.until(lambda: op.crm.read(views.detail, card).status == "lost", "filed")


async def test_an_answer_that_went_meanwhile_is_said_and_the_text_stays(demo_db: Path, clock: Clock) -> None:
    card, answers = asking(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "1")
        await op.sees("Vendido ou não?")
        crm = open_crm(demo_db, "admin", clock)
        do(crm, RemoveTransition(transition=answers["Sim"]))
        await op.press("ctrl+s")
        await op.sees("foi tirada", "Falei com a Marina.")
        await op.gone("Vendido ou não?")
        editor = op.app.screen
        assert editor.inputs["stage"].raw == editor.desk.standing  # type: ignore[attr-defined]
        do(crm, EditTransition(transition=answers["Não, volta à visita"], label="Não"))
        crm.store.close()
        await op.press("1", "ctrl+s")
        await op.sees("mudou")
        await op.press("ctrl+s")
        await op.until(lambda: op.crm.read(views.detail, card).stage == "Visita", "looked at, filed")


@pytest.mark.parametrize(("keep", "ends"), [("left", "Visita"), ("right", "Negociação")])
async def test_a_card_moved_meanwhile_asks_whose_stage_holds(
    demo_db: Path, clock: Clock, keep: str, ends: str
) -> None:
    card, _ = asking(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "2")
        await op.sees("→ Visita")
        crm = open_crm(demo_db, "admin", clock)
        do(crm, MoveCard(card=card, stage=stage(crm, "Negociação")))
        crm.store.close()
        await op.press("ctrl+s")
        await op.sees("Visita", "Negociação")
        await op.press("escape")
        await op.sees("Falei com a Marina.", "moveu este cartão")
        await op.press("ctrl+s")
        await op.sees("mudou isto")
        await op.press(keep, "ctrl+s")
        await op.sees("gravado")
        assert op.crm.read(views.detail, card).stage == ends


async def test_a_question_that_wants_its_answer_is_gone_to(demo_db: Path, clock: Clock) -> None:
    card, _ = asking(demo_db, clock)
    crm = open_crm(demo_db, "admin", clock)
    do(crm, EditStage(stage=stage(crm, "Proposta"), question_required=True))
    crm.store.close()
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("ctrl+s")
        await op.sees("pergunta", "Falei com a Marina.")
        assert op.app.screen.inputs["answer-0"].has_focus  # type: ignore[attr-defined]
        await op.press("1", "ctrl+s")
        await op.until(lambda: op.crm.read(views.detail, card).stage == "Negociação", "filed")


async def test_without_answers_nothing_of_it_is_there(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        card = int(op.crm.read(views.find, TITLE)[0].id)
        await written(op, card)
        editor = op.app.screen
        assert not [name for name in editor.inputs if name.startswith("answer")]  # type: ignore[attr-defined]
        await op.press("tab", "tab")
        assert editor.inputs["stage"].has_focus  # type: ignore[attr-defined]


async def test_an_undone_note_comes_back_with_its_answers(demo_db: Path, clock: Clock) -> None:
    card, _ = asking(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await written(op, card)
        await op.press("tab", "tab", "s", "tab", "n", "tab", "1", "tab")
        await op.type("foi ao concorrente")
        await op.press("ctrl+s")
        await op.sees("Perdida: Preço")
        await op.press("u")
        await op.sees("Desfeito")
        await op.press("p")
        await op.sees("Falei com a Marina.", "→ Negociação", "→ Perdida", "Preço", "foi ao concorrente")
        await op.press("ctrl+s")
        await op.sees("Perdida: Preço")
        assert op.crm.read(views.detail, card).status == "lost"
