"""The ciclo de atendimento by keyboard: while a card is opened, and from inside the parecer. (B12, B64-B66)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.form import FormKind, QuestionType
from crm_tui.domain.form_cycle import field_of
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import LoseCard
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm
from crm_tui.services.form import views
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm, RemoveQuestion
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work
from tests.screens.test_form_settings import at_forms

pytestmark = pytest.mark.usefixtures("pt")

NAME = "Ciclo da venda"


def board_id(crm: Crm, name: str) -> int:
    return next(int(each.id) for each in crm.read(boards.boards) if each.name == name)


def script(db: Path, clock: Clock, *, required: bool = False, name: str = NAME, board: str = "Vendas") -> int:
    """A sales script of one board: what they use today, which if any, and by when."""
    crm = open_crm(db, "admin", clock)
    try:
        made = crm.run(AddForm(name=name, kind=FormKind.CYCLE, board=board_id(crm, board)))
        form = _id(made)
        first = crm.run(
            AddQuestion(form=form, label="Tem sistema?", type=QuestionType.BOOL, required=required)
        )
        crm.run(AddQuestion(form=form, label="Qual?", only_if=_id(first), only_is="sim"))
        crm.run(AddQuestion(form=form, label="Para quando?", type=QuestionType.DATE))
        return form
    finally:
        crm.store.close()


def _id(outcome: Any) -> int:
    assert type(outcome).__name__ == "Done", outcome
    return int(outcome.entity_id)


def given(ana: Operator, card: int, form: int) -> dict[str, str]:
    return dict(ana.crm.read(views.asked, card, form).raw)


def newest(ana: Operator) -> int:
    """The card that was made last."""
    row = ana.crm.store.reader().execute("SELECT max(id) FROM card").fetchone()
    return int(row[0])


async def new_deal(ana: Operator) -> None:
    await ana.press("N", "o")
    await ana.until(lambda: isinstance(ana.app.screen, FormScreen), "the form is not open")


async def test_the_script_is_answered_in_the_form_of_the_new_card_and_undone_with_it(
    demo_db: Path, clock: Clock
) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await new_deal(ana)
        await ana.sees("Tem sistema?", "Para quando?")
        assert "Qual?" not in ana.text()
        await ana.type("Casa Nova")
        await ana.press("tab", "tab", "tab", "tab", "s")
        await ana.sees("Qual?")
        await ana.press("tab")
        await ana.type("Planilha")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        card = newest(ana)
        assert given(ana, card, form) == {"tem_sistema": "1", "qual": "Planilha"}
        await ana.press("u")
        await ana.sees("Desfeito")
        assert ana.crm.read(views.asked, card, form) is None


async def test_a_script_that_requires_nothing_stops_nobody_on_the_phone(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await new_deal(ana)
        await ana.type("Casa Nova")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert given(ana, newest(ana), form) == {}


async def test_a_required_question_is_marked_said_and_gone_to(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock, required=True)
    async with at_work(demo_db, clock=clock) as ana:
        before = newest(ana)
        await new_deal(ana)
        await ana.sees("Tem sistema? *")
        await ana.type("Casa Nova")
        await ana.press("ctrl+s")
        await ana.sees("! Tem sistema? *", "Em Ciclo da venda ainda falta responder Tem sistema?")
        assert newest(ana) == before
        await ana.press("n", "ctrl+s")
        await ana.sees("u desfaz")
        assert given(ana, newest(ana), form) == {"tem_sistema": "0"}


async def test_from_inside_the_note_it_is_answered_and_the_text_goes_on_to_the_letter(
    demo_db: Path, clock: Clock
) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+k")
        await ana.type("OP-0142")
        await ana.press("enter")
        await ana.sees("Padaria Aurora")
        card = int(ana.crm.read(boards.find, "OP-0142")[0].id)
        await ana.press("p")
        await ana.type("Primeira metade")
        await ana.press("left", "left", "ctrl+g")
        await ana.sees("Ciclo de atendimento", "0 de 2")
        await ana.press("a")
        await ana.sees(NAME, "Tem sistema?")
        await ana.press("s", "tab")
        await ana.type("Planilha")
        await ana.press("ctrl+s")
        await ana.sees(f"{NAME}", "Primeira meta")
        assert "desfaz" not in ana.text()  # `u` is a letter here
        await ana.type("X")
        await ana.sees("Primeira metaXde")
        assert given(ana, card, form) == {"tem_sistema": "1", "qual": "Planilha"}
        await ana.press("ctrl+g")
        await ana.sees("2 de 3")


async def test_the_card_says_how_far_and_its_story_what_was_answered(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        card = int(ana.crm.read(boards.find, "OP-0142")[0].id)
        await ana.press("ctrl+k")
        await ana.type("OP-0142")
        await ana.press("enter")
        await ana.sees("Formulários 0/2")
        ana.crm.run(AnswerForm(card=card, form=form, answers={"tem_sistema": "sim", "qual": "[b]Planilha"}))
        await ana.press("r")
        await ana.sees("Formulários 2/3", "Tem sistema?: sim", "Qual?: [b]Planilha")
        again = {"qual": "Caderno"}
        ana.crm.run(AnswerForm(card=card, form=form, answers=again))
        await ana.press("r")
        await ana.sees("respondido de novo: Qual?", "Qual?: Caderno")
        assert ana.text().count("Tem sistema?: sim") == 1  # what was left as it was is told once
        await ana.press("right", "right", "right")
        await ana.sees("por ana, 2 de 3")


async def on_the_board(ana: Operator) -> None:
    await ana.press("2")
    await ana.sees("Qualificação")


async def test_one_line_on_the_board_is_enough_unless_something_is_required(
    demo_db: Path, clock: Clock
) -> None:
    script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await on_the_board(ana)
        before = newest(ana)
        await ana.press("+")
        await ana.type("Casa Nova")
        await ana.press("enter")
        await ana.until(lambda: newest(ana) == before + 1, "no card was made")


async def test_what_one_line_cannot_answer_opens_the_whole_form_with_what_was_typed(
    demo_db: Path, clock: Clock
) -> None:
    form = script(demo_db, clock, required=True)
    async with at_work(demo_db, clock=clock) as ana:
        await on_the_board(ana)
        before = newest(ana)
        await ana.press("+")
        await ana.type("Casa Nova")
        await ana.press("enter")
        await ana.sees(
            "Casa Nova", "! Tem sistema? *", "Em Ciclo da venda ainda falta responder Tem sistema?"
        )
        assert newest(ana) == before
        await ana.press("s", "ctrl+s")
        await ana.until(lambda: newest(ana) == before + 1, "no card was made")
        assert given(ana, newest(ana), form) == {"tem_sistema": "1"}
        assert ana.crm.drafts.count() == 2  # those of the demonstration: none was left of this


async def test_a_draft_of_a_new_card_keeps_what_was_answered(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await new_deal(ana)
        await ana.sees("pede Ciclo da venda")
        await ana.type("Casa Nova")
        await ana.press("tab", "tab", "tab", "tab", "s", "tab")
        await ana.type("Planilha")
        await ana.press("escape")
        gone = question(ana, form, "para_quando")
        elsewhere(demo_db, clock, RemoveQuestion(question=gone))
        await ana.press("d")
        await ana.sees("Novo cartão")
        await ana.press("enter")
        await ana.sees("Tem sistema?           sim", "Qual?                 ▌Planilha", "rascunho")
        assert "Para quando?" not in ana.text()
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert given(ana, newest(ana), form) == {"tem_sistema": "1", "qual": "Planilha"}


async def test_the_questions_follow_the_board_that_is_chosen(demo_db: Path, clock: Clock) -> None:
    sale = script(demo_db, clock)
    lead = script(demo_db, clock, name="Ciclo do lead", board="Leads")
    async with at_work(demo_db, clock=clock) as ana:
        card = ana.crm.read(boards.find, "OP-0142")[0].id
        party = ana.crm.read(boards.detail, card).party_id
        screen: Any = ana.app.screen
        screen.go("new_card", party=party)
        await ana.sees("Novo cartão", "pede Ciclo do lead")
        here: Any = ana.app.screen
        here.inputs[field_of(lead, "tem_sistema")].focus()
        await ana.press("s")
        here.inputs["board"].focus()
        await ana.type("ven")
        await ana.press("tab")
        await ana.sees("pede Ciclo da venda")
        assert "pede Ciclo do lead" not in ana.text()
        here.inputs["subject"].focus()
        await ana.type("Segunda loja")
        await ana.press("tab", "tab", "n", "ctrl+s")
        await ana.sees("u desfaz")
        card = newest(ana)
        assert (given(ana, card, lead), given(ana, card, sale)) == ({}, {"tem_sistema": "0"})


def elsewhere(db: Path, clock: Clock, command: Command) -> None:
    """The administrator does something meanwhile."""
    crm = open_crm(db, "admin", clock)
    try:
        _id(crm.run(command))
    finally:
        crm.store.close()


def question(ana: Operator, form: int, key: str) -> int:
    return next(each.id for each in ana.crm.read(views.preview, form).questions if each.key == key)


async def test_a_script_that_changed_meanwhile_is_asked_as_it_is_now(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await new_deal(ana)
        await ana.type("Casa Nova")
        await ana.press("tab", "tab", "tab", "tab", "n")
        elsewhere(demo_db, clock, AddQuestion(form=form, label="Verba?", required=True))
        await ana.press("ctrl+s")
        await ana.sees("! Verba? *", "Em Ciclo da venda ainda falta responder Verba?")
        await ana.type("10 mil")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert given(ana, newest(ana), form) == {"tem_sistema": "0", "verba": "10 mil"}


async def test_of_several_scripts_one_is_chosen_and_a_closed_card_shows_them_to_be_read(
    demo_db: Path, clock: Clock
) -> None:
    form = script(demo_db, clock)
    script(demo_db, clock, name="Ciclo curto")
    async with at_work(demo_db, clock=clock) as ana:
        card = int(ana.crm.read(boards.find, "OP-0142")[0].id)
        ana.crm.run(AnswerForm(card=card, form=form, answers={"tem_sistema": "não"}))
        screen: Any = ana.app.screen
        screen.go("note", card=card)
        await ana.sees("Parecer", "Padaria Aurora")
        await ana.type("Fechou")
        await ana.press("ctrl+g")
        await ana.sees("Ciclo de atendimento…", "1 de 2, 0 de 2")
        await ana.press("a")
        await ana.sees("1  Ciclo da venda", "2  Ciclo curto")
        await ana.press("escape")
        await ana.type(".")
        loss = ana.crm.read(boards.pick_loss_reason, "")[0].value
        elsewhere(demo_db, clock, LoseCard(card=card, reason=loss, note="sem verba"))
        await ana.press("ctrl+g", "a", "1")
        await ana.sees("O cartão está encerrado: enter responde mesmo assim.", "Tem sistema?  não")
        await ana.press("escape")
        await ana.type("!")
        await ana.sees("Fechou.!")


def screen_of(ana: Operator) -> Any:
    return ana.app.screen


async def test_whoever_may_not_change_the_card_reads_why(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        card = int(ana.crm.read(boards.find, "OP-0142")[0].id)
        ana.crm.run(AnswerForm(card=card, form=form, answers={"tem_sistema": "não"}))
    async with at_work(demo_db, "beto", clock=clock) as beto:
        screen_of(beto).go("answers", card=card, form=form, why="Seu perfil não permite.")
        await beto.sees("Seu perfil não permite.", "Tem sistema?  não", "Para quando?  —")
        await beto.press("enter")
        await beto.sees("Seu perfil não permite.")  # it is only read


async def test_a_script_is_set_up_by_keyboard_and_asked_at_once(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await at_forms(admin)
        await admin.press("n")
        await admin.type("Roteiro")
        await admin.press("tab")
        await admin.type("ciclo")
        await admin.press("tab")
        await admin.type("ven")
        await admin.press("tab", "ctrl+s")
        await admin.sees("Roteiro", "Ciclo de at")
        await admin.press("o", "p", "n")
        await admin.sees("Nova pergunta")
        await admin.type("Tem verba?")
        await admin.press("tab")
        await admin.type("sim ou")
        await admin.press("tab", "s", "ctrl+n")
        await admin.sees("Nova pergunta", "1 salvo")
        await admin.type("Quando decide?")
        await admin.press("ctrl+s", "K")
        await admin.until(lambda: asked_first(admin, "Roteiro") == "Quando decide?", "not moved up")
        await admin.press("1")
        await new_deal(admin)
        await admin.sees("Quando decide?", "pede Roteiro", "Tem verba? *")


def asked_first(op: Operator, name: str) -> str:
    form = next(int(o.value) for o in op.crm.read(views.pick_form, "") if o.label == name)
    return str(op.crm.read(views.preview, form).questions[0].label)


async def test_from_an_owners_column_the_whole_form_stays_on_the_board_and_with_whom_is_known(
    demo_db: Path, clock: Clock
) -> None:
    form = script(demo_db, clock, required=True)
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await on_the_board(carla)
        await carla.press("s", "g", "d")
        await carla.sees("por dono")
        before = newest(carla)
        await carla.press("+")
        await carla.type("Padaria Au")
        await carla.sees("tab: Padaria Aurora")
        await carla.press("tab", "enter")
        await carla.sees("Novo cartão", "Padaria Aurora", "! Tem sistema? *")
        await carla.press("n", "ctrl+s")
        await carla.until(lambda: newest(carla) == before + 1, "no card was made")
        made = carla.crm.read(boards.detail, newest(carla))
        assert (made.board, made.party) == ("Vendas", "Padaria Aurora")
        assert given(carla, made.id, form) == {"tem_sistema": "0"}
