"""A form answered on a card by keyboard: from the menu and the tab, with questions that come and go. (E38, E41, B66)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.form import QuestionType
from crm_tui.services.core.commands import Command
from crm_tui.services.form import views
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm, RemoveQuestion
from crm_tui.services.trail.commands import UndoBatch
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

FORM = "Levantamento da loja"


async def opened(ana: Operator) -> int:
    """Open the second card of Hoje, Padaria Aurora's; its id."""
    from crm_tui.services.followup import views as followups

    key = ana.crm.read(followups.queue).keys[1]
    await ana.press("down", "enter")
    await ana.sees("Timeline", "OP-0142")
    return int(key)


def form_id(ana: Operator, name: str = FORM) -> int:
    return next(o.value for o in ana.crm.read(views.pick_form, "") if o.label == name)


def given(ana: Operator, card: int, name: str = FORM) -> dict[str, str]:
    asked = ana.crm.read(views.asked, card, form_id(ana, name))
    return dict(asked.raw)


def elsewhere(db: Path, clock: Clock, login: str, command: Command) -> None:
    """Somebody else does this."""
    crm = open_crm(db, login, clock)
    try:
        outcome = crm.run(command)
        assert type(outcome).__name__ == "Done", outcome
    finally:
        crm.store.close()


async def test_o_f_asks_and_a_question_comes_with_the_answer_above_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press("o", "f")
        await ana.sees("Qualificação", "not answered yet")
        await ana.press("2")
        await ana.sees("Quantos caixas?", "Usa TEF?")
        assert "Adquirente" not in ana.text()
        await ana.type("3")
        await ana.press("tab", "1", "tab")
        await ana.sees("Adquirente *")
        await ana.type("sto")
        await ana.press("ctrl+s")
        await ana.sees(f"{FORM} answered   u undoes", f"Form {FORM} answered")
        assert given(ana, card) == {"quantos_caixas": "3", "usa_tef": "1", "adquirente": "Stone"}
        await ana.press("u")
        await ana.sees("Undone")
        assert given(ana, card) == {}


async def test_what_is_missing_is_marked_and_asked_for_in_place(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press("o", "f", "2", "tab", "1", "ctrl+s")
        await ana.sees("! Quantos caixas? *", "! Adquirente *", "still asks for Quantos caixas?, Adquirente")
        await ana.type("2")
        await ana.press("down", "tab", "3", "ctrl+s")
        await ana.sees(f"{FORM} answered")
        assert given(ana, card)["adquirente"] == "Stone"


async def test_the_tab_lists_answers_reads_earlier_ones_and_answers_again(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        crm, form = ana.crm, form_id(ana)
        first = {"quantos_caixas": "2", "usa_tef": "não"}
        crm.run(AnswerForm(card=card, form=form, answers=first))
        clock.advance(minutes=5)
        await ana.press("right", "right", "right")
        await ana.sees("not answered yet", "answered Thu 19/11 10:42 by ana")
        await ana.press("i")
        await ana.sees("This form is not answered yet: enter answers it.")
        await ana.press("down", "enter")
        await ana.sees("Quantos caixas? *")
        await ana.press("1", "ctrl+s")  # it begins at the first question without an answer
        await ana.sees(f"{FORM} answered   u undoes", "10:47 by ana")
        await ana.press("i")
        await ana.sees("Thu 19/11 10:47  ana  revision 1", "Balanças na rede?  yes")
        await ana.sees("Thu 19/11 10:42  ana  revision 1", "Quantos caixas?  2", "Usa TEF?  no")
        await ana.press("enter")
        await ana.sees("Balanças na rede?        yes")


async def test_a_form_that_a_stage_waits_for_is_counted_on_its_tab(demo_db: Path, clock: Clock) -> None:
    crm = open_crm(demo_db, "admin", clock)
    with crm.store.writing() as connection:
        connection.execute(
            "INSERT INTO stage_gate (stage_id, moment, kind, form_id, position, enabled, version) "
            "SELECT s.id, 'leave', 'form', f.id, 1, 1, 1 FROM stage s, form f JOIN board b ON b.id = s.board_id "
            "WHERE s.name = 'Visita' AND b.name = 'Vendas' AND f.name = ?",
            (FORM,),
        )
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.sees("Forms !1")
        await ana.press("o")
        await ana.sees("1 is asked for")
        await ana.press("q", "right", "right", "right")
        await ana.sees("asked for by Visita")
        answers = {"quantos_caixas": "2", "usa_tef": "não"}
        ana.crm.run(AnswerForm(card=card, form=form_id(ana), answers=answers))
        await ana.press("r")
        await ana.gone("Forms !1")


async def test_what_was_typed_waits_as_a_draft_and_is_taken_up_where_one_stood(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press("o", "f", "2")
        await ana.type("7")
        await ana.press("tab", "1", "escape")
        await ana.until(lambda: ana.crm.drafts.count() == 3, "the answers were not parked")
        await ana.press("d")
        await ana.sees(FORM, "missing: adquirente")
        await ana.press("enter")
        await ana.sees("Taken up from your draft", "Quantos caixas? *", "Adquirente *")
        await ana.press("tab", "3", "ctrl+s")
        await ana.sees(f"{FORM} answered")
        assert given(ana, card) == {"quantos_caixas": "7", "usa_tef": "1", "adquirente": "Stone"}


async def test_revised_while_it_is_answered_it_is_said_and_the_new_questions_are_there(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        form = form_id(ana)
        await ana.press("o", "f", "2")
        await ana.type("5")
        await ana.press("tab", "2")
        asked = ana.crm.read(views.asked, card, form)
        scales = next(q for q in asked.questions if q.label == "Balanças na rede?")
        elsewhere(demo_db, clock, "admin", RemoveQuestion(question=scales.id))
        elsewhere(demo_db, clock, "admin", AddQuestion(form=form, label="Quantas lojas?", required=True))
        await ana.press("ctrl+s")
        await ana.sees("was changed while you answered it", "Quantas lojas? *")
        assert "Balanças" not in ana.text()
        await ana.press("ctrl+s")
        await ana.sees("! Quantas lojas? *")
        await ana.type("duas")
        await ana.press("ctrl+s")
        await ana.sees(f"{FORM} answered")
        assert given(ana, card) == {"quantos_caixas": "5", "usa_tef": "0", "quantas_lojas": "duas"}


async def test_who_was_quicker_is_named_and_what_one_left_alone_is_theirs(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        form = form_id(ana)
        await ana.press("o", "f", "2")
        await ana.type("5")
        theirs = {"quantos_caixas": "9", "usa_tef": "não", "observacoes_da_visita": "loja fechada"}
        elsewhere(demo_db, clock, "carla", AnswerForm(card=card, form=form, answers=theirs))
        await ana.press("ctrl+s")
        await ana.sees("carla answered this form at", "loja fechada")
        await ana.press("ctrl+s")
        await ana.sees(f"{FORM} answered")
        assert given(ana, card)["quantos_caixas"] == "5"
        assert given(ana, card)["observacoes_da_visita"] == "loja fechada"
        assert [each.by for each in ana.crm.read(views.answers, card, form)] == ["ana", "carla"]


async def test_a_draft_whose_form_is_gone_says_so_and_stays(demo_db: Path, clock: Clock) -> None:
    admin = open_crm(demo_db, "admin", clock)
    made = admin.run(AddForm(name="Breve")).entity_id
    admin.run(AddQuestion(form=made, label="O que houve?"))
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.press("o", "f", "3")
        await ana.type("nada")
        await ana.press("escape")
        await ana.until(lambda: ana.crm.drafts.count() == 3, "the answer was not parked")
        for _ in range(2):
            admin.run(UndoBatch())
        admin.store.close()
        await ana.press("d", "enter")
        await ana.sees("The form or its card is gone")
        assert ana.crm.drafts.count() == 3


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_at_every_size_the_open_tab_and_every_question_can_be_seen(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await opened(ana)
        for name in ("Tasks", "Agenda", "Forms", "Items", "Files", "Data"):
            await ana.press("right")
            await ana.sees(name)
        await ana.press("o", "f", "1", "2", "tab")
        await ana.sees("Com quem falar? *")
        for _ in range(3):
            await ana.press("tab")
        await ana.sees("Para quando precisa?")


async def test_a_further_field_stands_among_the_data_and_enter_answers_it(
    demo_db: Path, clock: Clock
) -> None:
    admin = open_crm(demo_db, "admin", clock)
    form = admin.run(AddForm(name="Ambiente", on_card=True)).entity_id
    assert form is not None
    admin.run(AddQuestion(form=form, label="Ambiente", type=QuestionType.CHOICE, options="Loja, Escritório"))
    admin.store.close()
    async with at_work(demo_db, clock=clock, size=(80, 36)) as ana:
        card = await opened(ana)
        await ana.press(*["right"] * 6)
        await ana.sees("Ambiente")
        found: Any = ana.app.screen
        await ana.press(*["down"] * [datum.label for datum in found.data].index("Ambiente"), "enter")
        await ana.press("2", "ctrl+s")
        await ana.sees("u undoes")
        assert "Escritório" in next(line for line in ana.lines() if line.strip(" ▌").startswith("Ambiente "))
        assert given(ana, card, "Ambiente") == {"ambiente": "Escritório"}
